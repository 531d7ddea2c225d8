"""What the widget costs the main thread of a page, by Chromium's own tracing, beside the same page without it.

    python -m bench.widget_load

Each round loads both pages in a browser of its own storage, and the page of a conversation of 500 messages, which is
scrolled from its end to its beginning. Printed are medians of the rounds. RADCE_INDEX_DIR names an index; Chromium
must be there.
"""

import json
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from bench.sizes import processor
from tests.browser.conftest import PATIENCE
from tests.browser.host_page import HostPage
from tests.browser.stage import stage
from tests.browser.widget import Widget

ROUNDS = 5
MESSAGES = 500
# Milliseconds: long enough for everything that follows the load of a page, and that a wheel turns by.
SETTLED = 2500
WHEEL = 40
STEPS = 100
CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
FILL = """count => { const kept = JSON.parse(sessionStorage["radce.chat.1"]);
  const turns = Array.from({ length: count }, (_, at) => ({ ...kept.turns[0], id: `turn-${at}` }));
  sessionStorage["radce.chat.1"] = JSON.stringify({ ...kept, turns }); }"""


@dataclass(frozen=True, slots=True)
class Work:
    """Milliseconds of the processor on the main thread: for all its tasks, and for the longest."""

    total: float
    longest: float


def traced(browser: Browser, page: Page, act: Callable[[], object]) -> Work:
    """The work that an act and what follows it make."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    act()
    page.wait_for_timeout(SETTLED)
    tasks = _tasks(json.loads(browser.stop_tracing())["traceEvents"])
    return Work(sum(tasks), max(tasks))


def _tasks(events: list[dict[str, Any]]) -> list[float]:
    """The milliseconds of the tasks of the page's main thread; the browser's own windows have others of that name."""
    frames = [
        frame
        for row in events
        if row["name"] in {"TracingStartedInBrowser", "FrameCommittedInBrowser"}
        for frame in row["args"]["data"].get("frames", [row["args"]["data"]])
    ]
    # A page that is loaded again may get a process of its own.
    process = [frame["processId"] for frame in frames if frame["isOutermostMainFrame"]][-1]
    (thread,) = (
        row["tid"]
        for row in events
        if row["pid"] == process and row["name"] == "thread_name" and row["args"] == {"name": "CrRendererMain"}
    )
    main = [row for row in events if row["pid"] == process and row["tid"] == thread]
    return [row["tdur"] / 1000 for row in main if row["name"] == "RunTask" and "tdur" in row]


@contextmanager
def fresh(start: Callable[[], Browser]) -> Iterator[tuple[Browser, Page]]:
    """A page in a browser of its own: what closed pages leave to do is not counted."""
    browser = start()
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(PATIENCE)
    yield browser, page
    browser.close()


def load(start: Callable[[], Browser], host: HostPage, *, widget: bool) -> Work:
    """The work of loading the page, with the widget or without."""
    with fresh(start) as (browser, page):
        if not widget:
            page.route("**/widget.js", lambda route: route.abort())
        page.goto(f"{host.url}/styles.css")
        return traced(browser, page, lambda: _visit(page, f"{host.url}/", widget=widget))


def long_conversation(start: Callable[[], Browser], host: HostPage) -> tuple[Work, Work]:
    """The work of drawing many messages after a reload, and of scrolling through them."""
    with fresh(start) as (browser, page):
        chat = Widget(page, host.url)
        chat.open()
        chat.ask("jak zapnu roaming v taycanu")
        page.evaluate(FILL, MESSAGES)
        drawn = traced(browser, page, lambda: _visit(page, host.url, widget=True))
        page.locator("#log").hover()
        return drawn, traced(browser, page, lambda: _scroll(page))


def _visit(page: Page, url: str, *, widget: bool) -> None:
    """Until the widget, which comes when the page is idle, has its words: to look for an element costs work itself."""
    if not widget:
        page.goto(url)
        return
    with page.expect_response("**/widget/texts/*"):
        page.goto(url)


def _scroll(page: Page) -> None:
    for _ in range(STEPS):
        page.mouse.wheel(0, -800)
        page.wait_for_timeout(WHEEL)


def _line(label: str, works: list[Work]) -> str:
    total, longest = (
        statistics.median(values) for values in zip(*((one.total, one.longest) for one in works), strict=True)
    )
    return f"| {label} | {total:.0f} | {longest:.0f} |"


def measure(start: Callable[[], Browser], host: HostPage) -> str:
    """The table."""
    rows: dict[str, list[Work]] = {}
    for _ in range(ROUNDS):
        drawn, scrolled = long_conversation(start, host)
        for label, work in (
            ("the page without the widget", load(start, host, widget=False)),
            ("the page with the widget", load(start, host, widget=True)),
            (f"{MESSAGES} messages drawn at once", drawn),
            (f"scrolling through them, {STEPS} turns of the wheel", scrolled),
        ):
            rows.setdefault(label, []).append(work)
    return "\n".join(
        [
            "| main thread, ms of the processor | all tasks | longest task |",
            "|---|---|---|",
            *(_line(label, works) for label, works in rows.items()),
        ]
    )


def main() -> None:
    """Print the table."""
    with stage() as set_up:
        table = measure(set_up.start, set_up.host)
        print(f"{processor()}, {ROUNDS} rounds\n\n{table}")  # noqa: T201


if __name__ == "__main__":
    main()
