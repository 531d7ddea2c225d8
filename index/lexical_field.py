"""One BM25 field: bm25s weighs the tokens when an index is built; what is kept are arrays, added up with NumPy."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]

# In place of the number of a token that no passage has.
UNKNOWN = -1


@dataclass(frozen=True)
class LexicalField:
    """The weight of every token in every passage that has it.

    `numbers`: of the tokens. Those of number n stand in `passages` and `weights` from `starts[n]` to `starts[n + 1]`;
    `count`: how many passages there are.
    """

    numbers: dict[str, int]
    starts: Numbers
    passages: Numbers
    weights: Scores
    count: int

    @classmethod
    def build(cls, rows: Iterable[list[str]]) -> "LexicalField":
        """The field of the passages' tokens; numbers take a fraction of the memory of a large collection's tokens."""
        import bm25s  # with SciPy, which answering does without

        vocabulary: dict[str, int] = {}
        # A field of a knowledge base without any accent must still have a vocabulary.
        numbers = [[vocabulary.setdefault(token, len(vocabulary)) for token in row or ["_"]] for row in rows]
        field = bm25s.BM25(method="lucene")
        field.index((numbers, vocabulary), show_progress=False)
        arrays = field.scores
        return cls(field.vocab_dict, arrays["indptr"], arrays["indices"], arrays["data"], count=int(arrays["num_docs"]))

    @classmethod
    def open(cls, folder: Path, name: str) -> "LexicalField":
        """The field saved under a name."""
        tokens = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{name}.npz") as arrays:
            kept = {part: arrays[part] for part in ("starts", "passages", "weights")}
            return cls({token: number for number, token in enumerate(tokens)}, **kept, count=int(arrays["count"]))

    def save(self, folder: Path, name: str) -> None:
        """Write the field into a folder under a name."""
        folder.mkdir(parents=True, exist_ok=True)
        tokens = sorted(self.numbers, key=self.numbers.__getitem__)
        (folder / f"{name}.json").write_text(json.dumps(tokens, ensure_ascii=False), encoding="utf-8")
        np.savez(
            folder / f"{name}.npz", starts=self.starts, passages=self.passages, weights=self.weights, count=self.count
        )

    def coverage(self, tokens: list[str]) -> Scores:
        """BM25 divided by its upper bound, the sum of the tokens' inverse document frequencies; shape (passages,)."""
        scores = np.zeros(self.count, dtype=np.float32)
        bound = 0.0
        spans = []
        for token in tokens:
            number = self.numbers.get(token, UNKNOWN)
            bound += self._bounds[number]
            if number != UNKNOWN:
                spans.append(slice(self._spans[number], self._spans[number + 1]))
        if spans:
            # In the order of a loop over the tokens, so to the same last digit, in a quarter of its time.
            passages = np.concatenate([self.passages[span] for span in spans])
            np.add.at(scores, passages, np.concatenate([self.weights[span] for span in spans]))
        return np.asarray(scores / bound, dtype=np.float32) if bound else scores

    def frequency(self, token: str) -> int:
        """How many passages have the token."""
        number = self.numbers.get(token)
        return 0 if number is None else self._spans[number + 1] - self._spans[number]

    def groups_having(self, groups: Sequence[str | None]) -> dict[str, frozenset[str]]:
        """Which groups have each token; `groups`: that of each passage (None: it is left out)."""
        names = tuple(dict.fromkeys(name for name in groups if name is not None))
        rows: dict[str | None, int] = {name: row for row, name in enumerate(names)}
        group_of = np.array([rows.get(name, -1) for name in groups], dtype=np.int64)
        tokens, held = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts)), group_of[self.passages]
        # Passages of one group mostly stand side by side: one of them is enough.
        told = (held >= 0) & ((np.diff(held, prepend=-1) != 0) | (np.diff(tokens, prepend=-1) != 0))
        ends = np.searchsorted(tokens[told], np.arange(len(self.numbers) + 1)).tolist()
        holders = [names[row] for row in held[told].tolist()]
        return {token: frozenset(holders[ends[number] : ends[number + 1]]) for token, number in self.numbers.items()}

    @property
    def frequencies(self) -> npt.NDArray[np.float64]:
        """How many passages have each token, by their numbers."""
        return np.diff(self.starts).astype(np.float64)

    @cached_property
    def _spans(self) -> list[int]:
        """The starts as plain numbers, which Python reads faster."""
        return [int(start) for start in self.starts]

    @cached_property
    def _bounds(self) -> list[float]:
        """By number, what a token's part of the score is below: in Lucene's BM25 its inverse document frequency.

        Last, where UNKNOWN points, stands that of a token that no passage has.
        """
        frequencies = [*np.diff(self.starts).tolist(), 0]
        return [math.log(1 + (self.count - frequency + 0.5) / (frequency + 0.5)) for frequency in frequencies]
