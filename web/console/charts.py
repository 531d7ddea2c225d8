"""Where the lines and bars of a chart stand; the templates draw them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from web.storage.period import Period
from web.storage.shares import Share

# Units of the drawing.
WIDTH = 640
HEIGHT = 200
LEFT, TOP, BOTTOM, RIGHT = 44, 10, 24, 8
BAR_WIDTH = 300
# Days with a label below the line.
MOST_LABELS = 6


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the drawing, and the share that stands there (0 to 1)."""

    x: float
    y: float
    share: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line in pieces: days without conversations part them."""

    pieces: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class DayChart:
    """Shares day by day. `labels`: where which day (in seconds since 1970) is written."""

    answered: Line
    resolved: Line
    labels: tuple[tuple[float, int], ...]


def day_chart(rows: Sequence[Share], period: Period) -> DayChart:
    """The chart of shares that are counted by day."""
    share_of = {int(row.key or 0): row for row in rows}
    days = [day.begin for day in period.days]
    step = (WIDTH - LEFT - RIGHT) / max(1, len(days) - 1)
    xs = {day: LEFT + number * step for number, day in enumerate(days)}
    every = -(-len(days) // MOST_LABELS)

    def line(name: str) -> Line:
        points = [_point(xs[day], share_of.get(day), name) for day in days]
        pieces = (tuple(piece) for there, piece in groupby(points, key=lambda point: point is not None) if there)
        return Line(tuple(tuple(point for point in piece if point) for piece in pieces))

    labels = tuple((xs[day], day) for day in days[:: max(1, every)])
    return DayChart(line("answered"), line("resolved"), labels)


def height_of(share: float) -> float:
    """Where a share stands above the axis."""
    return round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 1)


def bar_width(part: int, whole: int) -> float:
    """How long the bar of a share is."""
    return round(BAR_WIDTH * part / whole, 1) if whole else 0.0


def _point(x: float, row: Share | None, name: str) -> Point | None:
    if row is None or not row.conversations:
        return None
    share = {"answered": row.answered, "resolved": row.resolved}[name] / row.conversations
    return Point(round(x, 1), height_of(share), share)
