"""How many conversations were answered and resolved, by what is known of them."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from web.storage.database import Database
from web.storage.day_shares import BY_DAY, Tally, add, count, kept
from web.storage.period import Period, Span
from web.storage.retention import Retention


class By(StrEnum):
    """What conversations are counted by. `entry`: of the last reply that was more than small talk."""

    DAY = BY_DAY
    LANGUAGE = "language"
    ENTRY = "entry"
    MODEL = "model"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Share:
    """Conversations with something in common: how many, and how many of them were answered and resolved.

    `key` None: it is not known of them. Of a day: its first moment in seconds since 1970, as text.
    """

    key: str | None
    conversations: int
    answered: int
    resolved: int


@dataclass(frozen=True, slots=True)
class ShareStore:
    """Counts the conversations of a database, by the day of their last message. Small talk alone is no conversation."""

    database: Database
    retention: Retention

    def of(self, period: Period) -> Mapping[By, tuple[Share, ...]]:
        """The shares by everything, the largest first; by day in the order of days.

        Days that are over are read as they were counted before, where nothing has changed since.
        """
        oldest, now = self.retention.oldest(), int(time.time())
        days = [day for day in period.days if day.end > oldest and day.begin <= now]
        whole = [day for day in days if day.begin >= oldest and day.end <= now]
        with self.database.reading() as connection:
            tallies = [kept(connection, whole)]
            missing = [day for day in days if (BY_DAY, str(day.begin)) not in tallies[0]]
            tallies += [count(connection, Span(max(day.begin, oldest), day.end)) for day in missing]
        return {by: _sorted(by, _added(tallies, by)) for by in By}


def total(rows: Sequence[Share]) -> Share:
    """All of them together."""
    counts = zip(*((row.conversations, row.answered, row.resolved) for row in rows), strict=True)
    return Share(None, *(map(sum, counts) if rows else (0, 0, 0)))


def _added(tallies: Sequence[Tally], by: By) -> list[Share]:
    sums: Tally = {}
    for tally in tallies:
        for key, counts in tally.items():
            add(sums, key, counts)
    return [
        Share(value or None, *counts) for (counted_by, value), counts in sums.items() if counted_by == by and counts[0]
    ]


def _sorted(by: By, rows: list[Share]) -> tuple[Share, ...]:
    if by is By.DAY:
        return tuple(sorted(rows, key=lambda row: int(row.key or 0)))
    return tuple(sorted(rows, key=lambda row: (-row.conversations, row.key or "")))
