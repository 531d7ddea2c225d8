"""The greatest rates that a server bears: the rate is doubled, and then the gap is halved."""

import math
from collections.abc import Callable

from bench.load.run import Run

Ask = Callable[[float], Run]


def climb(ask: Ask, tests: list[Callable[[Run], bool]], *, lowest: float, steps: int, halvings: int) -> list[Run]:
    """Runs at doubled rates until one passes no test, at most so many, and then between where each test fails first."""
    runs: list[Run] = []
    for step in range(steps):
        runs.append(ask(lowest * 2**step))
        if not any(test(runs[-1]) for test in tests):
            break
    for test in tests:
        for _ in range(halvings):
            good, bad = greatest(runs, test), _least(runs, test)
            if good is None or bad is None:
                break
            runs.append(ask(math.sqrt(good.rate * bad.rate)))
    return runs


def greatest(runs: list[Run], test: Callable[[Run], bool]) -> Run | None:
    """The run at the greatest rate below the first one that fails the test."""
    bad = _least(runs, test)
    passed = [run for run in runs if test(run) and (bad is None or run.rate < bad.rate)]
    return max(passed, key=lambda run: run.rate, default=None)


def _least(runs: list[Run], test: Callable[[Run], bool]) -> Run | None:
    return min((run for run in runs if not test(run)), key=lambda run: run.rate, default=None)
