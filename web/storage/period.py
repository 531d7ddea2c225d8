"""A period of days, in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Period:
    """The days from the first to the last one, both of them included."""

    first: date
    last: date

    @property
    def begin(self) -> int:
        """Its first moment, in seconds since 1970."""
        return _midnight(self.first)

    @property
    def end(self) -> int:
        """The first moment after it."""
        return _midnight(self.last + timedelta(days=1))

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of it."""
        return tuple(self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))


def day_of(moment: int) -> date:
    """The day of a moment."""
    return datetime.fromtimestamp(moment, UTC).date()


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
