"""The widget for everyone: by keyboard, with a screen reader, enlarged, in the dark, on a small screen."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.axe import faults
from tests.browser.conftest import PATIENCE
from tests.browser.host_page import HostPage
from tests.browser.widget import Widget


def _steps(widget: Widget) -> None:
    steps = [{"type": "heading", "level": 1, "text": "Postup"}, {"type": "steps", "items": ["První", "Druhý"]}]

    def change(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json={**response.json(), "blocks": steps})

    widget.page.route("**/api/v1/chat", change)
    widget.ask("kroky")


def _lost(widget: Widget) -> None:
    widget.page.context.set_offline(True)
    widget.field.fill("jak zapnu roaming v taycanu")
    widget.field.press("Enter")
    expect(widget.button("Zkusit znovu")).to_be_visible()
    widget.page.context.set_offline(False)


def _suggestions(widget: Widget) -> None:
    widget.field.press_sequentially("faktur")
    expect(widget.page.get_by_role("option").first).to_be_visible()
    widget.page.keyboard.press("ArrowDown")


def _editor(widget: Widget) -> None:
    widget.ask("Mám Macan 2020, bydlím v Rakousku")
    widget.button("Vozidlo", exact=False).click()
    expect(widget.page.get_by_label("Modelový rok")).to_be_visible()


def _answer(widget: Widget) -> None:
    widget.ask("Jak zapnu roaming? Macan 2020").locator("summary").click()


def _rating(widget: Widget) -> None:
    widget.ask("jak zapnu roaming v taycanu").get_by_role("button", name="Odpověď nepomohla").click()
    expect(widget.page.get_by_label("Co chybělo?", exact=False)).to_be_focused()


def _other_language(widget: Widget) -> None:
    widget.ask("jak zapnu roaming v taycanu")
    widget.button("EN – English").click()


STATES: dict[str, Callable[[Widget], Any]] = {
    "open": lambda widget: widget.page.get_by_text("Co se ukládá").click(),
    "question back": lambda widget: widget.ask("Jak zapnu roaming?"),
    "answer": _answer,
    "steps": _steps,
    "contact": lambda widget: widget.ask("kontakt pro Slovensko?"),
    "no answer": lambda widget: widget.ask("Umí auto Android Auto?"),
    "error": _lost,
    "suggestions": _suggestions,
    "vehicle": _editor,
    "rating": _rating,
    "menu": lambda widget: widget.page.locator("[aria-controls=menu]").click(),
    "English, Czech reply": lambda widget: (
        widget.ask("jak zapnu roaming v taycanu"),
        widget.button("EN – English").click(),
    ),
}


def test_axe_finds_nothing_while_it_is_closed(widget: Widget) -> None:
    widget.page.emulate_media(reduced_motion="reduce")
    widget.visit()
    assert faults(widget.page) == []
    widget.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    widget.page.set_viewport_size({"width": 320, "height": 568})
    assert faults(widget.page) == []


def test_axe_finds_nothing_where_the_chat_does_not_come(widget: Widget, host: HostPage) -> None:
    widget.page.goto(host.url.replace("127.0.0.1", "localhost"))
    widget.launcher.click()
    expect(widget.page.get_by_role("alert")).to_be_visible()
    assert faults(widget.page) == []


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(widget: Widget, state: str) -> None:
    widget.page.emulate_media(reduced_motion="reduce")
    widget.open()
    STATES[state](widget)
    assert faults(widget.page) == []
    widget.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    widget.page.set_viewport_size({"width": 320, "height": 568})
    assert faults(widget.page) == []


def test_axe_finds_nothing_on_the_chat_page(page: Page, server_url: str) -> None:
    chat = Widget(page, server_url)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{server_url}/?language=cs")
    chat.ask("jak zapnu roaming v taycanu")
    assert faults(page) == []


def test_opening_focuses_the_field_and_escape_gives_the_focus_back(widget: Widget) -> None:
    widget.visit()
    expect(widget.launcher).to_have_attribute("aria-expanded", "false")
    widget.launcher.focus()
    widget.page.keyboard.press("Enter")
    expect(widget.field).to_be_focused()
    expect(widget.page.get_by_role("dialog", name="Rádce")).to_be_visible()
    widget.page.keyboard.press("Escape")
    expect(widget.launcher).to_be_focused()
    expect(widget.page.get_by_role("dialog")).to_have_count(0)


def test_the_log_is_read_politely_and_what_was_read_is_not_read_again(widget: Widget) -> None:
    widget.open()
    log = widget.page.get_by_role("log", name="Rozhovor")
    expect(log).to_have_attribute("aria-live", "polite")
    widget.ask("jak zapnu roaming v taycanu")
    quiet = log.evaluate(
        """async (log) => {
          const seen = [];
          new MutationObserver(() => seen.push(log.ariaLive)).observe(log, { childList: true });
          await radce.setLanguage("en");
          await new Promise((done) => setTimeout(done));
          return seen;
        }"""
    )
    assert quiet == ["off"]
    expect(log.or_(widget.page.get_by_role("log"))).to_have_attribute("aria-live", "polite")


WALK = {
    "cs": ("Jak zapnu roaming?", "Macan", "2019 až 2023", "Device manager", "Zdroj odpovědi"),
    "en": ("How do I activate roaming?", "Macan", "2019 to 2023", "Device manager", "Source of the answer"),
}


@pytest.mark.parametrize("language", WALK)
def test_a_conversation_about_a_vehicle_goes_by_keyboard_alone(widget: Widget, host: HostPage, language: str) -> None:
    question, model, years, menu, source = WALK[language]
    host.attributes = f'data-language="{language}"'
    widget.visit()
    keyboard = widget.page.keyboard
    tab_to(widget.page, widget.launcher)
    keyboard.press("Enter")
    expect(widget.field).to_be_focused()
    keyboard.type(question)
    keyboard.press("Enter")
    for name in (model, years):
        expect(widget.button(name)).to_be_visible()
        tab_to(widget.page, widget.button(name), "Shift+Tab")
        keyboard.press("Enter")
        expect(widget.field).to_be_focused()
    expect(widget.reply).to_contain_text(menu)
    tab_to(widget.page, widget.reply.get_by_text(source), "Shift+Tab")
    keyboard.press("Enter")
    expect(widget.reply.locator("q")).to_be_visible()
    tab_to(widget.page, widget.page.locator(".chip").first)
    keyboard.press("Enter")
    expect(widget.page.locator("#fact-model")).to_be_focused()
    keyboard.press("Escape")
    expect(widget.page.locator(".chip").first).to_be_focused()
    tab_to(widget.page, widget.page.locator("[aria-controls=menu]"), "Shift+Tab")
    keyboard.press("Enter")
    keyboard.press("Escape")
    expect(widget.page.locator("[aria-controls=menu]")).to_be_focused()
    keyboard.press("Escape")
    expect(widget.launcher).to_be_focused()
    assert widget.console == []


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Presses Tab until the element has the focus."""
    for _ in range(40):
        page.keyboard.press(key)
        if wanted.evaluate("one => one === one.getRootNode().activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")


