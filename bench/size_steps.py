"""The steps of bench/sizes.py, each in a process of its own: an index is built over what a folder holds, or searched.

python -m bench.size_steps build|search KIND FOLDER
"""

import json
import math
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from bench.made_vectors import ASKED, BLOCK, NEAREST, QUERIES, TEXTS, TRUTH, VECTORS
from index.dense import DenseIndex
from index.encoder import Vectors
from index.lexical import LexicalIndex

ROUNDS = 2
TARGET = 0.98
# As many as `DenseIndex.scores` asks an approximate index for.
MANY = 1000
# Vectors a list that k-means sees.
TRAINED_ON = 40
EFFORTS = (16, 32, 64, 128, 256, 512, 1024)

Numbers = npt.NDArray[np.int64]
Measures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of index: what it is called, FAISS's name of it, and the parameter that says how much it searches."""

    label: str
    factory: str
    effort: str | None = None


KINDS = {
    "flat": Kind("flat, exact", "Flat"),
    "hnsw": Kind("HNSW, 16 links", "HNSW16", "efSearch"),
    "ivf": Kind("inverted lists, float32", "IVF{lists},Flat", "nprobe"),
    "fp16": Kind("inverted lists, 16 bits", "IVF{lists},SQfp16", "nprobe"),
    "sq8": Kind("inverted lists, 8 bits", "IVF{lists},SQ8", "nprobe"),
}


def list_count(passages: int) -> int:
    """Twice the square root of the number of vectors: twice as many lists take four times as long to train."""
    return math.ceil(2 * math.sqrt(passages))


def build_kind(kind: Kind, folder: Path) -> Measures:
    """Build and save FAISS's index of the folder's vectors, in blocks: seconds and megabytes."""
    vectors = np.load(folder / VECTORS, mmap_mode="r")
    lists = list_count(len(vectors))
    began = time.process_time()
    index = faiss.index_factory(vectors.shape[1], kind.factory.format(lists=lists), faiss.METRIC_INNER_PRODUCT)
    if isinstance(index, faiss.IndexIVF):
        index.cp.spherical = True
        index.cp.min_points_per_centroid = 1
        index.train(vectors[_sample(len(vectors), TRAINED_ON * lists)])
    for start in range(0, len(vectors), BLOCK):
        index.add(np.ascontiguousarray(vectors[start : start + BLOCK]))
    taken = time.process_time() - began
    path = folder / "index.faiss"
    faiss.write_index(index, str(path))
    return {"build": taken, "file": path.stat().st_size / 1e6}


def search_kind(kind: Kind, folder: Path) -> Measures:
    """Recall, milliseconds of a question and megabytes of the index saved in a folder.

    It searches as little as finds TARGET of the ten nearest, or as much as it may.
    """
    asked, truth = np.load(folder / ASKED), np.load(folder / TRUTH)
    before = _resident()
    index = faiss.read_index(str(folder / "index.faiss"))
    index.search(asked[:1], NEAREST)
    memory = _resident() - before
    effort, recall = _least_effort(index, kind.effort, asked, truth) if kind.effort else (0, 1.0)
    few = _times("few", lambda row: index.search(asked[row : row + 1], NEAREST), len(asked))
    many = _times("many", lambda row: index.search(asked[row : row + 1], MANY), len(asked))
    return {"memory": memory, "recall": recall, "effort": effort, **few, **many}


def _least_effort(index: faiss.Index, parameter: str, asked: Vectors, truth: Numbers) -> tuple[int, float]:
    """The least effort that finds TARGET of the nearest, or the greatest of all, and the recall that it gives."""
    for effort in EFFORTS:
        faiss.ParameterSpace().set_index_parameter(index, parameter, effort)
        recall = _recall(index.search(asked, NEAREST)[1], truth)
        if recall >= TARGET:
            break
    return effort, recall


def build_chosen(folder: Path) -> Measures:
    """Build and save what index/dense.py chooses."""
    vectors = np.load(folder / VECTORS)
    return _built(lambda: DenseIndex.build(vectors), folder / "chosen")


def search_chosen(folder: Path) -> Measures:
    """The scores of all passages by index/dense.py: recall, milliseconds, megabytes."""
    asked, truth = np.load(folder / ASKED), np.load(folder / TRUTH)
    before = _resident()
    index = DenseIndex.open(folder / "chosen")
    index.scores(asked[0])
    memory = _resident() - before
    found = np.stack([_best(index.scores(vector)) for vector in asked])
    times = _times("all", lambda row: index.scores(asked[row]), len(asked))
    return {"memory": memory, "recall": _recall(found, truth), **times}


def build_words(folder: Path) -> Measures:
    """Build and save the lexical index of the folder's texts."""
    texts = json.loads((folder / TEXTS).read_text(encoding="utf-8"))
    return _built(lambda: LexicalIndex.build(texts), folder / "words")


def search_words(folder: Path) -> Measures:
    """The scores of all passages by stems and by n-grams: milliseconds, megabytes."""
    queries = json.loads((folder / QUERIES).read_text(encoding="utf-8"))
    before = _resident()
    index = LexicalIndex.open(folder / "words")
    index.ngram_scores(queries[0])
    memory = _resident() - before

    def scores(row: int) -> tuple[Vectors, Vectors]:
        return index.stem_scores(queries[row]), index.ngram_scores(queries[row])

    return {"memory": memory, **_times("all", scores, len(queries))}


def _built(build: Callable[[], DenseIndex | LexicalIndex], folder: Path) -> Measures:
    began = time.process_time()
    index = build()
    taken = time.process_time() - began
    folder.mkdir()
    index.save(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {"build": taken, "file": size / 1e6}


def _sample(count: int, size: int) -> Numbers:
    return np.sort(np.random.default_rng(0).choice(count, min(count, size), replace=False))


def _best(scores: Vectors) -> Numbers:
    return np.asarray(np.argpartition(-scores, NEAREST)[:NEAREST])


def _recall(found: Numbers, truth: Numbers) -> float:
    shared = [len(set(row) & set(right)) for row, right in zip(found.tolist(), truth.tolist(), strict=True)]
    return sum(shared) / truth.size


def _times(name: str, search: Callable[[int], object], count: int) -> Measures:
    """Median and 99th percentile over the questions, of each the least of the rounds."""
    rounds: list[float] = []
    for _ in range(ROUNDS):
        for row in range(count):
            began = time.process_time()
            search(row)
            rounds.append((time.process_time() - began) * 1000)
    least = np.array(rounds).reshape(ROUNDS, count).min(axis=0)
    return {f"{name}_median": float(np.median(least)), f"{name}_slow": float(np.quantile(least, 0.99))}


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


OWN = {"chosen": (build_chosen, search_chosen), "words": (build_words, search_words)}


def main(arguments: Sequence[str]) -> None:
    """Print the measures of a step as JSON."""
    step, name, folder = arguments[0], arguments[1], Path(arguments[2])
    if name in OWN:
        row = OWN[name][step == "search"](folder)
    else:
        row = (search_kind if step == "search" else build_kind)(KINDS[name], folder)
    print(json.dumps(row))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
