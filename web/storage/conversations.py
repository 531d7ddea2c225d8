"""Conversations: a turn is read, answered and written so that no other turn's work is lost."""

import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.state import DialogueState
from web.storage.database import Database
from web.storage.errors import BusyError, UnknownConversationError
from web.storage.retention import Retention
from web.storage.tables import CONVERSATIONS, TURNS
from web.storage.turns import TurnIds, TurnRecord

# A turn is tried again when another turn of its conversation was faster; so many at once are no conversation.
MOST_TRIES = 20
# Seconds; a turn's write takes a few milliseconds.
PAUSE = 0.01
# Seconds by which a clock is set back at most that was right before; one that was wrong by more is not followed.
SET_BACK = 24 * 60 * 60

# A turn's statements, made once: making one takes longer than SQLite needs for it.
_FIND = select(CONVERSATIONS.c.state, CONVERSATIONS.c.turn, CONVERSATIONS.c.updated).where(
    CONVERSATIONS.c.id == bindparam("id"), CONVERSATIONS.c.updated >= bindparam("oldest")
)
_STORED = select(TURNS.c.reply).join(CONVERSATIONS).where(CONVERSATIONS.c.updated >= bindparam("oldest"))
_STORED_OPENING = _STORED.where(TURNS.c.opening == bindparam("opening"))
_STORED_LATER = _STORED.where(
    TURNS.c.conversation_id == bindparam("conversation_id"),
    TURNS.c.client_message_id == bindparam("client_message_id"),
)
_OPEN, _ADD_TURN = insert(CONVERSATIONS), insert(TURNS)
_GO_ON = update(CONVERSATIONS).where(
    CONVERSATIONS.c.id == bindparam("same_id"), CONVERSATIONS.c.turn == bindparam("turn_before")
)

# From the state before a turn to what is stored of it and the state after it; called again when another was faster.
Answer = Callable[[DialogueState, TurnIds], tuple[TurnRecord, DialogueState]]


@dataclass(frozen=True, slots=True)
class MessageKey:
    """Whose message it is: its conversation (None: it opens one) and the page's own id for it.

    `opening` finds a message again that opens a conversation; None where the page gave it no id.
    """

    conversation_id: str | None
    client_message_id: str | None = None
    opening: str | None = None


@dataclass(frozen=True, slots=True)
class _Conversation:
    """A conversation before a turn; `turn` 0: the turn opens it. `updated`: when it last went on."""

    id: str
    state: DialogueState
    turn: int
    updated: int = 0

    def now(self) -> int:
        """The moment of the turn: not before the last one's, even where the clock was set back since."""
        now = int(time.time())
        return self.updated if now < self.updated < now + SET_BACK else now


@dataclass(frozen=True, slots=True)
class ConversationStore:
    """The conversations of a database."""

    database: Database
    retention: Retention

    def take_turn(self, key: MessageKey, answer: Answer) -> str:
        """The reply to the message, as JSON: the stored one where the message was answered before.

        Raises UnknownConversationError, BusyError.
        """
        for tried in range(MOST_TRIES):
            with self.database.reading() as connection:
                conversation = self._find(connection, key.conversation_id)
                stored = self._stored(connection, key)
            if stored is not None:
                return stored
            # 128 bits and more can't be guessed.
            ids = TurnIds(conversation.id, secrets.token_urlsafe(16))
            record, after = answer(conversation.state, ids)
            if self._save(key, ids, conversation, (record, after)):
                return record.reply
            # Those that lost the same race must not run into each other again.
            time.sleep(random.uniform(0, PAUSE * tried))
        raise BusyError("too many messages of this conversation at once; send one after another")

    def _find(self, connection: Connection, conversation_id: str | None) -> _Conversation:
        if conversation_id is None:
            return _Conversation(secrets.token_urlsafe(24), DialogueState(), 0)
        row = connection.execute(_FIND, {"id": conversation_id, "oldest": self.retention.oldest()}).one_or_none()
        try:
            if row is not None:
                return _Conversation(conversation_id, DialogueState.from_json(row.state), row.turn, row.updated)
        except ValueError:
            pass  # stored by another version: as good as expired
        raise UnknownConversationError(
            "the conversation is unknown or has expired; leave conversation_id out for a new one"
        )

    def _stored(self, connection: Connection, key: MessageKey) -> str | None:
        if key.client_message_id is None:
            return None
        oldest = self.retention.oldest()
        if key.conversation_id is None:
            found = connection.execute(_STORED_OPENING, {"oldest": oldest, "opening": key.opening})
        else:
            later = {"conversation_id": key.conversation_id, "client_message_id": key.client_message_id}
            found = connection.execute(_STORED_LATER, {"oldest": oldest, **later})
        return found.scalar_one_or_none()

    def _save(
        self, key: MessageKey, ids: TurnIds, before: _Conversation, after: tuple[TurnRecord, DialogueState]
    ) -> bool:
        """Write turn and state; False, and nothing written, where another turn was faster."""
        record, state = after
        now = before.now()
        changed = {"state": state.to_json(), "turn": before.turn + 1, "updated": now}
        changed |= record.known() | record.came_of_it()
        turn = {
            **record.columns(),
            "conversation_id": ids.conversation_id,
            "number": before.turn + 1,
            "message_id": ids.message_id,
            "client_message_id": key.client_message_id,
            "opening": key.opening if key.conversation_id is None else None,
            "created": now,
        }
        try:
            with self.database.writing() as connection:
                if not _save_state(connection, before, changed):
                    return False
                connection.execute(_ADD_TURN, turn)
        except IntegrityError:  # the same message, sent twice at once, or once more after its conversation has expired
            self._free(turn["opening"])
            return False
        return True

    def _free(self, opening: object) -> None:
        """Delete the conversation that such a message has opened, if it has expired and is only not deleted yet."""
        if opening is not None:
            expired = select(TURNS.c.conversation_id).join(CONVERSATIONS).where(TURNS.c.opening == opening)
            expired = expired.where(CONVERSATIONS.c.updated < self.retention.oldest())
            with self.database.writing() as connection:
                connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id.in_(expired)))


def _save_state(connection: Connection, before: _Conversation, changed: dict[str, object]) -> bool:
    if before.turn == 0:
        row = {**changed, "id": before.id, "created": changed["updated"]}
        connection.execute(_OPEN, row)
        return True
    return connection.execute(_GO_ON, {**changed, "same_id": before.id, "turn_before": before.turn}).rowcount == 1
