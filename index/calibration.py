"""Fitting the weights of `index.scoring` on labelled questions.

Two kinds of examples: questions written apart from the content, and the content's own alternate questions, each
searched with itself left out (an out-of-scope example: with its whole subject left out, so that what is learned
is to decline subjects that nobody thought of).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from index.encoder import Encoder
from index.features import FEATURES, OUTSIDE_FEATURES, Cues, FeatureTable, Matrix, PassageScores
from index.lexical import LexicalIndex
from index.passages import Passage, PassageKind
from index.scoring import Scoring

Floats = npt.NDArray[np.float64]

# Of the thresholds that answer so much of what is answerable, the one that declines the most.
WANTED_ANSWERED = 0.975
PENALTY = 1e-3


@dataclass(frozen=True, slots=True)
class Question:
    """A labelled question: the acceptable entries (none: out of scope), and what it mentions."""

    text: str
    entry_ids: frozenset[str]
    cues: Cues = Cues()


@dataclass(frozen=True, slots=True)
class Example:
    """A question's features, its right rows (the last row, after the entries, is "none of them"), its weight."""

    entries: Matrix
    outside: Matrix
    right: npt.NDArray[np.bool_]
    weight: float = 1.0


class ExampleMaker:
    """Measures the features of questions against the passages of a knowledge base."""

    def __init__(self, passages: Sequence[Passage], table: FeatureTable, encoder: Encoder) -> None:
        self._passages = passages
        self._table = table
        self._encoder = encoder
        self._vectors = encoder.encode([passage.text for passage in passages])
        self._lexical = LexicalIndex.build([passage.text for passage in passages])

    def of_questions(self, questions: Sequence[Question], weight: float = 1.0) -> list[Example]:
        """Examples of questions that are not passages."""
        vectors = self._encoder.encode([question.text for question in questions])
        return [
            self._example(question, self._scores(question.text, vector), weight)
            for question, vector in zip(questions, vectors, strict=True)
        ]

    def of_passages(self, weight: float = 1.0) -> list[Example]:
        """Examples of the content's own questions, each with itself (or its subject) left out."""
        examples = []
        for number, passage in enumerate(self._passages):
            if passage.kind in {PassageKind.ANSWER, PassageKind.VARIANT}:
                continue
            scores = self._scores(passage.text, self._vectors[number])
            left_out = self._left_out(number, passage)
            for field in (scores.dense, scores.stems, scores.ngrams):
                field[left_out] = 0
            inside = passage.kind is not PassageKind.OUTSIDE
            question = Question(passage.text, frozenset({passage.entry_id} if inside else ()))
            examples.append(self._example(question, scores, weight))
        return examples

    def _left_out(self, number: int, passage: Passage) -> list[int]:
        if passage.kind is not PassageKind.OUTSIDE:
            return [number]
        return [
            other
            for other, row in enumerate(self._passages)
            if row.kind is PassageKind.OUTSIDE and row.entry_id == passage.entry_id
        ]

    def _scores(self, text: str, vector: Matrix) -> PassageScores:
        dense = (self._vectors @ vector).astype(np.float32)
        return PassageScores(dense, self._lexical.stem_scores(text), self._lexical.ngram_scores(text))

    def _example(self, question: Question, scores: PassageScores, weight: float) -> Example:
        right = np.array([entry_id in question.entry_ids for entry_id in self._table.entry_ids] + [False])
        right[-1] = not right.any()
        entries = self._table.of_entries(scores, question.cues)
        return Example(entries, self._table.of_outside(scores), right, weight)


def fit(examples: Sequence[Example]) -> Scoring:
    """The weights that make the right entries the most probable (maximum likelihood, ridge penalty)."""
    entries = np.stack([example.entries for example in examples]).astype(np.float64)
    outside = np.concatenate([example.outside for example in examples]).astype(np.float64)
    right = np.stack([example.right for example in examples])
    weights = np.array([example.weight for example in examples])
    size, outside_size = len(FEATURES), len(OUTSIDE_FEATURES)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        own, other, constant = parameters[:size], parameters[size:-1], parameters[-1]
        scores = np.column_stack([entries @ own, outside @ other + constant])
        likelihoods = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities = likelihoods / likelihoods.sum(axis=1, keepdims=True)
        of_right = (probabilities * right).sum(axis=1)
        posterior = probabilities * right / of_right[:, None]
        gap = (probabilities - posterior) * weights[:, None] / weights.sum()
        slope = np.concatenate(
            [np.einsum("ne,nef->f", gap[:, :-1], entries), gap[:, -1] @ outside, [gap[:, -1].sum()]]
        )
        penalty = PENALTY * float(parameters[:-1] @ parameters[:-1]) / 2
        slope[:-1] += PENALTY * parameters[:-1]
        return float(-(np.log(of_right) * weights).sum() / weights.sum()) + penalty, slope

    found = minimize(loss, np.zeros(size + outside_size + 1), jac=True, method="L-BFGS-B").x
    rounded = [round(float(value), 3) for value in found]
    scoring = Scoring(
        weights=dict(zip(FEATURES, rounded, strict=False)),
        outside_weights=dict(zip(OUTSIDE_FEATURES, rounded[size:], strict=False)),
        outside_constant=rounded[-1],
        answer_threshold=0.5,
        suggest_threshold=0.1,
    )
    return scoring
