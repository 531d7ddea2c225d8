"""docs/security.md names a test for each requirement, and every test that it names is there."""

import re
from pathlib import Path

import pytest

from web.logs import SECURITY_FIELDS

ROOT = Path(__file__).parents[1]
MAP = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+\.[\d., –-]+) \| .*? \| (.*?) \|$", MAP, re.MULTILINE)


@pytest.mark.parametrize(("requirement", "tests"), ROWS, ids=lambda text: text[:12])
def test_each_requirement_has_tests_that_exist(requirement: str, tests: str) -> None:
    named = re.findall(r"`([\w/.]+)::(test_\w+)`", tests)
    assert named
    for path, name in named:
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_the_map_has_the_requirements_of_the_web() -> None:
    chapters = {requirement.partition(".")[0] for requirement, _ in ROWS}
    assert chapters >= {"2", "3", "6", "7", "14", "16"}


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