@pytest.fixture
def phone(browser: Browser, host: HostPage) -> Any:
    """The widget on a phone of 390 x 844."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    yield Widget(context.new_page(), host.url)
    context.close()


def test_on_a_phone_it_fills_the_screen_and_the_keyboard_stays_inside(phone: Widget) -> None:
    phone.open()
    assert phone.page.locator(".panel").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    expect(phone.page.get_by_role("dialog")).to_have_attribute("aria-modal", "true")
    inside = "document.activeElement?.localName"
    for _ in range(16):
        phone.page.keyboard.press("Tab")
        assert phone.page.evaluate(inside) == "radce-chat"
    phone.ask("Jak zapnu roaming?")
    phone.button("Taycan").tap()
    expect(phone.reply).to_contain_text("automaticky")
    expect(phone.field).not_to_be_focused()


# The second is a window of 1280 x 800 at 200 %.
SIZES = [(320, 568), (640, 400), (390, 844), (1280, 800)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_scrolls_sideways_or_is_cut_off(widget: Widget, width: int, height: int) -> None:
    widget.page.set_viewport_size({"width": width, "height": height})
    widget.open()
    widget.ask("nejneobhospodařovávatelnějšímu" * 4)
    widget.ask("Jak zapnu roaming? Panamera 2018")
    widget.ask("kontakt pro Slovensko?")
    over = widget.page.evaluate(
        """() => [...radce.element.shadowRoot.querySelectorAll(".panel *")]
          .filter((one) => one.checkVisibility() && !one.closest(".unseen, .fact, svg, option"))
          .filter((one) => one.getBoundingClientRect().right > innerWidth
            || one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible")
          .map((one) => `${one.localName}.${one.className}`)"""
    )
    assert over == []
    box = widget.field.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height


def test_targets_are_large_enough(widget: Widget) -> None:
    widget.open()
    widget.ask("Jak zapnu roaming?")
    sizes = widget.page.evaluate(
        """() => [...radce.element.shadowRoot.querySelectorAll("button, summary, a[href], textarea")]
          .filter((one) => one.checkVisibility())
          .map((one) => [one.className || one.localName, one.getBoundingClientRect()])
          .map(([name, box]) => [name, Math.round(box.width), Math.round(box.height)])"""
    )
    assert [row for row in sizes if min(row[1:]) < 24] == []
    main = [row for row in sizes if row[0] in {"send", "plain"} or row[0].startswith("pill")]
    assert len(main) > 5
    assert [row for row in main if min(row[1:]) < 44] == []


def test_who_wants_no_motion_gets_none(widget: Widget) -> None:
    widget.page.emulate_media(reduced_motion="reduce")
    widget.open()
    widget.ask("jak zapnu roaming v taycanu")
    moving = widget.page.evaluate("document.querySelector('radce-chat').shadowRoot.getAnimations().length")
    assert moving == 0


def test_with_the_systems_own_colours_edges_stay(widget: Widget) -> None:
    widget.page.emulate_media(forced_colors="active")
    widget.open()
    widget.ask("jak zapnu roaming v taycanu")
    for part in (".asked", ".send", ".chip", ".panel", ".composer"):
        edge = widget.page.locator(part).first.evaluate("one => getComputedStyle(one).borderTopStyle")
        assert edge != "none", part


def test_on_the_paper_of_another_page_it_is_not(widget: Widget) -> None:
    widget.visit()
    widget.page.emulate_media(media="print")
    expect(widget.launcher).to_be_hidden()


def test_an_input_method_may_use_enter(widget: Widget) -> None:
    widget.open()
    widget.field.fill("jak")
    widget.field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    expect(widget.page.locator(".turn")).to_have_count(0)
