"""The console's own words, and those of an e-mail reply: one JSON a language each."""

import json
from dataclasses import dataclass
from pathlib import Path

from flask import request

from bot.assistant import DEFAULT_LANGUAGE
from kb.model import Language

INTERFACE_COOKIE = "radce-console-language"
# Slovak agents read Czech.
_READERS = {"cs": Language.CS, "sk": Language.CS, "en": Language.EN}


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of one language, by name."""

    language: Language
    texts: dict[str, str]

    def __call__(self, name: str, /, **blanks: object) -> str:
        """The text with its blanks filled in."""
        return self.texts[name].format(**blanks)


def load_words(name: str) -> dict[Language, Words]:
    """The texts of every language from the files of that name, such as "strings"."""
    folder = Path(__file__).parent
    return {
        language: Words(language, json.loads((folder / f"{name}.{language}.json").read_text(encoding="utf-8")))
        for language in Language
    }


def interface_language() -> Language:
    """The language of the console's own words: the one that was chosen, else the browser's, else Czech."""
    for wished in (request.args.get("interface", ""), request.cookies.get(INTERFACE_COOKIE, "")):
        if wished in list(Language):
            return Language(wished)
    return _READERS.get(request.accept_languages.best_match(_READERS) or "", DEFAULT_LANGUAGE)
