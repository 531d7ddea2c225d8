"""The load generator: when it sends what, what it counts, and what is made of it."""

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from subprocess import PIPE

import pytest

from bench.load.climb import climb, greatest
from bench.load.generator import NO_CONVERSATION, NO_RESPONSE, NOT_SENT, Generator, Job, Outcome
from bench.load.parts import Parts
from bench.load.plan import ROUNDS_BEFORE, Begin, Load, Long, ask_before
from bench.load.processes import Memory, memory, processor_seconds
from bench.load.questions import Workload, conversations, endless
from bench.load.run import LATE, Answers, Run, summary
from bench.load.schedule import Slot, schedule
from bench.load.stages import means, sums
from bench.load.table import Result, long_table, notes, ratios, table

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


def test_what_is_asked_again_are_the_same_conversations_in_the_same_order() -> None:
    sets = conversations()
    assert list(islice(Workload.AGAIN.conversations(), 2 * len(sets))) == sets + sets


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
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
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


def test_a_message_that_is_asked_again_is_not_taken_for_one_that_was_sent_twice() -> None:
    texts, slots = [["a", "a"], ["a"]], [Slot(0, 0, 0), Slot(0.05, 1, 0), Slot(0.1, 0, 1)]
    seen = [row["client_message_id"] for _ in range(2) for row in run(texts, slots, [200] * 3)[1]]
    assert len({*seen}) == len(seen) == 6


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


def test_a_server_that_is_far_behind_is_asked_no_more_and_what_was_not_sent_is_told() -> None:
    slots = [Slot(number / 1000, number, 0) for number in range(50)]

    async def all_of_it() -> Outcome:
        async with chat_server([200] * 50, [], pause=60) as port:
            return await Generator(Job("127.0.0.1", port, [["a"]] * 50, slots, most_waiting=10)).run()

    statuses = finished(all_of_it()).statuses
    assert {*statuses[:9]} == {NO_RESPONSE}
    assert {*statuses[10:]} == {NOT_SENT}  # the one between had just been begun


def test_what_is_asked_before_are_whole_conversations_of_many_clients_so_many_times() -> None:
    async def all_of_it() -> list[dict[str, str]]:
        seen: list[dict[str, str]] = []
        async with chat_server([200] * 3 * ROUNDS_BEFORE, seen) as port:
            await asyncio.to_thread(ask_before, port, [("a", "b"), ("c",)])
        return seen

    with ThreadPoolExecutor(1) as thread:
        seen = thread.submit(asyncio.run, all_of_it()).result()
    assert Counter(row["message"] for row in seen) == dict.fromkeys("abc", ROUNDS_BEFORE)
    assert {row["message"] for row in seen if "conversation_id" in row} == {"b"}


def test_who_is_not_there_is_an_error_and_no_latency() -> None:
    async def nobody() -> Outcome:
        async with chat_server([], []) as port:
            pass
        return await Generator(Job("127.0.0.1", port, [["a"]], [Slot(0, 0, 0)])).run()

    assert finished(nobody()).statuses == [NO_RESPONSE]


def test_a_run_is_the_sum_of_its_pieces_and_errors_have_no_latency() -> None:
    pieces = [Answers([200, 503], [0.01, 9], [0, 0]), Answers([200], [0.03], [0])]
    summed = summary(50, pieces)
    assert (summed.turns, summed.errors) == (3, 1)
    assert (summed.median, summed.most) == (pytest.approx(20), pytest.approx(30))
    assert not summed.is_sustained


def test_a_queue_that_grew_is_no_sustained_rate() -> None:
    latencies = [0.005] * 90 + [2.0] * 10
    summed = summary(50, [Answers([200] * 100, latencies, [LATE] * 100)])
    assert not summed.is_sustained
    assert FINE.is_sustained
    assert FINE.holds(20)
    assert not FINE.holds(10)


TOLD = """# TYPE radce_stage_seconds histogram
radce_stage_seconds_sum{{route="chat.chat",stage="wait"}} {wait}
radce_stage_seconds_sum{{route="chat.chat",stage="think"}} {think}
radce_stage_seconds_sum{{route="search.search",stage="think"}} 5
# TYPE radce_request_seconds histogram
radce_request_seconds_sum{{route="chat.chat",status="200"}} {whole}
radce_request_seconds_count{{route="chat.chat",status="200"}} {count}
"""


