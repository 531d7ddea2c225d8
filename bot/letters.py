"""How probable a word's letters are in each language: a trigram model over the profiles that langdetect brings along.

langdetect itself draws n-grams at random until it is sure, which takes up to 20 ms; here their probabilities are
added up exactly, in some microseconds a word.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from operator import add

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
Vector = npt.NDArray[np.float64]


class LetterModel:
    """The letters of several languages, by their codes as langdetect has them, such as "cs".

    `logs`: the logarithms of the probability of the last letter of each of the sequences `grams` behind the others, in
    each language, and in a last row those of a sequence that is not among them; shape (grams + 1, codes).
    """

    def __init__(self, codes: Sequence[str], grams: Sequence[str], logs: Vector) -> None:
        self.codes = tuple(codes)
        self.logs = logs
        self._row_of = {gram: row for row, gram in enumerate(grams)}

    @classmethod
    def of(cls, codes: Sequence[str], own: Mapping[str, Mapping[str, int]]) -> "LetterModel":
        """The model of the profiles, with words of one's own by their languages: how often there is each."""
        counts = [_counts(code) for code in codes]
        for code, words in own.items():
            _add(counts[codes.index(code)], words)
        grams = sorted(frozenset().union(*counts))
        unknown = np.full((1, len(codes)), math.log(IMPOSSIBLE))
        return cls(codes, grams, np.vstack([np.log(_probabilities(grams, counts)), unknown]))

    @property
    def grams(self) -> list[str]:
        """The sequences of letters, in the order of the rows."""
        return [*self._row_of]

    def log_probabilities(self, word: str) -> Vector:
        """The natural logarithms of the probability of a word in small letters, its end counted as one; by code."""
        framed = f" {word} "
        rows = [self._row(framed, end) for end in range(2, len(framed) + 1)]
        total: Vector = self.logs[rows].sum(axis=0)
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
        gram = typed.casefold()
        if gram.isascii():  # most are
            counts[gram] = counts.get(gram, 0.0) + count
            continue
        for form, share in ((gram, 1 - FOLDED), (fold(typed), FOLDED)):
            counts[form] = counts.get(form, 0.0) + share * count
    counts[" "] = sum(_of_letters(counts)) / WORD_LENGTH
    return counts


def _add(counts: Counts, words: Mapping[str, int]) -> None:
    """Mix in words of one's own, so that they are as many as OWN says beside those of the profile."""
    own = _grams(words)
    letters = sum(count for gram, count in own.items() if len(gram) == 1)
    share = OWN * sum(_of_letters(counts)) / max(1, letters)
    for gram, count in own.items():
        counts[gram] = counts.get(gram, 0.0) + share * count


def _grams(words: Mapping[str, int]) -> Counts:
    """How often words, which occur so many times each, have each sequence of one to three letters, their ends counted.

    Words that occur as often are counted together, as one text, and only their sequences of three: a shorter one begins
    one of them, or ends a word.
    """
    texts: dict[int, list[str]] = {}
    for word, times in words.items():
        texts.setdefault(times, []).append(f" {word} ")
    found: dict[str, float] = defaultdict(float)
    for times, framed in texts.items():
        text = "".join(framed)
        for gram, count in Counter(map(add, map(add, text, text[1:]), text[2:])).items():
            if "  " not in gram:  # two spaces stand between words
                found[gram] += times * count
    for gram, times_in_all in [*found.items()]:
        for part in (gram[:2], gram[1:]) if gram[2] == " " else (gram[:2],):
            found[part] += times_in_all
            found[part[0]] += times_in_all
    found.pop(" ", None)
    return found


def _of_letters(counts: Counts) -> Iterable[float]:
    return (count for gram, count in counts.items() if len(gram) == 1 and gram != " ")


def _probabilities(grams: Sequence[str], counts: Sequence[Counts]) -> Vector:
    """The probability of the last letter of each sequence (row) behind the others, in each language (column)."""
    places = {gram: place for place, gram in enumerate(grams)}
    times = np.zeros((len(grams) + 1, len(counts)))
    for column, one in enumerate(counts):
        times[[*map(places.__getitem__, one)], column] = [*one.values()]
    total = np.array([sum(_of_letters(one)) for one in counts])
    found = np.full((len(grams), len(counts)), IMPOSSIBLE)
    for size, weight in WEIGHTS.items():
        rows = [row for row, gram in enumerate(grams) if len(gram) >= size]
        ends = [places.get(grams[row][-size:], -1) for row in rows]
        before = times[[places.get(grams[row][-size:-1], -1) for row in rows]] if size > 1 else total
        share = np.divide(times[ends], before, out=np.zeros((len(rows), len(counts))), where=before > 0)
        found[rows] += weight * np.minimum(1.0, share)
    return found
