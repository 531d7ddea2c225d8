"""The generator, a process of its own: a job as JSON on its standard input, what came of each turn on its output.

A turn's latency runs from the moment at which it was due, whether it could be sent then or not (Tene, "How NOT to
measure latency"): neither a slow reply nor a busy generator hides the wait of those behind it.
"""

import asyncio
import gc
import json
import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bench.load.connection import Connection, client_address
from bench.load.schedule import Slot

# Seconds that a reply is waited for.
PATIENCE = 30.0
# Connections at once; a turn that finds none waits, and its latency runs.
MOST_CONNECTIONS = 400
# gunicorn closes what is idle for two seconds; what is idle so long is not used again.
IDLE = 1.0
# The statuses of turns that got no response.
NO_RESPONSE, NO_CONVERSATION, NOT_SENT = 0, -1, -2


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked of whom: `texts` by conversation and turn, `slots` when.

    Where `most_waiting` turns have no reply yet, nothing more is sent: the server can't keep up.
    """

    host: str
    port: int
    texts: Sequence[Sequence[str]]
    slots: Sequence[Slot]
    most_waiting: int = 10_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """By slot: HTTP status (or NO_RESPONSE, NO_CONVERSATION, NOT_SENT), and seconds from when it was due.

    `latencies` end with the reply, `delays` when the generator came to it.
    """

    statuses: Sequence[int]
    latencies: Sequence[float]
    delays: Sequence[float]


class Generator:
    """Sends the turns of a job."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._idle: list[tuple[float, Connection]] = []
        self._free = asyncio.Semaphore(MOST_CONNECTIONS)
        self._ids: dict[int, asyncio.Future[str | None]] = {}
        count = len(job.slots)
        self._statuses, self._latencies, self._delays = [NOT_SENT] * count, [0.0] * count, [0.0] * count
        self._waiting: set[asyncio.Task[None]] = set()
        # A message of the same id and words is taken for one that was sent twice.
        self._own = secrets.token_hex(4)

    async def run(self) -> Outcome:
        """Send everything when it is due, and wait for the replies."""
        loop = asyncio.get_running_loop()
        begin = loop.time()
        for number, slot in enumerate(self._job.slots):
            if slot.turn == 0:
                self._ids[slot.conversation] = loop.create_future()
            await asyncio.sleep(max(0.0, begin + slot.due - loop.time()))  # even where it is late: others go on
            if len(self._waiting) >= self._job.most_waiting:
                for task in self._waiting:
                    task.cancel()
                break
            task = asyncio.create_task(self._take(number, slot, begin + slot.due))
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)
        await asyncio.gather(*self._waiting, return_exceptions=True)
        for _, connection in self._idle:
            connection.close()
        return Outcome(self._statuses, self._latencies, self._delays)

    async def _take(self, number: int, slot: Slot, due: float) -> None:
        """A turn: it goes on with its conversation, and so not before that one's last reply."""
        loop = asyncio.get_running_loop()
        self._statuses[number], self._delays[number] = NO_RESPONSE, loop.time() - due
        opened = self._ids[slot.conversation]
        known = await opened if slot.turn else None
        if slot.turn and known is None:
            self._statuses[number] = NO_CONVERSATION
            return
        async with self._free:
            try:
                status, body = await asyncio.wait_for(self._ask(self._request(slot, known)), PATIENCE)
            except (OSError, TimeoutError):
                status, body = NO_RESPONSE, b""
        self._statuses[number], self._latencies[number] = status, loop.time() - due
        if not opened.done():
            opened.set_result(json.loads(body)["conversation_id"] if status == 200 else None)

    def _request(self, slot: Slot, conversation_id: str | None) -> bytes:
        message = {
            "message": self._job.texts[slot.conversation][slot.turn],
            "client_message_id": f"{self._own}-{slot.conversation}-{slot.turn}",
        }
        body = json.dumps(message | ({"conversation_id": conversation_id} if conversation_id else {})).encode()
        head = (
            f"POST /api/v1/chat HTTP/1.1\r\nHost: {self._job.host}:{self._job.port}\r\n"
            f"Content-Type: application/json\r\nX-Forwarded-For: {client_address(1, slot.conversation)}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    async def _ask(self, request: bytes) -> tuple[int, bytes]:
        connection = self._kept() or await Connection.open(self._job.host, self._job.port)
        try:
            answer = await connection.ask(request)
        except asyncio.CancelledError:  # too late: its reply must not be taken for the next one's
            connection.close()
            raise
        if connection.usable:
            self._idle.append((time.monotonic(), connection))
        return answer

    def _kept(self) -> Connection | None:
        """A connection that was used just now."""
        while self._idle:
            since, connection = self._idle.pop()
            if connection.usable and time.monotonic() - since < IDLE:
                return connection
            connection.close()
        return None


def main() -> None:
    """Run the job."""
    told = json.load(sys.stdin)
    job = Job(**{**told, "slots": [Slot(*row) for row in told["slots"]]})
    gc.disable()  # a pause of the generator would be taken for one of the server
    print(json.dumps(asdict(asyncio.run(Generator(job).run()))))  # noqa: T201


if __name__ == "__main__":
    main()
