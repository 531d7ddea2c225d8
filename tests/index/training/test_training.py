"""Training on a few rows: what it makes, that it goes on where it was broken off, and what it says of bad input."""

import json
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from index.errors import IndexingError
from index.training import trainer
from index.training.question_answer import Settings
from index.training.recipe import Plan, train
from index.training.teacher import Teacher

pytestmark = pytest.mark.slow

TINY = Settings(corpus_rows=4, own_sources=1, pairs=4)


@pytest.fixture
def plan(corpus: Path, teacher: Path, tmp_path: Path) -> Plan:
    return Plan(corpus, tmp_path / "out", str(teacher), teacher_steps=2, own_steps=2, question_steps=4, settings=TINY)


@pytest.fixture(scope="module")
def trained(shared_corpus: Path, teacher: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a whole training has written; nothing there may be changed."""
    out = tmp_path_factory.mktemp("trained")
    train(Plan(shared_corpus, out, str(teacher), teacher_steps=2, own_steps=2, question_steps=4, settings=TINY))
    return out


def vectors(folder: Path) -> np.ndarray:
    model = SentenceTransformer(str(folder), device="cpu", model_kwargs={"dtype": torch.float32})
    return np.asarray(model.encode(["Jak zaplatím?", "jak zaplatim", "How do I pay?"]))


def test_a_training_makes_a_folder_that_reads_czech_and_ignores_accents(trained: Path) -> None:
    folder = trained / "encoder"
    czech, bare, english = vectors(folder)
    assert czech.shape == (32,)
    assert np.allclose(czech @ bare, vectors(folder)[0] @ vectors(folder)[1])
    assert np.isfinite([czech, bare, english]).all()
    pieces = json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"]
    assert "zaplatim" in pieces
    assert len(set(pieces.values())) == len(pieces)


def test_the_log_has_the_losses_of_every_stage(trained: Path) -> None:
    rows = [json.loads(line) for line in (trained / trainer.LOG).read_text().splitlines()]
    assert {row["stage"] for row in rows} == {"teacher", "distillation", "own-distillation", "question-answer"}
    assert all(np.isfinite(row["loss"]) for row in rows)


def test_a_training_that_was_broken_off_ends_where_one_without_a_break_ends(
    plan: Plan, teacher: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = replace(plan, start=teacher, teacher_steps=0, own_steps=0)
    whole = train(plan)
    monkeypatch.setattr(trainer, "CHECKPOINT_STEPS", 2)
    broken = replace(plan, out=tmp_path / "broken")
    with monkeypatch.context() as patched:
        patched.setattr(trainer, "LOG_STEPS", 3)
        patched.setattr(trainer.Stage, "_log", _stop)
        with pytest.raises(KeyboardInterrupt):
            train(broken)
    assert not (broken.out / "encoder").exists()
    assert torch.load(broken.out / "question-answer.checkpoint")["step"] == 2
    assert np.allclose(vectors(train(broken)), vectors(whole), atol=1e-5)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_teacher_gives_the_vectors_of_its_model_without_gradient(teacher: Path) -> None:
    model = SentenceTransformer(str(teacher), device="cpu")
    texts = ["How do I pay?", "The car is green.", "How do I pay?"]
    vectors = Teacher(model).vectors(texts)
    assert not vectors.requires_grad
    assert np.allclose(vectors.numpy(), model.encode(texts, normalize_embeddings=True), atol=1e-2)


def test_a_start_skips_the_first_stage(plan: Plan, teacher: Path) -> None:
    folder = train(replace(plan, start=teacher))
    assert not (plan.out / "distillation.checkpoint").exists()
    assert (folder / "modules.json").is_file()


def test_a_full_disk_stops_with_what_to_do_and_the_next_run_goes_on(plan: Plan) -> None:
    with _largest_file(1000), pytest.raises(IndexingError, match="make room and run"):
        train(plan)
    assert (train(plan) / "modules.json").is_file()


@contextmanager
def _largest_file(size: int) -> Iterator[None]:
    """No file can grow beyond `size` bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_broken_checkpoint_is_named(plan: Plan, trained: Path) -> None:
    shutil.copytree(trained, plan.out)
    (plan.out / "question-answer.checkpoint").write_bytes(b"no checkpoint")
    with pytest.raises(IndexingError, match=r"question-answer\.checkpoint.*remove it"):
        train(plan)


def test_a_teacher_that_is_none_is_refused(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="sentence-transformers folder"):
        train(replace(plan, teacher=str(tmp_path / "nothing")))
