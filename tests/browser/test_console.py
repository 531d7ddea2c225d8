"""The console in a real browser: an agent's ways through it, by keyboard, and for everyone."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from tests.browser.conftest import PATIENCE
from tests.browser.console import NAME, PASSWORD, Console
from tests.browser.test_widget_access import faults


@pytest.fixture(autouse=True)
def _quiet(console: Console) -> Any:
    """After every test: the browser's console is empty."""
    yield
    assert console.messages == []


def test_signing_in_by_keyboard_leads_to_the_page_that_was_asked_for(browser: Browser, console_url: str) -> None:
    context = browser.new_context(locale="cs")
    context.set_default_timeout(PATIENCE)
    visitor = Console(context.new_page(), console_url)
    visitor.page.goto(f"{console_url}/console/entries/sim-pin?model=taycan")
    expect(visitor.page.get_by_label("Jméno")).to_be_focused()
    visitor.type(NAME)
    visitor.press("Tab")
    visitor.type("nespravne heslo")
    visitor.press("Enter")
    expect(visitor.page.get_by_role("alert")).to_have_text("Jméno nebo heslo nesouhlasí.")
    expect(visitor.page.get_by_label("Heslo")).to_be_focused()
    visitor.type(PASSWORD)
    visitor.press("Enter")
    visitor.ready()
    assert visitor.page.url.endswith("/console/entries/sim-pin?model=taycan")
    visitor.page.get_by_role("button", name="Odhlásit se").click()
    expect(visitor.page.get_by_role("heading", name="Přihlášení do konzole")).to_be_visible()
    visitor.page.goto(f"{console_url}/console")
    expect(visitor.page.get_by_role("heading", name="Přihlášení do konzole")).to_be_visible()
    context.close()


def test_answers_come_while_the_query_is_typed(console: Console) -> None:
    console.open()
    console.press("/")
    expect(console.field).to_be_focused()
    console.type("roam")
    expect(console.results.first).to_have_attribute("data-entry", "roaming-activate")
    expect(console.page.locator("#results mark").first).to_have_text("roam", ignore_case=True)
    expect(console.answer.get_by_role("heading", level=1)).to_contain_text("roaming")
    expect(console.field).to_be_focused()
    console.type("ing")
    expect(console.page).to_have_url(re.compile(r"/console\?q=roaming$"))


def test_arrows_walk_through_the_list_and_back(console: Console) -> None:
    console.open("?q=nabíjení")
    shown = console.answer.locator("article")
    expect(shown).to_have_attribute("data-entry", str(console.results.nth(0).get_attribute("data-entry")))
    console.press("ArrowDown")
    expect(console.results.nth(1)).to_be_focused()
    expect(shown).to_have_attribute("data-entry", str(console.results.nth(1).get_attribute("data-entry")))
    console.press("ArrowDown", "ArrowUp", "ArrowUp")
    expect(console.results.nth(0)).to_be_focused()
    console.press("ArrowUp")
    expect(console.field).to_be_focused()


def test_a_late_answer_does_not_replace_the_list_under_the_hands(console: Console) -> None:
    held: list[Route] = []
    console.page.route("**/console/results?*", lambda route: held.append(route))
    console.open()
    console.press("/")
    console.type("nabíjení")
    expect(console.results.nth(1)).to_be_visible()  # completions
    console.page.wait_for_timeout(300)
    assert held
    chosen = str(console.results.nth(1).get_attribute("data-entry"))
    console.press("ArrowDown")
    expect(console.results.nth(1)).to_be_focused()
    for route in held:
        with suppress(Error):  # the page has given it up
            route.continue_()
    console.page.wait_for_timeout(300)
    expect(console.results.nth(1)).to_be_focused()
    console.press("Enter")
    expect(console.page).to_have_url(re.compile(f"/console/entries/{chosen}"))


def test_enter_opens_under_an_address_and_escape_leads_back_to_the_list(console: Console) -> None:
    console.open("?q=roaming")
    console.press("ArrowDown", "Enter")
    expect(console.answer).to_be_focused()
    expect(console.page).to_have_url(re.compile("/console/entries/roaming-countries"))
    expect(console.page).to_have_title(re.compile("^V kolika zemích"))
    console.press("Escape")
    expect(console.results.nth(1)).to_be_focused()
    console.page.go_back()
    console.ready()
    expect(console.field).to_have_value("roaming")


