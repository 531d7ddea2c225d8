"""The language of a message: Czech or English, by its words and letters, or a third one; Slovak counts as Czech."""

from dataclasses import dataclass

from bot.content_words import ContentWords
from bot.evidence import GRAMMAR, LETTERS_TELL, SURE, Evidence
from bot.lexicon import Lexicon
from bot.other_languages import OtherLanguages, WeighedWord, has_foreign_letter
from bot.words import PhraseTable, Word
from kb.knowledge_base import KnowledgeBase
from kb.model import Language

_ONLY_CZECH = frozenset("ěščřžůťďňľĺŕ")
_ALSO_CZECH = frozenset("áéíóúýôä")
_CONTRACTIONS = frozenset({"s", "m", "t", "d", "ll", "re", "ve"})

# What the words lean to counts from here on (log odds, as in bot.evidence).
LEANING = 0.5
# A letter that is less probable than this (logarithm), on the average of a word, is of no word, as in "asdfgh": 1 in
# 100 words of index/training/everyday is below.
PRONOUNCEABLE = -3.9
# Czech, Slovak, English: the first of the letter model.
OWN_LANGUAGES = 3
# Slovak as often as this, beside Czech (logarithm).
SLOVAK_PRIOR = -1.0


@dataclass(frozen=True, slots=True)
class LanguageReading:
    """The language to answer in (None: the words don't tell), and whether the message is in a third one.

    `certain`: more than one word of a subject says so, which is needed to leave the language of a conversation.
    `leaning`: what the words are rather, where nothing else is known ("private mode").
    """

    language: Language | None
    certain: bool = False
    leaning: Language | None = None
    other: bool = False


