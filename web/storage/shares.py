"""How many conversations were answered and resolved, by what is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Integer, and_, case, func, or_, select

from web.storage.database import Database
from web.storage.period import DAY, Period
from web.storage.retention import Retention
from web.storage.tables import CONVERSATIONS

_ANSWERS = ("answer", "contact")


class By(StrEnum):
    """What conversations are counted by. `entry`: of the last reply that was more than small talk."""

    DAY = "day"
    LANGUAGE = "language"
    ENTRY = "entry"
    MODEL = "model"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Share:
    """Conversations with something in common: how many, and how many of them were answered and resolved.

    `key` None: it is not known of them. Of a day: its number since 1970, as text.
    """

    key: str | None
    conversations: int
    answered: int
    resolved: int


@dataclass(frozen=True, slots=True)
class ShareStore:
    """Counts the conversations of a database. Small talk alone is no conversation."""

    database: Database
    retention: Retention

    def by(self, by: By, period: Period) -> tuple[Share, ...]:
        """The shares by something, the largest first; by day in the order of days."""
        key = _key(by)
        begin = max(period.begin, self.retention.oldest())
        query = (
            select(key, *_counts())
            .where(CONVERSATIONS.c.updated >= begin, CONVERSATIONS.c.updated < period.end)
            .where(CONVERSATIONS.c.last_kind.is_not(None))
            .group_by(key)
        )
        with self.database.reading() as connection:
            found = connection.execute(query).all()
        rows = [Share(None if key is None else str(key), *counts) for key, *counts in found]
        if by is By.DAY:
            return tuple(sorted(rows, key=lambda row: int(row.key or 0)))
        return tuple(sorted(rows, key=lambda row: (-row.conversations, row.key or "")))


def total(rows: Sequence[Share]) -> Share:
    """All of them together."""
    counts = zip(*((row.conversations, row.answered, row.resolved) for row in rows), strict=True)
    return Share(None, *(map(sum, counts) if rows else (0, 0, 0)))


def _key(by: By) -> ColumnElement[str] | ColumnElement[int]:
    if by is By.DAY:
        return func.floor(CONVERSATIONS.c.updated / DAY).cast(Integer)
    column = CONVERSATIONS.c["last_entry" if by is By.ENTRY else by.value]
    # An expression, so that the index that holds everything is read, and not the one that only sorts by the column.
    return column.concat("")


def _counts() -> tuple[ColumnElement[int], ...]:
    """All; those whose last reply answers; those of them with a thumb up, or neither a thumb down nor a hand-off."""
    row = CONVERSATIONS.c
    answered = row.last_kind.in_(_ANSWERS)
    content = or_(row.rating == "up", and_(row.rating.is_(None), row.handed_off.is_(None)))
    return (
        func.count(),
        func.sum(case((answered, 1), else_=0)),
        func.sum(case((and_(answered, content), 1), else_=0)),
    )
