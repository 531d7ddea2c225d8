"""The entries hold the whole source, letter by letter; what they drop or change is found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.coverage import flatten, normalise
from kb.errors import Fault
from kb.fields import MenuPath

FaultsOf = Callable[[Path], list[Fault]]
Tiny = Callable[..., Path]
EntryOf = Callable[..., dict[str, Any]]


def part(text: Any, lines: Any, **fields: Any) -> dict[str, Any]:
    """A part whose Czech text is the source's."""
    return {"cs": text, "en": text, "lines": lines, "original": "cs"} | fields


HELD = {
    "a line": ("Ahoj světe.", [part("Ahoj světe.", 2)]),
    "a line with other white space": ("Ahoj\u00a0 světe. ", [part("Ahoj světe.", 2)]),
    "a line in two parts": ("Ano. Ne.", [part("Ano.", 2), part("Ne.", 2)]),
    "two lines in a part": ("Ahoj\nsvěte.", [part("Ahoj světe.", [2, 3])]),
    "lines of a range": ("1) Ahoj\n2) světe", [part(["Ahoj", "světe"], "2-3", type="steps")]),
    "bullets": ("  • Ahoj\n  • světe", [part(["Ahoj", "světe"], "2-3", type="list")]),
    "menu words": (
        "Zvolte ▶ SET ▶ Data.",
        [part({"before": "Zvolte", "path": ["SET", "Data"], "after": "."}, 2, type="menu_path")],
    ),
    "a line that stands twice": ("Ahoj.\nAhoj.", [part("Ahoj.", 2, repeats=3)]),
    "a sentence that stands twice in a line": ("Ahoj. Ahoj.", [part("Ahoj.", 2)]),
    "a slip that is mended": ("můžu se", [part("můžete se", 2, mends=[{"source": "můžu", "text": "můžete"}])]),
    "a line in a hidden part": ("Ahoj.", [{"cs": "Ahoj.", "lines": 2, "original": "cs", "hidden": True}]),
}

NOT_HELD = {
    "a changed letter": ("Ahoj světe.", [part("Ahoj svete.", 2)], "answer[1].cs", "after 'Ahojsv': 'ete.'"),
    "a dropped letter": ("Ahoj světe.", [part("Ahoj svěe.", 2)], "answer[1].cs", "after 'Ahojsvě'"),
    "another number of the line": ("Ahoj.\nNazdar.", [part("Ahoj.", 3)], "answer[1].cs", "line 3 from its beginning"),
    "a dropped word at the end": ("Ahoj světe.", [part("Ahoj", 2)], "line", "is held by no entry: 'světe.'"),
    "a dropped line": ("Ahoj.\nNazdar.", [part("Ahoj.", 2)], "line", "is held by no entry: 'Nazdar.'"),
    "a repeat that differs": ("Ahoj.\nAhoj!", [part("Ahoj.", 2, repeats=3)], "answer[1].cs", "source line 3"),
    "a slip that is not mended": ("můžu se", [part("můžete se", 2)], "answer[1].cs", "after 'můž': 'etese'"),
    "the translation for the original": ("Hello.", [part("Ahoj.", 2) | {"en": "Hello."}], "answer[1].cs", "differs"),
}


@pytest.mark.parametrize(("source", "parts"), HELD.values(), ids=HELD)
def test_these_parts_hold_the_source(
    source: str, parts: list[dict[str, Any]], tiny: Tiny, entry: EntryOf, faults_of: FaultsOf
) -> None:
    assert faults_of(tiny(entry(answer=parts), text=f"title\n{source}")) == []


@pytest.mark.parametrize("case", NOT_HELD.values(), ids=NOT_HELD)
def test_this_difference_is_found_and_told_once(
    case: tuple[str, list[dict[str, Any]], str, str], tiny: Tiny, entry: EntryOf, faults_of: FaultsOf
) -> None:
    source, parts, field, what = case
    told = [fault for fault in faults_of(tiny(entry(answer=parts), text=f"title\n{source}")) if fault.field == field]
    assert len(told) == 1
    assert what in told[0].what


def test_a_difference_stands_at_the_line_of_the_text(tiny: Tiny, entry: EntryOf, faults_of: FaultsOf) -> None:
    content = tiny(entry(answer=[part("Ahoj.", 2), part("Nazdár.", 3)]), text="title\nAhoj.\nNazdar.")
    (fault,) = faults_of(content)
    rows = (content / fault.file).read_text(encoding="utf-8").split("\n")
    assert "Nazdár." in rows[fault.line - 1]


def test_variants_and_labels_hold_lines_too(tiny: Tiny, entry: EntryOf, faults_of: FaultsOf) -> None:
    variant = {
        "id": "a", "vehicles": [{"model": "car"}], "label": part("Auto:", 2), "answer": [part("Ahoj.", 3)],
    }  # fmt: skip
    content = tiny(entry(answer=[], variants=[variant], closing=[part("Sbohem.", 4)]), text="t\nAuto:\nAhoj.\nSbohem.")
    assert faults_of(content) == []


ROW = {"country": "AL", "line": 2, "name": "Albania", "email": "a@al.example.com"}


@pytest.mark.parametrize(
    ("line", "row", "faults"),
    [
        ("  • Albania: a@al.example.com", ROW, 0),
        ("Albania: a@al.example.com", ROW | {"email": "b@al.example.com"}, 1),
        ("Albania: a@al.example.com", ROW | {"name": "Albanien"}, 1),
        ("Albania: a@al.example.com or b@al.example.com", ROW, 1),
    ],
)
def test_a_contact_is_the_whole_of_its_line(
    line: str, row: dict[str, Any], faults: int, tiny: Tiny, entry: EntryOf, faults_of: FaultsOf
) -> None:
    told = faults_of(tiny(entry(), text=f"title\n{line}", contacts=[row]))
    assert [fault.file for fault in told] == ["contacts.yaml"] * faults


def test_a_dropped_address_is_found(content: Path, faults_of: FaultsOf) -> None:
    file = content / "contacts.yaml"
    rows = file.read_text(encoding="utf-8").split("\n")
    file.write_text("\n".join(row for row in rows if "monaco" not in row.lower()), encoding="utf-8")
    (fault,) = faults_of(content)
    assert (fault.file, fault.line) == ("source/porsche-connect-faq.txt", 50)
    assert "smartmobility@mc.porsche.com" in fault.what


def test_a_line_that_is_named_as_no_answer_need_not_be_held(tiny: Tiny, entry: EntryOf, faults_of: FaultsOf) -> None:
    assert faults_of(tiny(entry(), text="title\nfooter", source={"not_held": [1, 2]})) == []


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("a", "a"),
        (("a", "b"), "a\nb"),
        (MenuPath(("B", "C"), "a", "d"), "a\nB\nC\nd"),
        (MenuPath(("B",)), "\nB\n"),
    ],
)
def test_a_text_is_flattened_in_the_order_of_the_source(text: Any, flat: str) -> None:
    assert flatten(text) == flat


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.lists(st.text(alphabet="abč.,(", min_size=1), min_size=1), st.sampled_from([" ", "\u00a0", "\n", " ▶ ", "•"]))
def test_what_stands_between_words_does_not_count(words: list[str], separator: str) -> None:
    assert normalise(separator.join(words)) == "".join(words)
