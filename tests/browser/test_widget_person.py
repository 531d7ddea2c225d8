"""The way from the widget to a person: a form where the server hands conversations over, else the address."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.axe import faults
from tests.browser.widget import Widget

HANDOFF = "**/api/v1/handoff"


def offering(widget: Widget, **offers: object) -> None:
    """The server says that it offers this, too."""

    def change(route: Route) -> None:
        response = route.fetch()
        texts = response.json()
        route.fulfill(response=response, json={**texts, "offers": {**texts["offers"], **offers}})

    widget.page.route("**/widget/texts/*", change)


def answering(widget: Widget, status: int) -> None:
    """Every conversation that is handed over is answered with this status."""
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Content-Type"}
    widget.page.route(HANDOFF, lambda route: route.fulfill(status=status, headers=headers, json={"handoff_id": "1"}))


@pytest.fixture
def chat(widget: Widget) -> Widget:
    """The widget, open, of a server that hands conversations over."""
    offering(widget, handoff=True)
    widget.open()
    return widget


def test_a_conversation_is_handed_over_with_an_address_and_a_word(chat: Widget) -> None:
    answering(chat, 202)
    chat.ask("kontakt pro Rakousko")
    chat.choose("Spojit se s člověkem")
    chat.page.keyboard.press("Enter")
    expect(chat.page.get_by_label("Váš e-mail")).to_be_focused()
    assert faults(chat.page) == []
    chat.page.keyboard.type("jan@example.com")
    chat.page.get_by_label("Co máme vědět").fill("Spěchá to.")
    with chat.page.expect_request(HANDOFF) as sent:
        chat.reply.get_by_role("button", name="Odeslat").click()
    wish = json.loads(sent.value.post_data or "")
    assert (wish["reply_to"], wish["message"]) == ("jan@example.com", "Spěchá to.")
    assert wish["conversation_id"]
    assert wish["client_message_id"]
    expect(chat.reply).to_contain_text("Předáno.")
    assert faults(chat.page) == []
    chat.page.reload()
    expect(chat.reply).to_contain_text("Předáno.")
    expect(chat.button("Napsat odtud, odpoví vám člověk")).to_have_count(0)
    assert "jan@example.com" not in chat.page.evaluate("sessionStorage['radce.chat.1']")


def test_without_a_country_the_way_leads_over_the_question_for_it(chat: Widget) -> None:
    chat.choose("Spojit se s člověkem")
    expect(chat.reply).to_contain_text("Ve které zemi")
    expect(chat.button("Napsat odtud, odpoví vám člověk")).to_have_count(0)
    chat.ask("Rakousko")
    expect(chat.button("Napsat odtud, odpoví vám člověk")).to_be_visible()


def test_the_form_is_in_the_language_of_the_interface_inside_a_reply_in_the_other(chat: Widget) -> None:
    chat.ask("kontakt pro Rakousko")
    chat.button("EN – English").click()
    expect(chat.reply).to_have_attribute("lang", "cs")
    chat.button("Write from here, a person will answer").click()
    assert chat.page.get_by_label("Your e-mail").evaluate("one => one.closest('[lang]').lang") == "en"


def test_an_address_that_is_none_is_asked_for_again(chat: Widget) -> None:
    answering(chat, 422)
    chat.ask("kontakt pro Rakousko")
    chat.button("Napsat odtud, odpoví vám člověk").click()
    address = chat.page.get_by_label("Váš e-mail")
    address.fill("jan")
    chat.reply.get_by_role("button", name="Odeslat").click()
    expect(chat.page.get_by_label("Váš e-mail")).to_be_visible()
    address.fill("jan@nikde")
    chat.reply.get_by_role("button", name="Odeslat").click()
    expect(chat.page.get_by_role("alert")).to_contain_text("Zkontrolujte")


@pytest.mark.parametrize("status", [404, 503])
def test_where_it_can_not_be_handed_over_the_address_stays(chat: Widget, status: int) -> None:
    answering(chat, status)
    chat.ask("kontakt pro Rakousko")
    chat.button("Napsat odtud, odpoví vám člověk").click()
    chat.page.get_by_label("Váš e-mail").fill("jan@example.com")
    chat.reply.get_by_role("button", name="Odeslat").click()
    expect(chat.page.get_by_role("alert")).to_contain_text("nepodařilo")
    assert faults(chat.page) == []
    expect(chat.page.get_by_label("Váš e-mail")).to_have_count(0)
    expect(chat.reply.get_by_role("link", name="smartmobility@at.porsche.com")).to_be_visible()


def test_a_server_without_hand_overs_gives_the_address_once(widget: Widget) -> None:
    offering(widget, handoff=False)
    widget.open()
    widget.ask("kontakt pro Rakousko")
    expect(widget.button("Napsat odtud, odpoví vám člověk")).to_have_count(0)
    widget.choose("Spojit se s člověkem")
    expect(widget.reply.get_by_role("link", name="smartmobility@at.porsche.com")).to_be_focused()
    expect(widget.replies).to_have_count(1)


def test_a_source_links_to_its_page_where_there_is_a_help_centre(widget: Widget) -> None:
    offering(widget, help="help/cs/")
    widget.open()
    reply = widget.ask("jak zapnu roaming v taycanu")
    reply.locator("summary").click()
    source = reply.locator("details").get_by_role("link")
    expect(source).to_contain_text("Jak zapnout roaming")
    assert (source.get_attribute("href") or "").endswith("/help/cs/roaming-activate")


def test_a_deleted_conversation_is_erased_on_a_server_that_can(widget: Widget) -> None:
    offering(widget, erase=True)
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "DELETE"}
    widget.page.route("**/api/v1/conversations/*", lambda route: route.fulfill(status=404, headers=headers, json={}))
    widget.open()
    widget.ask("jak zapnu roaming v taycanu")
    with widget.page.expect_request("**/api/v1/conversations/*") as erased:
        widget.choose("Smazat rozhovor")
    assert erased.value.method == "DELETE"
    expect(widget.replies).to_have_count(0)
    expect(widget.ask("jak zapnu roaming")).to_contain_text("O který model jde?")
