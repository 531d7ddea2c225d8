"""Features of every entry for a query: how well its questions and its answer match, by meaning and by words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.passages import Passage, PassageKind

Matrix = npt.NDArray[np.float32]

# For an entry (rows of the matrix); "outside" has the first seven, on the out-of-scope examples, and one of its own.
FEATURES = (
    "words_classifier",
    "meaning_classifier",
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
OUTSIDE_FEATURES = (*FEATURES[:7], "other_name_cue")
QUESTIONS = frozenset({PassageKind.TITLE, PassageKind.ALTERNATE})


@dataclass(frozen=True, slots=True)
class QueryScores:
    """What the searches say of one query: scores of every passage, and log probabilities of every class.

    Shapes: (passages,) for the first three; (entries + 1,) for the classifiers, "outside" last.
    """

    dense: Matrix
    stems: Matrix
    ngrams: Matrix
    words: Matrix
    meaning: Matrix


@dataclass(frozen=True, slots=True)
class Cues:
    """What a message mentions besides its words."""

    vehicle: bool = False
    country: bool = False
    other_name: bool = False


NO_CUES = Cues()


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
            elif passage.kind in QUESTIONS:
                questions[rows[passage.entry_id]].append(number)
            else:
                answers[rows[passage.entry_id]].append(number)
        self._questions = _padded(questions, len(passages))
        self._answers = _padded(answers, len(passages))
        self._outside = _padded([outside], len(passages))
        self._vehicle = np.array([entry_id in vehicle_entries for entry_id in self.entry_ids], dtype=np.float32)
        self._country = np.array([entry_id in country_entries for entry_id in self.entry_ids], dtype=np.float32)

    def labels(self, passages: Sequence[Passage]) -> list[int]:
        """The class of each passage: its entry's row, or the last one for "outside"."""
        rows = {entry_id: row for row, entry_id in enumerate(self.entry_ids)}
        return [len(rows) if passage.kind is PassageKind.OUTSIDE else rows[passage.entry_id] for passage in passages]

    def of_entries(self, scores: QueryScores, cues: Cues) -> Matrix:
        """Shape (entries, features), in the order of `entry_ids` and FEATURES."""
        columns = (
            scores.words[:-1],
            scores.meaning[:-1],
            *_of_questions(scores, self._questions),
            *_in_groups((scores.dense, scores.stems, scores.ngrams), self._answers).max(axis=2),
            self._vehicle * cues.vehicle,
            self._country * cues.country,
        )
        return _side_by_side(columns)

    def of_outside(self, scores: QueryScores, cues: Cues) -> Matrix:
        """Shape (1, outside features)."""
        cue = np.array([cues.other_name], dtype=np.float32)
        return _side_by_side((scores.words[-1:], scores.meaning[-1:], *_of_questions(scores, self._outside), cue))


def _of_questions(scores: QueryScores, groups: npt.NDArray[np.int64]) -> tuple[Matrix, ...]:
    """Each of shape (groups,): of meaning and of n-grams the best score and the mean of the best three, of stems the
    best.
    """
    found = _in_groups((scores.dense, scores.ngrams, scores.stems), groups)
    best_three = np.partition(found[:2], -3, axis=2)[:, :, -3:]
    (dense, ngrams), (dense_three, ngrams_three) = best_three.max(axis=2), best_three.mean(axis=2)
    return dense, dense_three, found[2].max(axis=1), ngrams, ngrams_three


def _in_groups(fields: tuple[Matrix, ...], groups: npt.NDArray[np.int64]) -> Matrix:
    """The scores of the passages of each group, by several searches: (fields, groups, most passages of a group)."""
    padded = np.zeros((len(fields), len(fields[0]) + 1), dtype=np.float32)
    for row, scores in enumerate(fields):
        padded[row, :-1] = scores
    return padded.take(groups, axis=1)


def _side_by_side(columns: tuple[Matrix, ...]) -> Matrix:
    """The columns as one matrix."""
    matrix = np.empty((len(columns[0]), len(columns)), dtype=np.float32)
    for place, column in enumerate(columns):
        matrix[:, place] = column
    return matrix


def _padded(groups: list[list[int]], padding: int) -> npt.NDArray[np.int64]:
    """Rows of passage numbers, filled up with a number that stands for a score of 0."""
    width = max(3, *(len(group) for group in groups)) if groups else 3
    return np.array([group + [padding] * (width - len(group)) for group in groups], dtype=np.int64)
