"""A period of days, as the clocks of one time zone have them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Moments (seconds since 1970) from the first one on, before the last one."""

    begin: int
    end: int

    def holds(self, moment: ColumnElement[int]) -> ColumnElement[bool]:
        """That a column's moment is in it."""
        return (moment >= self.begin) & (moment < self.end)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from the first to the last one, both of them included."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def begin(self) -> int:
        """Its first moment, in seconds since 1970."""
        return _midnight(self.first, self.zone)

    @property
    def end(self) -> int:
        """The first moment after it."""
        return _midnight(self.last + timedelta(days=1), self.zone)

    @property
    def days(self) -> tuple[Span, ...]:
        """Every day of it: 23, 24 or 25 hours."""
        edges = [
            _midnight(self.first + timedelta(days=number), self.zone)
            for number in range((self.last - self.first).days + 2)
        ]
        return tuple(map(Span, edges, edges[1:]))


def day_of(moment: int, zone: ZoneInfo) -> date:
    """The day of a moment."""
    return datetime.fromtimestamp(moment, zone).date()


def _midnight(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time(), zone).timestamp())
