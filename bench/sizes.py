"""How the search scales: exact, HNSW and inverted lists over ever more passages, what index/dense.py makes of them,
and search by words beside it.

    python -m bench.sizes [--sizes 1000,10000] [--quick]

Passages and questions are made (bench/made_vectors.py): for speed only. Each index is built in a process of its own,
with two threads, and searched in another, with one (bench/size_steps.py). Printed are two tables in Markdown.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from bench.made_vectors import Jitter, make_texts, make_vectors, origins
from bench.size_steps import KINDS, OWN, Measures, list_count

SIZES = "1000,10000,100000,1000000"
QUICK_SIZES = "1000,10000"
COSTS = ("memory, MB", "file, MB", "build, s")
DENSE = (
    "passages",
    "index",
    "searched",
    "recall@10",
    "10 nearest: median, ms",
    "99th percentile, ms",
    "1,000 nearest: median, ms",
    "99th percentile, ms",
    *COSTS,
)
WHOLE = ("passages", "scores of every passage", "recall@10", "median, ms", "99th percentile, ms", *COSTS)
LABELS = {"chosen": "by meaning: `DenseIndex.scores`", "words": "by words: stems and n-grams"}


def _step(*arguments: str, threads: int) -> Measures:
    """The measures of one step, in a process of its own."""
    command = [sys.executable, "-m", "bench.size_steps", *arguments]
    environment = {**os.environ, "OMP_NUM_THREADS": str(threads), "TOKENIZERS_PARALLELISM": "false"}
    return dict(json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment).stdout))


def measure(name: str, folder: Path) -> Measures:
    """All measures of a kind of index over what a folder holds."""
    built = _step("build", name, str(folder), threads=2)
    return {**built, **_step("search", name, str(folder), threads=1)}


def processor() -> str:
    """The kind of the processor: its cores and the widest vector instructions that it has."""
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").split()
    widest = next((label for flag, label in (("avx512f", "AVX-512"), ("avx2", "AVX2")) if flag in flags), "no AVX2")
    return f"{os.cpu_count()} cores, {widest}"


def _costs(row: Measures) -> list[str]:
    return [f"{row['memory']:.0f}", f"{row['file']:.0f}", f"{row['build']:.1f}"]


def _dense_row(count: int, name: str, row: Measures) -> list[str]:
    kind = KINDS[name]
    label = kind.label + (f", {list_count(count)} lists" if kind.effort == "nprobe" else "")
    searched = f"{kind.effort} {row['effort']:.0f}" if kind.effort else "all"
    times = [f"{row[name]:.2f}" for name in ("few_median", "few_slow", "many_median", "many_slow")]
    return [f"{count:,}", label, searched, f"{row['recall']:.3f}", *times, *_costs(row)]


def _whole_row(count: int, name: str, row: Measures) -> list[str]:
    recall = f"{row['recall']:.3f}" if "recall" in row else ""
    return [f"{count:,}", LABELS[name], recall, f"{row['all_median']:.2f}", f"{row['all_slow']:.2f}", *_costs(row)]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    return "\n".join([_line(columns), "|" + "---|" * len(tuple(columns)), *map(_line, rows)])


@click.command()
@click.option("--sizes", default=SIZES, show_default=True, help="Numbers of passages, commas between them.")
@click.option("--kinds", default=",".join([*KINDS, *OWN]), show_default=True, help="What is measured.")
@click.option("--quick", is_flag=True, help=f"The sizes {QUICK_SIZES} only.")
@click.option("--index-dir", type=click.Path(path_type=Path), default=Path("var/index"), envvar="RADCE_INDEX_DIR")
def main(sizes: str, kinds: str, quick: bool, index_dir: Path) -> None:
    """Measure the searches over made passages."""
    real = origins(index_dir)
    dense: list[list[str]] = []
    whole: list[list[str]] = []
    for count in map(int, (QUICK_SIZES if quick else sizes).split(",")):
        jitter = Jitter(real.by_entry)  # made anew, so that a size is the same whatever is measured before it
        with tempfile.TemporaryDirectory() as name:
            make_vectors(real, jitter, count, Path(name))
            for kind in kinds.split(","):
                if kind == "words":
                    make_texts(real, count, Path(name))
                row = measure(kind, Path(name))
                rows, cells = (whole, _whole_row) if kind in OWN else (dense, _dense_row)
                rows.append(cells(count, kind, row))
                click.echo(_line(rows[-1]), err=True)
    click.echo(f"Made passages: median cosine with their origin {jitter.cosine:.2f}. {processor()}.\n")
    click.echo(f"{_table(DENSE, dense)}\n\n{_table(WHOLE, whole)}")


if __name__ == "__main__":
    main()
