"""Tables of what thresholds give, in reports and on the command line."""

from collections.abc import Sequence

from index.curves import OperatingPoint
from web.reports import percent

POINT_COLUMNS = ("threshold", "answered", "declined", "wrong answers", "of all answered")


def point_rows(points: Sequence[OperatingPoint], chosen: float) -> list[tuple[str, ...]]:
    """The rows of a table of operating points; the chosen one has a star.

    The columns: shares of the answerable questions, of the out-of-scope ones, of the answers, of all questions.
    """
    return [
        (
            f"{point.threshold:.3f}" + (" *" if point.threshold == chosen else ""),
            percent(point.answered),
            percent(point.declined),
            percent(point.risk),
            percent(point.coverage),
        )
        for point in points
    ]
