"""The days that a page is about, from its address."""

import time
from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from web.storage.period import Period, day_of

# Days where the address names none, and at most.
USUAL_DAYS = 30
MOST_DAYS = 366


def period_of(parameters: Mapping[str, str], zone: ZoneInfo) -> Period:
    """The days `from` and `to` (2026-01-31); what can't be read is as good as absent: until today, 30 days."""
    last = _day(parameters.get("to", "")) or day_of(int(time.time()), zone)
    first = _day(parameters.get("from", "")) or last - timedelta(days=USUAL_DAYS - 1)
    first, last = min(first, last), max(first, last)
    return Period(max(first, last - timedelta(days=MOST_DAYS - 1)), last, zone)


def period_parameters(period: Period) -> dict[str, str]:
    """The days as parameters of an address."""
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Years that people mean; the calendar's ends can't be counted on from.
    return day if 1970 < day.year < 9000 else None
