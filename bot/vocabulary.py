"""The words of the two languages, from the questions of the knowledge base and the bot's own lists."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.lexicon import Lexicon
from bot.words import Word, folded_word, typed_words
from index.text import fold
from kb.knowledge_base import KnowledgeBase
from kb.model import Language

# One word tells so much at most (log odds; above 0 for Czech).
WORD_LIMIT = 1.5
# A word that both languages have decides only where one has it so many times as often as the other.
ONE_SIDED = 10

# A shorter word is a slip away from too many others.
FEWEST_LETTERS = 5

Pair = tuple[str, str]
Counts = Mapping[Language, Mapping[str, int]]

_LISTS = ("greeting", "thanks", "goodbye", "help", "unknown", "handoff", "identity", "capabilities", "insult")


class Vocabulary:
    """How much each word speaks for Czech or for English.

    `names`: folded words that are names. `pairs`: of folded words, side by side, that both languages have. `counts`: in
    how many texts of a language each word is, folded and as it is spelt. `spoken`: its words of small talk.
    """

    def __init__(
        self,
        names: frozenset[str],
        pairs: frozenset[Pair],
        counts: Counts,
        *,
        spoken: Mapping[Language, frozenset[str]],
    ) -> None:
        self.names = names
        self.pairs = pairs
        self.counts = counts
        self._spoken = spoken
        long = {word for row in counts.values() for word in row if len(word) >= FEWEST_LETTERS and word == fold(word)}
        self._long: dict[str, list[str]] = {}  # by their first letter
        for word in sorted(long):
            self._long.setdefault(word[0], []).append(word)

    @classmethod
    def of(cls, base: KnowledgeBase, lexicon: Lexicon) -> "Vocabulary":
        """The vocabulary of a knowledge base's questions and of the bot's own lists."""
        texts = {language: [typed_words(text) for text in _texts(base, language)] for language in Language}
        folded = {language: [[*map(folded_word, row)] for row in texts[language]] for language in Language}
        names = _names([*chain.from_iterable(texts.values())])
        pairs = _pairs(folded[Language.CS]) & _pairs(folded[Language.EN])
        spoken = spoken_words(lexicon)
        counts = {}
        for language in Language:
            telling = partial(_telling, names=names, pairs=pairs)
            counts[language] = Counter(chain.from_iterable(map(telling, folded[language], texts[language])))
            counts[language].update(2 * [*spoken[language]])
        return cls(names, pairs, counts, spoken=spoken)

    def odds(self, word: str) -> float | None:
        """The log odds of a word for Czech; None where it is not known."""
        czech, english = self._times(word)
        if not czech and not english:
            return None
        return max(-WORD_LIMIT, min(WORD_LIMIT, math.log((czech + 0.5) / (english + 0.5))))

    def language_near(self, word: str) -> Language | None:
        """The one language of the known words that are a slip away from a folded word, such as "pairng"."""
        if len(word) < FEWEST_LETTERS:
            return None
        beginning = self._long.get(word[0], [])
        near = [row[0] for row in process.extract(word, beginning, scorer=OSA.distance, score_cutoff=1, limit=None)]
        odds = [self.odds(row) or 0.0 for row in near]
        if not odds or min(map(abs, odds)) < WORD_LIMIT or min(odds) * max(odds) < 0:
            return None
        return Language.CS if odds[0] > 0 else Language.EN

    def all_words(self, language: Language) -> dict[str, int]:
        """How often each word of the language occurs, folded and as it is spelt."""
        return {word: times for word, times in self.counts[language].items() if word.isalpha()}

    def spoken(self, word: str) -> Language | None:
        """The one language in which the word is part of small talk, such as "thanks"."""
        if not self.is_one_sided(word):
            return None
        languages = [language for language in Language if word in self._spoken[language]]
        return languages[0] if len(languages) == 1 else None

    def is_one_sided(self, word: str) -> bool:
        """Whether one language has the word so much more often that it decides."""
        few, many = sorted(self._times(word))
        return many >= ONE_SIDED * few

    def _times(self, word: str) -> tuple[int, int]:
        """How often Czech and English have a word; a counter's own way to say 0 takes as long as all else."""
        return self.counts[Language.CS].get(word, 0), self.counts[Language.EN].get(word, 0)

    def shared_places(self, message: tuple[Word, ...]) -> frozenset[int]:
        """The places of pairs of words that both languages have, such as "My Porsche": they tell nothing."""
        return _in_pairs([word.folded for word in message], self.pairs)


def _texts(base: KnowledgeBase, language: Language) -> Iterator[str]:
    for entry in base.entries:
        yield entry.question.text(language)
        yield from entry.alternates.texts(language)
    for subject in base.out_of_scope:
        yield from subject.texts(language)


def _names(texts: list[list[str]]) -> frozenset[str]:
    """The folded words that begin with a capital inside a text and never do without: "Bluetooth", "Boxster"."""
    inside = {word for word in set(chain.from_iterable(text[1:] for text in texts)) if word[0].isupper()}
    small = {word for word in set(chain.from_iterable(texts)) if not word[0].isupper()}
    return frozenset(map(folded_word, inside)) - frozenset(map(folded_word, small))


def spoken_words(lexicon: Lexicon) -> dict[Language, frozenset[str]]:
    """The folded words of each language's small talk."""
    return {language: _listed(lexicon, language) for language in Language}


def _listed(lexicon: Lexicon, language: Language) -> frozenset[str]:
    return frozenset(
        folded_word(word) for name in _LISTS for row in lexicon.of_language(name, language) for word in typed_words(row)
    )


def _telling(folded: list[str], typed: list[str], *, names: frozenset[str], pairs: frozenset[Pair]) -> set[str]:
    """The words of a text, folded and as they are spelt, without names and pairs that both languages have."""
    accented = [*map(str.casefold, typed)]
    if names.isdisjoint(folded) and pairs.isdisjoint(pairwise(folded)):
        return {*folded, *accented}
    shared = _in_pairs(folded, pairs)
    rows = enumerate(zip(folded, accented, strict=True))
    return set(chain.from_iterable(forms for place, forms in rows if place not in shared and forms[0] not in names))


def _pairs(texts: list[list[str]]) -> frozenset[Pair]:
    return frozenset(pair for row in texts for pair in pairwise(row))


def _in_pairs(message: list[str], pairs: frozenset[Pair]) -> frozenset[int]:
    first = {place for place, pair in enumerate(pairwise(message)) if pair in pairs}
    return frozenset(first | {place + 1 for place in first})
