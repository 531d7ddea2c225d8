"""The report of `radce eval chat`: right replies, what was confused, and what other thresholds would give."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.curves import (
    Bin,
    Judged,
    calibration_error,
    least_mean_risk,
    mean_risk,
    operating_point,
    reliability,
    sweep,
    thresholds_around,
)
from index.measures import measures
from index.store import SearchIndex
from web.operating_points import POINT_COLUMNS, point_rows
from web.outcomes import ALL, GROUPS, Outcome, confusions, counts, outcomes_as_json
from web.pictures import CountedShare, draw_declined, draw_reliability, draw_risk_coverage, draw_shares
from web.reports import heading, interval, made_of, percent, table, write_report

NAME = "retrieval"
PICTURES = {
    "right": "Right replies by kind, language and tag, with 95 % intervals",
    "risk-coverage": "Risk-coverage curve",
    "reliability": "Reliability diagram",
    "declined": "Out-of-scope questions declined against answerable questions answered",
}
DIGITS = 4


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """What was played and judged, of which index, and the command that did it."""

    command: str
    index: SearchIndex
    outcomes: Sequence[Outcome]
    judged: Judged

    @property
    def threshold(self) -> float:
        """The confidence from which on an entry is shown."""
        return self.index.retriever.scoring.answer_threshold

    def write(self, folder: Path) -> None:
        """Write JSON, pictures and Markdown into a folder. Raises WebError where that can't be done."""
        draw_shares(self._shares(), folder / _picture("right"))
        draw_risk_coverage(self.judged, self.threshold, folder / _picture("risk-coverage"))
        draw_reliability(self.judged, folder / _picture("reliability"))
        draw_declined(self.judged, self.threshold, folder / _picture("declined"))
        write_report(folder, NAME, fields=self.fields(), text="\n".join(self.lines()))

    def fields(self) -> dict[str, object]:
        """The report as JSON has it."""
        points = [_rounded(asdict(point)) for point in sweep(self.judged)]
        pairs = confusions(self.outcomes)
        return {
            "command": self.command,
            **made_of(self.index),
            "threshold": self.threshold,
            "conversations": outcomes_as_json(self.outcomes),
            "confusions": [{"expected": pair[0], "shown": pair[1], "count": count} for pair, count in pairs],
            "retrieval": {
                **asdict(measures(self.judged, self.judged.confidence >= self.threshold)),
                "mean_risk": round(mean_risk(self.judged), DIGITS),
                "least_mean_risk": round(least_mean_risk(self.judged), DIGITS),
                "bins": [_rounded(asdict(row)) for row in reliability(self.judged)],
                "thresholds": {name: [point[name] for point in points] for name in points[0]},
            },
        }

    def lines(self) -> list[str]:
        """The lines of the Markdown."""
        return [
            *heading("Conversations and retrieval", self.command, self.index),
            *self._right_lines(),
            *self._confusion_lines(),
            *self._threshold_lines(),
            *self._reliability_lines(),
        ]

    def _shares(self) -> list[CountedShare]:
        right, total = counts(self.outcomes)
        names = [ALL, *sorted((row for row in total if row != ALL), key=lambda row: (GROUPS.index(row[0]), row[1]))]
        return [CountedShare(" ".join(dict.fromkeys(name)), right[name], total[name]) for name in names]

    def _right_lines(self) -> list[str]:
        rows = [
            (share.name, percent(share.right / share.total), share.total, interval(share.right, share.total))
            for share in self._shares()
        ]
        return [
            "## Right replies",
            "",
            "Whole conversations; the interval is Wilson's, of 95 %.",
            "",
            *_shown("right"),
            *table(("", "right", "of", "interval"), rows),
        ]

    def _confusion_lines(self) -> list[str]:
        rows = [(f"`{expected}`", f"`{shown}`", count) for (expected, shown), count in confusions(self.outcomes)]
        return [
            "## What was shown instead",
            "",
            "Replies with another entry or of another kind (in brackets) than expected, the most frequent first.",
            "",
            *table(("expected", "shown", "times"), rows),
        ]

    def _threshold_lines(self) -> list[str]:
        points = [operating_point(self.judged, value) for value in thresholds_around(self.threshold)]
        inside = int(self.judged.inside.sum())
        outside = len(self.judged.inside) - inside
        right = float(self.judged.right[self.judged.inside].mean())
        return [
            "## Thresholds",
            "",
            f"Retrieval alone, on {inside} answerable and {outside} out-of-scope questions of one turn: "
            f"the right entry is first for {percent(right)} of the answerable ones. "
            f"Answered is what has a confidence at or above the threshold, {self.threshold} (*). Columns: shares of "
            "the answerable questions, of the out-of-scope ones, of all answers (a wrong entry, or an answer to an "
            "out-of-scope question), of all questions.",
            "",
            *table(POINT_COLUMNS, point_rows(points, self.threshold)),
            *_shown("risk-coverage"),
            "From left to right the threshold falls and more is answered. The mean risk over all thresholds is "
            f"{mean_risk(self.judged):.4f}; if every right answer were more certain than every wrong one, it would be "
            f"{least_mean_risk(self.judged):.4f}.",
            "",
            *_shown("declined"),
        ]

    def _reliability_lines(self) -> list[str]:
        return [
            "## Confidence",
            "",
            f"Expected calibration error over ten bins: {calibration_error(self.judged):.3f}. Points above the line: "
            "the entry is right more often than its confidence says.",
            "",
            *_shown("reliability"),
            *table(("confidence", "questions", "mean", "right"), [_bin_row(row) for row in reliability(self.judged)]),
        ]


def _bin_row(row: Bin) -> tuple[object, ...]:
    return f"{row.low:.1f} to {row.high:.1f}", row.count, f"{row.confidence:.3f}", percent(row.right)


def _shown(picture: str) -> list[str]:
    return [f"![{PICTURES[picture]}]({_picture(picture)})", ""]


def _picture(name: str) -> str:
    return f"{NAME}-{name}.png"


def _rounded(fields: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, DIGITS) for name, value in fields.items()}
