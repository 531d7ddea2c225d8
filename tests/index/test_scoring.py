"""One score an entry: probabilities, saving, refusing weights of other features."""

import json
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexingError
from index.features import FEATURES, OUTSIDE_FEATURES
from index.scoring import Scoring


@pytest.fixture
def scoring() -> Scoring:
    return Scoring(dict.fromkeys(FEATURES, 1.0), dict.fromkeys(OUTSIDE_FEATURES, 1.0), 0.5, 0.4, 0.1)


def test_probabilities_of_all_entries_and_none_of_them_make_one(scoring: Scoring) -> None:
    entries = np.random.default_rng(7).random((4, len(FEATURES)), dtype=np.float32)
    outside = np.zeros((1, len(OUTSIDE_FEATURES)), dtype=np.float32)
    probabilities = scoring.probabilities(entries, outside)
    assert probabilities.shape == (5,)
    assert np.isclose(probabilities.sum(), 1)
    assert probabilities[:-1].argmax() == entries.sum(axis=1).argmax()


def test_saved_weights_are_read_back(scoring: Scoring, tmp_path: Path) -> None:
    scoring.save(tmp_path / "scoring.json")
    assert Scoring.open(tmp_path / "scoring.json") == scoring


def test_weights_of_other_features_are_refused(scoring: Scoring, tmp_path: Path) -> None:
    path = tmp_path / "scoring.json"
    scoring.save(path)
    fields = json.loads(path.read_text())
    fields["weights"].pop(FEATURES[0])
    path.write_text(json.dumps(fields))
    with pytest.raises(IndexingError, match="radce calibrate"):
        Scoring.open(path)


def test_missing_weights_are_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="radce calibrate"):
        Scoring.open(tmp_path / "scoring.json")
