"""Linear classifiers from a question to its entry, trained on the content's own questions when the index is built.

Two of them, multinomial logistic regressions over the entries and "outside" (the out-of-scope examples): one over
the character n-grams of the folded words (which no typo and no Czech ending destroys), one over the encoder's vectors.
Training is scikit-learn's; what is kept is a matrix of weights, applied with NumPy.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors
from index.text import REMEMBERED_WORDS, character_ngrams, fold, words

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]

FILE_NAME = "classifiers.npz"
NGRAMS_FILE_NAME = "ngrams.json"

# The inverse of the ridge penalty, and the sizes of n-grams: docs/evaluation.md.
INVERSE_PENALTY = 30.0
SIZES = (2, 3, 4, 5)
ITERATIONS = 100


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """Weights of shape (classes, features) and constants of shape (classes,)."""

    weights: Floats
    constants: Floats

    @classmethod
    def fit(cls, features: "csr_matrix | Floats", labels: Labels) -> "LinearClassifier":
        """The classifier of labels 0 to n-1, each of which must occur."""
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=INVERSE_PENALTY, max_iter=ITERATIONS, tol=1e-3)
        model.fit(features, labels)
        return cls(model.coef_.astype(np.float32), model.intercept_.astype(np.float32))

    def log_probabilities(self, scores: Floats) -> Floats:
        """The logarithm of the softmax of scores without constants, shape (classes,)."""
        shifted = scores + self.constants
        shifted = shifted - shifted.max()
        return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)


@dataclass(frozen=True)
class NgramTable:
    """Which character n-grams are known, and their inverse document frequencies."""

    numbers: dict[str, int]
    frequencies: Floats

    @classmethod
    def build(cls, texts: Sequence[str]) -> "NgramTable":
        """The n-grams that two texts or more have."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(set(_ngrams(text)))
        known = sorted(gram for gram, count in counts.items() if count >= 2)
        frequencies = [np.log((1 + len(texts)) / (1 + counts[gram])) + 1 for gram in known]
        return cls({gram: number for number, gram in enumerate(known)}, np.array(frequencies, dtype=np.float32))

    def vector(self, text: str) -> tuple[Labels, Floats]:
        """The numbers of the text's known n-grams and their weights: damped counts, length 1."""
        found = [number for word in words(fold(text)) for number in self._numbers_of(word)]
        places, counts = np.unique(np.array(found, dtype=np.int64), return_counts=True)
        weights = (1 + np.log(counts)).astype(np.float32) * self.frequencies[places]
        return places, weights / max(float(np.linalg.norm(weights)), 1e-9)

    @cached_property
    def _numbers_of(self) -> Callable[[str], list[int]]:
        """The numbers of a folded word's known n-grams; those of the words last seen are kept."""
        return lru_cache(REMEMBERED_WORDS)(
            lambda word: [self.numbers[gram] for gram in _ngrams(word) if gram in self.numbers]
        )

    def matrix(self, texts: Sequence[str]) -> "csr_matrix":
        """The vectors of texts, shape (texts, n-grams)."""
        from scipy.sparse import csr_matrix  # needed to build only

        rows = [self.vector(text) for text in texts]
        starts = np.cumsum([0, *(len(places) for places, _ in rows)])
        places = np.concatenate([places for places, _ in rows])
        weights = np.concatenate([weights for _, weights in rows])
        return csr_matrix((weights, places, starts), shape=(len(texts), len(self.numbers)))


def _ngrams(text: str) -> list[str]:
    return [gram for size in SIZES for gram in character_ngrams(text, size)]


@dataclass(frozen=True, slots=True)
class QuestionClassifier:
    """Both classifiers; classes are the entries in their order, and last "outside"."""

    ngrams: NgramTable
    by_words: LinearClassifier
    by_meaning: LinearClassifier

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: Vectors, labels: Labels) -> "QuestionClassifier":
        """Both classifiers of questions, their vectors and the numbers of their classes."""
        ngrams = NgramTable.build(texts)
        return cls(
            ngrams,
            LinearClassifier.fit(ngrams.matrix(texts), labels),
            LinearClassifier.fit(vectors, labels),
        )

    def words(self, text: str) -> Floats:
        """Log probabilities of the classes by the text's n-grams."""
        places, weights = self.ngrams.vector(text)
        return self.by_words.log_probabilities(weights @ self.by_words.weights.T[places])

    def meaning(self, vector: Vectors) -> Floats:
        """Log probabilities of the classes by one unit vector."""
        return self.by_meaning.log_probabilities(self.by_meaning.weights @ vector)

    def save(self, folder: Path) -> None:
        """Write both classifiers into a folder."""
        np.savez(
            folder / FILE_NAME,
            frequencies=self.ngrams.frequencies,
            word_weights=self.by_words.weights,
            word_constants=self.by_words.constants,
            meaning_weights=self.by_meaning.weights,
            meaning_constants=self.by_meaning.constants,
        )
        known = json.dumps(list(self.ngrams.numbers), ensure_ascii=False)
        (folder / NGRAMS_FILE_NAME).write_text(known, encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> "QuestionClassifier":
        """The classifiers saved in a folder."""
        known = json.loads((folder / NGRAMS_FILE_NAME).read_text(encoding="utf-8"))
        with np.load(folder / FILE_NAME) as arrays:
            return cls(
                NgramTable({gram: number for number, gram in enumerate(known)}, arrays["frequencies"]),
                # A text needs a few of very many columns: each in one place of the memory.
                LinearClassifier(np.asfortranarray(arrays["word_weights"]), arrays["word_constants"]),
                LinearClassifier(arrays["meaning_weights"], arrays["meaning_constants"]),
            )
