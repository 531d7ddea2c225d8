"""Made passages and questions, as many as are wanted: vectors of the real ones, jittered. For measuring speed only.

What is added to a real vector is normal noise with the covariance of the content's questions about the mean of their
entry, so that made vectors spread where real ones do. Its strength is the one at which the median cosine of a made
vector with its origin is that of a question with the nearest other question of its entry (0.80): a made passage is to
its origin as one wording of a question is to another. Noise in all directions alike would be no likeness: with 384
dimensions nothing would be near to anything. Real knowledge bases of that size will differ.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import BUNDLED_ENCODER, Vectors
from index.encoders import open_encoder
from index.features import QUESTIONS
from index.passages import passages
from index.store import build
from index.vectors import known_vectors
from kb.load import BUNDLED_CONTENT, load
from web.evaluation import read_questions
from web.retrieval_rows import labelled, retrieval_rows

EVAL = Path(__file__).parents[1] / "tests" / "eval"
BLOCK = 50_000
QUESTION_COUNT = 200
NEAREST = 10
# The share of a made text's words that come from any passage instead of its origin.
EXCHANGED = 1 / 3
SEED = 1

# The files of a folder of made passages and questions.
VECTORS, TEXTS = "vectors.npy", "texts.json"
ASKED, QUERIES = "asked.npy", "queries.json"
# The numbers of the passages nearest to each question, shape (questions, NEAREST), by exact search.
TRUTH = "truth.npy"


@dataclass(frozen=True, slots=True)
class Origins:
    """Real texts and their vectors: all passages and the "fit" questions of tests/eval; the content's questions by
    entry."""

    texts: tuple[str, ...]
    passages: Vectors
    asked: tuple[str, ...]
    questions: Vectors
    by_entry: tuple[Vectors, ...]


def origins(index_dir: Path) -> Origins:
    """The vectors of the bundled content, of the index in a folder, which is built where it is missing."""
    encoder = open_encoder(str(BUNDLED_ENCODER))
    known = known_vectors(build(BUNDLED_CONTENT, index_dir, encoder))
    found = passages(load(BUNDLED_CONTENT))
    groups: dict[str, list[Vectors]] = {}
    for passage in found:
        if passage.kind in QUESTIONS:
            groups.setdefault(passage.entry_id, []).append(known[passage.text])
    rows = [row for path in sorted(EVAL.glob("*.jsonl")) for row in read_questions(path, split="fit")]
    questions = tuple(labelled(row).text for row in retrieval_rows(rows, what=str(EVAL)))
    return Origins(
        texts=tuple(passage.text for passage in found),
        passages=np.stack([known[passage.text] for passage in found]),
        asked=questions,
        questions=encoder.encode_queries(questions),
        by_entry=tuple(np.stack(group) for group in groups.values() if len(group) > 1),
    )


class Jitter:
    """Makes vectors that are as near to a real one as two wordings of one question are."""

    def __init__(self, groups: Sequence[Vectors]) -> None:
        self._random = np.random.default_rng(SEED)
        self._mix = _square_root(np.concatenate([group - group.mean(axis=0) for group in groups]))
        self.cosine = float(np.median(np.concatenate([_nearest(group) for group in groups])))
        self.strength = self._strength(np.concatenate(groups))

    def made(self, vectors: Vectors, strength: float | None = None) -> Vectors:
        """One made unit vector for each of the vectors."""
        noise = self._random.standard_normal(vectors.shape, dtype=np.float32) @ self._mix
        moved = vectors + np.float32(self.strength if strength is None else strength) * noise
        return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)

    def _strength(self, vectors: Vectors) -> float:
        """By halving: the strength at which the median cosine with the origin is the one wanted."""
        low, high = 0.0, 8.0
        for _ in range(20):
            middle = (low + high) / 2
            cosine = float(np.median((self.made(vectors, middle) * vectors).sum(axis=1)))
            low, high = (middle, high) if cosine > self.cosine else (low, middle)
        return (low + high) / 2

    def blocks(self, vectors: Vectors, count: int) -> Iterator[tuple[int, Vectors]]:
        """So many made vectors, the origins in turn: blocks, each with the number of its first."""
        for start in range(0, count, BLOCK):
            yield start, self.made(vectors[np.arange(start, min(start + BLOCK, count)) % len(vectors)])


def _nearest(group: Vectors) -> npt.NDArray[np.float32]:
    """The cosine of each vector with the nearest other one."""
    cosines = group @ group.T
    np.fill_diagonal(cosines, -1)
    return np.asarray(cosines.max(axis=1))


def _square_root(rows: Vectors) -> Vectors:
    """The matrix that gives normal noise the rows' covariance."""
    values, axes = np.linalg.eigh(rows.T @ rows / len(rows))
    return np.asarray((axes * np.sqrt(np.maximum(values, 0))).T, dtype=np.float32)


def make_vectors(real: Origins, jitter: Jitter, count: int, folder: Path) -> None:
    """Write the vectors of so many made passages, and of questions, into a folder, and which are nearest."""
    asked = jitter.made(real.questions[:: max(1, len(real.questions) // QUESTION_COUNT)][:QUESTION_COUNT])
    shape = (count, asked.shape[1])
    vectors = np.lib.format.open_memmap(folder / VECTORS, mode="w+", dtype=np.float32, shape=shape)
    cosines, numbers = np.empty((len(asked), 0), np.float32), np.empty((len(asked), 0), np.int64)
    for start, block in jitter.blocks(real.passages, count):
        vectors[start : start + len(block)] = block
        cosines = np.hstack([cosines, asked @ block.T])
        numbers = np.hstack([numbers, np.tile(np.arange(start, start + len(block)), (len(asked), 1))])
        best = np.argpartition(-cosines, NEAREST, axis=1)[:, :NEAREST]
        cosines, numbers = np.take_along_axis(cosines, best, axis=1), np.take_along_axis(numbers, best, axis=1)
    vectors.flush()
    np.save(folder / ASKED, asked)
    np.save(folder / TRUTH, numbers)


def make_texts(real: Origins, count: int, folder: Path) -> None:
    """Write the texts of so many made passages, and real questions, into a folder."""
    (folder / TEXTS).write_text(json.dumps(list(_texts(real.texts, count))), encoding="utf-8")
    (folder / QUERIES).write_text(json.dumps(real.asked[:QUESTION_COUNT]), encoding="utf-8")


def _texts(real: Sequence[str], count: int) -> Iterator[str]:
    """Real texts in turn, with some of their words exchanged."""
    chance = random.Random(SEED)
    words = [text.split() for text in real]
    every = [word for row in words for word in row]
    for number in range(count):
        row = words[number % len(words)]
        yield " ".join(chance.choice(every) if chance.random() < EXCHANGED else word for word in row)
