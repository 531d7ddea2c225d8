"""The report of `radce eval robustness`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.perturbation import Perturbation
from index.store import SearchIndex
from web.reports import heading, made_of, percent, table, write_report
from web.robustness import ALL_LANGUAGES, Robustness

NAME = "robustness"
COLUMNS = ("perturbation", "language", "changed", "right entry first", "answered", "declined")

MEANINGS = {
    Perturbation.ACCENTS_DROPPED: "Czech without diacritics",
    Perturbation.ONE_TYPO: "in one word of three letters or more a letter dropped, doubled, swapped with the next one, "
    "or replaced by a neighbour on a Czech QWERTZ keyboard",
    Perturbation.TWO_TYPOS: "the same in two words",
    Perturbation.UPPER_CASE: "all letters capitals",
    Perturbation.WORDS_SWAPPED: "neighbouring words swapped pairwise",
    Perturbation.PUNCTUATION_DROPPED: "no punctuation marks, but for those inside words",
}


@dataclass(frozen=True, slots=True)
class RobustnessReport:
    """What was measured, of which index and with which seed, and the command that did it."""

    command: str
    index: SearchIndex
    seed: int
    measured: Sequence[Robustness]

    def write(self, folder: Path) -> None:
        """Write JSON and Markdown into a folder. Raises WebError where that can't be done."""
        write_report(folder, NAME, fields=self.fields(), text="\n".join(self.lines()))

    def fields(self) -> dict[str, object]:
        """The report as JSON has it."""
        return {
            "command": self.command,
            **made_of(self.index),
            "threshold": self.index.retriever.scoring.answer_threshold,
            "seed": self.seed,
            "measures": [asdict(row) for row in self.measured],
        }

    def lines(self) -> list[str]:
        """The lines of the Markdown."""
        total = next(row for row in self.measured if row.language == ALL_LANGUAGES).questions
        return [
            *heading("Robustness of retrieval", self.command, self.index),
            f"{total} questions of one turn, answerable and out of scope, as they were written (clean) and changed. In "
            "brackets the difference to clean, in points. `changed`: how many texts the change alters. `right entry "
            "first` and `answered` are shares of the answerable questions, `declined` of the out-of-scope ones, at the "
            f"threshold {self.index.retriever.scoring.answer_threshold}.",
            "",
            *table(COLUMNS, table_rows(self.measured)),
            *(f"- {perturbation}: {meaning}." for perturbation, meaning in MEANINGS.items()),
            "",
        ]


def table_rows(measured: Sequence[Robustness]) -> list[tuple[str, ...]]:
    """The rows of the table of COLUMNS."""
    clean = {row.language: row for row in measured if row.perturbation is Perturbation.CLEAN}
    return [
        (
            row.perturbation,
            row.language,
            f"{row.changed}/{row.questions}",
            *(
                _beside(getattr(row, name), getattr(clean[row.language], name), is_clean=row is clean[row.language])
                for name in ("right_first", "answered", "declined")
            ),
        )
        for row in measured
    ]


def _beside(share: float, clean: float, *, is_clean: bool) -> str:
    return percent(share) if is_clean else f"{percent(share)} ({(share - clean) * 100:+.1f})"
