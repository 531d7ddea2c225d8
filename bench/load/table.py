"""The result as a table in Markdown: this project beside the naive build."""

from collections.abc import Iterator, Mapping

from bench.load.plan import LIMIT, USUAL_RATE, Result
from bench.load.run import LATE, Run


def table(results: Mapping[str, Result]) -> Iterator[str]:
    """The lines of the table; `results` by name."""
    yield f"| | {' | '.join(results)} |"
    yield "|---" * (len(results) + 1) + "|"
    rows = [_rows(result) for result in results.values()]
    for label in rows[0]:
        yield f"| {label} | {' | '.join(row[label] for row in rows)} |"


def _rows(result: Result) -> dict[str, str]:
    usual = result.usual
    at = f"at {USUAL_RATE:.0f} turns/s: "
    return {
        at + "turns": f"{usual.turns:,}",
        at + "errors": str(usual.errors),
        at + "median, ms": f"{usual.median:.1f}",
        at + "99th percentile, ms": f"{usual.slow:.1f}",
        at + "most, ms": f"{usual.most:.0f}",
        at + "processor, ms a turn": f"{result.processor:.1f}",
        f"turns/s with a 99th percentile of {LIMIT:.0f} ms": _rate(result.within),
        "turns/s sustained": _rate(result.sustained),
        "start to ready, s": f"{result.start:.1f}",
        "memory with one worker, MB": f"{result.before.first:.0f}",
        "a further worker, MB": f"{result.before.further:.0f}",
        "growth over the run, MB": _growth(result),
    }


def _rate(run: Run | None) -> str:
    return f"{run.rate:.0f}" if run else "fewer than 10"


def _growth(result: Result) -> str:
    first, further = result.after.first - result.before.first, result.after.further - result.before.further
    return f"{first:+.0f} and {further:+.0f}"


def notes(results: Mapping[str, Result]) -> Iterator[str]:
    """The stages of a turn, and what makes the figures doubtful."""
    for name, result in results.items():
        if result.stages:
            told = ", ".join(f"{stage} {value:.1f}" for stage, value in result.stages.items())
            yield f"Mean milliseconds of a turn of {name} at {USUAL_RATE:.0f}/s, by its own numbers: {told}."
        if result.usual.late > 1000 * LATE:
            yield f"The generator itself was late by {result.usual.late:.0f} ms beside {name}: the machine was busy."
