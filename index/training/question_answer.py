"""Second stage: questions are drawn to their answers, across languages, away from the other answers of a batch.

So that this loses nothing of what the first stage learned, every text is held near the teacher's vector of its English
wording, and short everyday sentences go on being distilled.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from index.training.batches import endless
from index.training.corpus import AnsweredQuestion, Pair
from index.training.distillation import distillation_loss
from index.training.losses import contrast, distance
from index.training.teacher import Teacher
from index.training.trainer import embed
from kb.model import Language


@dataclass(frozen=True, slots=True)
class Settings:
    """How batches are made, and what counts how much. `scale`: one over the temperature of the contrast."""

    corpus_rows: int = 6
    own_sources: int = 2
    pairs: int = 64
    scale: float = 20.0
    anchor_weight: float = 1.0
    question_tokens: int = 48
    answer_tokens: int = 128
    typo_share: float = 0.15
    languages: tuple[Language, ...] = tuple(Language)


@dataclass(frozen=True, slots=True)
class Material:
    """What is learned from: questions of the corpus, the project's own questions and its own sentence pairs."""

    corpus: Sequence[AnsweredQuestion]
    own: Sequence[AnsweredQuestion]
    pairs: Sequence[Pair]

    def own_pairs(self) -> Iterator[Pair]:
        """Everything of the project's own as sentence pairs: questions, answers, everyday sentences."""
        for row in self.own:
            for english, czech in zip(row.questions[Language.EN], row.questions[Language.CS], strict=True):
                yield Pair(english, czech, row.source)
            yield Pair(row.answers[Language.EN], row.answers[Language.CS], row.source)
        yield from self.pairs


class QuestionAnswerLoss:
    """The loss of a step: rows of the corpus, whole sources of the own questions (near misses), sentence pairs.

    Without a teacher only questions and answers count.
    """

    def __init__(
        self,
        model: SentenceTransformer,
        material: Material,
        teacher: Teacher | None,
        settings: Settings,
        *,
        steps: int,
        seed: int,
    ) -> None:
        self._model = model
        self._teacher = teacher
        self._settings = settings
        self._seed = seed
        sources: dict[str, list[AnsweredQuestion]] = defaultdict(list)
        for question in material.own:
            sources[question.source].append(question)
        self._batches = list(_batches(material.corpus, list(sources.values()), settings, steps, seed))
        pairs = endless(material.pairs, settings.pairs, seed) if teacher and settings.pairs else None
        self._pairs = [next(pairs) if pairs else [] for _ in range(steps)]

    def __call__(self, step: int) -> torch.Tensor:
        """The loss of a step's batch."""
        loss = self._of_questions(self._batches[step], np.random.default_rng([self._seed, step]))
        if self._teacher and self._pairs[step]:
            loss = loss + distillation_loss(self._model, self._pairs[step], self._teacher)
        return loss

    def _of_questions(self, batch: Sequence[AnsweredQuestion], random: np.random.Generator) -> torch.Tensor:
        settings, languages = self._settings, self._settings.languages
        answer_language = languages[random.integers(len(languages))]
        mixed = random.random() < 1 / 3
        questions, answers, english = [], [], []
        for row in batch:
            wording = random.integers(len(row.questions[Language.EN]))
            text = row.questions[languages[random.integers(len(languages))]][wording]
            questions.append(with_typo(text, random, settings.typo_share))
            answers.append(row.answers[languages[random.integers(len(languages))] if mixed else answer_language])
            english.append(row.questions[Language.EN][wording])
        left = embed(self._model, questions, most_tokens=settings.question_tokens)
        right = embed(self._model, answers, most_tokens=settings.answer_tokens)
        loss = contrast(left, right, scale=settings.scale, same=_same(batch))
        if self._teacher:
            near = distance(left, self._teacher.vectors(english))
            near = near + distance(right, self._teacher.vectors(row.answers[Language.EN] for row in batch))
            loss = loss + settings.anchor_weight * near
        return loss


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
