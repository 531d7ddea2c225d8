"""The threshold that is fitted, on examples whose features tell more or less of the right entry."""

import numpy as np
import pytest

from index.calibration import WANTED_ANSWERED, Example, fit
from index.features import FEATURES, OUTSIDE_FEATURES

ENTRIES = 5
# To so many places a threshold is told.
STEP = 0.001


def example(seed: int, *, answerable: bool = True, weight: float = 1.0) -> Example:
    """An example whose right row stands out by an amount of chance."""
    random = np.random.default_rng(seed)
    entries = random.random((ENTRIES, len(FEATURES)), dtype=np.float32)
    outside = random.random((1, len(OUTSIDE_FEATURES)), dtype=np.float32)
    right = np.zeros(ENTRIES + 1, dtype=np.bool_)
    right[seed % ENTRIES if answerable else ENTRIES] = True
    entries[right[:-1]] += random.random()
    outside += right[-1]
    return Example(entries, outside, right, weight)


@pytest.mark.parametrize("answerable", [41, 66, 67, 130, 203])
def test_the_wanted_share_of_the_answerable_questions_reaches_the_threshold_and_no_higher_one(answerable: int) -> None:
    asked = [example(seed) for seed in range(answerable)]
    others = [example(seed, answerable=False) for seed in range(1000, 1040)]
    own = [example(seed, weight=0.1) for seed in range(2000, 2050)]
    scoring = fit([*own, *asked, *others])
    best = [float(scoring.probabilities(row.entries, row.outside)[:-1].max()) for row in asked]
    reach = sum(value >= scoring.answer_threshold for value in best)
    reach_higher = sum(value >= scoring.answer_threshold + STEP for value in best)
    assert reach >= WANTED_ANSWERED * answerable > reach_higher
