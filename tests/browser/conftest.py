"""A page in a real Chromium, a fresh one for each test, and a page of another origin that shows the widget."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, StorageState, expect, sync_playwright

from tests.browser.console import LEAD, NAME, OTHER, PASSWORD, Console
from tests.browser.host_page import HostPage, hosting
from tests.browser.widget import Widget
from tests.servers import Server, serving
from web.console.accounts import Accounts, Role
from web.storage.database import Database

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


@pytest.fixture(scope="session")
def console_url(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Iterator[str]:
    """The address of a server with two agents and a lead, for a trial over HTTP."""
    folder = tmp_path_factory.mktemp("console")
    settings = {
        "RADCE_INDEX_DIR": str(index_dir),
        "DATABASE_URL": f"sqlite:///{folder}/radce.db",
        "RADCE_INSECURE_COOKIES": "1",
    }
    database = Database(settings["DATABASE_URL"])
    for name, role in ((NAME, Role.AGENT), (OTHER, Role.AGENT), (LEAD, Role.LEAD)):
        Accounts(database).add(name, role, PASSWORD)
    database.close()
    with serving(folder, settings, workers=1) as started:
        yield started.url


@pytest.fixture(scope="session")
def signed_in(browser: Browser, console_url: str) -> StorageState:
    """The cookie of an agent who has signed in."""
    context = browser.new_context(locale="cs")
    context.set_default_timeout(PATIENCE)
    Console(context.new_page(), console_url).sign_in()
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def console(browser: Browser, console_url: str, signed_in: StorageState) -> Iterator[Console]:
    """The console in Czech with an agent signed in; nothing is opened yet."""
    context = browser.new_context(
        storage_state=signed_in,
        locale="cs",
        viewport={"width": 1280, "height": 800},
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(PATIENCE)
    yield Console(context.new_page(), console_url)
    context.close()
