"""The language of a message: Czech or English, by its words, its letters and langdetect; Slovak counts as Czech."""

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from bot.words import Word
from index.text import fold, words
from kb.knowledge_base import KnowledgeBase
from kb.model import Language

# What langdetect may answer, with how often customers write it.
PRIORS = {"cs": 0.4, "en": 0.4, "sk": 0.1, "de": 0.04, "pl": 0.02, "fr": 0.02, "it": 0.01, "es": 0.01}
_CZECH = frozenset("ěščřžýáíéúůťďňó")
_SLOVAK = frozenset("ľĺŕôä")
# A word seen only in one language's part of the knowledge base counts so much at most (log odds).
WORD_LIMIT = 3.0
SURE = 1.0


@dataclass(frozen=True, slots=True)
class LanguageReading:
    """The language to answer in (None: the words don't tell), and whether the message is in a third one."""

    language: Language | None
    other: bool = False


class LanguageReader:
    """Decides between Czech and English."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._odds = _word_odds(base)
        self._factory = _factory()

    def read(self, text: str, words_left: tuple[Word, ...]) -> LanguageReading:
        """The language of the words that are no names of cars or countries."""
        if not words_left:
            return LanguageReading(None)
        letters = set(text.casefold())
        odds = sum(self._odds.get(word.typed.casefold(), self._odds.get(word.folded, 0.0)) for word in words_left)
        known = sum(word.folded in self._odds for word in words_left)
        detected = self._detect(" ".join(word.typed for word in words_left))
        odds += 3.0 * len(letters & (_CZECH | _SLOVAK))
        czech = detected.get("cs", 0) + detected.get("sk", 0)
        odds += math.log((czech + 0.05) / (detected.get("en", 0) + 0.05))
        third = max((code for code in detected if code not in {"cs", "sk", "en"}), key=lambda code: detected[code], default="")
        if third and detected[third] > 0.9 and known * 2 <= len(words_left) and len(words_left) >= 3 and odds < 6:
            return LanguageReading(Language.EN, other=True)
        if abs(odds) < SURE:
            return LanguageReading(None)
        return LanguageReading(Language.CS if odds > 0 else Language.EN)

    def _detect(self, text: str) -> dict[str, float]:
        detector = self._factory.create()
        detector.set_prior_map(PRIORS)
        detector.append(text)
        try:
            return {row.lang: row.prob for row in detector.get_probabilities()}
        except LangDetectException:  # digits and signs only
            return {}


def _factory() -> DetectorFactory:
    """A langdetect factory with the profiles of PRIORS only, and a fixed seed."""
    folder = Path(langdetect.__file__).parent / "profiles"
    factory = DetectorFactory()
    factory.load_json_profile([(folder / code).read_text(encoding="utf-8") for code in PRIORS])
    factory.set_seed(0)
    return factory


def _word_odds(base: KnowledgeBase) -> dict[str, float]:
    """Each word's log odds of being Czech, from the questions of the knowledge base; folded forms too."""
    counts = {language: Counter[str]() for language in Language}
    for entry in base.entries:
        for language in Language:
            for text in (entry.question.text(language), *entry.alternates.texts(language)):
                counts[language].update({*words(text), *words(fold(text))})
    for subject in base.out_of_scope:
        for language, texts in ((Language.CS, subject.cs), (Language.EN, subject.en)):
            for text in texts:
                counts[language].update({*words(text), *words(fold(text))})
    czech, english = counts[Language.CS], counts[Language.EN]
    return {
        word: max(-WORD_LIMIT, min(WORD_LIMIT, math.log((czech[word] + 0.2) / (english[word] + 0.2))))
        for word in czech | english
    }
