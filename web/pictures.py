"""The pictures of the reports, drawn by matplotlib (the extra `eval`), which is imported nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.curves import Judged, operating_point, reliability, sweep, thresholds_around
from index.intervals import wilson
from web.errors import WebError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Blue and vermilion of Okabe and Ito, which the colour-blind tell apart.
LINE, MARK, QUIET = "#0072B2", "#D55E00", "#999999"
# Dots an inch; at seven inches the pictures are 840 wide.
RESOLUTION = 120
# Of the curve of answered and declined questions, the corner that is shown larger.
CORNER = 0.7


@dataclass(frozen=True, slots=True)
class CountedShare:
    """So many right of a group."""

    name: str
    right: int
    total: int


def require_matplotlib() -> None:
    """Raises WebError where matplotlib is missing: to be told before anything that takes long."""
    try:
        import matplotlib.figure  # noqa: F401
    except ImportError as error:
        raise WebError(f"the report's pictures need matplotlib ({error}): pip install '.[eval]'") from error


def draw_shares(shares: Sequence[CountedShare], path: Path) -> None:
    """Each group's share of right replies with its 95 % interval."""
    figure, axes = _figure(7, 1 + 0.22 * len(shares))
    places = range(len(shares))
    values = [share.right / share.total for share in shares]
    intervals = [wilson(share.right, share.total) for share in shares]
    axes.hlines(places, [low for low, _ in intervals], [high for _, high in intervals], color=LINE, linewidth=1.5)
    axes.plot(values, places, "o", color=LINE, markersize=5)
    axes.set_yticks(places, [f"{share.name} ({share.right}/{share.total})" for share in shares], fontsize=8)
    axes.set_ylim(len(shares) - 0.5, -0.5)
    axes.set_xlim(min(low for low, _ in intervals) - 0.02, 1.01)
    axes.set_xlabel("share of right replies, with its 95 % interval")
    _save(figure, path)


def draw_risk_coverage(judged: Judged, threshold: float, path: Path) -> None:
    """The share of wrong answers against the share of questions that is answered, the threshold marked."""
    figure, axes = _figure(7, 4.2)
    points = sweep(judged)
    chosen = operating_point(judged, threshold)
    axes.step([point.coverage for point in points], [point.risk for point in points], color=LINE, where="post")
    axes.axvline(float(judged.inside.mean()), color=QUIET, linestyle=":", label="share of answerable questions")
    _mark(axes, chosen.coverage, chosen.risk, threshold)
    axes.set(xlim=(0, 1), ylim=(0, None), xlabel="coverage: share of all questions that is answered")
    axes.set_ylabel("risk: share of the answers that is wrong")
    axes.legend(loc="upper left", frameon=False)
    _save(figure, path)


def draw_reliability(judged: Judged, path: Path) -> None:
    """The share right against the mean confidence of ten bins, and below how many questions each holds."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 6), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[4, 1])
    bins = reliability(judged)
    above.plot([0, 1], [0, 1], color=QUIET, linestyle=":", label="confidence = share right")
    for row in bins:
        low, high = wilson(round(row.right * row.count), row.count)
        above.vlines(row.confidence, low, high, color=LINE, linewidth=1.5)
    above.plot([row.confidence for row in bins], [row.right for row in bins], "o-", color=LINE, linewidth=0.8)
    above.set(xlim=(0, 1), ylim=(-0.02, 1.02), ylabel="share right, with its 95 % interval")
    above.legend(loc="upper left", frameon=False)
    below.bar([(row.low + row.high) / 2 for row in bins], [row.count for row in bins], width=0.09, color=LINE)
    for row in bins:
        below.annotate(str(row.count), ((row.low + row.high) / 2, row.count), ha="center", va="bottom", fontsize=8)
    below.margins(y=0.25)
    below.set(xlabel="confidence", ylabel="questions")
    for axes in (above, below):
        _plain(axes)
    _save(figure, path)


def draw_declined(judged: Judged, threshold: float, path: Path) -> None:
    """The share of out-of-scope questions declined against that of answerable ones answered: all, and the corner."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 4.4), layout="constrained")
    points = sweep(judged)
    whole, corner = figure.subplots(1, 2)
    for axes, least in ((whole, 0.0), (corner, CORNER)):
        axes.plot([point.answered for point in points], [point.declined for point in points], color=LINE)
        axes.set(xlim=(least, 1 + (1 - least) / 50), ylim=(least, 1 + (1 - least) / 50))
        axes.set(xlabel="answerable questions answered", ylabel="out-of-scope questions declined")
        _plain(axes)
    for value in thresholds_around(threshold, step=0.1):
        point = operating_point(judged, value)
        if value != threshold and min(point.answered, point.declined) > CORNER:
            corner.plot(point.answered, point.declined, "o", color=LINE, markersize=4)
            place = (point.answered, point.declined)
            corner.annotate(f"{value:.2f}", place, (-5, -11), ha="right", fontsize=8, textcoords="offset points")
    chosen = operating_point(judged, threshold)
    for axes in (whole, corner):
        _mark(axes, chosen.answered, chosen.declined, threshold)
        axes.legend(loc="lower left", frameon=False)
    corner.set_title("the corner, with other thresholds", fontsize=10)
    _save(figure, path)


def _mark(axes: "Axes", across: float, up: float, threshold: float) -> None:
    axes.plot(across, up, "o", color=MARK, label=f"threshold {threshold:.3f}")


def _figure(width: float, height: float) -> "tuple[Figure, Axes]":
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots()
    _plain(axes)
    return figure, axes


def _plain(axes: "Axes") -> None:
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _save(figure: "Figure", path: Path) -> None:
    """Write a PNG without the library's version, so that the same figures give the same file."""
    try:
        figure.savefig(path, dpi=RESOLUTION, metadata={"Software": None})
    except OSError as error:
        raise WebError(f"{path}: can't be written ({error}); name another folder with --report") from error
