"""Features of every entry for a query: how well its questions and its answer match, by meaning and by words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.passages import Passage, PassageKind

Matrix = npt.NDArray[np.float32]

# For an entry (rows of the matrix); `outside` has the first five, measured on the out-of-scope examples.
FEATURES = (
    "dense_question",
    "dense_question_top3",
    "stems_question",
    "ngrams_question",
    "ngrams_question_top3",
    "dense_answer",
    "stems_answer",
    "ngrams_answer",
    "vehicle_cue",
    "country_cue",
)
OUTSIDE_FEATURES = FEATURES[:5]
_QUESTIONS = frozenset({PassageKind.TITLE, PassageKind.ALTERNATE})


@dataclass(frozen=True, slots=True)
class PassageScores:
    """The scores of every passage for one query, each of shape (passages,)."""

    dense: Matrix
    stems: Matrix
    ngrams: Matrix


@dataclass(frozen=True, slots=True)
class Cues:
    """What a message mentions besides its words."""

    vehicle: bool = False
    country: bool = False


class FeatureTable:
    """Reads the features of all entries off the passages' scores."""

    def __init__(
        self, passages: Sequence[Passage], *, vehicle_entries: frozenset[str], country_entries: frozenset[str]
    ) -> None:
        inside = [passage for passage in passages if passage.kind is not PassageKind.OUTSIDE]
        self.entry_ids = tuple(dict.fromkeys(passage.entry_id for passage in inside))
        rows = {entry_id: row for row, entry_id in enumerate(self.entry_ids)}
        questions: list[list[int]] = [[] for _ in rows]
        answers: list[list[int]] = [[] for _ in rows]
        outside: list[int] = []
        for number, passage in enumerate(passages):
            if passage.kind is PassageKind.OUTSIDE:
                outside.append(number)
            elif passage.kind in _QUESTIONS:
                questions[rows[passage.entry_id]].append(number)
            else:
                answers[rows[passage.entry_id]].append(number)
        self._questions = _padded(questions, len(passages))
        self._answers = _padded(answers, len(passages))
        self._outside = _padded([outside], len(passages))
        self._vehicle = np.array([entry_id in vehicle_entries for entry_id in self.entry_ids], dtype=np.float32)
        self._country = np.array([entry_id in country_entries for entry_id in self.entry_ids], dtype=np.float32)

    def of_entries(self, scores: PassageScores, cues: Cues) -> Matrix:
        """Shape (entries, features), in the order of `entry_ids` and FEATURES."""
        answers = [_best(field, self._answers) for field in (scores.dense, scores.stems, scores.ngrams)]
        return np.column_stack(
            [*_of_questions(scores, self._questions), *answers, self._vehicle * cues.vehicle, self._country * cues.country]
        )

    def of_outside(self, scores: PassageScores) -> Matrix:
        """Shape (1, outside features)."""
        return np.column_stack(_of_questions(scores, self._outside))


def _of_questions(scores: PassageScores, groups: npt.NDArray[np.int64]) -> list[Matrix]:
    return [
        _best(scores.dense, groups),
        _best(scores.dense, groups, top=3),
        _best(scores.stems, groups),
        _best(scores.ngrams, groups),
        _best(scores.ngrams, groups, top=3),
    ]


def _padded(groups: list[list[int]], padding: int) -> npt.NDArray[np.int64]:
    """Rows of passage numbers, filled up with a number that stands for a score of 0."""
    width = max(3, *(len(group) for group in groups)) if groups else 3
    return np.array([group + [padding] * (width - len(group)) for group in groups], dtype=np.int64)


def _best(scores: Matrix, groups: npt.NDArray[np.int64], top: int = 1) -> Matrix:
    """The mean of the best scores of each group, shape (groups,)."""
    grouped = np.append(scores, np.float32(0))[groups]
    if top == 1:
        return np.asarray(grouped.max(axis=1))
    return np.asarray(np.partition(grouped, -top, axis=1)[:, -top:].mean(axis=1))
