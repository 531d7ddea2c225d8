"""Ranking the passages of a data set for each of its questions, by one of the three retrievers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import assert_never

import numpy as np

from index.beir import BeirSet
from index.dense import DenseIndex
from index.encoder import Encoder, Vectors
from index.fusion import Scores, hybrid_scores, lexical_scores
from index.lexical import LexicalIndex
from index.ranking_measures import DEPTH, Ranked

Batch = Sequence[str]
# Hands on batches as it is given them, as a progress bar does.
Track = Callable[[Sequence[Batch]], Iterable[Batch]]
# Large enough for the encoder to sort texts by their length, small enough for a progress bar to move.
BATCH = 256


class RetrieverName(StrEnum):
    """The ways to rank passages."""

    HYBRID = "hybrid"
    DENSE = "dense"
    LEXICAL = "lexical"


def rank(beir: BeirSet, retriever: RetrieverName, encoder: Encoder, *, track: Track = iter) -> Iterator[Ranked]:
    """The ranking of the passages for each question, in order. The lexical retriever leaves the encoder unused."""
    for query, scores in zip(beir.queries, _scores(beir, retriever, encoder, track), strict=True):
        yield Ranked(_best(scores, DEPTH), query.gains)


def _scores(beir: BeirSet, retriever: RetrieverName, encoder: Encoder, track: Track) -> Iterator[Scores]:
    match retriever:
        case RetrieverName.LEXICAL:
            return _lexical(beir)
        case RetrieverName.DENSE:
            return _dense(beir, encoder, track)
        case RetrieverName.HYBRID:
            return _hybrid(beir, encoder, track)
        case _:
            assert_never(retriever)


def _lexical(beir: BeirSet) -> Iterator[Scores]:
    index = LexicalIndex.build(beir.passages)
    for query in beir.queries:
        scores = lexical_scores(query.text, index)
        yield np.where(scores > 0, scores, -np.inf)  # a passage that shares nothing is not found


def _dense(beir: BeirSet, encoder: Encoder, track: Track) -> Iterator[Scores]:
    vectors = _vectors(beir.passages, encoder.encode_passages, track)
    # Exact whatever the size: what is measured is the encoder, and fusion standardises over all cosines.
    index = DenseIndex.build(vectors, exact_up_to=len(vectors))
    for vector in _vectors([query.text for query in beir.queries], encoder.encode_queries, track):
        yield index.scores(vector)


def _hybrid(beir: BeirSet, encoder: Encoder, track: Track) -> Iterator[Scores]:
    index = LexicalIndex.build(beir.passages)
    for query, cosines in zip(beir.queries, _dense(beir, encoder, track), strict=True):
        yield hybrid_scores(query.text, cosines, index)


def _vectors(texts: Sequence[str], encode: Callable[[Batch], Vectors], track: Track) -> Vectors:
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    return np.concatenate([encode(batch) for batch in track(batches)])


def _best(scores: Scores, count: int) -> list[int]:
    """The numbers of the passages that were found, the best first, no more than `count`; equal ones in their order."""
    count = min(count, len(scores))
    least = np.partition(scores, -count)[-count]
    found = np.flatnonzero((scores >= least) & np.isfinite(scores))
    return [int(number) for number in found[np.argsort(-scores[found], kind="stable")][:count]]
