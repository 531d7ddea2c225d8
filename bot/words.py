"""The words of a message with their places, and finding phrases among them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from index.text import REMEMBERED_WORDS, fold

T = TypeVar("T")

# A turn splits its message and parts of it again and again: six times a turn of tests/eval.
REMEMBERED_TEXTS = 200

_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word: folded, as it was typed, and where it stands in the text (characters)."""

    folded: str
    typed: str
    start: int
    end: int


@lru_cache(REMEMBERED_TEXTS)
def split_words(text: str) -> tuple[Word, ...]:
    """The words of a text, in order."""
    return tuple(Word(folded_word(match[0]), match[0], *match.span()) for match in _WORD.finditer(text))


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

    def find(self, words: tuple[Word, ...]) -> list[Found[T]]:
        """All phrases, left to right, none overlapping another."""
        begins = self._by_first
        # A message is read with some sixty tables, and most words begin no phrase of a table.
        places = [place for place, word in enumerate(words) if word.folded in begins]
        if not places:
            return []
        folded = tuple([word.folded for word in words])
        found: list[Found[T]] = []
        for place in places:
            if not found or place >= found[-1].end:
                match = _longest(begins[folded[place]], folded, place)
                if match:
                    found.append(match)
        return found

    def __contains__(self, word: str) -> bool:
        return word in self._by_first


def _longest(rows: list[tuple[tuple[str, ...], T]], words: tuple[str, ...], place: int) -> Found[T] | None:
    """The first of the rows, which are sorted by length, that stands at the place in the folded words."""
    for parts, value in rows:
        end = place + len(parts)
        if words[place:end] == parts:
            return Found(value, place, end)
    return None
