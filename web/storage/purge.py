"""Deleting what is kept no longer."""

import time
from dataclasses import dataclass

from sqlalchemy import delete

from web.storage.database import Database
from web.storage.day_shares import forget_before
from web.storage.retention import Retention, delete_expired
from web.storage.tables import LOGIN_FAILURES, SESSIONS

# Conversations in a transaction: others may write between two of them.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Purged:
    """How many were deleted."""

    conversations: int
    sessions: int


def purge(database: Database, retention: Retention) -> Purged:
    """Delete expired conversations with all that belongs to them, expired sessions and old failures to sign in."""
    oldest = retention.oldest()
    conversations = 0
    while deleted := _delete_batch(database, oldest):
        conversations += deleted
    with database.writing() as connection:
        sessions = connection.execute(delete(SESSIONS).where(SESSIONS.c.expires < int(time.time()))).rowcount
        connection.execute(delete(LOGIN_FAILURES).where(LOGIN_FAILURES.c.last < oldest))
    if conversations:
        database.forget_deleted()
    return Purged(conversations, sessions)


def _delete_batch(database: Database, oldest: int) -> int:
    with database.writing() as connection:
        forget_before(connection, oldest)
        return delete_expired(connection, oldest, most=BATCH)
