"""What is asked: the conversations of the project's own question sets, and again with slips of the keyboard."""

import json
from collections.abc import Iterator
from enum import StrEnum
from itertools import count, cycle
from pathlib import Path

import numpy as np

from index.perturbation import Perturbation, perturb

EVAL = Path(__file__).parents[2] / "tests" / "eval"
# Sets of single questions, and of whole conversations.
FILES = ("*.jsonl", "colloquial/*.jsonl", "dialogue/*.jsonl")


def conversations() -> list[tuple[str, ...]]:
    """The customer's turns of every conversation of the sets, in an order that is mixed but always the same."""
    paths = [path for pattern in FILES for path in sorted(EVAL.glob(pattern))]
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    order = np.random.default_rng(0).permutation(len(rows))
    return [tuple(rows[place]["turns"]) for place in order]


class Workload(StrEnum):
    """Whether what is asked has been asked before."""

    AGAIN = "asked again"
    NEW = "every text new"

    def conversations(self) -> Iterator[tuple[str, ...]]:
        """What is asked, without an end."""
        return cycle(conversations()) if self is Workload.AGAIN else endless(conversations())


def endless(sets: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The conversations as they stand, then again and again, each time with other slips: hardly a text comes twice.

    A server that keeps what it computed for a text gains nothing by it, as with customers who word things their way.
    """
    for round_ in count():
        for turns in sets:
            yield tuple(perturb(text, Perturbation.ONE_TYPO, round_) for text in turns) if round_ else turns
