"""First stage: both sides of a sentence pair are drawn to the teacher's vector of the English side.

Source: Reimers and Gurevych 2020, "Making monolingual sentence embeddings multilingual using knowledge distillation".
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer

from index.errors import IndexingError
from index.training.batches import by_length
from index.training.corpus import Pair
from index.training.losses import contrast, distance
from index.training.trainer import embed

BATCH = 128
MOST_TOKENS = 96
SCALE = 20.0

Targets = npt.NDArray[np.float16]


def teacher_vectors(teacher: SentenceTransformer, pairs: Sequence[Pair], path: Path) -> Targets:
    """The teacher's vectors of the English sides, shape (pairs, dimensions); computed once and kept in a file.

    Raises IndexingError where the file can't be written.
    """
    if path.is_file():
        kept: Targets = np.load(path)
        if len(kept) == len(pairs):
            return kept
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = teacher.encode(
            [pair.english for pair in pairs], batch_size=BATCH, normalize_embeddings=True, show_progress_bar=True
        )
    targets = np.asarray(vectors, dtype=np.float16)
    aside = path.with_suffix(".aside.npy")
    try:
        np.save(aside, targets)
        aside.replace(path)
    except OSError as error:
        raise IndexingError(f"{aside}: can't be written ({error}); make room and run the command again") from error
    return targets


class DistillationLoss:
    """The loss of a step: distance of both sides to the teacher's vector, and contrast of the Czech side with it."""

    def __init__(self, model: SentenceTransformer, pairs: Sequence[Pair], targets: Targets, *, seed: int) -> None:
        self._model = model
        self._pairs = pairs
        self._targets = targets
        lengths = [len(pair.english) + len(pair.czech) for pair in pairs]
        self._batches = list(by_length(lengths, min(BATCH, len(pairs)), seed))

    @property
    def steps(self) -> int:
        """How many steps one pass has."""
        return len(self._batches)

    def __call__(self, step: int) -> torch.Tensor:
        """The loss of a step's batch."""
        numbers = self._batches[step % len(self._batches)]
        targets = torch.from_numpy(self._targets[numbers]).float()
        english = embed(self._model, [self._pairs[number].english for number in numbers], most_tokens=MOST_TOKENS)
        czech = embed(self._model, [self._pairs[number].czech for number in numbers], most_tokens=MOST_TOKENS)
        return distance(english, targets) + distance(czech, targets) + contrast(czech, targets, scale=SCALE)
