"""A PostgreSQL that takes questions and does not answer (frozen, or behind a network that is cut) is not waited for.

Its own time limits do not end that, because it does not run; nor do the kernel's, because that of a frozen server goes
on acknowledging. So each statement has an end on this side, after which its connection is closed.
"""

from threading import Lock
from typing import TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

# Seconds that any statement may take; the longest of the console take one (docs/console.md).
STATEMENT_SECONDS = 20
# Seconds that a statement of a turn may take; it takes a few milliseconds.
TURN_SECONDS = 2.5
# Seconds within which a connection that lay idle must show that it is still one, before it is used.
PING_SECONDS = 1
# Seconds until a server that does not answer a new connection counts as gone; psycopg takes no less.
CONNECT_SECONDS = 2

Found = TypeVar("Found")


class Answering:
    """Whether the database answers, as far as this process has seen; by its connections."""

    def __init__(self) -> None:
        self.is_silent = False
        self._trying = Lock()

    def connect(self, *arguments: str, **named: object) -> "TimedConnection":
        """A connection. While the database is silent one thread tries to get one, and the others do not wait for it.

        Raises psycopg's OperationalError.
        """
        if not self.is_silent:
            return self._open(*arguments, **named)
        if not self._trying.acquire(blocking=False):
            raise psycopg.OperationalError("the database does not answer")
        try:
            return self._open(*arguments, **named)
        finally:
            self._trying.release()

    def _open(self, *arguments: str, **named: object) -> "TimedConnection":
        try:
            connection = TimedConnection.connect(*arguments, **named)  # type: ignore[arg-type]
        except psycopg.errors.ConnectionTimeout:
            self.is_silent = True
            raise
        self.is_silent = False
        connection.answering = self
        return connection


class TimedConnection(psycopg.Connection[TupleRow]):
    """A connection that is closed where a statement is not answered in `seconds` (None: whenever)."""

    answering: Answering | None = None
    seconds: float | None = None

    def wait(self, gen: PQGen[Found], interval: float = 0.1, timeout: float | None = None) -> Found:
        """As the driver waits, with an end. Raises psycopg's OperationalError where it is reached."""
        try:
            return super().wait(gen, interval, self.seconds if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:  # what it would say now is for nobody
                if self.answering is not None and self.seconds == PING_SECONDS:
                    self.answering.is_silent = True
                self.close()
            raise
