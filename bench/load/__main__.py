"""Measure this project and the naive build one after the other, on 127.0.0.1 only.

    python -m bench.load [--quick] [--report docs/evaluation] [--resume]

RADCE_INDEX_DIR names the index of this project (default var/index). The naive build needs the extra `bench`.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import click

from bench.load.parts import Parts
from bench.load.plan import LONG, LONG_RATE, LONG_SHARE, QUICK, Begin, Load, Long, Plan, bear, begin, last
from bench.load.processes import machine
from bench.load.questions import Workload
from bench.load.systems import Started, build_naive, naive, radce
from bench.load.table import Result, long_table, notes, ratios, table

OWN, NAIVE = "this project", "the naive build"
Serve = Callable[[], AbstractContextManager[Started]]


@contextmanager
def _own() -> Iterator[Started]:
    with tempfile.TemporaryDirectory() as folder, radce(Path(folder)) as server:
        yield server


@contextmanager
def _naive(folder: Path) -> Iterator[Started]:
    """The naive build; its index is made at the first start and stays in the folder."""
    if not any(folder.iterdir()):
        build_naive(folder)
    with naive(folder) as server:
        yield server


@dataclass(frozen=True, slots=True)
class _Bench:
    """Measures by a plan, each part of it with a server that has just been started."""

    parts: Parts
    plan: Plan

    def result(self, name: str, serve: Serve) -> Result:
        """What one server bears."""
        self.parts.part(f"{name}: read", float, partial(_seconds, serve))  # the files are in memory then
        started = self.parts.part(f"{name}: start", Begin, partial(_begin, serve))
        loads = {kind: self.parts.part(f"{name}: {kind}", Load, partial(self._bear, serve, kind)) for kind in Workload}
        return Result(started, loads)

    def _bear(self, serve: Serve, workload: Workload) -> Load:
        click.echo(f"{time.strftime('%H:%M:%S')} {NAIVE if serve is not _own else OWN}, {workload}", err=True)
        with serve() as server:
            return bear(server, workload, self.plan, own=serve is _own)

    def long(self, bears: Load) -> Long:
        """The long run, at a rate that is sustained."""
        sustained = bears.sustained.rate if bears.sustained else self.plan.lowest
        return self.parts.part("long run", Long, partial(self._last, min(LONG_RATE, LONG_SHARE * sustained)))

    def _last(self, rate: float) -> Long:
        click.echo(f"{time.strftime('%H:%M:%S')} {self.plan.long / 60:.1f} minutes at {rate:.0f}/s", err=True)
        with _own() as server:
            return last(server, Workload.NEW.conversations(), rate=rate, seconds=self.plan.long)


def _seconds(serve: Serve) -> float:
    with serve() as server:
        return server.seconds


def _begin(serve: Serve) -> Begin:
    with serve() as server:
        return begin(server)


def _report(bench: _Bench, *, only_own: bool) -> str:
    load, began = os.getloadavg()[1], time.monotonic()
    results = {OWN: bench.result(OWN, _own)}
    if not only_own:
        with tempfile.TemporaryDirectory() as folder:
            results[NAIVE] = bench.result(NAIVE, partial(_naive, Path(folder)))
    told = ["\n".join(table(results)), *notes(results)]
    if not only_own:
        told += ratios(results[OWN], results[NAIVE])
    if bench.plan.long:
        told.append("\n".join(long_table(bench.long(results[OWN].loads[Workload.NEW]))))
    minutes = (time.monotonic() - began) / 60
    told.append(
        f"{machine()}; load average before it {load:.1f}, at its end {os.getloadavg()[1]:.1f}; {minutes:.0f} minutes."
    )
    return "\n\n".join(told)


@click.command()
@click.option("--quick", is_flag=True, help="Two or three minutes instead of 35.")
@click.option("--minutes", type=click.FloatRange(0.1, 120), help="Of the long run.")
@click.option("--only-own", is_flag=True, help="Without the naive build.")
@click.option("--report", type=click.Path(file_okay=False, path_type=Path), help="Also write load.json and load.md.")
@click.option("--resume", is_flag=True, help="Take over what load.json holds, and measure the rest.")
def main(quick: bool, minutes: float | None, only_own: bool, report: Path | None, resume: bool) -> None:
    """Measure what the server bears, beside the naive build."""
    plan = QUICK if quick else LONG
    plan = replace(plan, long=60 * minutes) if minutes else plan
    parts = Parts(report / "load.json" if report else None, resume=resume)
    text = _report(_Bench(parts, plan), only_own=only_own)
    click.echo(text)
    if report is not None:
        made = "Made by `python -m bench.load --report docs/evaluation`; do not edit."
        (report / "load.md").write_text(f"# Under load\n\n{made}\n\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
