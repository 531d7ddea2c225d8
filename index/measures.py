"""How good retrieval with a threshold is, on labelled examples."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.calibration import Example
from index.scoring import Scoring

BINS = 10


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares of the answerable and of the out-of-scope examples, and how well the confidence is calibrated.

    `right_first`: the best entry is acceptable. `answered`: it reaches the threshold; `right_answered`: both.
    `declined`: of the out-of-scope ones, those below the threshold. `calibration_error`: the expected calibration
    error over ten equal bins (Guo et al. 2017, "On calibration of modern neural networks").
    """

    answerable: int
    right_first: float
    answered: float
    right_answered: float
    outside: int
    declined: float
    calibration_error: float


def measure(scoring: Scoring, examples: Sequence[Example]) -> Measures:
    """The measures of weights and threshold on examples of both kinds."""
    best, right, inside = [], [], []
    for example in examples:
        probabilities = scoring.probabilities(example.entries, example.outside)[:-1]
        best.append(float(probabilities.max()))
        right.append(bool(example.right[int(probabilities.argmax())]))
        inside.append(not example.right[-1])
    confidence, is_right, is_inside = np.array(best), np.array(right), np.array(inside)
    answered = confidence >= scoring.answer_threshold
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        abs(confidence[bins == number].mean() - is_right[bins == number].mean()) * (bins == number).mean()
        for number in np.unique(bins)
    ]
    return Measures(
        answerable=int(is_inside.sum()),
        right_first=round(float(is_right[is_inside].mean()), 4),
        answered=round(float(answered[is_inside].mean()), 4),
        right_answered=round(float((answered & is_right)[is_inside].mean()), 4),
        outside=int((~is_inside).sum()),
        declined=round(float((~answered)[~is_inside].mean()), 4),
        calibration_error=round(float(sum(gaps)), 4),
    )
