"""Putting slips of the keyboard right before a search: an unknown word becomes the nearest word of the content."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.text import fold, words

FILE_NAME = "spelling.json"

# A word of so many letters may hide so many slips.
SLIPS = ((7, 2), (4, 1))

_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True)
class Speller:
    """`counts`: folded words of the content; `others`: further words that exist and are left alone."""

    counts: dict[str, int]
    others: frozenset[str]

    @classmethod
    def build(cls, texts: Sequence[str], others: Iterable[str]) -> "Speller":
        """The speller of the passages' texts."""
        counts = Counter(word for text in texts for word in words(fold(text)))
        return cls(dict(sorted(counts.items())), frozenset(others))

    def correct(self, text: str) -> str:
        """The text with words that do not exist replaced by the nearest one that the content has."""
        return _WORD.sub(lambda match: self._nearest(match[0]), text)

    def _nearest(self, typed: str) -> str:
        word = fold(typed)
        slips = next((slips for letters, slips in SLIPS if len(word) >= letters), 0)
        if not slips or not word.isalpha() or word in self.counts or word in self.others:
            return typed
        candidates = self._by_first_letter.get(word[0], [])
        near = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=slips, limit=None)
        if not near:
            return typed
        return min(near, key=lambda row: (row[1], -self.counts[row[0]], row[0]))[0]

    @cached_property
    def _by_first_letter(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for word in self.counts:
            table.setdefault(word[0], []).append(word)
        return table

    def save(self, folder: Path) -> None:
        """Write the words into a folder."""
        content = {"counts": self.counts, "others": sorted(self.others)}
        (folder / FILE_NAME).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> "Speller":
        """The speller saved in a folder."""
        content = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        return cls(content["counts"], frozenset(content["others"]))
