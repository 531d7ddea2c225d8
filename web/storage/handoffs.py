"""Customers who want a person: a case with what was said so far, and a mail that is to be sent."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, insert, select, update
from sqlalchemy.exc import IntegrityError

from web.storage.database import Database
from web.storage.errors import UnknownConversationError
from web.storage.retention import Retention
from web.storage.tables import CONVERSATIONS, HANDOFFS, MAIL_QUEUE

# From the customer's country to the address of who answers; None: no mail is sent.
Recipient = Callable[[str | None], str | None]


@dataclass(frozen=True, slots=True)
class HandoffRequest:
    """What a customer asks for; name and message may be empty. `client_message_id` is the page's own id of it."""

    conversation_id: str
    reply_to: str
    name: str = ""
    message: str = ""
    client_message_id: str | None = None

    def key(self) -> str:
        """What tells that it is the same again: the page's id, else its words."""
        if self.client_message_id is not None:
            return f"id:{self.client_message_id}"
        words = "\0".join((self.reply_to, self.name, self.message))
        return f"words:{hashlib.sha256(words.encode()).hexdigest()[:32]}"


@dataclass(frozen=True, slots=True)
class HandoffStore:
    """The hand-offs of a database."""

    database: Database
    retention: Retention
    recipient: Recipient

    def add(self, request: HandoffRequest) -> str:
        """The id of the case; the same one again where the request came before. Raises UnknownConversationError."""
        with self.database.reading() as connection:
            conversation = self._conversation(connection, request.conversation_id)
            known = _known(connection, request)
        if known is not None:
            return known
        try:
            with self.database.writing() as connection:
                return self._insert(connection, request, conversation)
        except IntegrityError:  # sent twice at once, or the conversation is deleted
            with self.database.reading() as connection:
                self._conversation(connection, request.conversation_id)
                known = _known(connection, request)
        if known is None:
            raise _unknown()
        return known

    def _conversation(self, connection: Connection, conversation_id: str) -> RowMapping:
        query = select(CONVERSATIONS.c.turn, CONVERSATIONS.c.language, CONVERSATIONS.c.country).where(
            CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.updated >= self.retention.oldest()
        )
        row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise _unknown()
        return row

    def _insert(self, connection: Connection, request: HandoffRequest, conversation: RowMapping) -> str:
        now = int(time.time())
        handoff_id = secrets.token_urlsafe(16)
        row = {
            "id": handoff_id,
            "conversation_id": request.conversation_id,
            "client_message_id": request.key(),
            "turns": conversation["turn"],
            "reply_to": request.reply_to,
            "name": request.name,
            "message": request.message,
            "country": conversation["country"],
            "language": conversation["language"] or "cs",
            "state": "open",
            "created": now,
        }
        connection.execute(insert(HANDOFFS), row)
        first = (CONVERSATIONS.c.id == request.conversation_id, CONVERSATIONS.c.handed_off.is_(None))
        connection.execute(update(CONVERSATIONS).where(*first).values(handed_off=now))
        recipient = self.recipient(conversation["country"])
        if recipient is not None:
            mail = {"handoff_id": handoff_id, "recipient": recipient, "attempts": 0, "next_attempt": now}
            connection.execute(insert(MAIL_QUEUE), mail)
        return handoff_id


def _known(connection: Connection, request: HandoffRequest) -> str | None:
    query = select(HANDOFFS.c.id).where(
        HANDOFFS.c.conversation_id == request.conversation_id, HANDOFFS.c.client_message_id == request.key()
    )
    return connection.execute(query).scalar_one_or_none()


def _unknown() -> UnknownConversationError:
    return UnknownConversationError("the conversation is unknown or has expired")
