"""Fitting the weights of `index.scoring` on labelled questions.

Two kinds of examples: questions written apart from the content, and the content's own questions, each searched as
if it were not there: scores of passages without itself (an out-of-scope example: without its whole subject, so that
what is learned is to decline subjects that nobody thought of), and classifiers trained on the other folds.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from index.classifier import QuestionClassifier
from index.encoder import Encoder, Vectors, encode_query
from index.features import FEATURES, OUTSIDE_FEATURES, FeatureTable, Matrix, QueryScores
from index.passages import Passage, PassageKind
from index.retriever import ASKED, Query, Searches
from index.scoring import Scoring
from index.synonyms import Synonyms

Floats = npt.NDArray[np.float64]

FOLDS = 5
# Of the content's own questions, which its author wrote to be unlike each other, against those written apart.
OWN_QUESTION_WEIGHT = 0.1
# Ridge penalty on the weights.
PENALTY = 3e-4
# How many of the answerable questions are to be answered: 97 % of those of customers, who word things otherwise. By
# cross-validation .985 answers 97.8 % and declines 99.0 % of what is out of scope, .99 answers 98.6 and declines 98.3.
WANTED_ANSWERED = 0.99
# From here on an entry is offered as "did you mean".
SUGGEST_THRESHOLD = 0.08


@dataclass(frozen=True, slots=True)
class Question:
    """A labelled question and the acceptable entries (none: out of scope)."""

    text: str
    entry_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Example:
    """A question's features, its right rows (the last row, after the entries, is "none of them"), its weight."""

    entries: Matrix
    outside: Matrix
    right: npt.NDArray[np.bool_]
    weight: float = 1.0


class ExampleMaker:
    """Measures the features of questions against the passages of a knowledge base."""

    def __init__(
        self,
        passages: Sequence[Passage],
        table: FeatureTable,
        encoder: Encoder,
        *,
        synonyms: Synonyms,
        read_query: Callable[[str], Query],
    ) -> None:
        self._passages = passages
        self._read_query = read_query
        self._table = table
        self._encoder = encoder
        self._searches = Searches.build(passages, table, encoder, synonyms=synonyms)

    def of_questions(self, questions: Sequence[Question]) -> list[Example]:
        """Examples of questions that are not passages."""
        encode = partial(encode_query, self._encoder)
        found = [self._searches.query_scores(self._read_query(question.text), encode) for question in questions]
        return [self._example(question, scores) for question, (_, scores) in zip(questions, found, strict=True)]

    def of_passages(self) -> list[Example]:
        """Examples of the content's own questions, each as if it were not there."""
        asked = [number for number, passage in enumerate(self._passages) if passage.kind in ASKED]
        vectors = self._encoder.encode_passages([passage.text for passage in self._passages])
        folds = self._folds(asked)
        labels = np.array(self._table.labels(self._passages), dtype=np.int64)
        examples = []
        for fold in range(FOLDS):
            kept = [number for number in asked if folds[number] != fold]
            texts = [self._passages[number].text for number in kept]
            classifier = QuestionClassifier.fit(texts, vectors[kept], labels[kept])
            searches = replace(self._searches, classifier=classifier)
            examples += [
                self._of_passage(number, searches, vectors[number]) for number in asked if folds[number] == fold
            ]
        return examples

    def _folds(self, asked: Sequence[int]) -> dict[int, int]:
        """Each question's fold; an out-of-scope subject is whole in one."""
        subjects = {self._passages[number].entry_id: place for place, number in enumerate(asked)}
        return {
            number: (
                subjects[self._passages[number].entry_id] if self._is_outside(number) else place
            ) % FOLDS
            for place, number in enumerate(asked)
        }  # fmt: skip

    def _is_outside(self, number: int) -> bool:
        return self._passages[number].kind is PassageKind.OUTSIDE

    def _of_passage(self, number: int, searches: Searches, vector: Vectors) -> Example:
        passage = self._passages[number]
        unnamed = self._read_query(passage.text).unnamed
        classified = (unnamed, encode_query(self._encoder, unnamed)) if unnamed is not None else None
        scores = searches.scores(passage.text, vector, classified=classified)
        left_out = [number]
        if self._is_outside(number):
            left_out = [
                other
                for other, row in enumerate(self._passages)
                if row.kind is PassageKind.OUTSIDE and row.entry_id == passage.entry_id
            ]
        for field in (scores.dense, scores.stems, scores.ngrams):
            field[left_out] = 0
        right = frozenset(() if self._is_outside(number) else {passage.entry_id})
        question = Question(passage.text, right)
        return replace(self._example(question, scores), weight=OWN_QUESTION_WEIGHT)

    def _example(self, question: Question, scores: QueryScores) -> Example:
        right = np.array([entry_id in question.entry_ids for entry_id in self._table.entry_ids] + [False])
        right[-1] = not right.any()
        cues = self._read_query(question.text).cues
        return Example(self._table.of_entries(scores, cues), self._table.of_outside(scores, cues), right)


def fit(examples: Sequence[Example]) -> Scoring:
    """The weights that make the right entries the most probable (maximum likelihood, ridge penalty)."""
    entries = np.stack([example.entries for example in examples]).astype(np.float64)
    outside = np.concatenate([example.outside for example in examples]).astype(np.float64)
    right = np.stack([example.right for example in examples])
    weights = np.array([example.weight for example in examples])
    weights /= weights.sum()
    size = len(FEATURES)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        scores = np.column_stack([entries @ parameters[:size], outside @ parameters[size:-1] + parameters[-1]])
        likelihoods = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities = likelihoods / likelihoods.sum(axis=1, keepdims=True)
        of_right = (probabilities * right).sum(axis=1)
        gap = (probabilities - probabilities * right / of_right[:, None]) * weights[:, None]
        slope = np.concatenate([np.einsum("ne,nef->f", gap[:, :-1], entries), gap[:, -1] @ outside, [gap[:, -1].sum()]])
        slope[:-1] += PENALTY * parameters[:-1]
        penalty = PENALTY * float(parameters[:-1] @ parameters[:-1]) / 2
        return float(-np.log(of_right) @ weights) + penalty, slope

    start = np.zeros(size + len(OUTSIDE_FEATURES) + 1)
    found = [round(float(value), 3) for value in minimize(loss, start, jac=True, method="L-BFGS-B").x]
    scoring = Scoring(
        weights=dict(zip(FEATURES, found[:size], strict=True)),
        outside_weights=dict(zip(OUTSIDE_FEATURES, found[size:-1], strict=True)),
        outside_constant=found[-1],
        answer_threshold=0.0,
        suggest_threshold=SUGGEST_THRESHOLD,
    )
    return replace(scoring, answer_threshold=_answer_threshold(scoring, examples))


def _answer_threshold(scoring: Scoring, examples: Sequence[Example]) -> float:
    """The highest confidence, to three places, that the wanted share of the answerable questions written apart from
    the content reaches.
    """
    best = sorted(
        float(scoring.probabilities(example.entries, example.outside)[:-1].max())
        for example in examples
        if example.weight == 1.0 and not example.right[-1]
    )
    # One of the confidences themselves, rounded down: a value between two of them is reached by one question less.
    missed = len(best) - math.ceil(WANTED_ANSWERED * len(best))
    return math.floor(best[missed] * 1000) / 1000
