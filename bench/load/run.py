"""One run at one rate: asked by the generator's process, and what came of it."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bench.load.generator import PATIENCE
from bench.load.schedule import schedule

# Seconds at the beginning of a run that don't count: connections are opened, caches filled.
WARM_UP = 2.0
# The generator sent so much later than due: the machine was too busy to measure.
LATE = 0.05
# A server that is so many seconds behind can't keep up; no more is asked.
BEHIND = 4.0

Conversations = Iterator[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Answers:
    """What came of a run's turns after the warm-up, as the generator's Outcome tells it."""

    statuses: Sequence[int]
    latencies: Sequence[float]
    delays: Sequence[float]


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


def measure(port: int, conversations: Conversations, *, rate: float, seconds: float) -> Run:
    """Ask the server for so many seconds, after the warm-up."""
    return summary(rate, [ask(port, conversations, rate=rate, seconds=seconds)])


def ask(port: int, conversations: Conversations, *, rate: float, seconds: float) -> Answers:
    """Ask the server for so many seconds, after the warm-up."""
    whole = WARM_UP + seconds
    texts = list(islice(conversations, round(rate * whole)))
    slots = schedule([len(turns) for turns in texts], rate=rate, seconds=whole)
    job = {
        "host": "127.0.0.1",
        "port": port,
        "texts": texts[: 1 + max(slot.conversation for slot in slots)],
        "slots": [(slot.due, slot.conversation, slot.turn) for slot in slots],
        "most_waiting": round(rate * BEHIND),
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
    return Answers(**{name: values[counted:] for name, values in json.loads(told).items()})


def summary(rate: float, answers: Sequence[Answers]) -> Run:
    """The run whose pieces were answered like this."""
    statuses = [status for piece in answers for status in piece.statuses]
    latencies = [latency for piece in answers for latency in piece.latencies]
    delays = [delay for piece in answers for delay in piece.delays]
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
