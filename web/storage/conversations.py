"""Conversations: a turn is read, answered and written so that no other turn's work is lost."""

import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from sqlalchemy import String, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.state import DialogueState
from web.storage.database import Database
from web.storage.direct import Direct, Prepared
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

# A conversation, and the reply to the message where it was answered before.
_ANSWERED = select(TURNS.c.reply).where(
    TURNS.c.conversation_id == bindparam("id"),
    TURNS.c.client_message_id == bindparam("client_message_id", type_=String),
)
_FIND = Prepared(
    select(CONVERSATIONS.c.state, CONVERSATIONS.c.turn, CONVERSATIONS.c.updated, _ANSWERED.scalar_subquery()).where(
        CONVERSATIONS.c.id == bindparam("id"), CONVERSATIONS.c.updated >= bindparam("oldest")
    )
)
_OPENED = Prepared(
    select(TURNS.c.reply)
    .join(CONVERSATIONS)
    .where(CONVERSATIONS.c.updated >= bindparam("oldest"), TURNS.c.opening == bindparam("opening"))
)
_CHANGED = ("state", "turn", "updated", "language", "country", "model", "model_year")
_CAME_OF_IT = ("last_kind", "last_entry")
_OPEN = Prepared(insert(CONVERSATIONS), ("id", "created", *_CHANGED, *_CAME_OF_IT))
_GOES_ON = update(CONVERSATIONS).where(
    CONVERSATIONS.c.id == bindparam("same_id"), CONVERSATIONS.c.turn == bindparam("turn_before")
)
_GO_ON, _GO_ON_AS_IT_WAS = Prepared(_GOES_ON, (*_CHANGED, *_CAME_OF_IT)), Prepared(_GOES_ON, _CHANGED)
_ADD_TURN = Prepared(insert(TURNS), tuple(column.name for column in TURNS.c))

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
            conversation, stored = self._find(key)
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

    def _find(self, key: MessageKey) -> tuple[_Conversation, str | None]:
        """The conversation, and the reply to the message where it was answered before."""
        if key.conversation_id is None:
            return _Conversation(secrets.token_urlsafe(24), DialogueState(), 0), self._opened(key.opening)
        names = {"id": key.conversation_id, "client_message_id": key.client_message_id}
        with self.database.directly(writes=False) as connection:
            row = connection.first(_FIND, {**names, "oldest": self.retention.oldest()})
        try:
            if row is not None:
                state, turn, updated, stored = cast(tuple[str, int, int, str | None], row)
                return _Conversation(key.conversation_id, DialogueState.from_json(state), turn, updated), stored
        except ValueError:
            pass  # stored by another version: as good as expired
        raise UnknownConversationError(
            "the conversation is unknown or has expired; leave conversation_id out for a new one"
        )

    def _opened(self, opening: str | None) -> str | None:
        """The reply to a message that has opened a conversation before."""
        if opening is None:
            return None
        with self.database.directly(writes=False) as connection:
            row = connection.first(_OPENED, {"oldest": self.retention.oldest(), "opening": opening})
        return None if row is None else cast(str, row[0])

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
            with self.database.directly(writes=True) as connection:
                if not _save_state(connection, before, changed):
                    return False
                connection.change(_ADD_TURN, turn)
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


def _save_state(connection: Direct, before: _Conversation, changed: dict[str, object]) -> bool:
    if before.turn == 0:
        nothing_yet = dict.fromkeys(_CAME_OF_IT)
        connection.change(_OPEN, {**nothing_yet, **changed, "id": before.id, "created": changed["updated"]})
        return True
    go_on = _GO_ON if "last_kind" in changed else _GO_ON_AS_IT_WAS
    return connection.change(go_on, {**changed, "same_id": before.id, "turn_before": before.turn}) == 1
