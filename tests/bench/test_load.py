"""The load generator: when it sends what, what it counts, and what is made of it."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from itertools import islice
from subprocess import PIPE

import pytest

from bench.load.generator import NO_CONVERSATION, NO_RESPONSE, Generator, Job, Outcome
from bench.load.processes import memory, processor_seconds
from bench.load.questions import conversations, endless
from bench.load.run import LATE, Run, summary
from bench.load.schedule import Slot, schedule
from bench.load.stages import means

FINE = Run(rate=50, turns=100, errors=0, median=4.0, slow=12.0, most=20.0, late=0.1, lag=4.0)


def test_turns_are_equally_spaced_whatever_becomes_of_them() -> None:
    slots = schedule([1] * 20, rate=10, seconds=2)
    assert [slot.due for slot in slots] == [number / 10 for number in range(20)]
    assert [slot.conversation for slot in slots] == list(range(20))


def test_a_conversation_goes_on_after_its_pause_and_in_order() -> None:
    slots = schedule([3, 1, 1, 1, 1, 1, 1, 1], rate=2, seconds=5, pause=1)
    assert [slot.due for slot in slots if slot.conversation == 0] == [0, 1, 2]
    assert [slot.turn for slot in slots if slot.conversation == 0] == [0, 1, 2]
    assert len(slots) == 10


def test_too_few_conversations_are_told() -> None:
    with pytest.raises(ValueError, match="too few"):
        schedule([1, 1], rate=10, seconds=1)


def test_the_questions_are_those_of_the_sets_and_then_hardly_one_comes_twice() -> None:
    sets = conversations()
    assert len(sets) > 1000
    assert any(len(turns) > 1 for turns in sets)
    asked = list(islice(endless(sets), 2 * len(sets)))
    assert asked[: len(sets)] == sets
    again = [turns for turns, first in zip(asked[len(sets) :], sets, strict=True) if turns != first]
    assert len(again) > 0.98 * len(sets)


@asynccontextmanager
async def chat_server(statuses: Sequence[int], seen: list[dict[str, str]], pause: float = 0) -> AsyncIterator[int]:
    """A server that replies with these statuses, one after the other and one at a time; its port."""
    left, busy = iter(statuses), asyncio.Lock()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b"":
            length = int(head.lower().partition(b"content-length: ")[2].split()[0])
            seen.append(json.loads(await reader.readexactly(length)))
            async with busy:
                await asyncio.sleep(pause)
            body = json.dumps({"conversation_id": f"c{len(seen)}"}).encode()
            head = f"HTTP/1.1 {next(left)} OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            writer.write(head)  # in two pieces, as a network may deliver it
            await writer.drain()
            writer.write(body)
            await writer.drain()

    async def until_closed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(until_closed, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def finished(work: Coroutine[None, None, Outcome]) -> Outcome:
    """What comes of it in a thread of its own: Playwright keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def run(texts: list[list[str]], slots: list[Slot], statuses: Sequence[int], pause: float = 0) -> tuple[Outcome, list]:
    seen: list[dict[str, str]] = []

    async def all_of_it() -> Outcome:
        async with chat_server(statuses, seen, pause) as port:
            return await Generator(Job("127.0.0.1", port, texts, slots)).run()

    return finished(all_of_it()), seen


def test_a_later_turn_goes_on_with_the_conversation_that_the_first_one_opened() -> None:
    outcome, seen = run([["a", "b"]], [Slot(0, 0, 0), Slot(0.05, 0, 1)], [200, 200])
    assert outcome.statuses == [200, 200]
    assert [row["message"] for row in seen] == ["a", "b"]
    assert seen[1]["conversation_id"] == "c1"


def test_a_wait_behind_a_slow_reply_counts_from_when_the_turn_was_due() -> None:
    slots = [Slot(number / 100, number, 0) for number in range(5)]
    outcome, _ = run([["a"]] * 5, slots, [200] * 5, pause=0.1)
    # One at a time, a tenth of a second each: the last one was due before the first reply came.
    assert outcome.latencies[4] >= 0.1 * 5 - slots[4].due
    assert sorted(outcome.latencies) == outcome.latencies


def test_what_fails_is_counted_and_its_conversation_ends_there() -> None:
    slots = [Slot(0, 0, 0), Slot(0.05, 1, 0), Slot(0.1, 0, 1)]
    outcome, seen = run([["a", "b"], ["c"]], slots, [503, 200])
    assert outcome.statuses == [503, 200, NO_CONVERSATION]
    assert len(seen) == 2


def test_who_is_not_there_is_an_error_and_no_latency() -> None:
    async def nobody() -> Outcome:
        async with chat_server([], []) as port:
            pass
        return await Generator(Job("127.0.0.1", port, [["a"]], [Slot(0, 0, 0)])).run()

    assert finished(nobody()).statuses == [NO_RESPONSE]


def test_the_warm_up_does_not_count_and_errors_have_no_latency() -> None:
    summed = summary(50, 2, statuses=[500, 200, 200, 200, 503], latencies=[9, 9, 0.01, 0.03, 9], delays=[0] * 5)
    assert (summed.turns, summed.errors) == (3, 1)
    assert (summed.median, summed.most) == (pytest.approx(20), pytest.approx(30))
    assert not summed.is_sustained


def test_a_queue_that_grew_is_no_sustained_rate() -> None:
    latencies = [0.005] * 90 + [2.0] * 10
    summed = summary(50, 0, statuses=[200] * 100, latencies=latencies, delays=[LATE] * 100)
    assert not summed.is_sustained
    assert FINE.is_sustained
    assert FINE.holds(20)
    assert not FINE.holds(10)


def test_stages_are_the_means_of_chat_requests_with_what_is_left_of_the_whole() -> None:
    text = """# TYPE radce_stage_seconds histogram
radce_stage_seconds_sum{route="chat.chat",stage="wait"} 0.002
radce_stage_seconds_sum{route="chat.chat",stage="think"} 0.010
radce_stage_seconds_sum{route="search.search",stage="think"} 5
# TYPE radce_request_seconds histogram
radce_request_seconds_sum{route="chat.chat",status="200"} 0.016
radce_request_seconds_count{route="chat.chat",status="200"} 2
"""
    told = means(text)
    assert {name: round(value, 6) for name, value in told.items()} == {
        "wait": 1.0,
        "think": 5.0,
        "whole": 8.0,
        "rest": 2.0,
    }
    assert means("") == {}


def test_memory_and_the_processors_time_are_those_of_the_process_and_its_children() -> None:
    alone = processor_seconds(os.getpid())
    spinning = "import time\nwhile time.process_time() < 0.5: pass\nprint(flush=True)\ninput()"
    with subprocess.Popen([sys.executable, "-c", spinning], stdin=PIPE, stdout=PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert processor_seconds(os.getpid()) >= alone + 0.4
        found = memory(os.getpid())
        child.communicate("\n")
    assert found.first > found.further > 1
