"""Conversations in the database: a turn is read, answered and written so that no other turn's work is lost."""

import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, make_url, select, update
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.state import DialogueState
from web.errors import WebError
from web.tables import CONVERSATIONS, FEEDBACK, REPLIES, create_tables

# How long a statement waits for another process's write; a write takes a few milliseconds.
BUSY_SECONDS = 5
# A turn is tried again when another turn of its conversation was faster; so many at once are no conversation.
MOST_TRIES = 20
_DAY = 24 * 60 * 60


class UnknownConversationError(WebError):
    """There is no conversation of that id, or it has expired, or another version of radce stored it."""


class UnknownReplyError(WebError):
    """There is no reply of that id, or it has expired, or it was not kept."""


class BusyError(WebError):
    """Too many turns of one conversation at once."""


@dataclass(frozen=True, slots=True)
class MessageKey:
    """Whose message it is: its conversation (None: it opens one) and the page's own id for it.

    `opening` finds a message again that opens a conversation; None where the page gave it no id.
    """

    conversation_id: str | None
    client_message_id: str | None = None
    opening: str | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """What a customer thinks of a reply: "up" or "down", and perhaps a word on it."""

    message_id: str
    rating: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class TurnIds:
    """The ids that a reply carries."""

    conversation_id: str
    message_id: str


# From the state before a turn to the reply as JSON and the state after it; called again when another turn was faster.
Answer = Callable[[DialogueState, TurnIds], tuple[str, DialogueState]]


@dataclass(frozen=True, slots=True)
class _Conversation:
    id: str
    state: DialogueState
    turn: int


class ConversationStore:
    """The conversations of a database; nothing is opened before the first use, so that it can be made before a fork."""

    def __init__(self, url: str, *, days: int) -> None:
        self._url = url
        self._seconds = days * _DAY
        self._engine: Engine | None = None
        self._lock = Lock()

    def prepare(self) -> None:
        """Make folder, file and tables. Raises WebError where that can't be done."""
        try:
            self.check()
        except (OSError, SQLAlchemyError) as error:
            reason = error.orig if isinstance(error, SQLAlchemyError) and hasattr(error, "orig") else error
            message = (
                f"DATABASE_URL is {self._url!r}: it can't be opened ({reason}); set it to a file that can be written"
            )
            raise WebError(message) from error
        finally:
            self.close()

    def check(self) -> None:
        """Ask the database something. Raises SQLAlchemyError or OSError where it does not answer."""
        with self._connected().connect() as connection:
            connection.execute(select(CONVERSATIONS.c.id).limit(1))

    def close(self) -> None:
        """Close the connections; the next use opens new ones."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
            self._engine = None

    def take_turn(self, key: MessageKey, answer: Answer) -> str:
        """The reply to the message, as JSON: the stored one where the message was answered before.

        Raises UnknownConversationError, BusyError.
        """
        for _ in range(MOST_TRIES):
            conversation = self._find(key.conversation_id)
            stored = self._stored(key)
            if stored is not None:
                return stored
            # 128 bits and more can't be guessed.
            ids = TurnIds(conversation.id if conversation else secrets.token_urlsafe(24), secrets.token_urlsafe(16))
            reply, after = answer(conversation.state if conversation else DialogueState(), ids)
            if self._save(key, ids, conversation, (reply, after.to_json())):
                return reply
        raise BusyError("too many messages of this conversation at once; send one after another")

    def rate(self, rating: Rating) -> None:
        """Keep the rating of a reply in place of an earlier one.

        Raises UnknownReplyError: only replies to messages with a client_message_id are kept, and can be rated.
        """
        query = (
            select(REPLIES.c.conversation_id)
            .join(CONVERSATIONS)
            .where(REPLIES.c.message_id == rating.message_id, CONVERSATIONS.c.updated >= self._oldest())
        )
        with self._connected().begin() as connection:
            # The write lock first: two ratings at once are then one after the other.
            connection.execute(delete(FEEDBACK).where(FEEDBACK.c.message_id == rating.message_id))
            conversation_id = connection.execute(query).scalar_one_or_none()
            if conversation_id is None:
                message = "the reply is unknown, or its message had no client_message_id, or it has expired"
                raise UnknownReplyError(message)
            row = {"conversation_id": conversation_id, "created": int(time.time()), **asdict(rating)}
            connection.execute(insert(FEEDBACK).values(row))

    def _find(self, conversation_id: str | None) -> _Conversation | None:
        if conversation_id is None:
            return None
        query = select(CONVERSATIONS.c.state, CONVERSATIONS.c.turn).where(
            CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.updated >= self._oldest()
        )
        with self._connected().connect() as connection:
            row = connection.execute(query).one_or_none()
        try:
            if row is not None:
                return _Conversation(conversation_id, DialogueState.from_json(row.state), row.turn)
        except ValueError:
            pass  # stored by another version: as good as expired
        raise UnknownConversationError(
            "the conversation is unknown or has expired; leave conversation_id out for a new one"
        )

    def _stored(self, key: MessageKey) -> str | None:
        if key.client_message_id is None:
            return None
        query = select(REPLIES.c.reply).join(CONVERSATIONS).where(CONVERSATIONS.c.updated >= self._oldest())
        if key.conversation_id is None:
            query = query.where(REPLIES.c.opening == key.opening)
        else:
            query = query.where(
                REPLIES.c.conversation_id == key.conversation_id, REPLIES.c.client_message_id == key.client_message_id
            )
        with self._connected().connect() as connection:
            return connection.execute(query).scalar_one_or_none()

    def _save(self, key: MessageKey, ids: TurnIds, before: _Conversation | None, after: tuple[str, str]) -> bool:
        """Write reply and state; False, and nothing written, where another turn was faster."""
        reply, state = after
        try:
            with self._connected().begin() as connection:
                # First the expired ones: it takes the write lock, and frees what they still hold.
                connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.updated < self._oldest()))
                if not _save_state(connection, ids.conversation_id, state, before):
                    return False
                if key.client_message_id is not None:
                    connection.execute(
                        insert(REPLIES).values(
                            conversation_id=ids.conversation_id,
                            client_message_id=key.client_message_id,
                            message_id=ids.message_id,
                            opening=key.opening if key.conversation_id is None else None,
                            reply=reply,
                        )
                    )
        except IntegrityError:  # the same message, sent twice at once
            return False
        return True

    def _oldest(self) -> int:
        return int(time.time()) - self._seconds

    def _connected(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = _open(self._url)
            return self._engine


def _save_state(connection: Connection, conversation_id: str, state: str, before: _Conversation | None) -> bool:
    now = int(time.time())
    if before is None:
        row = {"id": conversation_id, "state": state, "turn": 1, "created": now, "updated": now}
        connection.execute(insert(CONVERSATIONS).values(row))
        return True
    same = (CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.turn == before.turn)
    change = update(CONVERSATIONS).where(*same).values(state=state, turn=before.turn + 1, updated=now)
    return connection.execute(change).rowcount == 1


def _open(url: str) -> Engine:
    Path(make_url(url).database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_up)
    with engine.begin() as connection:
        create_tables(connection)
    return engine


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    # Readers and a writer at once; with a write-ahead log this much syncing loses nothing when the process dies.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
