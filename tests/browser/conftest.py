"""A page in a real Chromium, a fresh one for each test, and a page of another origin that shows the widget."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.host_page import HostPage, hosting
from tests.browser.widget import Widget
from tests.servers import Server, serving

# Nothing of the browser's own may go out into the network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds; a busy machine takes its time.
PATIENCE = 30_000
NO_CHROMIUM = "there is no Chromium: install it (Debian: apt-get install chromium) or run `playwright install chromium`"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test that asks for a page needs Chromium."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def find_chromium(playwright: Playwright) -> str | None:
    """The system's Chromium, else Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for path in map(shutil.which, names) if path), None)
    own = playwright.chromium.executable_path
    return found or (own if Path(own).exists() else None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        chromium = find_chromium(playwright)
        if chromium is None and os.environ.get("CI") == "true":
            pytest.fail(NO_CHROMIUM)
        if chromium is None:
            pytest.skip(NO_CHROMIUM)
        expect.set_options(timeout=PATIENCE)
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without cookies, storage or history."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def hosted() -> Iterator[HostPage]:
    """The server of host pages."""
    with hosting() as page:
        yield page


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, index_dir: Path, hosted: HostPage) -> Iterator[Server]:
    """A server that allows the host pages' origin."""
    folder = tmp_path_factory.mktemp("server")
    settings = {
        "RADCE_INDEX_DIR": str(index_dir),
        "DATABASE_URL": f"sqlite:///{folder}/radce.db",
        "RADCE_ALLOWED_ORIGINS": hosted.url,
    }
    with serving(folder, settings, workers=1) as started:
        yield started


@pytest.fixture(scope="session")
def server_url(server: Server) -> str:
    """The address of the server that allows the host pages' origin."""
    return server.url


@pytest.fixture
def host(hosted: HostPage, server_url: str) -> HostPage:
    """A page of another origin with a strict policy and kind styles, as no test has changed it."""
    fresh = HostPage(hosted.url, widget=server_url)
    fresh.headers = fresh.strict(server_url)
    vars(hosted).update(vars(fresh))
    return hosted


@pytest.fixture
def widget(page: Page, host: HostPage) -> Widget:
    """The widget on a page of another origin; nothing is opened yet."""
    return Widget(page, host.url)
