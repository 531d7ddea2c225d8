"""The bundled encoder served by PyTorch and by ONNX Runtime: start, memory, time of a query.

    python -m bench.encoder

Each path runs in processes of its own, on one thread; printed are medians over the processes, as a table.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from index.encoder import BUNDLED_ENCODER

PATHS = ("torch", "onnx")
PROCESSES = 3
QUERIES = 200
# Eight words, as customers ask.
QUERY = "Jak zapnu roaming, když jedu autem do zahraničí?"
MEASURES = {
    "start to first vector, s": "start",
    "resident memory after one query, MB": "memory",
    "one query, median, ms": "query",
}


def measure(path: str) -> dict[str, float]:
    """Start (s), resident memory (MB) and time of a query (ms) of a path, in this process."""
    began = time.perf_counter()
    if path == "torch":
        from index.encoder import SentenceTransformerEncoder

        encode = SentenceTransformerEncoder(str(BUNDLED_ENCODER)).encode_queries
    else:
        from index.onnx_encoder import OnnxEncoder

        encode = OnnxEncoder(BUNDLED_ENCODER).encode_queries
    encode([QUERY])
    start, memory = time.perf_counter() - began, _resident()
    times = []
    for _ in range(QUERIES):
        began = time.perf_counter()
        encode([QUERY])
        times.append(time.perf_counter() - began)
    return {"start": start, "memory": memory, "query": statistics.median(times) * 1000}


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _in_process(path: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.encoder", path]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return dict(json.loads(run.stdout))


def main() -> None:
    """Print the table; with the name of a path: its measures as JSON."""
    if sys.argv[1:]:
        print(json.dumps(measure(sys.argv[1])))  # noqa: T201
        return
    runs: dict[str, list[dict[str, float]]] = {path: [] for path in PATHS}
    for _ in range(PROCESSES):
        for path in PATHS:
            runs[path].append(_in_process(path))
    print("| | PyTorch, float32 | ONNX Runtime, int8 | ratio |\n|---|---|---|---|")  # noqa: T201
    for label, name in MEASURES.items():
        torch, onnx = (statistics.median(run[name] for run in runs[path]) for path in PATHS)
        print(f"| {label} | {torch:.2f} | {onnx:.2f} | {onnx / torch:.2f} |")  # noqa: T201


if __name__ == "__main__":
    main()
