"""How probable a word's letters are in each language: a trigram model over the profiles that langdetect brings along.

langdetect itself draws n-grams at random until it is sure, which takes up to 20 ms; here their probabilities are
added up exactly, in some microseconds a word.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from itertools import repeat

import numpy as np
import numpy.typing as npt

from index.text import fold

# Interpolated: a letter behind the two before it, behind the one before it, alone. Of the settings tried, this erred
# least on 2,000 words of each kind from index/training/everyday: Czech 4 %, Czech without diacritics 9 %, English 8 %.
WEIGHTS = {3: 0.75, 2: 0.2, 1: 0.05}
# A letter that a language does not have.
IMPOSSIBLE = 1e-4
# Half of the customers leave out diacritics.
FOLDED = 0.5
# Letters a word: the profiles hold no spaces alone.
WORD_LENGTH = 5
# Words of the knowledge base count so much beside those of a profile: with it 1 in 100 more queries of one or two
# Czech words without diacritics from index/training/everyday were right, at no cost in English.
OWN = 0.5

Counts = dict[str, float]


class LetterModel:
    """The letters of several languages, by their codes as langdetect has them, such as "cs"."""

    def __init__(self, codes: Sequence[str], own: Mapping[str, Mapping[str, int]]) -> None:
        self.codes = tuple(codes)
        counts = [_counts(code) for code in codes]
        for code, words in own.items():
            _add(counts[self.codes.index(code)], words)
        grams = sorted(frozenset().union(*counts))
        self._row_of = {gram: row for row, gram in enumerate(grams)}
        unknown = np.full((1, len(codes)), math.log(IMPOSSIBLE))
        self._logs: npt.NDArray[np.float64] = np.vstack([np.log(_probabilities(grams, counts)), unknown])

    def log_probabilities(self, word: str) -> npt.NDArray[np.float64]:
        """The natural logarithms of the probability of a word in small letters, its end counted as one; by code."""
        framed = f" {word} "
        rows = [self._row(framed, end) for end in range(2, len(framed) + 1)]
        total: npt.NDArray[np.float64] = self._logs[rows].sum(axis=0)
        return total

    def _row(self, framed: str, end: int) -> int:
        for size in (3, 2, 1):
            row = self._row_of.get(framed[max(0, end - size) : end])
            if row is not None:
                return row
        return len(self._row_of)


def _counts(code: str) -> Counts:
    """How often the language has each sequence of one to three letters, half of them without accents."""
    profile = files("langdetect").joinpath("profiles", code).read_text(encoding="utf-8")
    counts: Counts = {}
    for typed, count in json.loads(profile)["freq"].items():
        for gram, share in ((typed.casefold(), 1 - FOLDED), (fold(typed), FOLDED)):
            counts[gram] = counts.get(gram, 0.0) + share * count
    counts[" "] = sum(_of_letters(counts)) / WORD_LENGTH
    return counts


def _add(counts: Counts, words: Mapping[str, int]) -> None:
    """Mix in words of one's own, so that they are as many as OWN says beside those of the profile."""
    own: Counts = {}
    for word, times in words.items():
        for gram in _grams(f" {word} "):
            own[gram] = own.get(gram, 0.0) + times
    own.pop(" ", None)
    letters = sum(count for gram, count in own.items() if len(gram) == 1)
    share = OWN * sum(_of_letters(counts)) / max(1, letters)
    for gram, count in own.items():
        counts[gram] = counts.get(gram, 0.0) + share * count


def _grams(framed: str) -> Iterable[str]:
    return (framed[first : first + size] for size in (1, 2, 3) for first in range(len(framed) - size + 1))


def _of_letters(counts: Counts) -> Iterable[float]:
    return (count for gram, count in counts.items() if len(gram) == 1 and gram != " ")


def _probabilities(grams: Sequence[str], counts: Sequence[Counts]) -> npt.NDArray[np.float64]:
    """The probability of the last letter of each sequence (row) behind the others, in each language (column)."""
    places = {gram: place for place, gram in enumerate(grams)}
    times = np.array([[*map(one.get, grams, repeat(0.0)), 0.0] for one in counts]).T
    total = np.array([sum(_of_letters(one)) for one in counts])
    found = np.full((len(grams), len(counts)), IMPOSSIBLE)
    for size, weight in WEIGHTS.items():
        rows = [row for row, gram in enumerate(grams) if len(gram) >= size]
        ends = [places.get(grams[row][-size:], -1) for row in rows]
        before = times[[places.get(grams[row][-size:-1], -1) for row in rows]] if size > 1 else total
        share = np.divide(times[ends], before, out=np.zeros((len(rows), len(counts))), where=before > 0)
        found[rows] += weight * np.minimum(1.0, share)
    return found
