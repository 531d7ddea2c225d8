"""The kinds of field that content files have."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kb.fields import EmailAddress, Identifier, LineNumbers, MenuPath, NonEmpty, Text

LINES = TypeAdapter(LineNumbers)
TEXT = TypeAdapter(Text)


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        (179, (179,)),
        ("82-83", (82, 83)),
        ("82 - 84", (82, 83, 84)),
        ([171, 173], (171, 173)),
        ([77, "82-83"], (77, 82, 83)),
    ],
)
def test_line_numbers_are_written_in_these_ways(value: object, numbers: tuple[int, ...]) -> None:
    assert LINES.validate_python(value) == numbers


@pytest.mark.parametrize("value", [0, -1, True, None, "", "a", "83-82", "0-3", "1-", [], [0], 1.5, {}, "1-9999999"])
def test_these_are_no_line_numbers(value: object) -> None:
    with pytest.raises(ValidationError, match="line numbers"):
        LINES.validate_python(value)


@given(st.integers(1, 500), st.integers(0, 50))
def test_a_range_holds_each_of_its_lines(first: int, more: int) -> None:
    assert LINES.validate_python(f"{first}-{first + more}") == tuple(range(first, first + more + 1))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" a ", "a"),
        (["a", " b"], ("a", "b")),
        ({"path": ["A"]}, MenuPath(("A",))),
        ({"before": "a ", "path": ["B", "C"], "after": "."}, MenuPath(("B", "C"), "a", ".")),
    ],
)
def test_a_text_is_a_text_a_list_or_a_menu_path(value: object, text: object) -> None:
    assert TEXT.validate_python(value) == text


@pytest.mark.parametrize(
    "value",
    ["", "  ", [], [""], [False], 991, False, None, {}, {"path": []}, {"path": [False]}, {"path": ["A"], "x": 1},
     {"path": ["A"], "before": 1}],
)  # fmt: skip
def test_these_are_no_texts(value: object) -> None:
    with pytest.raises(ValidationError):
        TEXT.validate_python(value)


@pytest.mark.parametrize(
    ("menu", "text"),
    [
        (MenuPath(("SET", "OFF"), "Select", "."), "Select SET > OFF."),
        (MenuPath(("SET",), "", "(off)."), "SET (off)."),
        (MenuPath(("A", "B")), "A > B"),
    ],
)
def test_a_menu_path_reads_as_a_sentence(menu: MenuPath, text: str) -> None:
    assert str(menu) == text


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Identifier, ["a", "set-device-manager", "718"], ["", "A", "a b", "a_b", "-a", "a-", "á"]),
        (EmailAddress, ["connect@porsche.com.au", "a.b+c@x-y.cz"], ["", "a", "a@b", "a b@c.cz", "a@b.cz ", "A@b.cz"]),
        (NonEmpty, ["a", 718], ["", " ", None, True, ["a"]]),
    ],
)
def test_words_of_a_kind_are_checked(kind: Any, good: list[object], bad: list[object]) -> None:
    adapter = TypeAdapter(kind)
    assert [adapter.validate_python(value) for value in good] == [str(value) for value in good]
    for value in bad:
        with pytest.raises(ValidationError):
            adapter.validate_python(value)
