"""What every threshold would give, and whether a confidence means what it says: computed from judged questions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """Of each question: the best entry's confidence, whether it is acceptable, whether there is one that is.

    Shapes: (questions,). A question that is out of scope is not `inside`, and its best entry is never `right`.
    """

    confidence: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    inside: npt.NDArray[np.bool_]

    @classmethod
    def join(cls, parts: Sequence["Judged"]) -> "Judged":
        """All the questions of several parts."""
        return cls(
            np.concatenate([part.confidence for part in parts]),
            np.concatenate([part.right for part in parts]),
            np.concatenate([part.inside for part in parts]),
        )

    def pick(self, which: npt.NDArray[np.bool_]) -> "Judged":
        """The questions at the places that are true."""
        return Judged(self.confidence[which], self.right[which], self.inside[which])


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What a threshold gives. `coverage`: the share of all questions that is answered; `risk`: of the answers, the
    share that is wrong (an answer to an out-of-scope question always is). `answered`: of the answerable questions;
    `declined`: of the out-of-scope ones.
    """

    threshold: float
    coverage: float
    risk: float
    answered: float
    declined: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions with a confidence from `low` to `high`: how many, their mean confidence, the share right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def operating_point(judged: Judged, threshold: float) -> OperatingPoint:
    """What a threshold gives on questions of both kinds; where nothing is answered, no answer is wrong."""
    answered = judged.confidence >= threshold
    wrong = answered & ~judged.right
    return OperatingPoint(
        threshold=float(threshold),
        coverage=float(answered.mean()),
        risk=float(wrong.sum() / max(1, answered.sum())),
        answered=float(answered[judged.inside].mean()),
        declined=float(1 - answered[~judged.inside].mean()),
    )


def sweep(judged: Judged) -> list[OperatingPoint]:
    """The points of all thresholds that differ in what they answer, the highest threshold first.

    By coverage and risk this is the risk-coverage curve of Geifman and El-Yaniv 2017, "Selective classification for
    deep neural networks"; by `answered` and `declined` it is the curve of the two kinds of questions.
    """
    return [operating_point(judged, confidence) for confidence in np.unique(judged.confidence)[::-1]]


def mean_risk(judged: Judged) -> float:
    """The area under the risk-coverage curve: the mean risk over as many thresholds as there are questions.

    Questions of one confidence are answered together, so that their order says nothing.
    """
    order = np.sort(judged.confidence)[::-1]
    answered = np.searchsorted(-order, -order, side="right")
    wrong = np.array([(~judged.right[judged.confidence >= confidence]).sum() for confidence in order])
    return float((wrong / answered).mean())


def least_mean_risk(judged: Judged) -> float:
    """The mean risk if every right answer were more certain than every wrong one: what sorting can reach."""
    answered = np.arange(1, len(judged.right) + 1)
    return float((np.maximum(0, answered - judged.right.sum()) / answered).mean())


def reliability(judged: Judged) -> list[Bin]:
    """The ten bins of equal width, without those that are empty."""
    numbers = np.minimum((judged.confidence * BINS).astype(int), BINS - 1)
    return [
        Bin(
            low=int(number) / BINS,
            high=(int(number) + 1) / BINS,
            count=int((numbers == number).sum()),
            confidence=float(judged.confidence[numbers == number].mean()),
            right=float(judged.right[numbers == number].mean()),
        )
        for number in np.unique(numbers)
    ]


def calibration_error(judged: Judged) -> float:
    """The expected calibration error over the bins (Guo et al. 2017, "On calibration of modern neural networks")."""
    bins = reliability(judged)
    return float(sum(abs(row.confidence - row.right) * row.count for row in bins) / len(judged.confidence))


def thresholds_around(threshold: float, *, step: float = 0.05, count: int = 4) -> list[float]:
    """The threshold and up to `count` on each side of it, a step apart, of those between 0 and 1."""
    steps = [round(threshold + number * step, 6) for number in range(-count, count + 1)]
    return [value for value in steps if 0 < value < 1]
