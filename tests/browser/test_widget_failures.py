"""What does not work is said, and nothing is lost by it: a rating, a list, a language, the clipboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.widget import Widget

NO_CLIPBOARD = (
    """() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException("", "NotAllowedError")); }"""
)


@pytest.fixture
def chat(widget: Widget) -> Widget:
    """The widget, open, with an answer."""
    widget.open()
    widget.ask("jak zapnu roaming v taycanu")
    return widget


def fail(chat: Widget, address: str) -> None:
    """Requests to the address come to nothing."""
    chat.page.route(address, lambda route: route.abort())


def test_a_rating_that_is_not_kept_is_not_shown_as_kept(chat: Widget) -> None:
    fail(chat, "**/api/v1/feedback")
    up = chat.reply.get_by_role("button", name="Odpověď pomohla")
    up.click()
    expect(chat.page.get_by_role("status")).to_have_text("Hodnocení se nepodařilo uložit. Zkuste to prosím znovu.")
    expect(up).to_have_attribute("aria-pressed", "false")
    chat.page.unroute("**/api/v1/feedback")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")


def test_a_word_on_an_answer_stays_where_it_could_not_be_kept(chat: Widget) -> None:
    chat.reply.get_by_role("button", name="Odpověď nepomohla").click()
    word = chat.reply.get_by_label("Co chybělo?", exact=False)
    word.fill("obrázek")
    fail(chat, "**/api/v1/feedback")
    chat.reply.get_by_role("button", name="Odeslat").click()
    expect(chat.page.get_by_role("status")).to_contain_text("nepodařilo uložit")
    expect(word).to_have_value("obrázek")


def test_a_list_of_countries_that_does_not_come_is_told_and_comes_at_the_next_try(chat: Widget) -> None:
    fail(chat, "**/api/v1/contacts*")
    chip = chat.button("Země: neuvedeno")
    chip.click()
    expect(chat.page.get_by_role("status")).to_have_text("Nepodařilo se to načíst. Zkuste to prosím znovu.")
    expect(chip).to_have_attribute("aria-expanded", "false")
    chat.page.unroute("**/api/v1/contacts*")
    chip.click()
    expect(chat.page.locator("#fact-country")).to_be_focused()


def test_a_language_whose_words_do_not_come_is_not_chosen(chat: Widget) -> None:
    fail(chat, "**/widget/texts/en")
    chat.button("EN – English").click()
    expect(chat.page.get_by_role("status")).to_have_text("Nepodařilo se to načíst. Zkuste to prosím znovu.")
    expect(chat.page.locator(".panel")).to_have_attribute("lang", "cs")
    expect(chat.ask("a jak ho vypnu?")).to_have_attribute("lang", "cs")


def test_without_a_clipboard_the_transcript_is_offered_as_a_file(chat: Widget) -> None:
    chat.page.evaluate(NO_CLIPBOARD)
    chat.choose("Kopírovat přepis")
    expect(chat.page.get_by_role("status")).to_have_text("Kopírování prohlížeč nedovolil. Přepis si můžete stáhnout.")


def test_without_a_clipboard_an_address_is_selected(chat: Widget) -> None:
    chat.page.evaluate(NO_CLIPBOARD)
    reply = chat.ask("kontakt pro Slovensko?")
    reply.get_by_role("button", name="Kopírovat adresu").click()
    expect(reply.get_by_role("button", name="Adresa je označena")).to_be_visible()
    assert chat.page.evaluate("getSelection().toString()") == "smartmobility@sk.porsche.com"
