"""The bench of retrieval: what it measures, and what it says of the table."""

from dataclasses import replace

from bench.retrieval.measures import Measures, measure, quality
from bench.retrieval.system import DEPTH, Content, Found
from bench.retrieval.table import COLUMNS, OWN, table, verdict
from index.calibration import Question

ASKED = [Question("inside", frozenset({"a"})), Question("again", frozenset({"b"})), Question("outside", frozenset())]
PLAIN = Measures(first=0.5, mrr=0.5, declined=0.5, built=10.0, query=5.0, slow=9.0, memory=300.0)


class Constant:
    """Finds the same for every question."""

    def search(self, text: str) -> list[Found]:
        return [Found("a", 0.9), Found("b", 0.4)]


def test_an_entry_stands_where_its_best_passage_does() -> None:
    content = Content(["x", "y", "z"], ["a", "b", "a"])
    assert content.entries([(1, 0.9), (2, 0.8), (0, 0.7)]) == [("b", 0.9), ("a", 0.8)]


def test_no_more_entries_are_found_than_are_looked_at() -> None:
    content = Content(["x"] * 20, [str(row) for row in range(20)])
    assert len(content.entries((row, 1.0) for row in range(20))) == DEPTH


def test_quality_counts_first_places_their_reciprocals_and_what_is_declined() -> None:
    found = [[Found("a", 0.9)], [Found("a", 0.8), Found("b", 0.7)], [Found("a", 0.1)]]
    assert quality(ASKED, found) == (0.5, 0.75, 1.0)


def test_what_is_not_found_counts_as_nothing() -> None:
    assert quality(ASKED, [[], [], [Found("a", 0.1)]]) == (0.0, 0.0, 0.0)


def test_a_system_that_scores_all_alike_declines_nothing() -> None:
    measured = measure(Constant, ASKED)
    assert (measured.first, measured.mrr, measured.declined) == (0.5, 0.75, 0.0)
    assert measured.memory > 1


def test_the_verdict_names_the_best_and_the_place_of_this_project() -> None:
    rows = {"other": replace(PLAIN, query=1.0), "third": PLAIN, OWN: replace(PLAIN, first=0.9, built=11.0)}
    told = dict(line.removeprefix("- ").split(": ", 1) for line in verdict(rows))
    assert told["right entry first"] == f"{OWN} (90.0 %)"
    assert told["query, ms"] == f"other (1.0); {OWN} is number 2 of 3 (5.0)"
    assert told["build, s"] == f"other and third (10); {OWN} is number 3 of 3 (11)"


def test_figures_that_are_printed_alike_are_a_tie() -> None:
    rows = {"other": PLAIN, OWN: replace(PLAIN, first=0.50001, slow=9.001, memory=300.1)}
    told = list(verdict(rows))
    assert len(told) == len(COLUMNS)
    assert all(f": other and {OWN} (" in line for line in told)


def test_the_table_has_a_line_for_each_system() -> None:
    lines = list(table({"other": PLAIN, OWN: PLAIN}))
    assert lines[2] == "| other | 50.0 % | 0.500 | 50.0 % | 10 | 5.0 | 9.0 | 300 |"
    assert len(lines) == 4
