"""What was made of messages that were asked in vain: a vector, the nearest entry, a key that the same words share."""

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import bindparam, delete, insert, select, update

from index.encoder import Vectors
from web.storage.database import Database
from web.storage.period import Span
from web.storage.retention import Retention
from web.storage.tables import MEANINGS, TURNS, UPKEEP
from web.storage.vain import Reason, span_kept, told

# Half the space, and distances that differ by less than a thousandth.
_STORED = np.dtype("<f2")
# Ids in one statement.
_AT_ONCE = 500
_OWN = UPKEEP.c.name == "meanings"
_OF_KEY = (
    select(MEANINGS.c.text, MEANINGS.c.nearest, MEANINGS.c.confidence, MEANINGS.c.vector)
    .where(MEANINGS.c.text == bindparam("key"), MEANINGS.c.index_name == bindparam("index_name"))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class UnreadMessage:
    """A message that nothing has been made of."""

    message_id: str
    message: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What was made of a text; of one without words the key is empty. `confidence`: of the nearest entry."""

    key: str
    nearest: str
    confidence: float
    vector: bytes

    @classmethod
    def of(cls, key: str, nearest: str, confidence: float, vector: Vectors) -> "Meaning":
        """With the vector as it is stored."""
        return cls(key, nearest, round(confidence, 4), vector.astype(_STORED).tobytes())


@dataclass(frozen=True, slots=True)
class MeaningStore:
    """The meanings of a database, for the index of a name: those of another index count as none."""

    database: Database
    retention: Retention
    index_name: str

    def unread(self, span: Span, most: int) -> tuple[UnreadMessage, ...]:
        """Messages of a time that were asked in vain and have no meaning, the newest first."""
        messages = told(span_kept(span, self.retention), tuple(Reason))
        own = (MEANINGS.c.message_id == messages.c.message_id) & (MEANINGS.c.index_name == self.index_name)
        ids = select(messages.c.message_id).select_from(messages.outerjoin(MEANINGS, own))
        ids = ids.where(MEANINGS.c.message_id.is_(None)).order_by(messages.c.created.desc()).limit(most)
        with self.database.reading() as connection:
            # One that counts for several reasons is there once.
            found = tuple(dict.fromkeys(connection.execute(ids).scalars()))
            query = select(TURNS.c.message_id, TURNS.c.message).where(TURNS.c.message_id.in_(found))
            message_of = {row.message_id: row.message for row in connection.execute(query)}
        return tuple(UnreadMessage(name, message_of[name]) for name in found if name in message_of)

    def of_keys(self, keys: Collection[str]) -> dict[str, Meaning]:
        """The meanings of texts that other messages have had, by key."""
        found = {}
        with self.database.reading() as connection:
            for key in keys:
                row = connection.execute(_OF_KEY, {"key": key, "index_name": self.index_name}).one_or_none()
                if row is not None:
                    found[key] = Meaning(*row)
        return found

    def add(self, meanings: dict[str, Meaning]) -> None:
        """Keep what was made of messages; one that is erased meanwhile is passed over."""
        with self.database.writing() as connection:
            there = select(TURNS.c.message_id).where(TURNS.c.message_id.in_(meanings)).with_for_update(read=True)
            rows = [self._row(name, meanings[name]) for name in connection.execute(there).scalars()]
            connection.execute(delete(MEANINGS).where(MEANINGS.c.message_id.in_(meanings)))
            if rows:
                connection.execute(insert(MEANINGS), rows)

    def _row(self, message_id: str, made: Meaning) -> dict[str, object]:
        nearest = {"nearest": made.nearest, "confidence": made.confidence, "vector": made.vector}
        return {"message_id": message_id, "index_name": self.index_name, "text": made.key, **nearest}

    def vectors(self, message_ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of messages that have one, of length one."""
        rows: dict[str, Vectors] = {}
        with self.database.reading() as connection:
            for some in _portions(message_ids):
                query = select(MEANINGS.c.message_id, MEANINGS.c.vector).where(MEANINGS.c.message_id.in_(some))
                for message_id, stored in connection.execute(query.where(MEANINGS.c.index_name == self.index_name)):
                    vector = np.frombuffer(stored, _STORED).astype(np.float32)
                    rows[message_id] = vector / np.linalg.norm(vector)
        return rows

    def messages(self, message_ids: Sequence[str]) -> dict[str, str]:
        """The customers' words by message id; those that are erased meanwhile are not there."""
        rows: dict[str, str] = {}
        with self.database.reading() as connection:
            for some in _portions(message_ids):
                query = select(TURNS.c.message_id, TURNS.c.message).where(TURNS.c.message_id.in_(some))
                rows |= {row.message_id: row.message for row in connection.execute(query)}
        return rows

    def claim(self, seconds: int) -> bool:
        """Whether this process, and no other, may make meanings for so many seconds, or until `release`."""
        now = int(time.time())
        with self.database.writing() as connection:
            free = update(UPKEEP).where(_OWN, UPKEEP.c.begun <= now - seconds).values(begun=now)
            return connection.execute(free).rowcount == 1

    def release(self) -> None:
        """Let others make meanings."""
        with self.database.writing() as connection:
            connection.execute(update(UPKEEP).where(_OWN).values(begun=0))


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[begin : begin + _AT_ONCE] for begin in range(0, len(ids), _AT_ONCE))
