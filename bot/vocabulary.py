"""The words of the two languages, from the questions of the knowledge base and the bot's own lists."""

import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.lexicon import Lexicon
from bot.words import Word, split_words
from index.text import fold
from kb.knowledge_base import KnowledgeBase
from kb.model import Language

# One word tells so much at most (log odds; above 0 for Czech).
WORD_LIMIT = 1.5
# A word that both languages have decides only where one has it so many times as often as the other.
ONE_SIDED = 10

# A shorter word is a slip away from too many others.
FEWEST_LETTERS = 5

_LISTS = ("greeting", "thanks", "goodbye", "help", "unknown", "handoff", "identity", "capabilities", "insult")


class Vocabulary:
    """How much each word speaks for Czech or for English."""

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon) -> None:
        split = {language: [split_words(text) for text in _texts(base, language)] for language in Language}
        texts = {language: [[word.folded for word in row] for row in split[language]] for language in Language}
        accented = {
            language: [[word.typed.casefold() for word in row] for row in split[language]] for language in split
        }
        self.names = _names(row for rows in split.values() for row in rows)
        self._pairs = _pairs(texts[Language.CS]) & _pairs(texts[Language.EN])
        counts = {language: Counter[str]() for language in Language}
        for language in Language:
            for folded, typed in zip(texts[language], accented[language], strict=True):
                shared = _in_pairs(folded, self._pairs)
                own = {place for place in range(len(folded)) if place not in shared and folded[place] not in self.names}
                counts[language].update({row[place] for row in (folded, typed) for place in own})
            counts[language].update(2 * [*_listed(lexicon, language)])
        self._counts = counts
        long = {word for row in counts.values() for word in row if len(word) >= FEWEST_LETTERS and word == fold(word)}
        self._long: dict[str, list[str]] = {}  # by their first letter
        for word in sorted(long):
            self._long.setdefault(word[0], []).append(word)
        self._spoken = {language: _listed(lexicon, language) for language in Language}

    def odds(self, word: str) -> float | None:
        """The log odds of a word for Czech; None where it is not known."""
        czech, english = self._counts[Language.CS][word], self._counts[Language.EN][word]
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
        return {word: times for word, times in self._counts[language].items() if word.isalpha()}

    def spoken(self, word: str) -> Language | None:
        """The one language in which the word is part of small talk, such as "thanks"."""
        if not self.is_one_sided(word):
            return None
        languages = [language for language in Language if word in self._spoken[language]]
        return languages[0] if len(languages) == 1 else None

    def is_one_sided(self, word: str) -> bool:
        """Whether one language has the word so much more often that it decides."""
        few, many = sorted((self._counts[Language.CS][word], self._counts[Language.EN][word]))
        return many >= ONE_SIDED * few

    def shared_places(self, message: tuple[Word, ...]) -> frozenset[int]:
        """The places of pairs of words that both languages have, such as "My Porsche": they tell nothing."""
        return _in_pairs([word.folded for word in message], self._pairs)


def _texts(base: KnowledgeBase, language: Language) -> Iterator[str]:
    for entry in base.entries:
        yield entry.question.text(language)
        yield from entry.alternates.texts(language)
    for subject in base.out_of_scope:
        yield from subject.texts(language)


def _names(texts: Iterator[tuple[Word, ...]]) -> frozenset[str]:
    """The folded words that begin with a capital inside a text and never do without: "Bluetooth", "Boxster"."""
    inside: set[str] = set()
    small: set[str] = set()
    for text in texts:
        for place, word in enumerate(text):
            if not word.typed[0].isupper():
                small.add(word.folded)
            elif place > 0:
                inside.add(word.folded)
    return frozenset(inside - small)


def _listed(lexicon: Lexicon, language: Language) -> frozenset[str]:
    return frozenset(
        word.folded for name in _LISTS for row in lexicon.of_language(name, language) for word in split_words(row)
    )


def _pairs(texts: list[list[str]]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for row in texts for pair in pairwise(row))


def _in_pairs(message: list[str], pairs: frozenset[tuple[str, str]]) -> frozenset[int]:
    first = {place for place, pair in enumerate(pairwise(message)) if pair in pairs}
    return frozenset(first | {place + 1 for place in first})
