"""What an entry gets that the weights were not fitted on: they are fitted without it, and measured on it.

The entries stay in the index: this is the case of an entry that was written after the last calibration.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.calibration import FOLDS, Example, fit
from index.curves import Judged
from index.errors import IndexingError
from index.measures import Measures, judge, measures

# A subject's out-of-scope questions stand next to each other, about so many.
SUBJECT_ROWS = 4


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """The measures of all questions, each by weights fitted without its entries, and the thresholds of the folds."""

    measures: Measures
    thresholds: tuple[float, ...]


def cross_validate(questions: Sequence[Example], own: Sequence[Example]) -> CrossValidation:
    """Fit on the questions and the content's own without a fifth of the entries, measure on that fifth, in turn.

    Out-of-scope questions are left out by subject. A question with entries of several fifths is measured with the
    first of them and left out with each. Raises IndexingError where all questions are of one fifth.
    """
    folds = _folds(questions)
    judged, answered, thresholds = [], [], []
    for fold in range(FOLDS):
        kept = [row for row, of_row in zip(questions, folds, strict=True) if fold not in of_row]
        if all(row.right[-1] for row in kept):
            raise IndexingError("cross-validation: too few answerable questions; give those of entries of every fifth")
        scoring = fit([*(row for row in own if fold not in _entry_folds(row)), *kept])
        part = judge(scoring, [row for row, of_row in zip(questions, folds, strict=True) if of_row[0] == fold])
        judged.append(part)
        answered.append(part.confidence >= scoring.answer_threshold)
        thresholds.append(scoring.answer_threshold)
    return CrossValidation(measures(Judged.join(judged), np.concatenate(answered)), tuple(thresholds))


def _folds(questions: Sequence[Example]) -> list[list[int]]:
    """The folds of each question's entries, or the one of its out-of-scope subject."""
    outside = np.cumsum([row.right[-1] for row in questions]) - 1
    return [
        _entry_folds(row) or [int(number) // SUBJECT_ROWS % FOLDS]
        for row, number in zip(questions, outside, strict=True)
    ]


def _entry_folds(row: Example) -> list[int]:
    """The folds of the entries that are right, in the order of the entries; none for an out-of-scope question."""
    return [int(entry) % FOLDS for entry in np.flatnonzero(row.right[:-1])]
