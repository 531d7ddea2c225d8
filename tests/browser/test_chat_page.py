"""The page of the chat: the widget, as large as the window."""

import re
import time

import pytest
import requests
from playwright.sync_api import Page, Route, expect

from tests.browser.widget import Widget

# Seconds; a busy machine takes its time.
PATIENCE = 30


@pytest.fixture
def chat(page: Page, server_url: str) -> Widget:
    """The chat page in Czech."""
    chat = Widget(page, f"{server_url}/?language=cs")
    page.goto(chat.url)
    expect(chat.field).to_be_focused()
    return chat


def test_a_question_is_answered_without_a_launcher(chat: Widget) -> None:
    expect(chat.launcher).to_be_hidden()
    expect(chat.ask("jak zapnu roaming v taycanu")).to_contain_text("automaticky")
    chat.page.keyboard.press("Escape")
    expect(chat.field).to_be_visible()
    assert chat.console == []


def test_the_page_follows_the_language_of_the_chat(chat: Widget) -> None:
    chat.button("EN – English").click()
    expect(chat.page.locator("html")).to_have_attribute("lang", "en")
    expect(chat.page).to_have_title(re.compile("^Radce"))
    chat.page.reload()
    expect(chat.page.get_by_role("heading", name="Radce")).to_be_visible()
    expect(chat.page.locator("html")).to_have_attribute("lang", "en")


def test_the_chosen_language_holds_on_an_address_without_one(chat: Widget, server_url: str) -> None:
    chat.button("EN – English").click()
    chat.page.goto(server_url)
    expect(chat.page.get_by_role("heading", name="Radce")).to_be_visible()
    expect(chat.page.locator("html")).to_have_attribute("lang", "en")


def test_on_paper_the_whole_conversation_stands_without_buttons(chat: Widget) -> None:
    chat.ask("jak zapnu roaming v taycanu")
    chat.ask("kontakt pro Česko?")
    chat.page.emulate_media(media="print")
    expect(chat.field).to_be_hidden()
    expect(chat.button("Kopírovat adresu")).to_be_hidden()
    shown = chat.page.locator(".panel").evaluate(
        "panel => [panel.scrollHeight - panel.clientHeight, panel.clientHeight]"
    )
    assert shown[0] <= 0
    assert shown[1] > 400


def test_without_the_widgets_files_the_page_says_so(page: Page, server_url: str) -> None:
    page.route("**/widget/**", lambda route: route.abort())
    page.goto(f"{server_url}/?language=en")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")


def test_a_script_that_the_policy_keeps_out_is_reported(page: Page, server_url: str) -> None:
    """By `report-uri`: what the newer directive sends, a browser gathers for a minute, and only over HTTPS."""

    def without_the_newer_directive(route: Route) -> None:
        response = route.fetch()
        policy = re.sub("; report-to [^;]*", "", response.headers["content-security-policy"])
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})

    page.route(f"{server_url}/", without_the_newer_directive)
    page.goto(f"{server_url}/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { text: 'alert()' }))")
    counted = 'radce_policy_violations_total{blocked="inline",directive="script-src-elem"}'
    deadline = time.monotonic() + PATIENCE
    while counted not in requests.get(f"{server_url}/metrics", timeout=30).text:
        assert time.monotonic() < deadline, "no report came"
        time.sleep(0.1)