class LanguageReader:
    """Decides between Czech and English."""

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon, content: ContentWords) -> None:
        self._vocabulary = content.vocabulary
        self._letters = content.letters
        self._grammar = dict.fromkeys(lexicon.phrases("slovak"), GRAMMAR)
        self._grammar |= dict.fromkeys(lexicon.of_language("grammar", Language.CS), GRAMMAR)
        self._grammar |= dict.fromkeys(lexicon.of_language("grammar", Language.EN), -GRAMMAR)
        self._ambiguous = frozenset(lexicon.phrases("ambiguous"))
        self._both = self._ambiguous | frozenset(lexicon.phrases("both_languages"))
        self._both_alone = frozenset(lexicon.phrases("ambiguous_alone"))
        by_language = (lexicon.of_language("fillers", language) for language in Language)
        self._fillers_of_both = frozenset.intersection(*map(frozenset, by_language))
        self._names = PhraseTable((name, name) for name in base.other_names)
        # Menu words of the car, which English answers show in Czech: who repeats them does not change the language.
        self._in_english = content.in_english
        self._others = OtherLanguages(lexicon)

    def read(self, text: str, words: tuple[Word, ...], mentions: frozenset[int] = frozenset()) -> LanguageReading:
        """The language of a message; `mentions` are the places of words that name cars, years and countries."""
        said = tuple(word for place, word in enumerate(words) if place not in mentions and word.folded.isalpha())
        telling = self._telling(said)
        evidence = Evidence(weak=self._weak(words, mentions))
        weighed = [self._weigh(text, word, evidence) for word in telling]
        if weighed and not evidence.is_certain and self._others.is_other(weighed):
            return LanguageReading(None, other=True)
        total = evidence.known + evidence.letters
        return LanguageReading(
            _language(total, SURE),
            certain=evidence.known * total > 0 and (_is_certain(said, evidence) or self._is_czech(telling, evidence)),
            leaning=_language(total + evidence.weak, LEANING),
        )

    def _telling(self, said: tuple[Word, ...]) -> list[Word]:
        """The words that can tell a language: no names, nor words and pairs of words that both languages have."""
        named = {place for found in self._names.find(said) for place in range(found.first, found.end)}
        silent = self._vocabulary.shared_places(said) | named
        plain = [place for place, word in enumerate(said) if word.folded not in self._vocabulary.names]
        alone = all(said[place].folded in self._both_alone | self._fillers_of_both for place in plain)
        both = self._both | (self._both_alone if alone else frozenset())
        return [
            said[place]
            for place in plain
            if place not in silent
            and (said[place].folded not in both or (said[place].typed == "I" and said[place].start > 0))
        ]

    def _weak(self, words: tuple[Word, ...], mentions: frozenset[int]) -> float:
        """Which language the knowledge base has the words more in; of mentions those that tell, as "generation"."""
        telling = (
            word.folded
            for place, word in enumerate(words)
            if word.folded.isalpha()
            and word.folded not in self._ambiguous
            and (place not in mentions or self._vocabulary.is_one_sided(word.folded))
        )
        return sum(self._vocabulary.odds(word) or 0.0 for word in telling)

    def _weigh(self, text: str, word: Word, evidence: Evidence) -> WeighedWord:
        """The word with its evidence, which is added to the whole."""
        odds = self._of_grammar(text, word)
        if odds is not None:
            evidence.grammar += odds
            evidence.english_grammar |= odds < 0
            return WeighedWord(word, odds)
        if language := self._vocabulary.spoken(word.folded):
            odds = GRAMMAR if language is Language.CS else -GRAMMAR
            evidence.spoken = max(-GRAMMAR, min(GRAMMAR, evidence.spoken + odds))
            return WeighedWord(word, odds)
        odds = self._of_subject(word)
        if odds is not None:
            evidence.add_subject(odds)
            return WeighedWord(word, odds)
        letters = self._letters.log_probabilities(word.typed.casefold())
        czech, english = max(letters[0], letters[1] + SLOVAK_PRIOR), letters[2]
        own = max(czech, english)
        near = None if has_foreign_letter(word.typed) else self._vocabulary.language_near(word.folded)
        if near and (czech - english) * (1 if near is Language.CS else -1) > -LETTERS_TELL:
            evidence.add_subject(SURE if near is Language.CS else -SURE)
            return WeighedWord(word, None, letters[OWN_LANGUAGES:] - own)
        if self._is_accented(word):
            evidence.add_letters(max(float(czech - english), LETTERS_TELL))
        elif own >= PRONOUNCEABLE * (len(word.typed) + 1):
            evidence.add_letters(float(czech - english))
        return WeighedWord(word, None, letters[OWN_LANGUAGES:] - own)

    def _is_accented(self, word: Word) -> bool:
        """Whether the word has accents that English lacks, and none that Czech lacks."""
        return bool(_ALSO_CZECH & set(word.typed.casefold())) and not has_foreign_letter(word.typed)

    def _is_czech(self, telling: list[Word], evidence: Evidence) -> bool:
        """Whether a Czech word that no English text shows is among words that are no English grammar."""
        if evidence.english_grammar or evidence.known < SURE:
            return False
        words = (word for word in telling if word.folded not in self._in_english)
        return any((self._of_subject(word) or 0.0) >= SURE for word in words)

    def _of_grammar(self, text: str, word: Word) -> float | None:
        """The evidence of a word of the grammar or of small talk; None for any other."""
        if word.folded in _CONTRACTIONS and text[word.start - 1 : word.start] in {"'", "’"}:
            return -SURE
        if word.folded in self._grammar:
            return self._grammar[word.folded]
        if word.typed == "I" and word.start > 0:
            return -GRAMMAR
        return GRAMMAR if _ONLY_CZECH & set(word.typed.casefold()) and not has_foreign_letter(word.typed) else None

    def _of_subject(self, word: Word) -> float | None:
        """The evidence of a word that the knowledge base knows, or that carries a telling letter; None: unknown."""
        typed = word.typed.casefold()
        form = typed if self._vocabulary.odds(typed) is not None else word.folded
        known = self._vocabulary.odds(form)
        if known is not None and known > 0 and self._is_accented(word):
            return SURE
        return known if known is None or self._vocabulary.is_one_sided(form) else 0.0


def _is_certain(said: tuple[Word, ...], evidence: Evidence) -> bool:
    """Whether more than a name such as "Remote Park Assist" says so."""
    titled = len(said) > 2 and all(word.typed[0].isupper() and not word.typed.isupper() for word in said)
    return abs(evidence.grammar if titled else evidence.known) >= GRAMMAR


def _language(odds: float, least: float) -> Language | None:
    if abs(odds) < least:
        return None
    return Language.CS if odds > 0 else Language.EN
