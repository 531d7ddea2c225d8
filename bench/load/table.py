"""The results as tables in Markdown: this project beside the naive build."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.load.plan import LIMIT, USUAL_RATE, Begin, Load, Long
from bench.load.questions import Workload
from bench.load.run import LATE, Run


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured of one server."""

    begin: Begin
    loads: Mapping[Workload, Load]


def table(results: Mapping[str, Result]) -> Iterator[str]:
    """The lines of the table; `results` by name."""
    yield f"| | {' | '.join(results)} |"
    yield "|---" * (len(results) + 1) + "|"
    rows = [_rows(result) for result in results.values()]
    for label in rows[0]:
        yield f"| {label} | {' | '.join(row[label] for row in rows)} |"


def _rows(result: Result) -> dict[str, str]:
    rows = {
        "start to ready, s": f"{result.begin.seconds:.1f}",
        "memory with one worker, MB": f"{result.begin.memory.first:.0f}",
        "a further worker, MB": f"{result.begin.memory.further:.0f}",
    }
    for workload, load in result.loads.items():
        rows |= {f"{workload}: {label}": value for label, value in _load_rows(load).items()}
    return rows


def _load_rows(load: Load) -> dict[str, str]:
    usual = load.usual
    at = f"at {USUAL_RATE:.0f} turns/s, "
    return {
        at + "turns": f"{usual.turns:,}",
        at + "errors": str(usual.errors),
        at + "median, ms": f"{usual.median:.1f}",
        at + "99th percentile, ms": f"{usual.slow:.1f}",
        at + "most, ms": f"{usual.most:.0f}",
        at + "processor, ms a turn": f"{load.processor:.1f}",
        f"turns/s with a 99th percentile of {LIMIT:.0f} ms": _rate(load.within),
        "turns/s sustained": _rate(load.sustained),
    }


def _rate(run: Run | None) -> str:
    return f"{run.rate:.0f}" if run else "none measured"


def long_table(long: Long) -> Iterator[str]:
    """What the long run gave, and the memory over it."""
    run, (_, first), (_, last) = long.run, long.memory[0], long.memory[-1]
    yield (
        f"{run.turns:,} turns at {run.rate:.0f}/s, {Workload.NEW}: {run.errors} errors; median {run.median:.1f} ms, "
        f"99th percentile {run.slow:.1f} ms, most {run.most:.0f} ms; {long.processor:.1f} ms of the processor a turn. "
        f"Memory grew by {last.first - first.first:+.0f} MB with one worker, and by "
        f"{last.further - first.further:+.0f} MB for a further one."
    )
    yield ""
    yield "| minutes | with one worker, MB | a further worker, MB |"
    yield "|---|---|---|"
    for seconds, memory in long.memory:
        yield f"| {seconds / 60:.0f} | {memory.first:.0f} | {memory.further:.0f} |"


def ratios(own: Result, naive: Result) -> Iterator[str]:
    """The throughput of this project in that of the naive build."""
    for workload, load in own.loads.items():
        other = naive.loads[workload].sustained
        if load.sustained and other:
            times = load.sustained.rate / other.rate
            yield f"Throughput, sustained, {workload}: {times:.1f} times the naive build's."


def notes(results: Mapping[str, Result]) -> Iterator[str]:
    """The stages of a turn, and what makes the figures doubtful."""
    for name, result in results.items():
        for workload, load in result.loads.items():
            if load.stages:
                told = ", ".join(f"{stage} {value:.1f}" for stage, value in load.stages.items())
                yield f"Mean milliseconds of a turn at {USUAL_RATE:.0f}/s, {workload}, by {name}'s own numbers: {told}."
            if load.usual.late > 1000 * LATE:
                late = f"{load.usual.late:.0f} ms"
                yield f"The generator itself was late by {late} beside {name}, {workload}: the machine was busy."
