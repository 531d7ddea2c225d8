"""The chat page in a real browser, against the real server and knowledge base."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

STATIC = Path(__file__).parents[2] / "web" / "static"


def open_page(page: Page, server_url: str, language: str) -> Locator:
    """Opens the chat in `language` and gives its question field, ready to be typed in."""
    page.goto(f"{server_url.rstrip('/')}/?language={language}")
    field = page.get_by_role("textbox")
    expect(field).to_be_visible()
    return field


def ask(page: Page, question: str) -> Locator:
    """Types `question` where the cursor is, sends it with Enter, gives the reply."""
    replies = page.locator(".reply")
    before = replies.count()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(replies).to_have_count(before + 1)
    return replies.last


def test_a_czech_question_is_asked_and_answered_by_keyboard_alone(page: Page, server_url: str) -> None:
    field = open_page(page, server_url, "cs")
    expect(field).to_be_focused()
    reply = ask(page, "jak zapnu roaming v taycanu")
    expect(reply).to_contain_text("Roaming")
    expect(reply).to_contain_text("automaticky")
    expect(field).to_be_focused()
    expect(field).to_have_value("")


def test_a_clarifying_question_is_answered_with_a_click(page: Page, server_url: str) -> None:
    open_page(page, server_url, "en")
    ask(page, "How do I switch on roaming?")
    page.get_by_role("button", name="Taycan", exact=True).click()
    expect(page.locator(".reply")).to_have_count(2)
    expect(page.locator(".reply").last).to_contain_text("automatically")
    expect(page.locator(".asked").last).to_contain_text("Taycan")
    expect(page.locator(".quick")).to_have_count(0)


def test_a_clarifying_question_is_answered_by_keyboard_alone(page: Page, server_url: str) -> None:
    open_page(page, server_url, "en")
    ask(page, "How do I switch on roaming?")
    taycan = page.get_by_role("button", name="Taycan", exact=True)
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if taycan.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".reply").last).to_contain_text("automatically")
    expect(page.get_by_role("textbox")).to_be_focused()


def test_starting_over_clears_the_conversation_for_good(page: Page, server_url: str) -> None:
    field = open_page(page, server_url, "cs")
    ask(page, "jak zapnu roaming v taycanu")
    page.get_by_role("button", name="Začít znovu").click()
    expect(page.get_by_role("log")).to_be_empty()
    expect(field).to_be_focused()
    page.reload()
    expect(field).to_be_visible()
    expect(page.get_by_role("log")).to_be_empty()


@pytest.mark.parametrize(
    ("language", "automated", "unofficial"),
    [("cs", r"automatick", r"oficiální"), ("en", r"automated", r"not an official")],
)
def test_the_page_says_that_it_is_automated_and_not_official(
    page: Page, server_url: str, language: str, automated: str, unofficial: str
) -> None:
    open_page(page, server_url, language)
    expect(page.get_by_role("banner")).to_contain_text(re.compile(automated, re.IGNORECASE))
    expect(page.locator(".intro")).to_contain_text(re.compile(automated, re.IGNORECASE))
    expect(page.locator(".intro")).to_contain_text(re.compile(unofficial, re.IGNORECASE))


def test_nothing_is_written_to_the_console_and_no_other_host_is_asked(page: Page, server_url: str) -> None:
    console: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: console.append(message.text))
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    open_page(page, server_url, "cs")
    ask(page, "jak zapnu roaming v taycanu")
    ask(page, "jaký je kontakt pro Česko?")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert console == []
    assert hosts == {urlsplit(server_url).netloc}


def test_a_phone_never_scrolls_sideways(page: Page, server_url: str, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    field = open_page(page, server_url, "cs")
    field.focus()
    ask(page, "jak zapnu roaming v 911 z roku 2021")
    ask(page, "jaký je kontakt pro Česko?")
    ask(page, "nejneobhospodařovávatelnějšímu" * 4)
    page.screenshot(path=tmp_path / "phone.png")
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room


def test_a_reload_keeps_the_conversation(page: Page, server_url: str) -> None:
    field = open_page(page, server_url, "en")
    ask(page, "How do I switch on roaming?")
    page.reload()
    expect(page.locator(".reply")).to_have_count(1)
    expect(field).to_be_focused()
    expect(ask(page, "Taycan")).to_contain_text("automatically")


def test_a_change_of_language_keeps_what_is_written_and_marks_foreign_replies(page: Page, server_url: str) -> None:
    field = open_page(page, server_url, "cs")
    ask(page, "jak zapnu roaming v taycanu")
    page.keyboard.type("How do I ")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Start over")).to_be_visible()
    expect(field).to_have_value("How do I ")
    expect(page.locator(".reply")).to_have_attribute("lang", "cs")


def test_a_message_that_could_not_be_sent_can_be_sent_again(page: Page, server_url: str) -> None:
    open_page(page, server_url, "cs")
    page.context.set_offline(True)
    page.keyboard.type("jak zapnu roaming v taycanu")
    page.keyboard.press("Enter")
    again = page.get_by_role("button", name="Zkusit znovu")
    expect(again).to_be_visible()
    page.context.set_offline(False)
    again.click()
    expect(page.locator(".reply")).to_contain_text("automaticky")
    expect(page.locator(".asked")).to_have_count(1)
    expect(again).to_have_count(0)


def test_both_languages_have_the_same_strings() -> None:
    czech, english = (json.loads((STATIC / f"strings.{language}.json").read_text("utf-8")) for language in ("cs", "en"))
    assert czech.keys() == english.keys()
    assert len(czech["examples"]) == len(english["examples"]) == 3
