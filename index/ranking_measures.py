"""How good rankings are, by the passages that answer each question.

The measures of trec_eval, on which BEIR's figures rest, as means over the questions.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

# What is looked at of a ranking.
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Ranked:
    """The numbers of the first passages found for a question, the best first, and the gains of those that answer it.

    A gain is above 0; a passage that does not answer has none.
    """

    passages: Sequence[int]
    gains: Mapping[int, int]


def ranking_measures(rankings: Sequence[Ranked]) -> dict[str, float]:
    """Every measure by its name, each from 0 to 1, rounded to four places."""
    of_all = {f"recall@{k}": [recall(ranked, k) for ranked in rankings] for k in (1, 5, 10, DEPTH)}
    of_all["mrr@10"] = [reciprocal_rank(ranked, 10) for ranked in rankings]
    of_all["ndcg@10"] = [ndcg(ranked, 10) for ranked in rankings]
    return {name: round(fmean(values), 4) for name, values in of_all.items()}


def recall(ranked: Ranked, k: int) -> float:
    """The share of the passages that answer which stands among the first k."""
    return sum(passage in ranked.gains for passage in ranked.passages[:k]) / len(ranked.gains)


def reciprocal_rank(ranked: Ranked, k: int) -> float:
    """One over the place of the first passage that answers, 0 where none of the first k does."""
    places = (place for place, passage in enumerate(ranked.passages[:k], start=1) if passage in ranked.gains)
    return 1 / next(places, math.inf)


def ndcg(ranked: Ranked, k: int) -> float:
    """The discounted cumulated gain of the first k over that of the best ranking there is.

    Järvelin and Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques", with the gain itself and the
    logarithm to base 2 of the place plus one, as trec_eval has it.
    """
    best = sorted(ranked.gains.values(), reverse=True)
    return _cumulated([ranked.gains.get(passage, 0) for passage in ranked.passages[:k]]) / _cumulated(best[:k])


def _cumulated(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))
