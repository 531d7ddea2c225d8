"""How good retrieval with a threshold is, on labelled examples."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.calibration import Example, Question
from index.curves import Judged, calibration_error
from index.retriever import SearchResult
from index.scoring import Scoring


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares of the answerable and of the out-of-scope examples, and how well the confidence is calibrated.

    `right_first`: the best entry is acceptable. `answered`: it reaches the threshold; `right_answered`: both.
    `declined`: of the out-of-scope ones, those below the threshold. `calibration_error`: the expected calibration
    error over ten equal bins (`index.curves`).
    """

    answerable: int
    right_first: float
    answered: float
    right_answered: float
    outside: int
    declined: float
    calibration_error: float


def judge(scoring: Scoring, examples: Sequence[Example]) -> Judged:
    """The examples, judged by what the weights put first."""
    found = [scoring.probabilities(example.entries, example.outside)[:-1] for example in examples]
    return Judged(
        confidence=np.array([row.max() for row in found], dtype=np.float64),
        right=np.array(
            [example.right[row.argmax()] for example, row in zip(examples, found, strict=True)], dtype=np.bool_
        ),
        inside=np.array([not example.right[-1] for example in examples], dtype=np.bool_),
    )


def judge_search(search: Callable[[str], SearchResult], questions: Sequence[Question]) -> Judged:
    """The questions, judged by what a search finds first."""
    found = [search(question.text).candidates[0] for question in questions]
    return Judged(
        confidence=np.array([best.confidence for best in found]),
        right=np.array([best.entry_id in question.entry_ids for best, question in zip(found, questions, strict=True)]),
        inside=np.array([bool(question.entry_ids) for question in questions]),
    )


def measure(scoring: Scoring, examples: Sequence[Example]) -> Measures:
    """The measures of weights and threshold on examples of both kinds."""
    judged = judge(scoring, examples)
    return measures(judged, judged.confidence >= scoring.answer_threshold)


def measures(judged: Judged, answered: npt.NDArray[np.bool_]) -> Measures:
    """The measures of judged questions of both kinds, by which of them are answered."""
    right, inside = judged.right, judged.inside
    return Measures(
        answerable=int(inside.sum()),
        right_first=round(float(right[inside].mean()), 4),
        answered=round(float(answered[inside].mean()), 4),
        right_answered=round(float((answered & right)[inside].mean()), 4),
        outside=int((~inside).sum()),
        declined=round(float((~answered)[~inside].mean()), 4),
        calibration_error=round(calibration_error(judged), 4),
    )
