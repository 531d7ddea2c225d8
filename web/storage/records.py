"""Everything that is kept of one conversation: told, and erased."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, select, union

from web.storage.database import Database
from web.storage.day_shares import forget
from web.storage.errors import UnknownConversationError
from web.storage.retention import Retention
from web.storage.tables import CONVERSATIONS, FEEDBACK, HANDOFFS, TURNS


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn; `reply` is the JSON as it was sent. Moments are seconds since 1970. `rating` None: not rated."""

    number: int
    created: int
    message: str
    reply: str
    rating: str | None = None
    comment: str | None = None

    def told(self) -> dict[str, object]:
        """The reply's fields; none where it can't be read."""
        try:
            reply = json.loads(self.reply)
        except ValueError:
            return {}
        return reply if isinstance(reply, dict) else {}


@dataclass(frozen=True, slots=True)
class StoredHandoff:
    """A wish for a person."""

    id: str
    created: int
    state: str
    reply_to: str
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class StoredConversation:
    """A conversation with all that belongs to it; `state` is DialogueState's JSON."""

    id: str
    state: str
    created: int
    updated: int
    language: str | None
    country: str | None
    model: str | None
    model_year: int | None
    turns: tuple[StoredTurn, ...]
    handoffs: tuple[StoredHandoff, ...]


@dataclass(frozen=True, slots=True)
class RecordStore:
    """What a database keeps of conversations."""

    database: Database
    retention: Retention

    def conversation(self, conversation_id: str) -> StoredConversation:
        """All of the conversation. Raises UnknownConversationError."""
        with self.database.reading() as connection:
            return self._read(connection, conversation_id)

    def erase(self, conversation_id: str) -> None:
        """Delete the conversation, its turns, ratings, hand-offs and their mail. Raises UnknownConversationError."""
        with self.database.reading() as connection:  # who guesses ids keeps no other from writing
            self._row(connection, conversation_id)
        with self.database.writing() as connection:
            # Where it has been counted, or still is.
            days = select(TURNS.c.created).where(TURNS.c.conversation_id == conversation_id)
            day = select(CONVERSATIONS.c.updated).where(CONVERSATIONS.c.id == conversation_id)
            forget(connection, connection.execute(union(days, day)).scalars())
            connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id))
        self.database.forget_deleted()

    def _row(self, connection: Connection, conversation_id: str) -> RowMapping:
        query = select(CONVERSATIONS).where(
            CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.updated >= self.retention.oldest()
        )
        row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise UnknownConversationError("the conversation is unknown or has expired")
        return row

    def _read(self, connection: Connection, conversation_id: str) -> StoredConversation:
        row = self._row(connection, conversation_id)
        return StoredConversation(
            id=row["id"],
            state=row["state"],
            created=row["created"],
            updated=row["updated"],
            language=row["language"],
            country=row["country"],
            model=row["model"],
            model_year=row["model_year"],
            turns=turns_of(connection, conversation_id, most=row["turn"]),
            handoffs=_handoffs_of(connection, conversation_id),
        )


def turns_of(connection: Connection, conversation_id: str, *, most: int) -> tuple[StoredTurn, ...]:
    """The first turns of a conversation, up to that number, in their order."""
    columns = (TURNS.c.number, TURNS.c.created, TURNS.c.message, TURNS.c.reply, FEEDBACK.c.rating, FEEDBACK.c.comment)
    query = (
        select(*columns)
        .outerjoin(FEEDBACK, FEEDBACK.c.message_id == TURNS.c.message_id)
        .where(TURNS.c.conversation_id == conversation_id, TURNS.c.number <= most)
        .order_by(TURNS.c.number)
    )
    return tuple(StoredTurn(*row) for row in connection.execute(query))


def _handoffs_of(connection: Connection, conversation_id: str) -> tuple[StoredHandoff, ...]:
    columns = [HANDOFFS.c[name] for name in StoredHandoff.__dataclass_fields__]
    query = select(*columns).where(HANDOFFS.c.conversation_id == conversation_id).order_by(HANDOFFS.c.created)
    return tuple(StoredHandoff(*row) for row in connection.execute(query))
