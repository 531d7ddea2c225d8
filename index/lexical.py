"""Search by words: BM25 over stems and over character n-grams, accents folded, exact accents preferred."""

import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from index.lexical_field import LexicalField, Scores
from index.text import Tokenizer, character_ngrams

# Enough to order two passages that are equal without accents, too little to reorder others.
ACCENT_WEIGHT = 0.02

# The fields' folder in an index folder.
FOLDER = "lexical"


class LexicalIndex:
    """Three BM25 fields over the same passages: stems, character n-grams, accented words."""

    def __init__(self, stems: LexicalField, ngrams: LexicalField, accented: LexicalField) -> None:
        self._stems = stems
        self._ngrams = ngrams
        self._accented = accented
        self._tokenizer = Tokenizer()

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """An index of the passages' texts."""
        tokenizer = Tokenizer()
        return cls(
            LexicalField.build(tokenizer.stems(text) for text in texts),
            LexicalField.build(character_ngrams(text) for text in texts),
            LexicalField.build(tokenizer.accented(text) for text in texts),
        )

    @classmethod
    def open(cls, folder: Path) -> "LexicalIndex":
        """The index saved in a folder."""
        return cls(*(LexicalField.open(folder / FOLDER, name) for name in ("stems", "ngrams", "accented")))

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        for name, field in (("stems", self._stems), ("ngrams", self._ngrams), ("accented", self._accented)):
            field.save(folder / FOLDER, name)

    def stem_scores(self, text: str) -> Scores:
        """How much of the text's stems each passage has: BM25 over the most it can be, 0 to 1, shape (passages,)."""
        scores = self._stems.coverage(self._tokenizer.stems(text))
        return scores + ACCENT_WEIGHT * self._accented.coverage(self._tokenizer.accented(text))

    def groups_having_stems(self, groups: Sequence[str | None]) -> dict[str, frozenset[str]]:
        """Which groups of passages have each stem; `groups`: that of each passage (None: it is left out)."""
        return self._stems.groups_having(groups)

    def ngram_scores(self, text: str) -> Scores:
        """How much of the text's character n-grams each passage has, 0 to 1, shape (passages,)."""
        return self._ngrams.coverage(character_ngrams(text))

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
        mean = sum(math.log1p(self._ngrams.frequency(gram)) for gram in grams) / len(grams)
        return min(1.0, mean / self._own_familiarity)

    @cached_property
    def _own_familiarity(self) -> float:
        frequencies = self._ngrams.frequencies
        return float(frequencies @ np.log1p(frequencies) / frequencies.sum())
