"""Pictures of the console for its documentation."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from tests.browser.conftest import PATIENCE
from tests.browser.console import LEAD, NAME, PASSWORD, Console
from tests.browser.customers import talk_to
from web.console.accounts import Accounts, Role
from web.storage.database import Database
from web.storage.tables import CONVERSATIONS

PINNED = ("roaming-activate", "security-code", "service-cancel")
DAY = 24 * 60 * 60
OPENED = ("charging-invoices", "pairing-code", "sim-pin")


def add_agent(database_url: str) -> None:
    """Lets the agent and the lead of the pictures sign in."""
    database = Database(database_url)
    Accounts(database).add(NAME, Role.AGENT, PASSWORD)
    Accounts(database).add(LEAD, Role.LEAD, PASSWORD)
    database.close()


def take_console(browser: Browser, url: str, folder: Path) -> None:
    """All pictures: an answer, a question back in the dark on a wide screen, the first page."""
    expect.set_options(timeout=PATIENCE)
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="cs", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    console = Console(context.new_page(), url)
    console.sign_in()
    for entry_id in (*PINNED, *OPENED):
        console.open(f"/entries/{entry_id}")
        if entry_id in PINNED:
            with console.page.expect_navigation():
                console.press("p")
            console.ready()
    console.open()
    console.page.screenshot(path=folder / "console-start.png")
    console.say("992 2021 AT")
    console.type("roaming")
    expect(console.answer).to_contain_text("Platí pro vozidlo volajícího")
    console.press("Enter", "c")
    expect(console.toast).not_to_be_empty()
    console.page.screenshot(path=folder / "console-answer.png")
    _wide_and_dark(console.page, url, folder / "console-dark.png")
    context.close()


def take_customers(browser: Browser, url: str, database_url: str, folder: Path) -> None:
    """Pictures of a case, of what was asked in vain, and of the success rates, over conversations of four weeks."""
    case = talk_to(url)
    _spread(database_url)
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="cs", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    console = Console(context.new_page(), url)
    console.sign_in(LEAD)
    for name, path in (("vain", "/vain"), ("case", f"/cases/{case}"), ("shares", "/shares")):
        console.page.goto(f"{url}/console{path}")
        if name == "vain":
            console.reload_until(console.page.locator("[role=status]:not(:has-text('zpracovávají'))"))
        console.page.screenshot(path=folder / f"console-{name}.png")
    context.close()


def _spread(database_url: str) -> None:
    database = Database(database_url)
    with database.writing() as connection:
        ids = connection.execute(select(CONVERSATIONS.c.id).order_by(CONVERSATIONS.c.created)).scalars().all()
        for number, conversation_id in enumerate(ids):
            earlier = (number * 11 % 28) * DAY
            moved = {"updated": CONVERSATIONS.c.updated - earlier}
            connection.execute(update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id).values(moved))
    database.close()


def _wide_and_dark(page: Page, url: str, path: Path) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{url}/console?q=link+the+car+to+my+porsche+id&model=macan&country=IE&interface=en")
    page.screenshot(path=path)
