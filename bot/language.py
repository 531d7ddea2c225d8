"""The language of a message: Czech or English, by its words, its letters and langdetect; Slovak counts as Czech."""

import math
from dataclasses import dataclass
from pathlib import Path

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from bot.lexicon import Lexicon
from bot.vocabulary import Vocabulary
from bot.words import Word
from kb.knowledge_base import KnowledgeBase
from kb.model import Language

# What langdetect may answer, with how often customers write it.
PRIORS = {"cs": 0.4, "en": 0.4, "sk": 0.1, "de": 0.04, "pl": 0.02, "fr": 0.02, "it": 0.01, "es": 0.01}
_ONLY_CZECH = frozenset("ěščřžůťďňľĺŕ")
_ALSO_CZECH = frozenset("áéíóúýôä")
_CONTRACTIONS = frozenset({"s", "m", "t", "d", "ll", "re", "ve"})

# Evidence in log odds, above 0 for Czech. Words of the grammar tell more than the names of things, which a
# language borrows: "Jak linknu my car" is Czech. From SURE on, the message decides.
GRAMMAR = 3.0
SURE = 1.5
LEANING = 0.5
# langdetect guesses from less: it is asked where so many words are unknown, and believed so far.
ENOUGH_WORDS = 3
DETECTED = 2.0
OTHER_LANGUAGE = 0.9


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

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon) -> None:
        self._vocabulary = Vocabulary(base, lexicon)
        self._grammar = dict.fromkeys(lexicon.of_language("grammar", Language.CS), GRAMMAR)
        self._grammar |= dict.fromkeys(lexicon.of_language("grammar", Language.EN), -GRAMMAR)
        self._factory = _factory()

    def read(self, text: str, words: tuple[Word, ...]) -> LanguageReading:
        """The language of the words, which are those that name no car, country or number."""
        shared = self._vocabulary.shared_places(words)
        telling = [word for place, word in enumerate(words) if place not in shared]
        certain = [self._of_word(text, word) for word in telling]
        unknown = [word for word, odds in zip(telling, certain, strict=True) if odds is None]
        total = sum(odds for odds in certain if odds is not None)
        weak = sum(self._vocabulary.odds(word.folded) or 0.0 for word in words)
        if len(unknown) >= ENOUGH_WORDS:
            detected = self._detect(" ".join(word.typed for word in telling))
            third = max(detected.get(code, 0) for code in PRIORS if code not in {"cs", "sk", "en"})
            if third > OTHER_LANGUAGE and 2 * len(unknown) >= len(telling) and total < 2 * GRAMMAR:
                return LanguageReading(None, other=True)
            total += _of_detected(detected)
        elif unknown and len(telling) > 1:
            weak += _of_detected(self._detect(" ".join(word.typed for word in telling)))
        weak += sum(self._of_misspelt(word) for word in unknown[:ENOUGH_WORDS])
        return LanguageReading(
            _language(total, SURE), certain=abs(total) >= GRAMMAR, leaning=_language(total + weak, LEANING)
        )

    def _of_word(self, text: str, word: Word) -> float | None:
        """The evidence of one word; None where it is not known and carries no telling letter."""
        if word.folded in _CONTRACTIONS and text[word.start - 1 : word.start] in {"'", "’"}:
            return -SURE
        if word.folded in self._grammar:
            return self._grammar[word.folded]
        if language := self._vocabulary.spoken(word.folded):
            return GRAMMAR if language is Language.CS else -GRAMMAR
        typed = word.typed.casefold()
        form = typed if self._vocabulary.odds(typed) is not None else word.folded
        known = self._vocabulary.odds(form)
        letters = set(typed)
        if letters & _ONLY_CZECH:
            return GRAMMAR
        if letters & _ALSO_CZECH and (known is None or known > 0):
            return SURE
        return known if known is None or self._vocabulary.is_one_sided(form) else 0.0

    def _of_misspelt(self, word: Word) -> float:
        nearest = self._vocabulary.nearest(word.folded)
        return (self._vocabulary.odds(nearest) or 0.0) if nearest else 0.0

    def _detect(self, text: str) -> dict[str, float]:
        detector = self._factory.create()
        detector.set_prior_map(PRIORS)
        detector.append(text)
        try:
            return {row.lang: row.prob for row in detector.get_probabilities()}
        except LangDetectException:  # digits and signs only
            return {}


def _language(odds: float, least: float) -> Language | None:
    if abs(odds) < least:
        return None
    return Language.CS if odds > 0 else Language.EN


def _of_detected(detected: dict[str, float]) -> float:
    czech = detected.get("cs", 0) + detected.get("sk", 0)
    odds = math.log((czech + 0.05) / (detected.get("en", 0) + 0.05))
    return max(-DETECTED, min(DETECTED, odds))


def _factory() -> DetectorFactory:
    """A langdetect factory with the profiles of PRIORS only, and a fixed seed."""
    folder = Path(langdetect.__file__).parent / "profiles"
    factory = DetectorFactory()
    factory.load_json_profile([(folder / code).read_text(encoding="utf-8") for code in PRIORS])
    factory.set_seed(0)
    return factory
