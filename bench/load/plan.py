"""What is measured of one server, in order, for a bounded time."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import requests

from bench.load.climb import climb, greatest
from bench.load.connection import client_address
from bench.load.processes import Memory, memory, processor_seconds
from bench.load.questions import Workload, conversations
from bench.load.run import WARM_UP, Conversations, Run, ask, measure, summary
from bench.load.stages import means, told
from bench.load.systems import Started

# Turns a second at which latency is told, and what a turn may take there (milliseconds, 99th percentile).
USUAL_RATE = 50.0
LIMIT = 20.0
# Turns a second of the long run: 20 minutes of it are 102,000. Fewer where this share of what is sustained is less.
LONG_RATE = 85.0
LONG_SHARE = 0.8
# Seconds between two looks at the memory.
PIECE = 120.0
# What is asked again was asked so often before, by so many at once: each of two workers has then been asked nearly all.
ROUNDS_BEFORE, AT_ONCE = 7, 16
# A server has come to rest when it answers within so many seconds; so many it is waited for.
AT_REST, PATIENCE = 0.2, 60.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Seconds of the usual run, of each step of the climb and of the long run; how the climb begins and ends."""

    usual: float
    step: float
    long: float
    lowest: float
    halvings: int
    steps: int = 7


QUICK = Plan(usual=6.0, step=3.0, long=0.0, lowest=50.0, halvings=0)
LONG = Plan(usual=60.0, step=7.0, long=20 * 60.0, lowest=12.5, halvings=3)


@dataclass(frozen=True, slots=True)
class Begin:
    """A start: seconds until it answers, and the memory after a few turns."""

    seconds: float
    memory: Memory


@dataclass(frozen=True, slots=True)
class Load:
    """What a server bears of one workload. `within`: the greatest rate whose 99th percentile is within the limit.

    `processor`: milliseconds of the processor that a turn takes at the usual rate, in all the server's processes.
    """

    usual: Run
    processor: float
    within: Run | None
    sustained: Run | None
    stages: dict[str, float]


@dataclass(frozen=True, slots=True)
class Long:
    """The long run; `memory`: at its start, after each piece, and at its end, by seconds."""

    run: Run
    processor: float
    memory: list[tuple[float, Memory]] = field(default_factory=list)


def begin(server: Started) -> Begin:
    """Measure a server that has just started."""
    _warm_up(server)
    return Begin(server.seconds, memory(server.pid))


def bear(server: Started, workload: Workload, plan: Plan, *, own: bool) -> Load:
    """Measure what a server bears of a workload; `own`: it is this project, which keeps what it was asked."""
    _warm_up(server)
    if own and workload is Workload.AGAIN:
        ask_before(server.port, conversations())
    before = told(server.port) if own else {}
    asked, began = workload.conversations(), processor_seconds(server.pid)
    usual = measure(server.port, asked, rate=USUAL_RATE, seconds=plan.usual)
    took = processor_seconds(server.pid) - began
    stages = means(before, told(server.port)) if own else {}
    tests = [lambda run: run.is_sustained, lambda run: run.holds(LIMIT)]

    def step(rate: float) -> Run:
        _rest(server)
        return measure(server.port, asked, rate=rate, seconds=plan.step)

    runs = climb(step, tests, lowest=plan.lowest, steps=plan.steps, halvings=plan.halvings)
    return Load(
        usual=usual,
        processor=1000 * took / (USUAL_RATE * (WARM_UP + plan.usual)),
        within=greatest(runs, tests[1]),
        sustained=greatest(runs, tests[0]),
        stages=stages,
    )


def last(server: Started, asked: Conversations, *, rate: float, seconds: float) -> Long:
    """Ask a server for a long time, in pieces, and look at its memory between them."""
    _warm_up(server)
    began, gone, pieces = processor_seconds(server.pid), 0.0, []
    looks = [(0.0, memory(server.pid))]
    while gone < seconds:
        piece = min(PIECE, seconds - gone)
        pieces.append(ask(server.port, asked, rate=rate, seconds=max(1.0, piece - WARM_UP)))
        gone += piece
        looks.append((gone, memory(server.pid)))
    took = processor_seconds(server.pid) - began
    return Long(summary(rate, pieces), 1000 * took / (rate * seconds), looks)


def _warm_up(server: Started) -> None:
    """What is made at the first use is there."""
    measure(server.port, Workload.AGAIN.conversations(), rate=10.0, seconds=2.0)


def ask_before(port: int, asked: Sequence[tuple[str, ...]]) -> None:
    """Ask every conversation until every worker has most likely been asked it, as fast as the server answers."""

    def ask_one(numbered: tuple[int, tuple[str, ...]]) -> None:
        number, turns = numbered
        named: dict[str, str] = {}
        for text in turns:
            response = requests.post(
                f"http://127.0.0.1:{port}/api/v1/chat",
                json={"message": text, **named},
                headers={"X-Forwarded-For": client_address(2, number)},
                timeout=PATIENCE,
            )
            response.raise_for_status()
            named = {"conversation_id": response.json()["conversation_id"]}

    with ThreadPoolExecutor(AT_ONCE) as askers:
        list(askers.map(ask_one, enumerate([*asked] * ROUNDS_BEFORE)))


def _rest(server: Started) -> None:
    """Wait until a server has done what it was asked before."""
    end = time.monotonic() + PATIENCE
    took = PATIENCE
    while took > AT_REST and time.monotonic() < end:
        began = time.monotonic()
        requests.post(f"http://127.0.0.1:{server.port}/api/v1/chat", json={"message": "roaming"}, timeout=PATIENCE)
        took = time.monotonic() - began
