"""Batches: sentences of like length together, questions of like topic together, the same for the same seed."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def by_length(lengths: Sequence[int], size: int, seed: int) -> Iterator[list[int]]:
    """Numbers 0 to len(lengths) - 1 in batches, each of similar lengths, in random order: less padding, less work."""
    random = np.random.default_rng(seed)
    noisy = np.array(lengths) * random.uniform(0.9, 1.1, len(lengths))
    order = np.argsort(noisy, kind="stable")
    starts = random.permutation(range(0, len(order) - size + 1, size))
    for start in starts:
        yield [int(number) for number in order[start : start + size]]


def endless(rows: Sequence[T], size: int, seed: int) -> Iterator[list[T]]:
    """Batches of rows without end, each row once before any comes again."""
    random = np.random.default_rng(seed)
    waiting: list[T] = []
    while True:
        while len(waiting) < size:
            waiting += [rows[number] for number in random.permutation(len(rows))]
        yield waiting[:size]
        waiting = waiting[size:]
