"""Reading YAML: values, the lines on which they stand, and what is refused."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import Fault, field_name
from kb.yaml_file import YamlFile, read_yaml


def read(tmp_path: Path, text: str | bytes) -> tuple[YamlFile | None, list[Fault]]:
    file, faults = tmp_path / "file.yaml", list[Fault]()
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_yaml(file, "file.yaml", faults), faults


def test_every_field_and_item_knows_its_line(tmp_path: Path) -> None:
    file, faults = read(
        tmp_path, "# a remark\na:\n  - b: 1\n    c: >-\n      long\n      text\n  - d\ne: {f: [g, h]}\n"
    )
    assert faults == []
    assert file is not None
    assert file.tree == {"a": [{"b": 1, "c": "long text"}, "d"], "e": {"f": ["g", "h"]}}
    lines = {field_name(path): line for path, line in file.lines.items() if path}
    assert lines == {"a": 2, "a[1]": 3, "a[1].b": 3, "a[1].c": 4, "a[2]": 7, "e": 8, "e.f": 8, "e.f[1]": 8, "e.f[2]": 8}


def test_a_field_that_is_missing_has_the_line_of_what_should_hold_it(tmp_path: Path) -> None:
    file, _ = read(tmp_path, "a: 1\nb:\n  c: 2\n")
    assert file is not None
    assert file.line_of(("b", "d", 0)) == 2
    assert file.line_of(("x",)) == 1


@pytest.mark.parametrize("name", ["NO", "on", "991", "null", "1.5"])
def test_a_field_s_name_is_read_as_it_is_written(tmp_path: Path, name: str) -> None:
    file, _ = read(tmp_path, f"{name}: 1")
    assert file is not None
    assert file.tree == {name: 1}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: 2\na: 3", 3, "stands twice"),
        ("a: 1\n[b]: 2", 2, "has a field without a name"),
        ("a: 2020-13-01", 1, "can't be read"),
        ("a: &x [1]\nb: *x", 1, "an alias"),
        ("&x [*x]", 1, "an alias"),
        ("a: 1\nb: !!python/object:os.system x", 2, "could not determine a constructor"),
        ("a: 1\n\tb: 2", 2, "a tab"),
        ("a: 1\nb: 'c\nd: 2\n", 2, "is no YAML"),
        ("a: [1\n", 1, "is no YAML"),
        ("a: b: c", 1, "is no YAML"),
        ("a: 1\nb: \x07", 2, "control character"),
        (b"a: 1\nb: \xe9", 2, "is not UTF-8"),
    ],
)
def test_what_an_editor_would_trip_over_is_told_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, what: str
) -> None:
    _, faults = read(tmp_path, text)
    assert [fault.line for fault in faults] == [line]
    assert what in faults[0].what


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    faults: list[Fault] = []
    assert read_yaml(tmp_path / "none.yaml", "none.yaml", faults) is None
    assert faults[0].what == "can't be read (No such file or directory)"


trees = st.recursive(
    st.text(min_size=1) | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1), inner, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(trees, st.booleans())
def test_the_tree_is_what_yaml_says_and_each_line_has_its_field(tmp_path: Path, tree: object, flow: bool) -> None:
    text = yaml.safe_dump(tree, allow_unicode=False, default_flow_style=flow, width=1000)
    file, faults = read(tmp_path, text)
    assert faults == []
    assert file is not None
    assert file.tree == tree
    rows = text.split("\n")
    for path, line in file.lines.items():
        if path and isinstance(path[-1], str) and path[-1].isidentifier() and path[-1].isascii():
            assert path[-1] in rows[line - 1]
