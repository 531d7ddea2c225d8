"""Robustness of retrieval: question sets perturbed in fixed ways, and what that changes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from index.curves import Judged, operating_point
from index.measures import judge_search
from index.perturbation import Perturbation, perturb
from index.retriever import SearchResult
from kb.model import Language
from web.evaluation import Question
from web.retrieval_rows import labelled

ALL_LANGUAGES = "all"

Track = Callable[[Sequence[Perturbation]], Iterable[Perturbation]]


@dataclass(frozen=True, slots=True)
class Robustness:
    """What a perturbation leaves of the measures, for the questions of a language. `changed`: how many texts it alters.

    `right_first` and `answered` are shares of the answerable questions, `declined` of the out-of-scope ones.
    """

    perturbation: Perturbation
    language: str
    questions: int
    changed: int
    right_first: float
    answered: float
    declined: float


def robustness(
    search: Callable[[str], SearchResult], rows: Sequence[Question], *, threshold: float, seed: int, track: Track = iter
) -> list[Robustness]:
    """The measures by perturbation, the unchanged texts first, and by language, all of them first.

    Rows of no language in particular, and of one without answerable or without out-of-scope rows, count among all only.
    """
    search = cache(search)  # texts that a perturbation leaves as they are
    questions = [labelled(row) for row in rows]
    groups = _groups(rows)
    measured = []
    for perturbation in track(list(Perturbation)):
        texts = [perturb(question.text, perturbation, seed) for question in questions]
        judged = judge_search(search, [replace(row, text=text) for row, text in zip(questions, texts, strict=True)])
        changed = np.array([row.text != text for row, text in zip(questions, texts, strict=True)])
        for language, which in groups.items():
            measured.append(_measured(perturbation, language, judged.pick(which), int(changed[which].sum()), threshold))
    return measured


def _groups(rows: Sequence[Question]) -> dict[str, npt.NDArray[np.bool_]]:
    inside = np.array([row.kind != "no_answer" for row in rows])
    of_language = {language.value: np.array([row.lang == language for row in rows]) for language in Language}
    both_kinds = {name: which for name, which in of_language.items() if 0 < inside[which].sum() < which.sum()}
    return {ALL_LANGUAGES: np.ones(len(rows), dtype=np.bool_), **both_kinds}


def _measured(perturbation: Perturbation, language: str, judged: Judged, changed: int, threshold: float) -> Robustness:
    point = operating_point(judged, threshold)
    return Robustness(
        perturbation=perturbation,
        language=language,
        questions=len(judged.confidence),
        changed=changed,
        right_first=round(float(judged.right[judged.inside].mean()), 4),
        answered=round(point.answered, 4),
        declined=round(point.declined, 4),
    )
