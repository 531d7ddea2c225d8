"""The measures of one system, taken in this process."""

import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.retrieval.system import Found, System
from index.calibration import Question
from web.evaluation import read_questions
from web.retrieval_rows import labelled, retrieval_rows

EVAL = Path(__file__).parents[2] / "tests" / "eval"
ANSWERED = 0.97
# The score where nothing is found: below every found one.
NOTHING = -1.0


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares, processor seconds to build, processor milliseconds a query (median, 99th percentile), most megabytes."""

    first: float
    mrr: float
    declined: float
    built: float
    query: float
    slow: float
    memory: float


def questions(split: str) -> list[Question]:
    """The questions of one turn in all sets, of a split ("fit" or "test")."""
    rows = [row for path in sorted(EVAL.glob("*.jsonl")) for row in read_questions(path, split=split)]
    return [labelled(row) for row in retrieval_rows(rows, what=str(EVAL))]


def measure(build: Callable[[], System], asked: Sequence[Question]) -> Measures:
    """Build a system and ask it the questions."""
    began = time.process_time()
    system = build()
    built = time.process_time() - began
    found, times = [], []
    for question in asked:
        began = time.process_time()
        found.append(system.search(question.text))
        times.append(time.process_time() - began)
    first, mrr, declined = quality(asked, found)
    return Measures(
        first=first,
        mrr=mrr,
        declined=declined,
        built=built,
        query=statistics.median(times) * 1000,
        slow=statistics.quantiles(times, n=100)[-1] * 1000,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    )


def quality(asked: Sequence[Question], found: Sequence[Sequence[Found]]) -> tuple[float, float, float]:
    """Right entry first, MRR@10, and out of scope declined at the threshold that answers 97 % of the answerable."""
    inside = np.array([bool(question.entry_ids) for question in asked])
    gains = np.array([_gain(question, rows) for question, rows in zip(asked, found, strict=True)])[inside]
    best = np.array([rows[0].score if rows else NOTHING for rows in found])
    threshold = np.quantile(best[inside], 1 - ANSWERED)
    return float((gains == 1).mean()), float(gains.mean()), float((best[~inside] < threshold).mean())


def _gain(question: Question, rows: Sequence[Found]) -> float:
    """One by the place of the first right entry; 0 where none is among those found."""
    places = (place for place, row in enumerate(rows, start=1) if row.entry_id in question.entry_ids)
    return 1 / next(places, float("inf"))
