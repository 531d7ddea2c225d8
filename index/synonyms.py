"""Words that customers use and the content does not: before a search each is read as a word of the content."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from index.text import REMEMBERED_WORDS, fold
from kb.model import Language

FILE_NAME = "synonyms.json"

# What stands at the end of a word for any ending, and the most letters that an ending has.
ANY_ENDING = "*"
LONGEST_ENDING = 4

_WORD = re.compile(r"\w+", re.UNICODE)
_WORD_SAID = re.compile(r"[\w*]+", re.UNICODE)


@dataclass(frozen=True)
class Synonyms:
    """`rows`: phrases that customers say, and the words of the content that they mean."""

    rows: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, synonyms: Mapping[Language, Mapping[str, Iterable[str]]]) -> "Synonyms":
        """The synonyms of a knowledge base: by language, from the words meant to what is said for them."""
        meanings = [row for meant in synonyms.values() for row in meant.items()]
        return cls(tuple((said, means) for means, phrases in meanings for said in phrases))

    @property
    def words(self) -> list[str]:
        """The words that customers say and that have no other ending, in a fixed order."""
        return [word for said, _ in self.rows for word in _WORD_SAID.findall(said) if not word.endswith(ANY_ENDING)]

    def replace(self, text: str) -> str:
        """The text with what customers say replaced by what it means, the longest phrase first; accents are nothing."""
        words = list(_WORD.finditer(text))
        folded = [fold(word[0]) for word in words]
        pieces, start, place = [], 0, 0
        while place < len(words):
            size, means = self._at(folded, place)
            if size:
                pieces += [text[start : words[place].start()], means]
                start = words[place + size - 1].end()
            place += size or 1
        return "".join([*pieces, text[start:]])

    def _at(self, folded: list[str], place: int) -> tuple[int, str]:
        """How many words from a place on are a phrase that customers say (0: none), and what it means."""
        for _, phrase, means in self._beginning(folded[place]):
            words = folded[place : place + len(phrase)]
            if len(words) == len(phrase) and all(map(_is, words, phrase)):
                return len(phrase), means
        return 0, ""

    @cached_property
    def _beginning(self) -> Callable[[str], list[tuple[int, tuple[str, ...], str]]]:
        """The phrases that may begin with a word, the longest first; those of the words last seen are kept."""

        def of(first: str) -> list[tuple[int, tuple[str, ...], str]]:
            stems = (first[: len(first) - letters] + ANY_ENDING for letters in range(LONGEST_ENDING + 1))
            return sorted(row for said in (first, *stems) for row in self._by_first.get(said, ()))

        return lru_cache(REMEMBERED_WORDS)(of)

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[int, tuple[str, ...], str]]]:
        """By their first word, as it is said; each with its place among all, the longest first."""
        table: dict[str, list[tuple[int, tuple[str, ...], str]]] = {}
        for place, (said, means) in enumerate(sorted(self.rows, key=lambda row: -len(_WORD_SAID.findall(row[0])))):
            phrase = tuple(_WORD_SAID.findall(fold(said)))
            table.setdefault(phrase[0], []).append((place, phrase, means))
        return table

    def save(self, folder: Path) -> None:
        """Write the synonyms into a folder."""
        (folder / FILE_NAME).write_text(json.dumps(self.rows, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> "Synonyms":
        """The synonyms saved in a folder."""
        rows = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        return cls(tuple((said, means) for said, means in rows))


def _is(word: str, said: str) -> bool:
    if not said.endswith(ANY_ENDING):
        return word == said
    return word.startswith(said[:-1]) and len(word) - len(said) < LONGEST_ENDING
