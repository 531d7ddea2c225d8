"""What a system is, and what every system searches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from index.passages import PassageKind, passages
from kb.load import BUNDLED_CONTENT, load

# So many entries of a ranking are looked at.
DEPTH = 10


class Found(NamedTuple):
    """An entry with the system's own score for it."""

    entry_id: str
    score: float


class System(Protocol):
    """A way to search the content; making one builds its index."""

    def search(self, text: str) -> list[Found]:
        """The entries for a question, each once, the best first, at most DEPTH."""


@dataclass(frozen=True, slots=True)
class Content:
    """The passages that are searched, and the entry of each."""

    texts: Sequence[str]
    owners: Sequence[str]

    @classmethod
    def read(cls) -> "Content":
        """The content's passages but for the out-of-scope examples, which only this project has a use for."""
        rows = [row for row in passages(load(BUNDLED_CONTENT)) if row.kind is not PassageKind.OUTSIDE]
        return cls([row.text for row in rows], [row.entry_id for row in rows])

    def entries(self, passages: Iterable[tuple[int, float]]) -> list[Found]:
        """The entries of ranked passages: an entry stands where its best passage does, with that passage's score."""
        found: dict[str, float] = {}
        for row, score in passages:
            found.setdefault(self.owners[row], score)
            if len(found) == DEPTH:
                break
        return [Found(entry_id, score) for entry_id, score in found.items()]

    def by_scores(self, scores: npt.NDArray[np.float32]) -> list[Found]:
        """The entries where every passage has a score, shape (passages,)."""
        order = np.argsort(-scores, kind="stable")
        return self.entries((int(row), float(scores[row])) for row in order)
