"""The words of a message with their places, and finding phrases among them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from index.text import REMEMBERED_WORDS, fold

T = TypeVar("T")

# A turn splits its message and parts of it again and again: six times a turn of tests/eval.
REMEMBERED_TEXTS = 200

_WORD = re.compile(r"\w+", re.UNICODE)
_NOTHING: frozenset[Any] = frozenset()


def frozen(items: Iterable[T]) -> frozenset[T]:
    """The items as a frozen set; every empty one is the same object.

    Of each message that is kept a dozen are empty, and Python would make every one of them anew: 0.2 kB.
    """
    return frozenset(items) or _NOTHING


@dataclass(frozen=True, slots=True)
class Word:
    """A word: folded, as it was typed, and where it stands in the text (characters)."""

    folded: str
    typed: str
    start: int
    end: int


class Words(tuple[Word, ...]):
    """Words in order, which know what a hundred tables ask of them: each as it is folded, and the set of these."""

    folded: tuple[str, ...]
    different: frozenset[str]

    def __new__(cls, words: Iterable[Word]) -> "Words":
        """The words; a slice of them is a plain tuple again."""
        made = super().__new__(cls, words)
        made.folded = tuple([word.folded for word in made])
        made.different = frozenset(made.folded)
        return made


@lru_cache(REMEMBERED_TEXTS)
def split_words(text: str) -> Words:
    """The words of a text, in order."""
    return Words([Word(folded_word(match[0]), match[0], *match.span()) for match in _WORD.finditer(text)])


def typed_words(text: str) -> list[str]:
    """The words of a text as they were typed, in order: all that is needed of the content's thousands of texts."""
    return _WORD.findall(text)


@lru_cache(REMEMBERED_WORDS)
def folded_word(word: str) -> str:
    """The word, folded."""
    return fold(word)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase found: what it stands for, and its first and past-the-last word."""

    value: T
    first: int
    end: int


class PhraseTable(Generic[T]):
    """Finds phrases in words; where several begin at a word, the longest is taken."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in phrases:
            folded = fold(phrase)
            parts = (folded,) if folded.isalnum() else tuple(_WORD.findall(folded))
            if parts:
                self._by_first.setdefault(parts[0], []).append((parts, value))
        for rows in self._by_first.values():
            if len(rows) > 1:
                rows.sort(key=lambda row: -len(row[0]))
        self._first = frozenset(self._by_first)

    def find(self, words: tuple[Word, ...]) -> list[Found[T]]:
        """All phrases, left to right, none overlapping another."""
        known = words if isinstance(words, Words) else Words(words)
        # A message is read with a hundred tables, and mostly none of its words begins a phrase of a table.
        if self._first.isdisjoint(known.different):
            return []
        folded, begins = known.folded, self._by_first
        found: list[Found[T]] = []
        for place, word in enumerate(folded):
            if word in begins and (not found or place >= found[-1].end):
                match = _longest(begins[word], folded, place)
                if match:
                    found.append(match)
        return found

    def get(self, parts: tuple[str, ...]) -> T | None:
        """What the phrase of exactly these folded words stands for; None: it is no phrase of the table."""
        return next((value for row, value in self._by_first.get(parts[0], []) if row == parts), None)

    def __contains__(self, word: str) -> bool:
        return word in self._by_first


def _longest(rows: list[tuple[tuple[str, ...], T]], words: tuple[str, ...], place: int) -> Found[T] | None:
    """The first of the rows, which are sorted by length, that stands at the place in the folded words."""
    for parts, value in rows:
        end = place + len(parts)
        if words[place:end] == parts:
            return Found(value, place, end)
    return None
