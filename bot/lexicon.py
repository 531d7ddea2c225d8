"""The bot's own word lists, from one JSON file: fillers, "I don't know", markers of years, small talk."""

import json
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from bot.words import PhraseTable, Word


@dataclass(frozen=True)
class Lexicon:
    """Word lists by name; those of the languages are joined where a message may mix them."""

    lists: dict[str, dict[str, list[str]] | list[str]]

    def phrases(self, name: str) -> list[str]:
        """The phrases of a list, of all its languages."""
        rows = self.lists[name]
        return rows if isinstance(rows, list) else [phrase for row in rows.values() for phrase in row]

    def of_language(self, name: str, key: str) -> list[str]:
        """The phrases of one sub-list."""
        rows = self.lists[name]
        return rows[key] if isinstance(rows, dict) else rows

    def table(self, name: str) -> PhraseTable[str]:
        """The list as a table for finding its phrases; a phrase stands for itself."""
        return PhraseTable((phrase, phrase) for phrase in self.phrases(name))

    @cached_property
    def fillers(self) -> frozenset[str]:
        """Words that ask nothing: what remains of "and in my other car?" without its mentions."""
        return frozenset(word for phrase in self.phrases("fillers") for word in phrase.split())

    @cached_property
    def unknown(self) -> PhraseTable[str]:
        """ "I don't know" and its like."""
        return self.table("unknown")

    def only_fillers(self, words: tuple[Word, ...]) -> bool:
        """Whether nothing but fillers stands there."""
        return all(word.folded in self.fillers for word in words)


def load_lexicon() -> Lexicon:
    """The bundled lexicon."""
    text = files("bot").joinpath("lexicon.json").read_text(encoding="utf-8")
    return Lexicon(json.loads(text))


