"""Who is signed in: random tokens in cookies, and their hashes in the database."""

import hashlib
import secrets
import time

from sqlalchemy import delete, insert, select, update

from web.console.accounts import Agent, Role
from web.storage.database import Database
from web.storage.tables import SESSIONS, USERS

# Seconds without a request until somebody has to sign in again: a long call and a break.
IDLE = 60 * 60
# Seconds after which one has to in any case: a shift.
LONGEST = 12 * 60 * 60
# Seconds for which it need not be written down that somebody is still there.
_SEEN_EVERY = 60


def hash_of(token: str) -> str:
    """The hash of a token: who reads the database can't sign in with it."""
    return hashlib.sha256(token.encode()).hexdigest()


class Sessions:
    """The sessions of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, agent: Agent) -> str:
        """The token of a new session; sessions that are over are forgotten."""
        token, now = secrets.token_urlsafe(32), int(time.time())
        row = {"token_hash": hash_of(token), "user_id": agent.id, "created": now, "last_seen": now}
        with self._database.writing() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.expires < now))
            connection.execute(insert(SESSIONS).values(**row, expires=now + LONGEST))
        return token

    def find(self, token: str) -> Agent | None:
        """Whose session it is; None: it is over, or there never was one."""
        now, key = int(time.time()), hash_of(token)
        query = (
            select(USERS.c.id, USERS.c.name, USERS.c.role, SESSIONS.c.last_seen)
            .join(SESSIONS)
            .where(
                SESSIONS.c.token_hash == key,
                SESSIONS.c.expires > now,
                SESSIONS.c.last_seen > now - IDLE,
                USERS.c.disabled.is_(None),
            )
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.last_seen < now - _SEEN_EVERY:
            with self._database.writing() as connection:
                connection.execute(update(SESSIONS).where(SESSIONS.c.token_hash == key).values(last_seen=now))
        return Agent(row.id, row.name, Role(row.role))

    def end(self, token: str) -> None:
        """End the session."""
        with self._database.writing() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.token_hash == hash_of(token)))
