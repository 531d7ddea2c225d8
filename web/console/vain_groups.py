"""What was asked in vain, grouped by what it means."""

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import numpy as np

from index.encoder import Vectors
from index.grouping import central, group
from index.retriever import Query, Retriever
from index.text import fold
from web.storage.vain import Reason, VainTurn

# Different texts that are grouped, the newest ones: distances of all pairs take 8 MB, and 0.1 s.
MOST_TEXTS = 1000
# Texts that are encoded while customers wait: a tenth of a second.
BATCH = 32
# Texts whose vectors are kept: 12 MB in 384 dimensions.
REMEMBERED = 8_000
REMEMBERED_GROUPINGS = 16


@dataclass(frozen=True, slots=True)
class Nearest:
    """The entry that is most probably meant, and how probable that is."""

    entry_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class VainGroup:
    """Messages that mean much the same. `examples`: one turn of each different text, the most central one first.

    `count`: of messages; `reasons`: of how many of them each holds.
    """

    examples: tuple[VainTurn, ...]
    count: int
    reasons: dict[Reason, int]
    newest: int


@dataclass(frozen=True, slots=True)
class Vain:
    """Groups, the largest first; `left_out`: messages that are older than the newest MOST_TEXTS different ones."""

    groups: tuple[VainGroup, ...]
    count: int
    left_out: int


class VainGroups:
    """Groups messages; `thinking` is held while the encoder is used, for a few texts at a time."""

    def __init__(self, retriever: Retriever, thinking: AbstractContextManager[None]) -> None:
        self._retriever = retriever
        self._thinking = thinking
        self._vectors: dict[str, Vectors] = {}
        self._own = Lock()
        self.nearest = lru_cache(REMEMBERED)(self._nearest)
        self._numbers = lru_cache(REMEMBERED_GROUPINGS)(self._grouped)

    def of(self, turns: Sequence[VainTurn]) -> Vain:
        """The groups of turns that come the newest first."""
        by_text: dict[str, list[VainTurn]] = {}
        for turn in turns:
            by_text.setdefault(fold(turn.message), []).append(turn)
        texts = tuple(by_text)[:MOST_TEXTS]
        if not texts:
            return Vain((), 0, 0)
        messages = tuple(by_text[text][0].message for text in texts)
        members: dict[int, list[str]] = {}
        for number, text in zip(self._numbers(messages), texts, strict=True):
            members.setdefault(number, []).append(text)
        groups = [self._group([by_text[text] for text in texts_of]) for texts_of in members.values()]
        groups.sort(key=lambda one: (-one.count, -one.newest, one.examples[0].message))
        count, every = sum(one.count for one in groups), len({turn.message_id for turn in turns})
        return Vain(tuple(groups), count, every - count)

    def _group(self, turns: list[list[VainTurn]]) -> VainGroup:
        every = {(turn.message_id, turn.reason): turn for same in turns for turn in same}
        examples = [same[0] for same in turns]
        if len(examples) > 2:
            first = central(self._encoded(tuple(turn.message for turn in examples)))
            examples.insert(0, examples.pop(first))
        return VainGroup(
            tuple(examples),
            len({message_id for message_id, _ in every}),
            dict(Counter(reason for _, reason in sorted(every))),
            max(turn.created for turn in every.values()),
        )

    def _grouped(self, messages: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(map(int, group(self._encoded(messages))))

    def _encoded(self, messages: tuple[str, ...]) -> Vectors:
        """Their vectors; those that are not known yet are encoded."""
        with self._own:
            if len(self._vectors) > REMEMBERED:
                self._vectors.clear()
            new = [message for message in dict.fromkeys(messages) if message not in self._vectors]
            for begin in range(0, len(new), BATCH):
                batch = new[begin : begin + BATCH]
                with self._thinking:
                    vectors = self._retriever.meanings(batch)
                self._vectors.update(zip(batch, vectors, strict=True))
            return np.stack([self._vectors[message] for message in messages])

    def _nearest(self, message: str) -> Nearest:
        with self._thinking:
            (best,) = self._retriever.search(Query(message), limit=1).candidates
        return Nearest(best.entry_id, best.confidence)
