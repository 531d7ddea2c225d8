"""This project's retrieval beside the plain ways to build it, on the same content and the same questions.

    python -m bench.retrieval

Needs the extra `train`, which brings all-MiniLM-L6-v2. Each system runs in a process of its own, on one thread, over
the same questions and answers of the content: the naive build (all-MiniLM-L6-v2 through sentence-transformers, FAISS,
the cosine of the nearest passage), the same with the bundled encoder, BM25 (bm25s over stems), and this project. Asked
are the "test" rows of tests/eval, which nothing was fitted on. The share of out-of-scope questions that are declined is
told at the threshold at which 97 % of the answerable ones are answered: the same for all, and chosen on these rows.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.load import BUNDLED_CONTENT, load

EVAL = Path(__file__).parents[1] / "tests" / "eval"
ANSWERED = 0.97
DEPTH = 10

# The score of every entry for a question; entries in the content's order.
Search = Callable[[str], npt.NDArray[np.float64]]


def _texts() -> tuple[list[str], list[str]]:
    """The content's passages but for the out-of-scope examples, which only this project has a use for."""
    from index.passages import PassageKind, passages

    rows = [row for row in passages(load(BUNDLED_CONTENT)) if row.kind is not PassageKind.OUTSIDE]
    return [row.text for row in rows], [row.entry_id for row in rows]


def _best_passage(owners: Sequence[str], score: Callable[[str], npt.NDArray[np.float32]]) -> Search:
    """An entry's score is that of its best passage."""
    entries = [entry.id for entry in load(BUNDLED_CONTENT).entries]
    numbers = [[place for place, owner in enumerate(owners) if owner == entry] for entry in entries]

    def search(text: str) -> npt.NDArray[np.float64]:
        scores = score(text)
        return np.array([scores[places].max() for places in numbers], dtype=np.float64)

    return search


def _minilm() -> Search:
    import faiss
    from sentence_transformers import SentenceTransformer

    from index.training.recipe import packaged_teacher

    model = SentenceTransformer(packaged_teacher(), device="cpu")
    texts, owners = _texts()
    vectors = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)

    def score(text: str) -> npt.NDArray[np.float32]:
        similarities, places = index.search(model.encode([text], normalize_embeddings=True), len(texts))
        scores = np.empty(len(texts), dtype=np.float32)
        scores[places[0]] = similarities[0]
        return scores

    return _best_passage(owners, score)


def _bundled() -> Search:
    from index.dense import DenseIndex
    from index.encoder import BUNDLED_ENCODER
    from index.encoders import open_encoder

    encoder = open_encoder(str(BUNDLED_ENCODER))
    texts, owners = _texts()
    index = DenseIndex.build(encoder.encode_passages(texts))
    return _best_passage(owners, lambda text: index.scores(encoder.encode_queries([text])[0]))


def _bm25() -> Search:
    import bm25s

    from index.text import Tokenizer

    tokenizer = Tokenizer()
    texts, owners = _texts()
    index = bm25s.BM25()
    index.index([tokenizer.stems(text) for text in texts], show_progress=False)

    def score(text: str) -> npt.NDArray[np.float32]:
        known = [stem for stem in tokenizer.stems(text) if stem in index.vocab_dict]
        return np.asarray(index.get_scores(known), dtype=np.float32) if known else np.zeros(len(texts), np.float32)

    return _best_passage(owners, score)


def _radce() -> Search:
    from bot.assistant import Assistant
    from index.encoder import BUNDLED_ENCODER
    from index.encoders import open_encoder
    from index.store import build, open_index

    encoder = open_encoder(str(BUNDLED_ENCODER))
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.of(open_index(build(BUNDLED_CONTENT, Path(folder), encoder), encoder))
    retriever = assistant.index.retriever
    return lambda text: retriever.score(assistant.reader.read(text).query).probabilities[:-1]


SYSTEMS: dict[str, tuple[str, Callable[[], Search]]] = {
    "minilm": ("all-MiniLM-L6-v2, FAISS, cosine", _minilm),
    "bm25": ("bm25s over stems", _bm25),
    "bundled": ("the bundled encoder, FAISS, cosine", _bundled),
    "radce": ("this project", _radce),
}


def measure(name: str) -> dict[str, float]:
    """The measures of a system, in this process: shares, seconds to build, milliseconds a query, megabytes."""
    from web.evaluation import read_questions
    from web.retrieval_rows import labelled, retrieval_rows

    rows = [row for path in sorted(EVAL.glob("*.jsonl")) for row in read_questions(path, split="test")]
    questions = [labelled(row) for row in retrieval_rows(rows, what=str(EVAL))]
    began = time.perf_counter()
    search = SYSTEMS[name][1]()
    built = time.perf_counter() - began
    entries = [entry.id for entry in load(BUNDLED_CONTENT).entries]
    places, best, times = [], [], []
    for question in questions:
        began = time.perf_counter()
        scores = search(question.text)
        times.append(time.perf_counter() - began)
        order = np.argsort(-scores, kind="stable")
        best.append(float(scores[order[0]]))
        right = [place for place, row in enumerate(order, start=1) if entries[row] in question.entry_ids]
        places.append(right[0] if right else 0)
    inside = np.array([bool(question.entry_ids) for question in questions])
    first, found = np.array(places)[inside], np.array(best)
    threshold = np.quantile(found[inside], 1 - ANSWERED)
    return {
        "first": float((first == 1).mean()),
        "mrr": float(np.where(first <= DEPTH, 1 / first, 0).mean()),
        "declined": float((found[~inside] < threshold).mean()),
        "built": built,
        "query": statistics.median(times) * 1000,
        "slow": statistics.quantiles(times, n=100)[-1] * 1000,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


def main() -> None:
    """Print the table; with the name of a system: its measures as JSON."""
    if sys.argv[1:]:
        print(json.dumps(measure(sys.argv[1])))  # noqa: T201
        return
    columns = "right entry first | MRR@10 | declined | build, s | query, ms | 99th percentile, ms | most memory, MB"
    print(f"| | {columns} |\n|---|---|---|---|---|---|---|---|")  # noqa: T201
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    for name, (label, _) in SYSTEMS.items():
        command = [sys.executable, "-m", "bench.retrieval", name]
        row = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment).stdout)
        shares = f"{row['first']:.1%} | {row['mrr']:.3f} | {row['declined']:.1%}"
        costs = f"{row['built']:.0f} | {row['query']:.1f} | {row['slow']:.1f} | {row['memory']:.0f}"
        print(f"| {label} | {shares} | {costs} |")  # noqa: T201


if __name__ == "__main__":
    main()