def test_keys_that_are_pressed_before_the_answer_has_come_wait_for_it(console: Console) -> None:
    console.open("/entries/sim-pin")
    console.press("/")
    console.type("faktury")
    console.press("Enter", "c")  # sooner than any pause ends
    assert "faktur" in console.copied()
    expect(console.field).to_have_value("faktury")
    expect(console.page).to_have_url(re.compile("/console/entries/charging-invoices"))


def test_keys_that_are_pressed_while_the_next_page_loads_are_pressed_there(console: Console) -> None:
    held: list[Route] = []
    console.open("/entries/sim-pin?model=taycan")
    console.press("v")
    console.type("992 2021 AT")
    console.page.route("**/console/caller?*", lambda route: held.append(route))
    console.press("Enter")
    console.type("/roaxm")
    console.press("Backspace", "Backspace")
    console.type("ming")
    console.press("Enter", "c")
    while not held:
        console.page.wait_for_timeout(50)
    held[0].continue_()
    assert "Device manager > Options > Mobile data > Roaming" in console.copied()
    expect(console.fact("generation")).to_have_value("992")
    expect(console.page).to_have_url(re.compile("/console/entries/roaming-activate"))


def test_keys_are_the_pages_own_again_where_the_next_page_does_not_come(console: Console) -> None:
    console.open("/entries/sim-pin")
    console.page.route("**/console/caller?*", lambda route: route.fulfill(status=204))
    console.press("v")
    console.type("taycan")
    console.press("Enter")
    console.type(" sk")
    expect(console.page.locator("#said")).to_have_value("taycan sk")


def test_keys_are_the_pages_own_where_nothing_is_loading(console: Console) -> None:
    console.open()
    console.press("/")
    console.type("faktury")
    expect(console.field).to_have_value("faktury")
    console.open("/entries/sim-pin")
    console.press("v")
    expect(console.page.locator("#said")).to_be_focused()


def test_the_caller_stays_until_the_next_one(console: Console) -> None:
    console.open()
    console.say("992 2021 AT")
    expect(console.fact("generation")).to_have_value("992")
    expect(console.page.get_by_role("link", name="smartmobility@at.porsche.com")).to_be_visible()
    console.type("roaming")
    expect(console.answer).to_contain_text("Platí pro vozidlo volajícího: 911 8. generace (992) 2021.")
    console.press("Enter")
    console.answer.get_by_role("link", name="V kolika zemích").click()
    console.ready()
    expect(console.fact("generation")).to_have_value("992")
    console.open()  # as by a bookmark
    expect(console.fact("country")).to_have_value("AT")
    console.press("Escape", "n")
    expect(console.fact("country")).to_have_value("")
    console.ready()
    console.open()
    expect(console.fact("generation")).to_have_value("")


def test_another_window_has_another_caller(console: Console) -> None:
    console.open()
    console.say("Taycan SK")
    other = Console(console.page.context.new_page(), console.url)
    other.open()
    expect(other.fact("model")).to_have_value("")
    assert other.messages == []


def test_what_is_chosen_of_the_caller_takes_effect_at_once(console: Console) -> None:
    console.open("/entries/roaming-activate")
    console.fact("model").select_option("taycan")
    expect(console.answer).to_contain_text("Platí pro vozidlo volajícího")
    console.ready()
    console.fact("model").select_option("macan")
    expect(console.answer).to_contain_text("Z kterého modelového roku")
    console.ready()
    console.answer.get_by_role("link", name="2018", exact=True).click()
    expect(console.answer).to_contain_text("Jak poznat, co platí")
    expect(console.fact("year_kind")).to_have_value("model_year")


def test_a_field_that_is_worked_in_by_keyboard_keeps_the_focus(console: Console) -> None:
    console.open("/entries/roaming-activate")
    console.fact("model").focus()
    for _ in range(2):
        before = console.page.url
        with console.page.expect_navigation():
            console.press("ArrowDown")
        console.ready()
        assert console.page.url != before
        expect(console.fact("model")).to_be_focused()
    console.fact("year").focus()
    console.type("2021")
    with console.page.expect_navigation():
        console.press("Tab")
    console.ready()
    expect(console.fact("year_kind")).to_be_focused()


