"""What pictures and measurements of the widget need: a server, a page of another origin that shows it, a browser."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import ARGUMENTS, NO_CHROMIUM, find_chromium
from tests.browser.host_page import HostPage, hosting
from tests.servers import Server, serving


@dataclass(frozen=True)
class Stage:
    """A server, its database's address, a page of another origin that shows its widget, and what starts a browser."""

    server: Server
    database_url: str
    host: HostPage
    start: Callable[[], Browser]


@contextmanager
def stage(prepare: Callable[[str], None] = lambda _: None) -> Iterator[Stage]:
    """The stage; `prepare` gets the database's address before the server starts. Ends the program without Chromium.

    RADCE_INDEX_DIR names the index.
    """
    with TemporaryDirectory() as temporary, hosting() as host, sync_playwright() as playwright:
        chromium = find_chromium(playwright)
        if chromium is None:
            sys.exit(NO_CHROMIUM)
        database_url = f"sqlite:///{temporary}/radce.db"
        settings = {
            "RADCE_INDEX_DIR": os.environ.get("RADCE_INDEX_DIR", "var/index"),
            "DATABASE_URL": database_url,
            "RADCE_ALLOWED_ORIGINS": host.url,
            "RADCE_INSECURE_COOKIES": "1",
        }
        prepare(database_url)
        with serving(Path(temporary), settings, workers=1) as server:
            host.widget = server.url
            start = partial(playwright.chromium.launch, executable_path=chromium, args=ARGUMENTS)
            yield Stage(server, database_url, host, start)
