"""Search by words: BM25 over stems and over character n-grams, accents folded, exact accents preferred."""

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from index.text import Tokenizer, character_ngrams

Scores = npt.NDArray[np.float32]

# Enough to order two passages that are equal without accents, too little to reorder others.
ACCENT_WEIGHT = 0.02


class LexicalIndex:
    """Three BM25 fields over the same passages: stems, character n-grams, accented words."""

    def __init__(self, stems: bm25s.BM25, ngrams: bm25s.BM25, accented: bm25s.BM25) -> None:
        self._stems = stems
        self._ngrams = ngrams
        self._accented = accented
        self._tokenizer = Tokenizer()

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """An index of the passages' texts."""
        tokenizer = Tokenizer()
        return cls(
            _field(tokenizer.stems(text) for text in texts),
            _field(character_ngrams(text) for text in texts),
            _field(tokenizer.accented(text) for text in texts),
        )

    @classmethod
    def open(cls, folder: Path) -> "LexicalIndex":
        """The index saved in a folder."""
        return cls(*(bm25s.BM25.load(str(folder / name)) for name in ("stems", "ngrams", "accented")))

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        for name, field in (("stems", self._stems), ("ngrams", self._ngrams), ("accented", self._accented)):
            field.save(str(folder / name), show_progress=False)

    def stem_scores(self, text: str) -> Scores:
        """How much of the text's stems each passage has: BM25 over the most it can be, 0 to 1, shape (passages,)."""
        scores = _coverage(self._stems, self._tokenizer.stems(text))
        return scores + ACCENT_WEIGHT * _coverage(self._accented, self._tokenizer.accented(text))

    def ngram_scores(self, text: str) -> Scores:
        """How much of the text's character n-grams each passage has, 0 to 1, shape (passages,)."""
        return _coverage(self._ngrams, character_ngrams(text))

    def familiarity(self, text: str) -> float:
        """How common the text's character n-grams are in the passages: 1 (at most) as their own are, 0 for a text
        that shares none.

        The mean logarithm of an n-gram's document frequency over the same mean of the passages' own n-grams, which
        hardly depends on how many passages there are. A text in another language is far less familiar than one in
        the passages'.
        """
        grams = character_ngrams(text)
        if not grams:
            return 0.0
        starts, numbers = self._ngrams.scores["indptr"], self._ngrams.vocab_dict
        mean = sum(math.log1p(_frequency(starts, numbers.get(gram))) for gram in grams) / len(grams)
        return min(1.0, mean / self._own_familiarity)

    @cached_property
    def _own_familiarity(self) -> float:
        frequencies = np.diff(self._ngrams.scores["indptr"]).astype(np.float64)
        return float(frequencies @ np.log1p(frequencies) / frequencies.sum())


def _field(rows: Iterable[list[str]]) -> bm25s.BM25:
    """The field of the passages' tokens; numbers take a fraction of the memory of a large collection's tokens."""
    vocabulary: dict[str, int] = {}
    # A field of a knowledge base without any accent must still have a vocabulary.
    numbers = [[vocabulary.setdefault(token, len(vocabulary)) for token in row or ["_"]] for row in rows]
    field = bm25s.BM25(method="lucene")
    field.index((numbers, vocabulary), show_progress=False)
    return field


def _coverage(field: bm25s.BM25, tokens: list[str]) -> Scores:
    """BM25 divided by its upper bound, the sum of the tokens' inverse document frequencies."""
    passages = int(field.scores["num_docs"])
    known = [token for token in tokens if token in field.vocab_dict]
    if not known:
        return np.zeros(passages, dtype=np.float32)
    starts = field.scores["indptr"]
    frequencies = [_frequency(starts, field.vocab_dict.get(token)) for token in tokens]
    # Lucene's BM25: a token's part of the score is below its inverse document frequency.
    bound = sum(math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)) for frequency in frequencies)
    return np.asarray(field.get_scores(known) / bound, dtype=np.float32)


def _frequency(starts: npt.NDArray[np.int32], number: int | None) -> int:
    return 0 if number is None else int(starts[number + 1] - starts[number])
