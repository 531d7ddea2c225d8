"""Distillation: both sides of a sentence pair are drawn to the teacher's vector of the English side.

Source: Reimers and Gurevych 2020, "Making monolingual sentence embeddings multilingual using knowledge distillation".
"""

from collections.abc import Sequence

import torch
from sentence_transformers import SentenceTransformer

from index.training.batches import by_length
from index.training.corpus import Pair
from index.training.losses import contrast, distance
from index.training.teacher import Teacher
from index.training.trainer import embed

BATCH = 128
MOST_TOKENS = 96
SCALE = 20.0


class DistillationLoss:
    """The loss of a step of the first stage: a batch of pairs of similar length, each pair once a pass."""

    def __init__(self, model: SentenceTransformer, pairs: Sequence[Pair], teacher: Teacher, *, seed: int) -> None:
        self._model = model
        self._pairs = pairs
        self._teacher = teacher
        lengths = [len(pair.english) + len(pair.czech) for pair in pairs]
        self._batches = list(by_length(lengths, min(BATCH, len(pairs)), seed))

    @property
    def steps(self) -> int:
        """How many steps one pass has."""
        return len(self._batches)

    def __call__(self, step: int) -> torch.Tensor:
        """The loss of a step's batch."""
        batch = [self._pairs[number] for number in self._batches[step % len(self._batches)]]
        return distillation_loss(self._model, batch, self._teacher)


def distillation_loss(model: SentenceTransformer, pairs: Sequence[Pair], teacher: Teacher) -> torch.Tensor:
    """The distance of both sides to the teacher's vector, and the contrast of the Czech side with it."""
    english = [pair.english for pair in pairs]
    wanted = teacher.vectors(english)
    in_english = embed(model, english, most_tokens=MOST_TOKENS)
    in_czech = embed(model, [pair.czech for pair in pairs], most_tokens=MOST_TOKENS)
    return distance(in_english, wanted) + distance(in_czech, wanted) + contrast(in_czech, wanted, scale=SCALE)
