"""The bot's own word lists, from one JSON file: fillers, "I don't know", markers of years, small talk."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from bot.words import PhraseTable, Word

_TRIM = re.compile(r"[a-z]?\d[est]?|\d(st|nd|rd|th)|\d+")
_AROUND_YEARS = ("model_year", "calendar_year", "open_range", "months")


@dataclass(frozen=True)
class Lexicon:
    """Word lists by name; those of the languages are joined where a message may mix them."""

    lists: dict[str, dict[str, list[str]] | list[str]]

    def phrases(self, name: str) -> list[str]:
        """The phrases of a list, of all its languages."""
        rows = self.lists[name]
        return rows if isinstance(rows, list) else [phrase for row in rows.values() for phrase in row]

    def keys(self, name: str) -> tuple[str, ...]:
        """The names of the list's sub-lists."""
        rows = self.lists[name]
        return tuple(rows) if isinstance(rows, dict) else ()

    def of_language(self, name: str, key: str) -> list[str]:
        """The phrases of one sub-list."""
        rows = self.lists[name]
        return rows[key] if isinstance(rows, dict) else rows

    def table(self, name: str) -> PhraseTable[str]:
        """The list as a table for finding its phrases; a phrase stands for itself."""
        return PhraseTable((phrase, phrase) for phrase in self.phrases(name))

    def part(self, name: str, key: str) -> PhraseTable[str]:
        """One sub-list as a table."""
        return PhraseTable((phrase, phrase) for phrase in self.of_language(name, key))

    def single_words(self, name: str) -> frozenset[str]:
        """The words that the phrases of a list are made of."""
        return frozenset(word for phrase in self.phrases(name) for word in phrase.split())

    @cached_property
    def fillers(self) -> frozenset[str]:
        """Words that ask nothing: what remains of "and in my other car?" without its mentions."""
        around_years = [phrase for name in _AROUND_YEARS for phrase in self.phrases(name) if " " not in phrase]
        return self.single_words("fillers") | frozenset(around_years)


def is_content(word: Word, fillers: frozenset[str]) -> bool:
    """Whether a word can ask something: no filler, and no trim level such as "4S" or "V6"."""
    folded = word.folded
    short = len(folded) < 2 or (len(folded) < 4 and any(sign.isdigit() for sign in folded)) or folded.isdigit()
    return not short and folded not in fillers


def is_asked_though_short(word: Word) -> bool:
    """Whether a word that is too short to ask anything elsewhere can be asked about: "5G", but not "4S" or "2nd"."""
    folded = word.folded
    return len(folded) < 4 and any(sign.isdigit() for sign in folded) and _TRIM.fullmatch(folded) is None


def load_lexicon() -> Lexicon:
    """The bundled lexicon."""
    text = files("bot").joinpath("lexicon.json").read_text(encoding="utf-8")
    return Lexicon(json.loads(text))
