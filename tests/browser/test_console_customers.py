"""Conversations, cases and what was asked in vain in a real browser: an agent's and a lead's ways through them."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PATIENCE
from tests.browser.console import LEAD, NAME, OTHER, Console
from tests.browser.customers import talk_to
from tests.browser.test_widget_access import faults

Enter = Callable[[str], Console]


@pytest.fixture(scope="module")
def case(console_url: str) -> str:
    """The id of the case of a customer among others."""
    return talk_to(console_url)


@pytest.fixture
def enter(browser: Browser, console_url: str, case: str) -> Iterator[Enter]:
    """Signs people in, each with a browser of his own; at the end their browsers' consoles are empty."""
    people: list[Console] = []

    def sign_in(name: str) -> Console:
        context = browser.new_context(locale="cs", viewport={"width": 1280, "height": 800})
        context.set_default_timeout(PATIENCE)
        people.append(Console(context.new_page(), console_url))
        people[-1].sign_in(name)
        return people[-1]

    yield sign_in
    for person in people:
        assert [message for message in person.messages if "409" not in message] == []
        person.page.context.close()


def test_an_agent_finds_a_conversation_by_filters(enter: Enter) -> None:
    page = enter(NAME).page
    page.get_by_role("link", name="Konverzace").click()
    page.get_by_label("Hodnocení").select_option("palec nahoru")
    page.locator("select[name=country]").select_option("Rakousko")
    page.get_by_role("button", name="Zobrazit").click()
    expect(page.get_by_label("Hodnocení")).to_have_value("up")
    rows = page.locator("tbody tr")
    expect(rows.first).to_contain_text("Jak zapnu roaming v Taycanu?")
    rows.first.get_by_role("link").click()
    expect(page.locator("#turn-1")).to_contain_text("Roaming se zapne automaticky.")
    expect(page.locator("#turn-1")).to_contain_text("palec nahoru")
    page.locator("#turn-1").get_by_role("link").click()
    expect(page).to_have_url(re.compile("/console/entries/roaming-activate"))
    expect(page.get_by_role("link", name="Marné dotazy")).to_have_count(0)


def test_of_two_agents_the_second_is_told_who_has_the_case(enter: Enter, case: str) -> None:
    first, second = enter(NAME).page, enter(OTHER).page
    for page in (first, second):
        page.get_by_role("link", name="Případy").click()
        page.get_by_role("link", name="Eva", exact=True).first.click()
        expect(page.get_by_role("button", name="Převzít")).to_be_visible()
    first.get_by_role("button", name="Převzít").click()
    expect(first.get_by_role("button", name="Uzavřít")).to_be_visible()
    second.get_by_role("button", name="Převzít").click()
    expect(second.get_by_role("alert")).to_contain_text(f"Případ už má {NAME}")
    expect(second.get_by_role("button", name="Uzavřít")).to_have_count(0)
    first.get_by_role("button", name="Vrátit").click()
    first.get_by_role("button", name="Převzít").click()
    first.get_by_role("button", name="Uzavřít").click()
    expect(first.locator(".tools .tag")).to_have_text("uzavřený")
    first.get_by_role("link", name="Případy").first.click()
    first.get_by_role("link", name="Uzavřené").click()
    expect(first.locator("tbody")).to_contain_text("Roaming se nezapnul.")


def test_a_lead_reads_what_was_asked_in_vain(enter: Enter) -> None:
    person = enter(LEAD)
    page = person.page
    page.get_by_role("link", name="Marné dotazy").click()
    flight = page.locator("tbody tr", has_text="letenk").first
    person.reload_until(flight.locator(".count", has_text=re.compile("^12$")))
    flight.get_by_text("jinými slovy: 2").click()
    expect(flight).to_contain_text("How much is a flight to Tokyo?")
    page.get_by_label("Důvod").select_option("palec dolů")
    page.get_by_role("button", name="Zobrazit").click()
    expect(page.locator("tbody")).not_to_contain_text("servisu")
    with page.expect_download() as download:
        page.get_by_role("link", name="Stáhnout CSV").click()
    assert download.value.suggested_filename.startswith("vain-")
    flight.locator("th a").first.click()
    expect(page.locator("#turn-1")).to_contain_text("bez odpovědi")


def test_a_lead_reads_success_rates(enter: Enter) -> None:
    page = enter(LEAD).page
    page.get_by_role("link", name="Úspěšnost").click()
    expect(page.get_by_role("img", name=re.compile("po dnech"))).to_be_visible()
    expect(page.get_by_role("table", name="Podle jazyka")).to_contain_text("čeština")
    page.get_by_role("textbox", name="Od").fill("2020-01-01")
    page.get_by_role("textbox", name="Do").fill("2020-02-01")
    page.get_by_role("button", name="Zobrazit").click()
    expect(page.get_by_role("status")).to_have_text("Nic takového tu není.")


PAGES = ("conversations", "conversations?country=LI", "one conversation", "cases", "case", "vain", "shares")


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(enter: Enter, case: str, name: str) -> None:
    person = enter(LEAD)
    page = person.page
    if name == "one conversation":
        page.goto(f"{person.url}/console/conversations")
        page.locator("tbody a").first.click()
    else:
        page.goto(f"{person.url}/console/{f'cases/{case}' if name == 'case' else name}")
    expect(page.locator("h1")).to_be_visible()
    for scheme, width in (("light", 1280), ("dark", 1920), ("light", 320), ("dark", 320)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
