"""Search: a query's features for every entry, and from them the candidates with their confidence."""

from dataclasses import dataclass

import numpy as np

from index.dense import DenseIndex
from index.encoder import Encoder
from index.features import FEATURES, Cues, FeatureTable, PassageScores
from index.lexical import LexicalIndex
from index.scoring import Scoring


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: the words, and what else the message mentions."""

    text: str
    cues: Cues = Cues()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with the probability that it is the right one, and the features behind it."""

    entry_id: str
    confidence: float
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Candidates, the best first, and the probability that the knowledge base holds no answer."""

    candidates: tuple[Candidate, ...]
    outside: float


class Retriever:
    """Finds entries for a query. Not shared between threads without a lock: encoders and stemmers have state."""

    def __init__(
        self, encoder: Encoder, dense: DenseIndex, lexical: LexicalIndex, table: FeatureTable, scoring: Scoring
    ) -> None:
        self._encoder = encoder
        self._dense = dense
        self._lexical = lexical
        self._table = table
        self.scoring = scoring

    def search(self, query: Query, limit: int = 5) -> SearchResult:
        """The most probable entries for the query."""
        scores = self.passage_scores(query.text)
        features = self._table.of_entries(scores, query.cues)
        probabilities = self.scoring.probabilities(features, self._table.of_outside(scores))
        best = np.argsort(-probabilities[:-1], kind="stable")[:limit]
        candidates = tuple(
            Candidate(
                self._table.entry_ids[row],
                float(probabilities[row]),
                dict(zip(FEATURES, map(float, features[row]), strict=True)),
            )
            for row in best
        )
        return SearchResult(candidates, float(probabilities[-1]))

    def passage_scores(self, text: str) -> PassageScores:
        """The scores of every passage for a text."""
        vector = self._encoder.encode([text])[0]
        return PassageScores(
            self._dense.scores(vector), self._lexical.stem_scores(text), self._lexical.ngram_scores(text)
        )

