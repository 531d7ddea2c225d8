"""Second stage: questions are drawn to their answers, across languages, away from the other answers of a batch."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from index.training.batches import endless
from index.training.corpus import AnsweredQuestion
from index.training.losses import contrast
from index.training.trainer import embed
from kb.model import Language


@dataclass(frozen=True, slots=True)
class Settings:
    """How batches are made. `scale`: one over the temperature."""

    corpus_rows: int = 8
    own_sources: int = 3
    scale: float = 20.0
    question_tokens: int = 48
    answer_tokens: int = 128
    typo_share: float = 0.15


class QuestionAnswerLoss:
    """The loss of a step: some rows of the corpus, and some whole sources of the own questions (near misses)."""

    def __init__(
        self,
        model: SentenceTransformer,
        corpus: Sequence[AnsweredQuestion],
        own: Sequence[AnsweredQuestion],
        settings: Settings,
        *,
        steps: int,
        seed: int,
    ) -> None:
        self._model = model
        self._settings = settings
        self._seed = seed
        sources: dict[str, list[AnsweredQuestion]] = defaultdict(list)
        for question in own:
            sources[question.source].append(question)
        self._batches = list(_batches(corpus, list(sources.values()), settings, steps, seed))

    def __call__(self, step: int) -> torch.Tensor:
        """The loss of a step's batch."""
        batch = self._batches[step]
        random = np.random.default_rng([self._seed, step])
        answer_language = list(Language)[random.integers(len(Language))]
        mixed = random.random() < 1 / 3
        questions, answers = [], []
        for row in batch:
            wordings = row.questions[_either(random)]
            questions.append(with_typo(wordings[random.integers(len(wordings))], random, self._settings.typo_share))
            answers.append(row.answers[_either(random) if mixed else answer_language])
        left = embed(self._model, questions, most_tokens=self._settings.question_tokens)
        right = embed(self._model, answers, most_tokens=self._settings.answer_tokens)
        return contrast(left, right, scale=self._settings.scale, same=_same(batch))


def _batches(
    corpus: Sequence[AnsweredQuestion],
    sources: Sequence[list[AnsweredQuestion]],
    settings: Settings,
    steps: int,
    seed: int,
) -> Iterator[list[AnsweredQuestion]]:
    rows = endless(corpus, settings.corpus_rows, seed) if settings.corpus_rows else None
    groups = endless(sources, settings.own_sources, seed) if settings.own_sources else None
    for _ in range(steps):
        own = [question for source in next(groups) for question in source] if groups else []
        yield [*(next(rows) if rows else []), *own]


def _either(random: np.random.Generator) -> Language:
    return list(Language)[random.integers(len(Language))]


def _same(batch: Sequence[AnsweredQuestion]) -> torch.Tensor:
    """Which rows share an answer, in either language, and so are right for each other."""
    keys = [{answer.casefold() for answer in row.answers.values()} for row in batch]
    return torch.tensor([[bool(left & right) for right in keys] for left in keys])


def with_typo(text: str, random: np.random.Generator, share: float) -> str:
    """The text, in `share` of the cases with one slip: a letter dropped, doubled, or swapped with the next one."""
    places = [place for place in range(1, len(text) - 1) if text[place].isalpha() and text[place + 1].isalpha()]
    if not places or random.random() >= share:
        return text
    place = places[random.integers(len(places))]
    slips = (
        text[:place] + text[place + 1 :],
        text[: place + 1] + text[place:],
        text[:place] + text[place + 1] + text[place] + text[place + 2 :],
    )
    return slips[random.integers(len(slips))]
