"""One score an entry: a conditional logit over all entries and "none of them".

Every entry's score is a weighted sum of its features, and so is that of "none of them" (the out-of-scope
examples' features and a constant); the softmax over all of them is the probability that the entry is the
right one (McFadden 1974, "Conditional logit analysis of qualitative choice behavior"). The weights are few and
readable; `radce calibrate` fits them.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import IndexingError
from index.features import FEATURES, OUTSIDE_FEATURES, Matrix, QueryScores

FILE_NAME = "scoring.json"


@dataclass(frozen=True, slots=True)
class Term:
    """What one feature adds to a score: its value by its weight."""

    feature: str
    value: float
    weight: float
    product: float


@dataclass(frozen=True, slots=True)
class Scoring:
    """The weights by feature, the constant of "none of them", and the thresholds of the decision."""

    weights: dict[str, float]
    outside_weights: dict[str, float]
    outside_constant: float
    answer_threshold: float
    suggest_threshold: float

    def probabilities(self, entries: Matrix, outside: Matrix) -> npt.NDArray[np.float64]:
        """The probability of each entry, and last of none: shape (entries + 1,), sum 1."""
        weights = np.array([self.weights[name] for name in FEATURES])
        outside_weights = np.array([self.outside_weights[name] for name in OUTSIDE_FEATURES])
        scores = np.append(entries @ weights, outside[0] @ outside_weights + self.outside_constant)
        likelihoods = np.exp(scores - scores.max())
        return np.asarray(likelihoods / likelihoods.sum())

    def of_passages(self, scores: QueryScores) -> Matrix:
        """How well each passage matches by itself, shape (passages,).

        All kinds are weighted as questions are: an entry's answer says little about whether it is the right one, but
        where it matches better than its questions do, it is what a reader looks for.
        """
        weights = self.weights
        return np.asarray(
            weights["dense_question"] * scores.dense
            + weights["stems_question"] * scores.stems
            + weights["ngrams_question"] * scores.ngrams
        )

    def entry_terms(self, features: Matrix) -> tuple[Term, ...]:
        """What makes up an entry's score; features: shape (features,)."""
        return tuple(_term(name, value, self.weights) for name, value in zip(FEATURES, features, strict=True))

    def outside_terms(self, features: Matrix) -> tuple[Term, ...]:
        """What makes up the score of "none of them", beside its constant; features: shape (outside features,)."""
        return tuple(
            _term(name, value, self.outside_weights) for name, value in zip(OUTSIDE_FEATURES, features, strict=True)
        )

    @property
    def fingerprint(self) -> str:
        """The hash of the weights: 12 hexadecimal digits."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()[:12]

    def save(self, path: Path) -> None:
        """Write the weights as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def open(cls, path: Path) -> "Scoring":
        """The weights saved at a path. Raises IndexingError where they are missing or of another version."""
        try:
            scoring = cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexingError(f"{path}: no scoring weights ({error}); run `radce calibrate`") from error
        if set(scoring.weights) != set(FEATURES) or set(scoring.outside_weights) != set(OUTSIDE_FEATURES):
            raise IndexingError(f"{path}: the weights are for other features; run `radce calibrate`")
        return scoring


def _term(name: str, value: np.float32, weights: dict[str, float]) -> Term:
    return Term(name, float(value), weights[name], float(value) * weights[name])
