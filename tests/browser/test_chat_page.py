"""The page of the chat: the widget, as large as the window."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.widget import Widget


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
