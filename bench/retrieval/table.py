"""The table of all systems, and in words which is best at what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.retrieval.measures import Measures

OWN = "this project"


@dataclass(frozen=True, slots=True)
class Column:
    """A measure, how it is printed, and whether more of it is better."""

    title: str
    name: str
    form: str
    more_is_better: bool = False

    def text(self, row: Measures) -> str:
        """The value as the table prints it."""
        return format(getattr(row, self.name), self.form).replace("%", " %")

    def value(self, row: Measures) -> float:
        """The value as printed, greater where better: what the table does not tell apart is equal."""
        value = float(format(getattr(row, self.name), self.form).rstrip("%"))
        return value if self.more_is_better else -value


COLUMNS = (
    Column("right entry first", "first", ".1%", more_is_better=True),
    Column("MRR@10", "mrr", ".3f", more_is_better=True),
    Column("declined", "declined", ".1%", more_is_better=True),
    Column("build, s", "built", ".0f"),
    Column("query, ms", "query", ".1f"),
    Column("99th percentile, ms", "slow", ".1f"),
    Column("most memory, MB", "memory", ".0f"),
)


def table(rows: Mapping[str, Measures]) -> Iterator[str]:
    """The lines of the table; `rows` by the systems' labels."""
    yield f"| | {' | '.join(column.title for column in COLUMNS)} |"
    yield "|---" * (len(COLUMNS) + 1) + "|"
    for label, row in rows.items():
        yield f"| {label} | {' | '.join(column.text(row) for column in COLUMNS)} |"


def verdict(rows: Mapping[str, Measures]) -> Iterator[str]:
    """For each measure the best system and, where it is another, this project's place."""
    for column in COLUMNS:
        best = max(column.value(row) for row in rows.values())
        leaders = [label for label, row in rows.items() if column.value(row) == best]
        line = f"- {column.title}: {' and '.join(leaders)} ({column.text(rows[leaders[0]])})"
        better = sum(column.value(row) > column.value(rows[OWN]) for row in rows.values())
        yield f"{line}; {OWN} is number {better + 1} of {len(rows)} ({column.text(rows[OWN])})" if better else line
