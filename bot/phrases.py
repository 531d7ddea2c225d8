"""The bot's own fixed phrases: neutral ones, one JSON file a language."""

import json
from dataclasses import dataclass
from importlib.resources import files

from kb.model import Language


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language, by name."""

    texts: dict[str, str]

    def __call__(self, name: str, **blanks: str) -> str:
        """The phrase with its blanks filled in."""
        return self.texts[name].format(**blanks)


def load_phrases() -> dict[Language, Phrases]:
    """The phrases of every language."""
    return {
        language: Phrases(json.loads(files("bot").joinpath(f"phrases.{language}.json").read_text(encoding="utf-8")))
        for language in Language
    }
