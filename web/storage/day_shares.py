"""What conversations of past days came to: counted once, kept, and counted anew where it has changed.

A conversation belongs to the day of its last message. A past day therefore changes when one of its conversations goes
on, is rated, or its customer asks for a person: that is found by what was written since the last look. Who deletes
forgets the days himself, because nothing is left to find them by.
"""

import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, insert, or_, select, tuple_, union, update

from web.storage.database import Database
from web.storage.period import Period, Span, day_of
from web.storage.retention import Retention
from web.storage.tables import CONVERSATIONS, DAY_SHARES, FEEDBACK, HANDOFFS, TURNS, UPKEEP

# Seconds by which a row may become visible later than its moment: writes wait for each other a few seconds, and clocks
# of several machines differ.
LATE = 600
BY_DAY = "day"
# What is counted by, and the column that tells it.
_COLUMNS = {
    "language": CONVERSATIONS.c.language,
    "entry": CONVERSATIONS.c.last_entry,
    "model": CONVERSATIONS.c.model,
    "country": CONVERSATIONS.c.country,
}
_ANSWERS = ("answer", "contact")
_OWN = UPKEEP.c.name == "day_shares"

# Conversations, those of them that were answered, and those that were resolved.
Counts = tuple[int, int, int]
# Counts by what is counted by and its value.
Tally = dict[tuple[str, str], Counts]


def count(connection: Connection, day: Span) -> Tally:
    """The counts of a day, or of a part of it; small talk alone is no conversation."""
    row = CONVERSATIONS.c
    answered = row.last_kind.in_(_ANSWERS)
    content = or_(row.rating == "up", and_(row.rating.is_(None), row.handed_off.is_(None)))
    sums = (func.sum(case((condition, 1), else_=0)) for condition in (answered, and_(answered, content)))
    query = select(*_COLUMNS.values(), func.count(), *sums).where(day.holds(row.updated), row.last_kind.is_not(None))
    own = (BY_DAY, str(day.begin))
    tally: Tally = {own: (0, 0, 0)}
    for *values, conversations, of_answered, of_resolved in connection.execute(query.group_by(*_COLUMNS.values())):
        for key in (own, *zip(_COLUMNS, (value or "" for value in values), strict=True)):
            add(tally, key, (conversations, of_answered, of_resolved))
    return tally


def add(tally: Tally, key: tuple[str, str], counts: Counts) -> None:
    """Add counts to those that a tally has of the key."""
    before = tally.get(key, (0, 0, 0))
    tally[key] = (before[0] + counts[0], before[1] + counts[1], before[2] + counts[2])


def kept(connection: Connection, days: Sequence[Span]) -> Tally:
    """The counts of those of the past days that are kept and still hold, added up; by day one by one."""
    begun = connection.execute(select(UPKEEP.c.begun).where(_OWN)).scalar_one_or_none()
    if not begun or not days:
        return {}
    changed = _days_of(_changed(connection, begun - LATE, before=days[-1].end), days)
    good = [(day.begin, day.end) for day in days if day not in changed]
    sums = (func.sum(DAY_SHARES.c[name]) for name in ("conversations", "answered", "resolved"))
    key = (DAY_SHARES.c.counted_by, DAY_SHARES.c.value)
    # One statement: whether a day is kept, and what it holds, can't come apart.
    query = select(*key, *sums).where(tuple_(DAY_SHARES.c.begin, DAY_SHARES.c.until).in_(good)).group_by(*key)
    return {(by, value): (int(a), int(b), int(c)) for by, value, a, b, c in connection.execute(query)}


def forget(connection: Connection, moments: Iterable[int]) -> None:
    """Keep the days of these moments no longer, before what was counted there is deleted in the same transaction."""
    _lock(connection)
    for moment in set(moments):
        connection.execute(delete(DAY_SHARES).where(DAY_SHARES.c.begin <= moment, DAY_SHARES.c.until > moment))


def forget_before(connection: Connection, moment: int) -> None:
    """Keep the days no longer that have begun before a moment."""
    _lock(connection)
    connection.execute(delete(DAY_SHARES).where(DAY_SHARES.c.begin < moment))


@dataclass(frozen=True, slots=True)
class DayShares:
    """The counted days of a database, by the clock of a time zone."""

    database: Database
    retention: Retention
    zone: ZoneInfo

    def sweep(self) -> int:
        """Forget the days that have changed or are over, and count those that are missing; how many."""
        now = int(time.time())
        days = self._past(now)
        with self.database.writing() as connection:
            begun = _lock(connection)
            changed = _days_of(_changed(connection, begun - LATE, before=now), days) if begun else set()
            there = {
                Span(*row) for row in connection.execute(select(DAY_SHARES.c.begin, DAY_SHARES.c.until).distinct())
            }
            for day in there & changed | there - set(days):
                connection.execute(delete(DAY_SHARES).where(_is(day)))
            connection.execute(update(UPKEEP).where(_OWN).values(begun=now))
        missing = [day for day in days if day not in there or day in changed]
        for day in reversed(missing):  # the newest first, a transaction each: others write between two of them
            self._keep(day)
        return len(missing)

    def _past(self, now: int) -> tuple[Span, ...]:
        """The days that are over, but the oldest one, of which conversations expire."""
        today = day_of(now, self.zone)
        oldest = day_of(self.retention.oldest(), self.zone)
        if today - oldest < timedelta(days=2):
            return ()
        return Period(oldest + timedelta(days=1), today - timedelta(days=1), self.zone).days

    def _keep(self, day: Span) -> None:
        with self.database.writing() as connection:
            _lock(connection)
            connection.execute(delete(DAY_SHARES).where(_is(day)))
            names = ("counted_by", "value", "conversations", "answered", "resolved")
            rows = [dict(zip(names, (*key, *counts), strict=True)) for key, counts in count(connection, day).items()]
            connection.execute(insert(DAY_SHARES), [{"begin": day.begin, "until": day.end, **row} for row in rows])


def _is(day: Span) -> ColumnElement[bool]:
    return (DAY_SHARES.c.begin == day.begin) & (DAY_SHARES.c.until == day.end)


def _lock(connection: Connection) -> int:
    """When it was last swept; until the transaction ends, nobody else counts a day or forgets one."""
    begun: int = connection.execute(select(UPKEEP.c.begun).where(_OWN).with_for_update()).scalar_one()
    return begun


def _changed(connection: Connection, since: int, *, before: int) -> Iterator[int]:
    """Moments, before another one, of days that are counted differently since a moment."""
    earlier = TURNS.alias()
    own = (earlier.c.conversation_id == TURNS.c.conversation_id) & (earlier.c.number == TURNS.c.number - 1)
    told = (
        select(TURNS.c.created).where(TURNS.c.created >= since, TURNS.c.created < before),
        select(earlier.c.created).join(TURNS, own).where(TURNS.c.created >= since, earlier.c.created < before),
        *(
            select(CONVERSATIONS.c.updated)
            .join(table, table.c.conversation_id == CONVERSATIONS.c.id)
            .where(table.c.created >= since, CONVERSATIONS.c.updated < before)
            for table in (FEEDBACK, HANDOFFS)
        ),
    )
    yield from connection.execute(union(*told)).scalars()


def _days_of(moments: Iterable[int], days: Sequence[Span]) -> set[Span]:
    """Those of the days, which come in their order, that the moments are in."""
    found = set()
    for moment in moments:
        place = bisect_right(days, moment, key=lambda day: day.begin) - 1
        if place >= 0 and moment < days[place].end:
            found.add(days[place])
    return found