def test_stages_are_the_means_of_chat_requests_between_two_readings_with_what_is_left_of_the_whole() -> None:
    before = sums(TOLD.format(wait=7.0, think=1.0, whole=9.0, count=3))
    after = sums(TOLD.format(wait=7.002, think=1.010, whole=9.016, count=5))
    assert {name: round(value, 6) for name, value in means(before, after).items()} == {
        "wait": 1.0,
        "think": 5.0,
        "whole": 8.0,
        "rest": 2.0,
    }
    assert means({}, after)["whole"] > 1000
    assert means(after, after) == means({}, sums("")) == {}


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


def bearing(rate: float) -> Run:
    """A run of a server that sustains 130 turns a second, and is slow from 60 on."""
    return replace(FINE, rate=rate, slow=10.0 if rate < 60 else 50.0, lag=4.0 if rate <= 130 else 9000.0)


def sustained(run: Run) -> bool:
    return run.is_sustained


def fast(run: Run) -> bool:
    return run.holds(20)


def test_a_climb_finds_the_greatest_rates_to_within_a_tenth_and_stops_where_nothing_holds() -> None:
    runs = climb(bearing, [sustained, fast], lowest=12.5, steps=7, halvings=3)
    assert max(run.rate for run in runs) == 200
    found, quick = greatest(runs, sustained), greatest(runs, fast)
    assert found is not None
    assert quick is not None
    assert 130 / 1.1 < found.rate <= 130
    assert 60 / 1.1 < quick.rate < 60
    assert len(runs) <= 5 + 2 * 3


def test_a_rate_above_one_that_failed_is_not_told_as_the_greatest() -> None:
    lucky = [bearing(50), replace(bearing(80), errors=1), bearing(100)]
    found = greatest(lucky, sustained)
    assert found is not None
    assert found.rate == 50
    assert greatest([replace(FINE, errors=1)], sustained) is None


def test_a_measurement_that_was_broken_off_goes_on_where_it_was(tmp_path: Path) -> None:
    load = Load(usual=FINE, processor=9.0, within=None, sustained=FINE, stages={"think": 3.0})
    path = tmp_path / "load.json"
    assert Parts(path).part("a", Load, lambda: load) == load
    resumed = Parts(path, resume=True)
    assert resumed.part("a", Load, lambda: pytest.fail("it is measured already")) == load
    resumed.part("b", float, lambda: 2.0)
    assert json.loads(path.read_text()).keys() == {"a", "b"}
    assert Parts(path).part("b", float, lambda: 3.0) == 3.0


def test_both_workloads_of_both_servers_and_their_ratio_are_told() -> None:
    load = Load(usual=FINE, processor=9.0, within=None, sustained=FINE, stages={"think": 3.0})
    begin = Begin(1.5, Memory(250.0, 40.0))
    few = replace(load, sustained=replace(FINE, rate=10), stages={}, usual=replace(FINE, late=900))
    own, naive = Result(begin, dict.fromkeys(Workload, load)), Result(begin, dict.fromkeys(Workload, few))
    lines = list(table({"own": own, "naive": naive}))
    for workload in Workload:
        assert f"| {workload}: turns/s sustained | 50 | 10 |" in lines
        assert f"| {workload}: turns/s with a 99th percentile of 20 ms | none measured | none measured |" in lines
    assert [line.endswith("5.0 times the naive build's.") for line in ratios(own, naive)] == [True, True]
    told = list(notes({"own": own, "naive": naive}))
    assert len([line for line in told if "think 3.0" in line]) == 2
    assert len([line for line in told if "late by 900 ms beside naive" in line]) == 2


def test_the_long_run_tells_how_much_memory_grew() -> None:
    looks = [(0.0, Memory(200.0, 30.0)), (120.0, Memory(210.0, 35.0)), (240.0, Memory(211.0, 35.0))]
    lines = list(long_table(Long(FINE, 8.0, looks)))
    assert "+11 MB with one worker, and by +5 MB for a further one" in lines[0]
    assert lines[-1] == "| 4 | 211 | 35 |"
