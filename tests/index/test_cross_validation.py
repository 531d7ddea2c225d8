"""Cross-validation by entry, on examples whose features say which entry is right."""

import numpy as np
import pytest

from index.calibration import FOLDS, Example, fit
from index.cross_validation import cross_validate
from index.errors import IndexingError
from index.features import FEATURES, OUTSIDE_FEATURES
from index.measures import judge

ENTRIES = 10


def example(*right: int, seed: int = 0, weight: float = 1.0) -> Example:
    """An example with these right entries (none: out of scope), of which the features of the right rows are higher."""
    random = np.random.default_rng([seed, *right])
    entries = random.random((ENTRIES, len(FEATURES)), dtype=np.float32)
    outside = random.random((1, len(OUTSIDE_FEATURES)), dtype=np.float32)
    mask = np.zeros(ENTRIES + 1, dtype=np.bool_)
    mask[list(right) or ENTRIES] = True
    entries[mask[:-1]] += 1
    outside += mask[-1]
    return Example(entries, outside, mask, weight)


ANSWERABLE = [example(entry, seed=seed) for entry in range(ENTRIES) for seed in range(6)]
OUTSIDE = [example(seed=seed) for seed in range(40)]
OWN = [example(entry, seed=9, weight=0.1) for entry in range(ENTRIES)]


def test_every_question_is_measured_once() -> None:
    several = [example(0, 1), example(3, 7, 9)]
    crossed = cross_validate([*ANSWERABLE, *OUTSIDE, *several], OWN)
    assert crossed.measures.answerable == len(ANSWERABLE) + len(several)
    assert crossed.measures.outside == len(OUTSIDE)
    assert len(crossed.thresholds) == FOLDS


def test_features_that_tell_the_right_entry_tell_it_of_entries_that_were_left_out() -> None:
    measures = cross_validate([*ANSWERABLE, *OUTSIDE], OWN).measures
    assert measures.right_first > 0.95
    assert measures.declined > 0.8


def test_nothing_of_an_entry_teaches_the_weights_that_it_is_measured_by() -> None:
    # The rows of the first fifth contradict all others: weights that had seen them would be others.
    turned = [
        Example(-row.entries, row.outside, row.right, row.weight) if row.right[::FOLDS][:2].any() else row
        for row in ANSWERABLE
    ]
    crossed = cross_validate([*turned, *OUTSIDE], [])
    clean = cross_validate([*ANSWERABLE, *OUTSIDE], [])
    assert crossed.thresholds[0] == clean.thresholds[0]
    assert crossed.thresholds[1:] != clean.thresholds[1:]
    assert crossed.measures.right_first < clean.measures.right_first


def test_questions_of_one_fifth_alone_are_refused() -> None:
    with pytest.raises(IndexingError, match="every fifth"):
        cross_validate([example(0), example(5), *OUTSIDE], OWN)


def test_examples_are_judged_by_what_the_weights_put_first() -> None:
    rows = [*ANSWERABLE, *OUTSIDE]
    judged = judge(fit(rows), rows)
    assert judged.inside.tolist() == [True] * len(ANSWERABLE) + [False] * len(OUTSIDE)
    assert not judged.right[~judged.inside].any()
    assert judged.right[judged.inside].mean() > 0.95