def test_what_is_said_whole_or_chosen_by_mouse_leads_on_to_the_answer(console: Console) -> None:
    console.open("/entries/roaming-activate")
    console.fact("year").focus()
    console.type("2021")
    with console.page.expect_navigation():
        console.press("Enter")
    console.ready()
    expect(console.answer).to_be_focused()
    with console.page.expect_navigation():
        console.fact("model").select_option("taycan")
    console.ready()
    expect(console.answer).to_be_focused()
    console.press("c")
    assert "automaticky" in console.copied()


def test_what_is_said_of_the_caller_keeps_the_answer_that_is_shown(console: Console) -> None:
    console.open("?q=nabíjení")
    console.press("ArrowDown")
    expect(console.results.nth(1)).to_be_focused()
    shown = console.results.nth(1).get_attribute("data-entry")
    expect(console.answer.locator("article")).to_have_attribute("data-entry", str(shown))
    console.say("taycan")
    expect(console.answer.locator("article")).to_have_attribute("data-entry", str(shown))
    expect(console.field).to_have_value("nabíjení")


def test_each_text_is_copied_by_key_and_by_button(console: Console) -> None:
    console.open("/entries/roaming-activate?model=taycan&country=SK")
    expect(console.answer).to_be_focused()
    copied = {}
    for key in ("c", "C", "e", "E", "l", "L", "1"):
        console.page.evaluate("document.getElementById('toast').textContent = ''")
        console.press(key)
        copied[key] = console.copied()
    assert copied["c"].endswith(console.answer.locator(".part").nth(-2).inner_text()) or "automaticky" in copied["c"]
    assert "automatically" in copied["C"]
    assert copied["e"].startswith("Dobrý den,")
    assert copied["E"].startswith("Hello,")
    assert copied["l"] == f"{console.url}/help/cs/roaming-activate?model=taycan"
    assert copied["L"] == f"{console.url}/help/en/roaming-activate?model=taycan"
    assert copied["1"].startswith("Taycan\n")
    console.page.get_by_role("button", name="Kopírovat e-mail").click()
    expect(console.toast).to_have_text("Zkopírováno: e-mail")
    assert console.copied() == copied["e"]


def test_a_copy_that_fails_is_told_and_the_text_can_be_selected(console: Console) -> None:
    console.open("/entries/roaming-activate?model=taycan")
    console.page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('blocked')))")
    console.press("c")
    expect(console.toast).to_contain_text("Kopírování se nezdařilo")
    console.page.get_by_text("Texty ke kopírování", exact=True).click()
    expect(console.page.get_by_label("odpověď (čeština)")).to_have_value(re.compile("automaticky"))


def test_pins_and_what_was_opened_stand_on_the_first_page(console: Console) -> None:
    console.open("/entries/sim-pin")
    with console.page.expect_navigation():
        console.press("p")
    console.ready()
    expect(console.page.get_by_role("button", name="Odepnout")).to_be_visible()
    console.open("/entries/app-video")
    console.open()
    pinned = console.page.get_by_role("region", name="Připnuté")
    expect(pinned.get_by_role("link")).to_have_text(["Jak uložím PIN SIM karty do PCM?"])
    recent = console.page.get_by_role("region", name="Naposledy otevřené")
    expect(recent.get_by_role("link")).to_have_count(2)
    expect(recent.get_by_role("link").first).to_contain_text("video")
    pinned.get_by_role("link").click()
    console.ready()
    with console.page.expect_navigation():
        console.press("p")
    console.open()
    expect(pinned.get_by_role("link")).to_have_count(0)


def test_the_list_of_keys_opens_closes_and_turns_them_off(console: Console) -> None:
    console.open("/entries/sim-pin")
    console.press("?")
    keys = console.page.get_by_role("dialog", name="Klávesy")
    expect(keys).to_be_visible()
    keys.get_by_label("Používat klávesy z jednoho znaku").uncheck()
    console.press("Escape")
    expect(keys).to_be_hidden()
    console.press("/")
    expect(console.field).not_to_be_focused()
    console.open("/entries/sim-pin")
    console.press("/")
    expect(console.field).not_to_be_focused()
    console.page.get_by_role("button", name="Klávesy").click()
    keys.get_by_label("Používat klávesy z jednoho znaku").check()
    console.press("Escape", "/")
    expect(console.field).to_be_focused()


