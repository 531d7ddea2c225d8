"""The widget under a finger: a keyboard on the screen, room for fingertips, narrow lines."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PATIENCE
from tests.browser.host_page import HostPage
from tests.browser.widget import Widget

HIDDEN_BELOW = "log => log.scrollHeight - log.scrollTop - log.clientHeight"


@pytest.fixture
def phone(browser: Browser, host: HostPage) -> Iterator[Widget]:
    """The widget, open, on a phone of 390 x 844."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    widget = Widget(context.new_page(), host.url)
    widget.open()
    yield widget
    context.close()


def _keyboard(phone: Widget, height: int = 430) -> None:
    """The window that a keyboard on the screen leaves."""
    phone.page.set_viewport_size({"width": 390, "height": height})


def test_who_was_at_the_end_is_at_the_end_when_the_keyboard_comes(phone: Widget) -> None:
    phone.ask("kontakt pro Rakousko")
    log = phone.page.get_by_role("log")
    log.evaluate("log => { log.scrollTop = log.scrollHeight; }")
    _keyboard(phone)
    phone.page.wait_for_function("() => radce.element.shadowRoot.querySelector('#log').clientHeight < 400")
    expect(phone.reply.get_by_role("note")).to_be_in_viewport()
    assert log.evaluate(HIDDEN_BELOW) < 4


def test_who_reads_further_up_stays_there_when_the_keyboard_comes(phone: Widget) -> None:
    phone.ask("jak zapnu roaming v taycanu")
    phone.ask("kontakt pro Rakousko")
    log = phone.page.get_by_role("log")
    log.evaluate("log => { log.scrollTop = 40; }")
    _keyboard(phone)
    phone.page.wait_for_function("() => radce.element.shadowRoot.querySelector('#log').clientHeight < 400")
    assert log.evaluate("log => log.scrollTop") == 40


def test_the_keyboard_goes_when_an_answer_needs_the_room_or_is_to_be_tapped(phone: Widget) -> None:
    phone.ask("díky")
    expect(phone.field).to_be_focused()
    phone.ask("Jak zapnu roaming?")
    expect(phone.field).not_to_be_focused()
    _keyboard(phone)
    phone.field.tap()
    phone.ask("Macan 2020")
    expect(phone.field).not_to_be_focused()


def test_every_target_is_large_enough_for_a_fingertip(phone: Widget) -> None:
    phone.ask("jak zapnu roaming v taycanu").locator("summary").tap()
    phone.ask("kontakt pro Slovensko?")
    phone.field.press_sequentially("faktur")
    expect(phone.page.get_by_role("option").first).to_be_visible()
    small = phone.page.evaluate(
        """() => [...radce.element.shadowRoot.querySelectorAll("button, summary, a[href], textarea, [role=option]")]
          .filter((one) => one.checkVisibility())
          .map((one) => [one.className || one.localName, one.getBoundingClientRect()])
          .filter(([name, box]) => Math.min(box.width, box.height) < 43.9)
          .map(([name, box]) => `${name} ${box.width} x ${box.height}`)"""
    )
    assert small == []


@pytest.mark.parametrize("width", [320, 390])
def test_on_the_chat_page_it_says_in_full_what_it_is(browser: Browser, server_url: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640}, has_touch=True, is_mobile=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{server_url}/?language=cs")
    tagline = page.locator(".who p")
    expect(tagline).to_contain_text("Časté otázky k Porsche Connect")
    assert tagline.evaluate("one => [one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight]") == [0, 0]
    assert "k\u00a0Porsche" in tagline.evaluate("one => one.textContent"), "no line ends with a preposition"
    context.close()


def test_no_preposition_of_one_letter_hangs_and_what_is_copied_has_plain_spaces(phone: Widget) -> None:
    phone.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reply = phone.ask("Jak zapnu roaming? Macan 2020")
    heading = reply.get_by_role("heading", level=3)
    shown = heading.evaluate("one => one.textContent")
    assert "v\u00a0zahraničí" in shown
    heading.evaluate("one => getSelection().selectAllChildren(one)")
    phone.page.keyboard.press("Control+c")
    copied = phone.page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == shown.replace("\u00a0", " ")


def test_of_a_long_conversation_only_what_is_near_is_laid_out(phone: Widget) -> None:
    phone.ask("jak zapnu roaming v taycanu")
    phone.page.evaluate(
        """() => { const kept = JSON.parse(sessionStorage["radce.chat.1"]);
        const turns = Array.from({ length: 500 }, (_, at) => ({ ...kept.turns[0], id: `turn-${at}` }));
        sessionStorage["radce.chat.1"] = JSON.stringify({ ...kept, turns }); }"""
    )
    phone.page.reload()
    expect(phone.page.locator(".turn")).to_have_count(500)
    laid_out = """() => [...radce.element.shadowRoot.querySelectorAll(".turn")]
      .filter((turn) => turn.lastElementChild.checkVisibility({ contentVisibilityAuto: true })).length"""
    phone.page.wait_for_function(f"() => {{ const count = ({laid_out})(); return count > 0 && count < 30; }}")
    expect(phone.page.locator(".turn").last).to_be_in_viewport()
