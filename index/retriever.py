"""Search: a query's features for every entry, and from them the candidates with their confidence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.classifier import QuestionClassifier
from index.dense import DenseIndex
from index.encoder import Encoder, Vectors, encode_query
from index.features import NO_CUES, QUESTIONS, Cues, FeatureTable, Matrix, QueryScores
from index.lexical import LexicalIndex
from index.passages import Passage, PassageKind
from index.scoring import Scoring
from index.spelling import Speller
from index.synonyms import Synonyms

# What customers ask: these passages teach the classifiers.
ASKED = QUESTIONS | {PassageKind.OUTSIDE}
# Of the queries last asked so many vectors are kept, since encoding is most of a turn: 2 MB in 384 dimensions. Of more
# the entries' probabilities, for which no vector is needed any more: 3 MB for sixty entries.
REMEMBERED_VECTORS = 1_000
REMEMBERED_QUERIES = 4_000


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: the words, and what else the message mentions.

    `unnamed`: the words with a common noun for what names a car, which the classifiers read (None: nothing does).
    """

    text: str
    cues: Cues = NO_CUES
    unnamed: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with the probability that it is the right one."""

    entry_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Candidates, the best first, and the probability that the knowledge base holds no answer."""

    candidates: tuple[Candidate, ...]
    outside: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A query, searched: its text as it is searched, and every number behind the probabilities.

    Shapes: features (entries, features), outside_features (1, outside features), probabilities (entries + 1,).
    """

    text: str
    scores: QueryScores
    features: Matrix
    outside_features: Matrix
    probabilities: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Searches:
    """The three ways in which a query is searched, and what mends it first: the speller and the synonyms."""

    dense: DenseIndex
    lexical: LexicalIndex
    classifier: QuestionClassifier
    speller: Speller
    synonyms: Synonyms

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        table: FeatureTable,
        encoder: Encoder,
        *,
        synonyms: Synonyms,
        vectors: Vectors | None = None,
    ) -> "Searches":
        """The searches over passages; `vectors`: theirs, where they are known already."""
        texts = [passage.text for passage in passages]
        vectors = encoder.encode_passages(texts) if vectors is None else vectors
        asked = [number for number, passage in enumerate(passages) if passage.kind in ASKED]
        labels = np.array(table.labels(passages), dtype=np.int64)
        classifier = QuestionClassifier.fit([texts[number] for number in asked], vectors[asked], labels[asked])
        speller = Speller.build([*texts, *synonyms.words], encoder.words())
        return cls(DenseIndex.build(vectors), LexicalIndex.build(texts), classifier, speller, synonyms)

    @classmethod
    def open(cls, folder: Path) -> "Searches":
        """The searches saved in a folder."""
        return cls(
            DenseIndex.open(folder),
            LexicalIndex.open(folder),
            QuestionClassifier.open(folder),
            Speller.open(folder),
            Synonyms.open(folder),
        )

    def save(self, folder: Path) -> None:
        """Write the searches into a folder."""
        self.dense.save(folder)
        self.lexical.save(folder)
        self.classifier.save(folder)
        self.speller.save(folder)
        self.synonyms.save(folder)

    def mend(self, text: str) -> str:
        """The text as it is searched: slips put right, synonyms replaced."""
        return self.synonyms.replace(self.speller.correct(text))

    def query_scores(self, query: Query, encode: Callable[[str], Vectors]) -> tuple[str, QueryScores]:
        """The query's text as it is searched, and what every search says of it; `encode` gives a text's vector."""
        texts = [self.mend(text) for text in (query.text, query.unnamed) if text is not None]
        vectors = [encode(text) for text in texts]
        return texts[0], self.scores(texts[0], vectors[0], classified=(texts[-1], vectors[-1]))

    def scores(self, text: str, vector: Vectors, *, classified: tuple[str, Vectors] | None = None) -> QueryScores:
        """What every search says of a text and its vector; `classified`: those that the classifiers read instead."""
        asked, meaning = classified or (text, vector)
        return QueryScores(
            self.dense.scores(vector),
            self.lexical.stem_scores(text),
            self.lexical.ngram_scores(text),
            self.classifier.words(asked),
            self.classifier.meaning(meaning),
        )


class Retriever:
    """Finds entries for a query. Not shared between threads without a lock: encoders and stemmers have state."""

    def __init__(self, encoder: Encoder, searches: Searches, table: FeatureTable, scoring: Scoring) -> None:
        self._encoder = encoder
        self._searches = searches
        self._table = table
        self.scoring = scoring
        self._vector = lru_cache(REMEMBERED_VECTORS)(partial(encode_query, encoder))
        self._remembered = lru_cache(REMEMBERED_QUERIES)(self._probabilities)

    @property
    def entry_ids(self) -> tuple[str, ...]:
        """The entries, in the order of the rows of features and probabilities."""
        return self._table.entry_ids

    def meaning(self, text: str) -> Vectors:
        """The unit vector of a text as it is searched, shape (dimensions,); of one searched lately it is known."""
        return self._vector(self._searches.mend(text))

    def score(self, query: Query) -> Scored:
        """Every entry's features and probability for the query."""
        text, scores = self._searches.query_scores(query, self._vector)
        features = self._table.of_entries(scores, query.cues)
        outside = self._table.of_outside(scores, query.cues)
        return Scored(text, scores, features, outside, self.scoring.probabilities(features, outside))

    def search(self, query: Query, limit: int = 5) -> SearchResult:
        """The most probable entries for the query; of a query that was searched lately it is known."""
        found = self._remembered(query)
        entry_ids, probabilities = self.entry_ids, found.tolist()
        best = np.argsort(-found[:-1], kind="stable")[:limit]
        candidates = tuple([Candidate(entry_ids[row], probabilities[row]) for row in best.tolist()])
        return SearchResult(candidates, probabilities[-1])

    def _probabilities(self, query: Query) -> npt.NDArray[np.float64]:
        """Those of `score`, which nobody may write into."""
        probabilities = self.score(query).probabilities
        probabilities.flags.writeable = False
        return probabilities
