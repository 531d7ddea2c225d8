"""One run at one rate: asked by the generator's process, and what came of it."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bench.load.generator import PATIENCE
from bench.load.schedule import schedule

# Seconds at the beginning of a run that don't count: connections are opened, caches filled.
WARM_UP = 2.0
# The generator sent so much later than due: the machine was too busy to measure.
LATE = 0.05


@dataclass(frozen=True, slots=True)
class Run:
    """Latencies in milliseconds, of the turns that were answered; `late`: the 99th percentile of the sending's delay.

    `errors`: turns without a reply of status 200. `lag`: milliseconds of a median turn at the end of the run.
    """

    rate: float
    turns: int
    errors: int
    median: float
    slow: float
    most: float
    late: float
    lag: float

    def holds(self, milliseconds: float) -> bool:
        """Whether nothing failed and the 99th percentile is within the limit."""
        return not self.errors and self.slow <= milliseconds

    @property
    def is_sustained(self) -> bool:
        """Whether nothing failed and no queue had grown by the end."""
        return not self.errors and self.lag < 500


def measure(port: int, conversations: Iterator[tuple[str, ...]], *, rate: float, seconds: float) -> Run:
    """Ask the server for so many seconds, after the warm-up."""
    whole = WARM_UP + seconds
    texts = list(islice(conversations, round(rate * whole)))
    slots = schedule([len(turns) for turns in texts], rate=rate, seconds=whole)
    job = {
        "host": "127.0.0.1",
        "port": port,
        "texts": texts[: 1 + max(slot.conversation for slot in slots)],
        "slots": [(slot.due, slot.conversation, slot.turn) for slot in slots],
    }
    told = subprocess.run(
        [sys.executable, "-m", "bench.load.generator"],
        input=json.dumps(job),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=whole + 3 * PATIENCE,
    ).stdout
    counted = sum(slot.due < WARM_UP for slot in slots)
    return summary(rate, counted, **json.loads(told))


def summary(rate: float, warm_up: int, *, statuses: list[int], latencies: list[float], delays: list[float]) -> Run:
    """The run of an outcome, without its first turns."""
    statuses, latencies, delays = statuses[warm_up:], latencies[warm_up:], delays[warm_up:]
    times = [1000 * latency for status, latency in zip(statuses, latencies, strict=True) if status == 200]
    if len(times) < 2:
        return Run(rate, len(statuses), len(statuses) - len(times), *[float("inf")] * 5)
    return Run(
        rate=rate,
        turns=len(statuses),
        errors=len(statuses) - len(times),
        median=statistics.median(times),
        slow=statistics.quantiles(times, n=100)[98],
        most=max(times),
        late=1000 * statistics.quantiles(delays, n=100)[98],
        lag=statistics.median(times[-max(1, len(times) // 10) :]),
    )
