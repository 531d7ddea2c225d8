"""How long a conversation is kept after its last message, and deleting those that are older."""

import time
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, bindparam, delete, select

from web.storage.tables import CONVERSATIONS

_DAY = 24 * 60 * 60
# Two that delete at once take different ones: neither waits for the other.
_EXPIRED = (
    select(CONVERSATIONS.c.id)
    .where(CONVERSATIONS.c.updated < bindparam("oldest"))
    .order_by(CONVERSATIONS.c.updated)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)


@dataclass(frozen=True, slots=True)
class Retention:
    """Conversations are kept for so many days; from then on they count as unknown, whether they are deleted or not."""

    days: int

    def oldest(self) -> int:
        """The moment since which a conversation must have gone on to be kept."""
        return int(time.time()) - self.days * _DAY


def delete_expired(connection: Connection, oldest: int, *, most: int) -> int:
    """Delete at most so many conversations that ended before that moment, with all that belongs to them; how many."""
    ids = connection.execute(_EXPIRED, {"oldest": oldest, "most": most}).scalars().all()
    if ids:
        connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id.in_(ids)))
    return len(ids)
