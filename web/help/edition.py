"""The help in one language: what its pages are composed with."""

import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from babel.dates import format_date

from bot.assistant import Assistant
from bot.clarify import Clarifier
from bot.compose import Composer
from bot.phrases import Phrases
from kb.knowledge_base import KnowledgeBase
from kb.model import BrandPhrases, Language, Topic


@dataclass(frozen=True, slots=True)
class Edition:
    """The help in one language. `words` are the pages' own, over the bot's where both have a phrase."""

    language: Language
    base: KnowledgeBase
    words: Phrases
    composer: Composer
    clarifier: Clarifier

    @property
    def brand(self) -> BrandPhrases:
        """The brand's phrases."""
        return self.composer.brand

    @property
    def other(self) -> Language:
        """The other language."""
        return Language.EN if self.language is Language.CS else Language.CS

    def topic(self, topic: Topic) -> str:
        """The topic's name."""
        return topic.cs if self.language is Language.CS else topic.en

    def day(self, day: date) -> str:
        """The day in words: "26. listopadu 2026", "26 November 2026"."""
        return str(format_date(day, "d. MMMM y" if self.language is Language.CS else "d MMMM y", self.language.value))


def editions(assistant: Assistant) -> dict[Language, Edition]:
    """The help in every language."""
    return {language: _edition(assistant, language) for language in Language}


def _edition(assistant: Assistant, language: Language) -> Edition:
    base = assistant.index.base
    own = json.loads(files("web.help").joinpath(f"strings.{language}.json").read_text(encoding="utf-8"))
    # A page does not speak of itself as the bot does ("I have no procedure").
    words = Phrases({**assistant.composers[language].phrases.texts, **own})
    return Edition(
        language,
        base,
        words,
        Composer(base, words, language),
        Clarifier(base.vehicles, words, language),
    )
