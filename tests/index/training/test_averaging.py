"""The mean of weights."""

from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from index.errors import IndexingError
from index.training.averaging import average


@pytest.fixture
def checkpoints(teacher: Path, tmp_path: Path) -> list[Path]:
    """The weights as they are, and three times as large."""
    weights = SentenceTransformer(str(teacher), device="cpu").state_dict()
    paths = [tmp_path / f"{factor}.checkpoint" for factor in (1, 3)]
    for factor, path in zip((1, 3), paths, strict=True):
        torch.save({"step": 1, "model": {name: values * factor for name, values in weights.items()}}, path)
    return paths


def test_every_weight_is_the_mean(teacher: Path, checkpoints: list[Path], tmp_path: Path) -> None:
    average(teacher, checkpoints, tmp_path / "mean")
    mean = SentenceTransformer(str(tmp_path / "mean"), device="cpu", model_kwargs={"dtype": torch.float32}).state_dict()
    for name, values in SentenceTransformer(str(teacher), device="cpu").state_dict().items():
        assert np.allclose(mean[name], values * 2, rtol=2e-3, atol=1e-6), name


def test_what_is_no_checkpoint_or_of_another_model_is_told(
    teacher: Path, checkpoints: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "x.checkpoint").write_bytes(b"x")
    with pytest.raises(IndexingError, match=r"x\.checkpoint: is no checkpoint"):
        average(teacher, [*checkpoints, tmp_path / "x.checkpoint"], tmp_path / "mean")
    torch.save({"step": 1, "model": {"other": torch.ones(2)}}, tmp_path / "y.checkpoint")
    with pytest.raises(IndexingError, match=r"y\.checkpoint: not all are of"):
        average(teacher, [*checkpoints, tmp_path / "y.checkpoint"], tmp_path / "mean")
