"""docs/security.md names a test for each requirement, and every test that it names is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.logs import SECURITY_FIELDS

ROOT = Path(__file__).parents[1]
MAP = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+\.[\d., –-]+) \| .*? \| (.*?) \|$", MAP, re.MULTILINE)
# Of OWASP's Application Security Verification Standard 5.0.
PROMISED = (
    "2.2.1, 2.4.1, 3.2.2, 3.3.1-3.3.4, 3.4.1-3.4.7, 3.5.1-3.5.5, 6.1.1, 7.2.1-7.2.4, 7.3.1-7.3.2, 7.4.1-7.4.5, "
    "14.2.1, 14.2.7, 14.3.3, 16.1.1, 16.2.1-16.2.5, 16.3.1-16.3.4, 16.4.1, 16.5.1-16.5.4"
)


@pytest.mark.parametrize(("requirement", "tests"), ROWS, ids=lambda text: text[:12])
def test_each_requirement_has_tests_that_exist(requirement: str, tests: str) -> None:
    named = re.findall(r"`([\w/.]+)::(test_\w+)`", tests)
    assert named
    for path, name in named:
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def items(text: str) -> Iterator[str]:
    """The requirements that a row names, or a list of rows: "3.3.1-3.3.3, 3.4.1" are four."""
    for piece in re.split(r", *", text):
        first, _, last = piece.partition("-")
        chapter, _, number = first.rpartition(".")
        for counted in range(int(number), int((last or first).rpartition(".")[2]) + 1):
            yield f"{chapter}.{counted}"


def test_the_map_has_every_requirement_that_was_promised_and_each_once() -> None:
    told = [item for requirement, _ in ROWS for item in items(requirement)]
    assert sorted(told) == sorted(set(told))
    # Where logs are kept is for who runs the server (docs/operation.md).
    assert set(told) - {"16.4.2", "16.4.3"} == set(items(PROMISED))


def test_the_logs_fields_are_documented() -> None:
    operation = (ROOT / "docs/operation.md").read_text(encoding="utf-8")
    code = (ROOT / "web/logs.py").read_text(encoding="utf-8")
    line = code.partition("def _line(")[2].partition("return ")[0]
    told = {
        *re.findall(r'^        "(\w+)": ', line, re.MULTILINE),
        *re.findall(r'event\["(error|places)"\]', code),
        *SECURITY_FIELDS,
    }
    assert {"request_id", "status", "error"} <= told
    assert {name for name in told if f"`{name}`" not in operation} == set()


def test_every_event_and_reason_about_security_is_documented() -> None:
    operation = (ROOT / "docs/operation.md").read_text(encoding="utf-8")
    code = "".join((ROOT / f"web/console/{name}.py").read_text(encoding="utf-8") for name in ("sign_in_pages", "guard"))
    told = re.findall(r'(?:log_security\(|reason=|_refuse_form\()"([^"]+)"', code)
    assert {"signed in", "page refused", "throttled", "wrong token"} <= {*told}
    assert {words for words in told if f"`{words}`" not in operation} == set()
