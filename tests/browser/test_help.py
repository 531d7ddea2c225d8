"""The help pages in a browser: for everyone, by keyboard, on paper, and without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import PATIENCE

PATHS = (
    "/help/cs",
    "/help/en/service-cancel",
    "/help/cs/roaming-activate",
    "/help/cs/roaming-activate?model=macan",
    "/help/en/link-porsche-id?model=macan&generation=95B&model_year=2018",
    "/help/cs/roaming-activate?model=boxster-cayman",
    "/help/cs/data-consent",
    "/help/cs/contacts?country=CZ",
    "/help/cs/contacts?country=BR",
    "/help/cs/search?q=kreditní karta",
    "/help/en/search?q=weather",
    "/help/cs/search",
    "/help/en/nothing",
    "/help/en/contacts?country=XX",
)
# What Chromium itself writes of a page that the server answers with an error.
EXPECTED = "Failed to load resource: the server responded with a status of 40"


@pytest.fixture
def console(page: Page) -> list[str]:
    """What the page writes to the console."""
    rows: list[str] = []
    page.on("console", lambda message: rows.append(message.text))
    page.on("pageerror", lambda error: rows.append(str(error)))
    return rows


@pytest.fixture
def bare(browser: Browser) -> Iterator[Page]:
    """A page in a browser with JavaScript off."""
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_the_console_stays_empty(
    page: Page, console: list[str], server_url: str, path: str
) -> None:
    page.goto(server_url + path)
    expect(page.locator(".launcher")).to_be_visible()
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 568})
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [row for row in console if not row.startswith(EXPECTED)] == []


def test_without_scripts_a_visitor_finds_the_steps_of_the_car(bare: Page, server_url: str) -> None:
    bare.goto(f"{server_url}/help/cs")
    bare.get_by_label("Hledat v nápovědě").fill("jak zapnu roaming")
    bare.get_by_role("button", name="Hledat").click()
    bare.get_by_role("link", name="Jak zapnout roaming").click()
    bare.get_by_label("Model", exact=True).select_option("Macan")
    bare.get_by_role("button", name="Zobrazit pro toto vozidlo").click()
    expect(bare.get_by_text("Z kterého modelového roku je vaše vozidlo (Macan)?")).to_be_visible()
    expect(bare.locator(".variant")).to_have_count(0)
    bare.get_by_label("Modelový rok").select_option("2020")
    bare.get_by_role("button", name="Zobrazit pro toto vozidlo").click()
    expect(bare.locator(".variant")).to_have_count(1)
    expect(bare.locator(".variant")).to_contain_text("SET > , pak Device manager")
    bare.get_by_text("Vybrat jiné vozidlo").click()
    bare.get_by_label("Model", exact=True).select_option("Taycan")
    bare.get_by_label("Modelový rok").select_option("nevím")
    bare.get_by_role("button", name="Zobrazit pro toto vozidlo").click()
    expect(bare.locator(".variant")).to_contain_text("Roaming se zapne automaticky")


def test_without_scripts_a_visitor_finds_the_contact(bare: Page, server_url: str) -> None:
    bare.goto(f"{server_url}/help/en/data-consent")
    bare.get_by_label("Country").select_option("Austria")
    bare.get_by_role("button", name="Show the contact").click()
    expect(bare.locator(".card").get_by_role("link")).to_have_attribute("href", "mailto:smartmobility@at.porsche.com")


def test_by_keyboard_the_first_stop_leads_past_the_top(page: Page, server_url: str) -> None:
    page.goto(f"{server_url}/help/cs/roaming-activate")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Přejít k obsahu")).to_be_focused()
    expect(page.get_by_role("link", name="Přejít k obsahu")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Model", exact=True)).to_be_focused()
    page.keyboard.type("Tay")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Zobrazit pro toto vozidlo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".status")).to_contain_text("Taycan")


def test_every_stop_of_the_keyboard_is_seen(page: Page, server_url: str) -> None:
    page.goto(f"{server_url}/help/cs/contacts?country=CZ")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_page_has_one_heading_and_the_landmarks(page: Page, server_url: str) -> None:
    page.goto(f"{server_url}/help/cs/roaming-activate")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    for role in ("banner", "main", "contentinfo", "search"):
        expect(page.get_by_role(role)).to_have_count(1)
    expect(page.get_by_role("navigation", name="Kde jste")).to_be_visible()


def test_the_chat_opens_over_the_page_in_its_language(page: Page, server_url: str) -> None:
    page.goto(f"{server_url}/help/en/roaming-activate")
    page.locator(".launcher").click()
    expect(page.get_by_role("dialog", name="Radce")).to_be_visible()
    expect(page.locator("#message")).to_be_focused()


def test_on_paper_the_answer_stands_alone(page: Page, server_url: str) -> None:
    page.goto(f"{server_url}/help/cs/roaming-activate?model=macan&model_year=2020")
    expect(page.locator(".launcher")).to_be_visible()
    page.emulate_media(media="print")
    for hidden in (".launcher", ".find", ".site", ".crumbs", ".chooser", ".related"):
        expect(page.locator(hidden).first).to_be_hidden()
    for kept in ("h1", ".status", ".variant", ".note", ".about"):
        expect(page.locator(kept).first).to_be_visible()


def test_lines_are_never_too_long_to_read(page: Page, server_url: str) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{server_url}/help/en/data-consent")
    widest = page.evaluate(
        """() => {
            const ruler = document.createElement("span");
            ruler.textContent = "0".repeat(70);
            ruler.style.position = "absolute";
            document.querySelector("main").append(ruler);
            const most = ruler.getBoundingClientRect().width;
            const inside = (p) => {
                const { paddingLeft, paddingRight } = getComputedStyle(p);
                return p.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
            };
            const widths = [...document.querySelectorAll("main p")].map(inside);
            return Math.max(...widths) / most;
        }"""
    )
    assert widest <= 1
