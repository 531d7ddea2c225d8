"""What an agent does many times a day, stroke by stroke: the table of docs/console.md is played, and is true."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.console import Console

DOCUMENT = (Path(__file__).parents[2] / "docs/console.md").read_text(encoding="utf-8")
TASKS = re.findall(r'^\| ([^|]+) \| ((?:`[^`]+` |"[^"]+" )+)\| (\d+) \| ([^|]+) \|$', DOCUMENT, re.MULTILINE)
KEYS = {"↓": "ArrowDown", "↑": "ArrowUp"}


def test_twenty_tasks_are_documented() -> None:
    assert len(TASKS) == 20
    assert len({task for task, *_ in TASKS}) == 20


@pytest.mark.parametrize(("task", "keys", "strokes", "text"), TASKS, ids=[task for task, *_ in TASKS])
def test_a_task_takes_the_strokes_that_the_documentation_tells(
    console: Console, task: str, keys: str, strokes: str, text: str
) -> None:
    console.open()
    played = 0
    for key, typed in re.findall(r'`([^`]+)`|"([^"]+)"', keys):
        if typed:
            console.type(typed)
            played += len(typed)
        elif key == "Enter" and console.page.locator("#said").evaluate("one => one === document.activeElement"):
            with console.page.expect_navigation():
                console.press(key)
            console.ready()
            expect(console.field).to_be_focused()
            played += 1
        else:
            if key == "↓":  # nobody presses it before the list stands still: the address tells what it is ranked for
                expect(console.page).to_have_url(re.compile(r"\?(.*&)?q="))
                expect(console.page.locator("#results [aria-current]")).to_be_visible()
                expect(console.results.nth(1)).to_be_visible()
            console.press(KEYS.get(key, key))
            played += 1
    assert text.strip() in console.copied()
    assert played == int(strokes)
    assert console.messages == []
