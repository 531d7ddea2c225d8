"""Pictures for the documentation: `python -m tests.browser.screenshots FOLDER` (make screenshots)."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import PATIENCE
from tests.browser.console_pictures import add_agent, take_console, take_customers
from tests.browser.host_page import HostPage
from tests.browser.stage import stage
from tests.browser.widget import Widget

STYLES = """
:root { color-scheme: light dark; background: light-dark(#fff, #181a1b); color: light-dark(#222, #ddd); }
body { max-width: 34rem; margin: 3.5rem 4rem; font: 1rem/1.7 Georgia, "Liberation Serif", serif; }
h1 { font-size: 2.2rem; line-height: 1.2; }
p { color: light-dark(#666, #999); }
"""
BODY = """<main><h1>{title}</h1>{paragraphs}</main>"""
PARAGRAPH = (
    "<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.</p>"
)


def take(browser: Browser, host: HostPage, path: Path, *questions: str, width: int = 0, scheme: str = "light") -> None:
    """One picture: the widget on the host page, after the questions; a phone where a width is given."""
    size = {"width": width or 1040, "height": 844 if width else 760}
    context = browser.new_context(
        viewport=size, color_scheme=scheme, reduced_motion="reduce", device_scale_factor=1.5 if width else 1
    )
    context.set_default_timeout(PATIENCE)
    widget = Widget(context.new_page(), host.url)
    widget.open()
    for question in questions:
        widget.ask(question)
    widget.page.wait_for_timeout(500)  # the names of vehicles come after the reply
    widget.page.screenshot(path=path)
    context.close()


def take_help(browser: Browser, address: str, path: Path) -> None:
    """One picture of a help page."""
    context = browser.new_context(viewport={"width": 1040, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".launcher")).to_be_visible()
    page.screenshot(path=path)
    context.close()


def main(folder: Path) -> None:
    """Takes all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with stage(prepare=add_agent) as set_up:
        host, server, browser = set_up.host, set_up.server, set_up.start()
        host.styles, host.body = STYLES, BODY.format(title="Podpora", paragraphs=PARAGRAPH * 4)
        take(browser, host, folder / "widget-answer.png", "Jak zapnu roaming?", "Macan 2020")
        take(browser, host, folder / "widget-phone.png", "Jak zapnu roaming?", width=390)
        host.attributes, host.body = 'data-language="en"', BODY.format(title="Support", paragraphs=PARAGRAPH * 4)
        take(browser, host, folder / "widget-dark.png", "Who can I write to in Austria?", scheme="dark")
        entry = f"{server.url}/help/cs/roaming-activate?model=macan&model_year=2020"
        take_help(browser, entry, folder / "help-answer.png")
        take_console(browser, server.url, folder)
        take_customers(browser, server.url, set_up.database_url, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