def test_letters_that_are_typed_into_a_field_are_no_keys(console: Console) -> None:
    console.open()
    console.press("/")
    console.type("cenpv/?")
    expect(console.field).to_have_value("cenpv/?")
    expect(console.page.get_by_role("dialog")).to_have_count(0)


def test_the_other_language_of_the_console_is_one_link_away(console: Console) -> None:
    console.open("/entries/sim-pin?model=taycan")
    console.page.get_by_role("link", name="English").click()
    expect(console.page.locator("html")).to_have_attribute("lang", "en")
    expect(console.fact("model")).to_have_value("taycan")
    console.page.get_by_role("link", name="Čeština").click()
    expect(console.page.locator("html")).to_have_attribute("lang", "cs")


def test_a_session_that_ended_meanwhile_leads_to_signing_in(console: Console, browser: Browser) -> None:
    console.open()
    console.page.context.clear_cookies()
    console.press("/")
    console.type("roaming")
    expect(console.page.get_by_role("heading", name="Přihlášení do konzole")).to_be_visible()
    assert all("401" in message for message in console.messages)
    console.messages.clear()


def test_without_scripts_everything_can_be_reached(browser: Browser, console_url: str, signed_in: Any) -> None:
    context = browser.new_context(storage_state=signed_in, locale="cs", java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{console_url}/console")
    page.get_by_label("Vozidlo, rok a země volajícího").fill("taycan sk")
    page.get_by_label("Vozidlo, rok a země volajícího").press("Enter")
    page.get_by_label("Co volající potřebuje").fill("roaming")
    page.get_by_label("Co volající potřebuje").press("Enter")
    expect(page.locator("#answer")).to_contain_text("Roaming se zapne automaticky.")
    page.locator("#results a").nth(1).click()
    expect(page).to_have_url(re.compile("/console/entries/roaming-countries.*model=taycan"))
    page.get_by_text("Texty ke kopírování", exact=True).click()
    expect(page.get_by_label("e-mail (čeština)")).to_have_value(re.compile("^Dobrý den"))
    context.close()


def _keys(console: Console) -> None:
    console.press("?")
    expect(console.page.get_by_role("dialog")).to_be_visible()


def _everything_open(console: Console) -> None:
    console.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")


STATES: dict[str, tuple[str, Callable[[Console], None]]] = {
    "start": ("", lambda console: None),
    "list and answer": ("?q=porsche&model=macan&country=AT", lambda console: None),
    "nothing found": ("?q=tesla+supercharger&not_read=hokuspokus&country=BR", lambda console: None),
    "not covered": ("/entries/roaming-activate?model=918", lambda console: None),
    "everything open": ("/entries/link-porsche-id?model=911&generation=992&year=2021", _everything_open),
    "keys": ("/entries/sim-pin", _keys),
    "no such page": ("/entries/nothing", lambda console: None),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(console: Console, state: str) -> None:
    path, act = STATES[state]
    console.page.goto(f"{console.url}/console{path}")
    if state == "no such page":
        console.messages.clear()
    else:
        console.ready()
    act(console)
    assert faults(console.page) == []
    console.page.emulate_media(color_scheme="dark")
    console.page.set_viewport_size({"width": 1920, "height": 1080})
    assert faults(console.page) == []
    console.page.set_viewport_size({"width": 320, "height": 640})
    assert faults(console.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_one_signs_in(browser: Browser, console_url: str, scheme: Any) -> None:
    context = browser.new_context(locale="cs", color_scheme=scheme)
    context.set_default_timeout(PATIENCE)
    page: Page = context.new_page()
    page.goto(f"{console_url}/console/sign-in")
    page.get_by_label("Jméno").fill("nikdo")
    page.get_by_label("Heslo").fill("nic")
    page.get_by_role("button", name="Přihlásit se").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    context.close()


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 400), (1280, 800), (1920, 1080)])
def test_nothing_scrolls_sideways(console: Console, width: int, height: int) -> None:
    console.page.set_viewport_size({"width": width, "height": height})
    for path in ("", "/entries/link-porsche-id?model=911&generation=992&year=2021&country=AT", f"?q={'x' * 90}"):
        console.open(path)
        _everything_open(console)
        assert console.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
