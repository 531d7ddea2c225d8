"""Measure this project and the naive build one after the other, on 127.0.0.1 only.

    python -m bench.load [--quick] [--report docs/evaluation]

RADCE_INDEX_DIR names the index of this project (default var/index). The naive build needs the extra `bench`.
"""

import json
import os
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

import click

from bench.load.plan import LONG, QUICK, Plan, Result, examine
from bench.load.questions import conversations, endless
from bench.load.systems import build_naive, naive, radce
from bench.load.table import notes, table
from bench.sizes import processor

OWN, NAIVE = "this project", "the naive build"


def _own(plan: Plan) -> Result:
    with tempfile.TemporaryDirectory() as first, radce(Path(first)):
        pass  # the files that a start reads are then in memory
    with tempfile.TemporaryDirectory() as folder, radce(Path(folder)) as server:
        return examine(server, endless(conversations()), plan, own=True)


def _naive(plan: Plan) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        build_naive(Path(folder))
        with naive(Path(folder)) as server:
            return examine(server, endless(conversations()), plan, own=False)


def _report(results: dict[str, Result]) -> str:
    load = os.getloadavg()[1]
    ratio = ""
    if NAIVE in results and (many := results[OWN].sustained) and (few := results[NAIVE].sustained):
        ratio = f"Throughput, sustained: {many.rate / few.rate:.1f} times the naive build's."
    machine = f"{processor()}; load average at the end {load:.1f}."
    return "\n\n".join(["\n".join(table(results)), *notes(results), *([ratio] if ratio else []), machine])


@click.command()
@click.option("--quick", is_flag=True, help="Two minutes instead of an hour.")
@click.option("--minutes", type=click.FloatRange(0.1, 120), help="Of the run at the usual rate.")
@click.option("--only-own", is_flag=True, help="Without the naive build.")
@click.option("--report", type=click.Path(file_okay=False, path_type=Path), help="Also write load.json and load.md.")
def main(quick: bool, minutes: float | None, only_own: bool, report: Path | None) -> None:
    """Measure what the server bears, beside the naive build."""
    plan = QUICK if quick else LONG
    plan = replace(plan, usual=60 * minutes) if minutes else plan
    results = {OWN: _own(plan)}
    if not only_own:
        # So long a run shows this project's memory; the naive build's latency shows sooner.
        results[NAIVE] = _naive(replace(plan, usual=min(plan.usual, 60.0)))
    text = _report(results)
    click.echo(text)
    if report is not None:
        figures = {name: asdict(result) for name, result in results.items()}
        (report / "load.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
        (report / "load.md").write_text(f"# Under load\n\nMade by `python -m bench.load`; do not edit.\n\n{text}\n")


if __name__ == "__main__":
    main()
