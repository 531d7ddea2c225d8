"""The language of the interface: that of the replies, until the customer or the page chooses one."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.axe import faults
from tests.browser.host_page import HostPage
from tests.browser.widget import Widget

CHAT = "**/api/v1/chat"
ENGLISH, CZECH = "How do I activate roaming in a Taycan?", "A jak zapnu roaming v Macanu z roku 2020?"
HEAR = """() => { window.heard = [];
  radce.addEventListener("language", ({ detail }) => heard.push(detail.language)); }"""
# Every change of the log with the politeness that it happens under; nodes that go are named.
WATCH = """() => { window.seen = [];
  const log = radce.element.shadowRoot.querySelector("#log");
  new MutationObserver((rows) => rows.forEach((row) => seen.push(
    [log.ariaLive, [...row.removedNodes].map((one) => one.className), [...row.addedNodes].map((one) => one.className)],
  ))).observe(log, { childList: true, subtree: true }); }"""


@pytest.fixture
def chat(widget: Widget, host: HostPage) -> Widget:
    """The widget, open, on a page in English."""
    host.attributes, host.language = "", "en"
    widget.open()
    return widget


def test_the_interface_follows_the_language_of_the_replies(chat: Widget) -> None:
    chat.page.evaluate(HEAR)
    chat.ask(ENGLISH)
    reply = chat.ask(CZECH)
    expect(reply).to_contain_text("Device manager")
    for box in (".region", ".panel"):
        expect(chat.page.locator(box)).to_have_attribute("lang", "cs")
    expect(chat.page.get_by_role("dialog", name="Rádce")).to_be_visible()
    expect(chat.page.get_by_role("log", name="Rozhovor")).to_be_visible()
    expect(chat.field).to_have_attribute("placeholder", "Napište svou otázku…")
    expect(chat.button("Vozidlo: Macan 2020")).to_be_visible()
    expect(chat.button("CS – čeština")).to_have_attribute("aria-pressed", "true")
    expect(reply.get_by_role("button", name="Odpověď pomohla")).to_be_visible()
    assert faults(chat.page) == []
    chat.ask("Thanks a lot, and how do I switch it off again?")
    expect(chat.page.locator(".panel")).to_have_attribute("lang", "en")
    expect(chat.field).to_have_attribute("placeholder", "Type your question…")
    assert chat.page.evaluate("heard") == ["cs", "en"]
    assert chat.console == []


def test_what_was_said_before_the_language_changed_stays_in_its_own(chat: Widget) -> None:
    chat.ask(ENGLISH)
    chat.page.get_by_text("What is stored").click()
    chat.ask(CZECH)
    helped = chat.replies.first.get_by_role("button", name="The answer helped")
    expect(helped).to_be_visible()
    spoken = "one => one.closest('[lang]').lang"
    assert [chat.replies.first.evaluate(spoken), helped.evaluate(spoken), chat.reply.evaluate(spoken)] == [
        "en",
        "en",
        "cs",
    ]
    intro = chat.page.locator(".intro")
    expect(intro).to_have_attribute("lang", "en")
    expect(intro.locator("details")).to_have_attribute("open", "")


def test_a_change_of_language_by_a_reply_takes_neither_focus_nor_text_nor_what_is_read_aloud(chat: Widget) -> None:
    chat.ask(ENGLISH)
    held: list[Route] = []
    chat.page.route(CHAT, lambda route: held.append(route))
    chat.field.fill(CZECH)
    with chat.page.expect_request(CHAT):
        chat.field.press("Enter")
    expect(chat.page.locator(".writing")).to_be_visible()
    chat.field.press_sequentially("děkuji")
    chat.field.press("ArrowLeft")
    chat.page.evaluate(WATCH)
    held[0].continue_()
    expect(chat.reply).to_contain_text("Device manager")
    expect(chat.page.locator(".panel")).to_have_attribute("lang", "cs")
    expect(chat.field).to_be_focused()
    expect(chat.field).to_have_value("děkuji")
    assert chat.field.evaluate("one => one.selectionStart") == 5
    # Nothing but the reply is new, so that nothing else is read aloud.
    assert chat.page.evaluate("seen") == [
        ["polite", ["outcome writing"], []],
        ["polite", [], ["outcome reply"]],
    ]


def test_an_open_menu_stays_open_with_its_focus_and_changes_its_words(chat: Widget) -> None:
    held: list[Route] = []
    chat.page.route(CHAT, lambda route: held.append(route))
    chat.field.fill(CZECH)
    with chat.page.expect_request(CHAT):
        chat.field.press("Enter")
    chat.page.locator("[aria-controls=menu]").click()
    expect(chat.button("Reach a person")).to_be_focused()
    held[0].continue_()
    expect(chat.button("Spojit se s člověkem")).to_be_focused()


@pytest.mark.parametrize("way", ["switch", "page"])
def test_a_language_that_was_chosen_stays(chat: Widget, way: str) -> None:
    if way == "switch":
        chat.button("EN – English").click()
    else:
        chat.page.evaluate("radce.setLanguage('en')")
    chat.page.route(CHAT, lambda route: _in_czech(route))
    expect(chat.ask(CZECH)).to_have_attribute("lang", "cs")
    expect(chat.page.locator(".panel")).to_have_attribute("lang", "en")
    expect(chat.reply.get_by_role("button", name="The answer helped")).to_be_visible()


def test_a_language_that_was_followed_comes_back_after_a_reload_and_is_no_choice(chat: Widget) -> None:
    chat.ask(CZECH)
    chat.page.reload()
    expect(chat.page.locator(".panel")).to_have_attribute("lang", "cs")
    expect(chat.page.locator(".intro")).to_contain_text("Nejsem oficiální službou výrobce")
    with chat.page.expect_request(CHAT) as asked:
        chat.ask(ENGLISH)
    assert "language" not in json.loads(asked.value.post_data or "")
    expect(chat.page.locator(".panel")).to_have_attribute("lang", "en")


def test_where_the_words_do_not_come_the_answer_comes_all_the_same(chat: Widget) -> None:
    chat.page.route("**/widget/texts/cs", lambda route: route.abort())
    expect(chat.ask(CZECH)).to_have_attribute("lang", "cs")
    expect(chat.page.locator(".panel")).to_have_attribute("lang", "en")
    expect(chat.reply.get_by_role("button", name="The answer helped")).to_be_visible()
    chat.page.unroute("**/widget/texts/cs")
    chat.ask("Díky, a jak ho vypnu?")
    expect(chat.page.locator(".panel")).to_have_attribute("lang", "cs")


def _in_czech(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, json={**response.json(), "language": "cs"})
