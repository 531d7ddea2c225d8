"""What customers think of replies."""

import time
from dataclasses import asdict, dataclass

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from web.storage.database import Database
from web.storage.errors import UnknownReplyError
from web.storage.retention import Retention
from web.storage.tables import CONVERSATIONS, FEEDBACK, TURNS
from web.storage.upsert import upsert


@dataclass(frozen=True, slots=True)
class Rating:
    """What a customer thinks of a reply: "up" or "down", and perhaps a word on it (None: an earlier word stays)."""

    message_id: str
    rating: str
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class RatingStore:
    """The ratings of a database."""

    database: Database
    retention: Retention

    def rate(self, rating: Rating) -> None:
        """Keep the rating of a reply in place of an earlier one. Raises UnknownReplyError."""
        # Read first: who guesses ids keeps no other from writing.
        conversation_id = self._conversation_of(rating.message_id)
        row = {**asdict(rating), "conversation_id": conversation_id, "created": int(time.time())}
        row["comment"] = rating.comment or ""
        kept = {} if rating.comment is not None else {"comment": FEEDBACK.c.comment}
        try:
            with self.database.writing() as connection:
                upsert(connection, FEEDBACK, row, key=("message_id",), merged=kept)
                owner = update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id)
                connection.execute(owner.values(rating=rating.rating))
        except IntegrityError as error:  # deleted since it was read
            raise _unknown() from error

    def _conversation_of(self, message_id: str) -> str:
        query = (
            select(TURNS.c.conversation_id)
            .join(CONVERSATIONS)
            .where(TURNS.c.message_id == message_id, CONVERSATIONS.c.updated >= self.retention.oldest())
        )
        with self.database.reading() as connection:
            conversation_id: str | None = connection.execute(query).scalar_one_or_none()
        if conversation_id is None:
            raise _unknown()
        return conversation_id


def _unknown() -> UnknownReplyError:
    return UnknownReplyError("the reply is unknown or has expired")
