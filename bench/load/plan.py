"""What is measured of one server, in order, for a bounded time."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.load.processes import Memory, memory, processor_seconds
from bench.load.run import WARM_UP, Run, measure
from bench.load.stages import stages
from bench.load.systems import Started

# Turns a second at which latency is told, and what a turn may take there (milliseconds, 99th percentile).
USUAL_RATE = 50.0
LIMIT = 20.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Seconds of the usual run and of each step of the search, the factor from step to step, and the most steps."""

    usual: float
    step: float
    factor: float
    lowest: float = 10.0
    steps: int = 14


QUICK = Plan(usual=8.0, step=4.0, factor=2.0, steps=6)
LONG = Plan(usual=20 * 60.0, step=20.0, factor=1.25, steps=20)


@dataclass(frozen=True, slots=True)
class Result:
    """What one server bears. `within`: the best run whose 99th percentile is within the limit; None: there was none.

    `processor`: milliseconds of the processor that a turn takes at the usual rate, in all the server's processes.
    """

    start: float
    usual: Run
    processor: float
    within: Run | None
    sustained: Run | None
    stages: dict[str, float]
    before: Memory
    after: Memory


def examine(server: Started, conversations: Iterator[tuple[str, ...]], plan: Plan, *, own: bool) -> Result:
    """Measure a server."""
    measure(server.port, conversations, rate=plan.lowest, seconds=2.0)  # what is made at the first use is there
    before, began = memory(server.pid), processor_seconds(server.pid)
    usual = measure(server.port, conversations, rate=USUAL_RATE, seconds=plan.usual)
    took = processor_seconds(server.pid) - began
    told = stages(server.port) if own else {}
    after = memory(server.pid)
    runs = [usual, *climb(server.port, conversations, plan)]
    return Result(
        start=server.seconds,
        usual=usual,
        processor=1000 * took / (USUAL_RATE * (WARM_UP + plan.usual)),
        within=_greatest([run for run in runs if run.holds(LIMIT)]),
        sustained=_greatest([run for run in runs if run.is_sustained]),
        stages=told,
        before=before,
        after=after,
    )


def climb(port: int, conversations: Iterator[tuple[str, ...]], plan: Plan) -> Iterator[Run]:
    """Runs at ever greater rates, until one is not sustained."""
    rate = plan.lowest
    for _ in range(plan.steps):
        run = measure(port, conversations, rate=rate, seconds=plan.step)
        yield run
        if not run.is_sustained:
            return
        rate *= plan.factor


def _greatest(runs: list[Run]) -> Run | None:
    return max(runs, key=lambda run: run.rate, default=None)
