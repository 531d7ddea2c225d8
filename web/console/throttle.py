"""Slowing down those who guess passwords: the more attempts fail, the longer the next has to wait."""

import time
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, select, update

from web.storage.database import Database
from web.storage.tables import LOGIN_FAILURES
from web.storage.upsert import upsert

# Seconds after the last failure until all are forgotten.
FORGOTTEN = 60 * 60
# Seconds: who forgot the password waits no longer; a guesser gets 12 attempts an hour.
LONGEST_WAIT = 300
# Failures without a wait: of an account; and from an address, behind which a whole office may sit.
FREE = {"account": 3, "address": 10}


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who is to be signed in, and from where."""

    name: str
    address: str

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """What failures are counted by."""
        return ("account", self.name.casefold()), ("address", self.address)


def wait_after(failures: int, kind: str) -> int:
    """Seconds to wait after so many failures: none, then 1, 2, 4, 8, and so on."""
    over = failures - FREE[kind]
    return 0 if over < 0 else min(1 << min(over, 9), LONGEST_WAIT)


class Throttle:
    """Counts in the database, so that all workers agree."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, attempt: Attempt) -> int:
        """Seconds that are left to wait; 0: the attempt may be made, and counts as failed until it has succeeded.

        It is counted before it is made: many at once get no further than one after another.
        """
        now = int(time.time())
        with self._database.writing() as connection:
            connection.execute(delete(LOGIN_FAILURES).where(LOGIN_FAILURES.c.last < now - FORGOTTEN))
            left = max(_left(connection, kind, name, now) for kind, name in attempt.keys)
            if left == 0:
                for kind, name in attempt.keys:
                    row = {"kind": kind, "name": name, "failures": 1, "last": now}
                    counted = {"failures": LOGIN_FAILURES.c.failures + 1}
                    upsert(connection, LOGIN_FAILURES, row, key=("kind", "name"), merged=counted)
        return left

    def succeeded(self, attempt: Attempt) -> None:
        """Forget the account's failures; of the address only this attempt: who has an account gets no more guesses."""
        account, address = (_is(*key) for key in attempt.keys)
        one_less = {"failures": LOGIN_FAILURES.c.failures - 1}
        with self._database.writing() as connection:
            connection.execute(delete(LOGIN_FAILURES).where(*account))
            connection.execute(update(LOGIN_FAILURES).where(*address).values(one_less))


def _is(kind: str, name: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return LOGIN_FAILURES.c.kind == kind, LOGIN_FAILURES.c.name == name


def _left(connection: Connection, kind: str, name: str, now: int) -> int:
    # Locked until the attempt is counted, so that on PostgreSQL, too, many at once are one after another.
    query = select(LOGIN_FAILURES.c.failures, LOGIN_FAILURES.c.last).where(*_is(kind, name)).with_for_update()
    row = connection.execute(query).one_or_none()
    # Where the clock was set back since the failure, the whole wait is left, and no more.
    return max(0, min(row.last, now) + wait_after(row.failures, kind) - now) if row else 0
