"""A conversation in the widget: what is shown of a reply, and that nothing is lost or sent twice."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Request, Route, expect

from tests.browser.widget import Widget

CHAT = "**/api/v1/chat"


@pytest.fixture
def chat(widget: Widget) -> Widget:
    """The widget, open."""
    widget.open()
    return widget


def test_the_first_message_says_who_speaks_what_it_can_do_and_what_is_stored(chat: Widget) -> None:
    first = chat.page.get_by_role("log")
    expect(first).to_contain_text(re.compile("automatický asistent.*Nejsem oficiální službou výrobce"))
    expect(first).to_contain_text("Odpovídám na otázky k Porsche ID")
    expect(first.get_by_role("listitem")).to_have_count(3)
    chat.page.get_by_text("Co se ukládá a jak dlouho").click()
    expect(first).to_contain_text("po 90 dnech")
    first.get_by_role("button").first.click()
    expect(chat.reply).to_be_visible()


def test_a_procedure_is_shown_as_what_it_is(chat: Widget) -> None:
    reply = chat.ask("Jak zapnu roaming? Macan 2020")
    crumbs = reply.locator(".crumb")
    expect(crumbs).to_have_text(["SET", "Device manager", "Options", "Mobile data", "Roaming"])
    expect(reply.get_by_role("note")).to_contain_text("dodatečným nákladům")
    expect(reply.get_by_role("heading", level=3)).to_contain_text("roaming")
    copied = reply.locator(".menu-path").evaluate("one => one.lastElementChild.textContent")
    assert copied == "SET > Device manager > Options > Mobile data > Roaming"


def test_steps_are_numbered(chat: Widget) -> None:
    steps = {"type": "steps", "items": ["První krok", "Druhý krok"]}
    chat.page.route(CHAT, lambda route: _change(route, blocks=[steps]))
    reply = chat.ask("kroky")
    expect(reply.locator("ol.steps > li")).to_have_text(["První krok", "Druhý krok"])


def test_a_contact_can_be_written_to_and_copied(chat: Widget) -> None:
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.ask("jak zapnu roaming v taycanu")
    reply = chat.ask("kontakt pro Slovensko?")
    address = reply.get_by_role("link", name="smartmobility@sk.porsche.com")
    href = address.get_attribute("href") or ""
    assert href.startswith("mailto:smartmobility@sk.porsche.com?subject=Dotaz")
    assert "roaming" in unquote(href)
    reply.get_by_role("button", name="Kopírovat adresu").click()
    expect(reply.get_by_role("button", name="Zkopírováno")).to_be_visible()
    assert chat.page.evaluate("navigator.clipboard.readText()") == "smartmobility@sk.porsche.com"


def test_quick_replies_answer_a_question_back_and_go(chat: Widget) -> None:
    chat.ask("Jak zapnu roaming?")
    chat.button("Taycan").click()
    expect(chat.reply).to_contain_text("automaticky")
    expect(chat.page.locator(".asked").last).to_contain_text("Taycan")
    expect(chat.page.locator(".quick")).to_have_count(0)


def test_related_questions_are_asked_with_a_click(chat: Widget) -> None:
    related = chat.ask("jak zapnu roaming v taycanu").locator(".suggestions button").first
    question = related.inner_text()
    related.click()
    expect(chat.replies).to_have_count(2)
    expect(chat.page.locator(".asked").last).to_contain_text(question)


ORIGINS = [
    ("jak zapnu roaming v taycanu", "Jak zapnout roaming.*překlad", "verze znalostní báze [0-9a-f]{12}"),
    ("how do I switch on roaming in a Taycan?", "activate roaming.*original text", "base version [0-9a-f]{12}"),
]


@pytest.mark.parametrize(("question", "source", "version"), ORIGINS, ids=["translation", "original"])
def test_where_an_answer_comes_from_is_one_tap_away(chat: Widget, question: str, source: str, version: str) -> None:
    chat.page.set_viewport_size({"width": 1280, "height": 500})
    box = chat.ask(question).locator("details")
    expect(box.locator("q")).to_be_hidden()
    box.locator("summary").click()
    expect(box).to_contain_text(re.compile(source))
    expect(box.get_by_text(re.compile(version))).to_be_in_viewport(ratio=1)


def test_typed_words_bring_suggestions_that_keys_choose(chat: Widget) -> None:
    chat.field.press_sequentially("faktur")
    options = chat.page.get_by_role("option")
    expect(options.first).to_contain_text(re.compile("faktur", re.IGNORECASE))
    chat.page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(chat.field).to_be_visible()
    chat.field.press_sequentially("y")
    expect(options.first).to_be_visible()
    chat.page.keyboard.press("ArrowDown")
    question = options.first.inner_text()
    assert chat.field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    chat.page.keyboard.press("Enter")
    expect(chat.page.locator(".asked").last).to_contain_text(question)
    expect(chat.field).to_have_value("")
    expect(chat.reply).to_be_visible()


def test_what_is_typed_is_sent_and_not_a_suggestion_that_nobody_chose(chat: Widget) -> None:
    chat.field.press_sequentially("faktury")
    expect(chat.page.get_by_role("option").first).to_be_visible()
    chat.page.keyboard.press("Enter")
    expect(chat.page.locator(".asked").last).to_contain_text("faktury")


def test_only_an_answer_that_takes_longer_than_a_moment_is_announced(widget: Widget) -> None:
    widget.page.clock.install()
    widget.open()
    widget.page.clock.pause_at(datetime.now() + timedelta(hours=1))
    held: list[Route] = []
    widget.page.route(CHAT, lambda route: held.append(route))
    status = widget.page.get_by_role("status")
    with widget.page.expect_request(CHAT):
        widget.field.fill("jak zapnu roaming v taycanu")
        widget.field.press("Enter")
    widget.page.clock.run_for(299)
    expect(status).to_be_empty()
    expect(widget.page.locator(".writing")).to_have_count(0)
    widget.page.clock.run_for(2)
    expect(status).to_have_text("Hledám odpověď…")
    expect(widget.page.locator(".writing")).to_be_visible()
    held[0].continue_()
    expect(widget.reply).to_contain_text("automaticky")
    expect(widget.page.locator(".writing")).to_have_count(0)
    expect(status).to_be_empty()


def test_the_conversation_survives_another_page_and_a_reload(chat: Widget) -> None:
    chat.ask("Jak zapnu roaming?")
    chat.page.goto(f"{chat.url}/other")
    expect(chat.replies).to_have_count(1)
    expect(chat.field).not_to_be_focused()
    chat.page.reload()
    expect(chat.replies).to_have_count(1)
    expect(chat.ask("Taycan")).to_contain_text("automaticky")
    expect(chat.button("Vozidlo: Taycan")).to_be_visible()


def test_a_message_under_way_when_the_page_is_left_is_answered_on_the_next_one(chat: Widget) -> None:
    held: list[Route] = []

    # Taking the route away would let the held request go, and an answer could come before the page is left.
    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    chat.page.route(CHAT, hold_the_first)
    chat.field.fill("jak zapnu roaming v taycanu")
    with chat.page.expect_request(CHAT) as first:
        chat.field.press("Enter")
    with chat.page.expect_request(CHAT) as second:
        chat.page.goto(f"{chat.url}/other")
    expect(chat.reply).to_contain_text("automaticky")
    expect(chat.page.locator(".asked")).to_have_count(1)
    assert _id(first.value) == _id(second.value)


def test_a_deleted_conversation_is_gone_for_good(chat: Widget) -> None:
    chat.ask("jak zapnu roaming v taycanu")
    chat.choose("Smazat rozhovor")
    expect(chat.replies).to_have_count(0)
    expect(chat.button("Vozidlo: neuvedeno")).to_be_visible()
    expect(chat.field).to_be_focused()
    chat.page.reload()
    expect(chat.field).to_be_visible()
    expect(chat.page.locator(".turn")).to_have_count(0)
    expect(chat.ask("jak zapnu roaming")).to_contain_text("O který model jde?")


def test_a_network_cut_in_mid_turn_loses_nothing_and_sends_nothing_twice(chat: Widget) -> None:
    ids: list[str] = []
    chat.page.on("request", lambda request: ids.append(_id(request)) if request.method == "POST" else None)

    def answer_that_does_not_arrive(route: Route) -> None:
        route.fetch()
        chat.page.context.set_offline(True)
        route.abort()

    chat.page.route(CHAT, answer_that_does_not_arrive, times=1)
    chat.field.fill("jak zapnu roaming v taycanu")
    chat.field.press("Enter")
    expect(chat.button("Zkusit znovu")).to_be_visible()
    chat.field.fill("a jak ho vypnu?")
    chat.field.press("Enter")
    expect(chat.button("Zkusit znovu").last).to_be_visible()
    chat.page.context.set_offline(False)
    expect(chat.replies).to_have_count(2)
    expect(chat.replies.first).to_contain_text("automaticky")
    expect(chat.page.locator(".asked")).to_have_count(2)
    expect(chat.button("Zkusit znovu")).to_have_count(0)
    assert len(set(ids)) == 2


def test_a_busy_server_is_asked_again_without_the_customer(chat: Widget) -> None:
    chat.page.route(
        CHAT, lambda route: route.fulfill(status=503, headers={"Access-Control-Allow-Origin": "*"}), times=1
    )
    expect(chat.ask("jak zapnu roaming v taycanu")).to_contain_text("automaticky")
    expect(chat.replies).to_have_count(1)


def test_a_server_that_has_no_time_gets_the_messages_later_and_in_their_order(widget: Widget) -> None:
    widget.page.clock.install()
    widget.open()
    sent: list[str] = []
    widget.page.on("request", lambda request: sent.append(_message(request)) if request.url.endswith("/chat") else None)
    busy = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After", "Retry-After": "600"}
    widget.page.route(CHAT, lambda route: route.fulfill(status=429, headers=busy, json={}))
    for message in ("jak zapnu roaming v taycanu", "kde najdu faktury za nabíjení?"):
        widget.field.fill(message)
        widget.field.press("Enter")
        expect(widget.page.locator(".alert").last).to_contain_text("odešle sama")
    expect(widget.page.locator(".alert")).to_have_count(2)
    widget.page.unroute(CHAT)
    sent.clear()
    widget.page.clock.run_for(400_000)  # the seconds that the test itself took have passed, too
    assert sent == []
    widget.page.clock.run_for(200_000)
    expect(widget.replies).to_have_count(2)
    assert sent == ["jak zapnu roaming v taycanu", "kde najdu faktury za nabíjení?"]


def test_a_conversation_that_the_server_has_forgotten_goes_on_with_the_vehicle(chat: Widget) -> None:
    chat.ask("Mám Macan 2020")
    chat.page.evaluate(
        """() => { const kept = JSON.parse(sessionStorage["radce.chat.1"]);
        sessionStorage["radce.chat.1"] = JSON.stringify({ ...kept, conversation_id: "forgotten" }); }"""
    )
    chat.page.reload()
    expect(chat.replies).to_have_count(1)
    expect(chat.ask("Jak zapnu roaming?")).to_contain_text("Device manager")


def test_vehicle_and_country_are_shown_as_understood_and_can_be_changed(chat: Widget) -> None:
    chat.ask("Jak zapnu roaming? bydlím v Rakousku")
    expect(chat.button("Země: Rakousko")).to_be_visible()
    chat.button("Vozidlo: neuvedeno").click()
    expect(chat.page.get_by_label("Model", exact=True)).to_be_focused()
    chat.page.get_by_label("Model", exact=True).select_option("Macan")
    chat.page.get_by_label("Modelový rok").select_option("2020")
    chat.button("Použít").click()
    expect(chat.page.locator(".asked").last).to_contain_text("Macan 2020")
    expect(chat.reply).to_contain_text("Device manager")
    chat.button("Vozidlo: Macan 2020").click()
    chat.page.get_by_label("Modelový rok").select_option("2014")
    chat.button("Použít").click()
    expect(chat.button("Vozidlo: Macan 2014")).to_be_focused()
    chat.button("Položit znovu: Jak zapnout roaming", exact=False).click()
    expect(chat.reply).to_contain_text("SET PHONE")
    chat.button("Země: Rakousko").click()
    chat.button("Vymazat").click()
    expect(chat.button("Země: neuvedeno")).to_be_focused()
    expect(chat.ask("na jakou adresu mám napsat?")).to_contain_text("Ve které zemi jste?")


CARS = [
    ("Macan od roku 2019 do 2022", "Macan 2019–2022"),
    ("Mám 911 992", "911 (992)"),
    ("Cayenne 2005", "Cayenne 2005"),
    ("911 z roku 2019, je to 992", "911 (992) 2019"),
    ("Macan od roku 2024", "Macan od 2024"),
    ("718 Spyder", "718 (od 2017)"),
]


def test_the_vehicle_is_named_as_customers_name_it_and_applied_unchanged_stays_what_it_is(chat: Widget) -> None:
    for message, shown in CARS:
        chat.ask(message)
        chip = chat.button(f"Vozidlo: {shown}")
        chip.click()
        chat.button("Použít").click()
        expect(chip).to_be_focused()
        expect(chat.page.get_by_role("status")).to_be_empty()
        with chat.page.expect_request(CHAT) as asked:
            chat.ask("díky")
        assert "vehicle" not in json.loads(asked.value.post_data or "")
        expect(chip).to_be_visible()
        chat.choose("Smazat rozhovor")
        expect(chat.button("Vozidlo: neuvedeno")).to_be_visible()


def test_a_country_chosen_where_it_was_asked_for_is_the_answer(chat: Widget) -> None:
    chat.ask("na jakou adresu mám napsat?")
    chat.button("Země: neuvedeno").click()
    chat.page.locator("#fact-country").select_option("PL")
    chat.button("Použít").click()
    expect(chat.reply.get_by_role("link")).to_contain_text("@pl.porsche.com")


def test_a_vehicle_that_the_answer_does_not_depend_on_is_no_reason_to_ask_again(chat: Widget) -> None:
    chat.ask("Kde najdu faktury za nabíjení?")
    chat.button("Vozidlo: neuvedeno").click()
    chat.page.get_by_label("Model", exact=True).select_option("Taycan")
    chat.button("Použít").click()
    expect(chat.page.get_by_role("status")).to_have_text("Platí od vaší další zprávy.")
    expect(chat.page.get_by_role("status").get_by_role("button")).to_have_count(0)


def test_a_change_of_language_changes_the_interface_and_the_next_replies(chat: Widget) -> None:
    chat.ask("jak zapnu roaming v taycanu")
    chat.field.fill("How")
    chat.button("EN – English").click()
    expect(chat.button("EN – English")).to_be_focused()
    expect(chat.button("EN – English")).to_have_attribute("aria-pressed", "true")
    expect(chat.page.locator(".panel")).to_have_attribute("lang", "en")
    expect(chat.field).to_have_value("How")
    expect(chat.reply).to_have_attribute("lang", "cs")
    expect(chat.ask("Macan 2020")).not_to_have_attribute("lang", "cs")
    expect(chat.reply).to_contain_text("Macan")
    expect(chat.page.get_by_role("dialog", name="Radce")).to_be_visible()


def test_a_person_is_asked_for_with_the_fixed_message(chat: Widget) -> None:
    with chat.page.expect_request(CHAT) as asked:
        chat.choose("Spojit se s člověkem")
    assert json.loads(asked.value.post_data or "")["message"] == "Chci mluvit s člověkem."
    expect(chat.reply).to_have_attribute("data-kind", "contact")


def test_the_transcript_can_be_copied_and_kept(chat: Widget, tmp_path: Path) -> None:
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.ask("Jak zapnu roaming? Macan 2020")
    chat.choose("Kopírovat přepis")
    expect(chat.page.get_by_role("status")).to_have_text("Zkopírováno")
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    with chat.page.expect_download() as download:
        chat.choose("Stáhnout přepis")
    download.value.save_as(tmp_path / "transcript.txt")
    kept = (tmp_path / "transcript.txt").read_text(encoding="utf-8")
    assert download.value.suggested_filename == "rozhovor.txt"
    for text in (copied, kept):
        assert "Vy: Jak zapnu roaming? Macan 2020" in text
        assert "SET > Device manager > Options > Mobile data > Roaming" in text
        assert re.search(r"\[Zdroj odpovědi: Jak zapnout roaming.*verze znalostní báze [0-9a-f]{12}\]", text)


def test_a_message_that_is_refused_is_told_and_the_next_one_is_answered(chat: Widget) -> None:
    chat.page.route(
        CHAT, lambda route: route.fulfill(status=422, headers={"Access-Control-Allow-Origin": "*"}, json={}), times=1
    )
    chat.page.evaluate("() => radce.addEventListener('error', ({ detail }) => { window.told = detail; })")
    chat.field.fill("?")
    chat.field.press("Enter")
    expect(chat.page.locator(".alert")).to_contain_text("nelze zpracovat")
    assert chat.page.evaluate("told") == {"message": "?", "again": False}
    expect(chat.ask("jak zapnu roaming v taycanu")).to_contain_text("automaticky")


def test_an_answer_can_be_rated_with_a_word_and_the_rating_survives_a_reload(chat: Widget) -> None:
    reply = chat.ask("jak zapnu roaming v taycanu")
    sent: list[object] = []
    chat.page.on("request", lambda request: sent.append(json.loads(request.post_data or "{}")))
    with chat.page.expect_response("**/api/v1/feedback") as kept:
        reply.get_by_role("button", name="Odpověď nepomohla").click()
    assert kept.value.ok
    reply.get_by_label("Co chybělo?", exact=False).fill("obrázek")
    with chat.page.expect_response("**/api/v1/feedback") as kept:
        reply.get_by_role("button", name="Odeslat").click()
    assert kept.value.ok
    expect(reply.get_by_label("Co chybělo?", exact=False)).to_have_count(0)
    expect(chat.page.get_by_role("status")).to_have_text("Děkujeme za hodnocení.")
    chat.page.reload()
    down = chat.reply.get_by_role("button", name="Odpověď nepomohla")
    expect(down).to_have_attribute("aria-pressed", "true")
    assert [(row["rating"], row.get("comment")) for row in sent if isinstance(row, dict) and "rating" in row] == [
        ("down", None),
        ("down", "obrázek"),
    ]


def test_a_later_rating_keeps_the_word_that_was_said(chat: Widget) -> None:
    reply = chat.ask("jak zapnu roaming v taycanu")
    reply.get_by_role("button", name="Odpověď nepomohla").click()
    reply.get_by_label("Co chybělo?", exact=False).fill("obrázek")
    reply.get_by_role("button", name="Odeslat").click()
    expect(reply.get_by_label("Co chybělo?", exact=False)).to_have_count(0)
    with chat.page.expect_request("**/api/v1/feedback") as rating:
        reply.get_by_role("button", name="Odpověď pomohla").click()
    told = json.loads(rating.value.post_data or "")
    assert (told["rating"], told["comment"]) == ("up", "obrázek")


def test_what_is_said_of_a_click_goes_away_and_moves_nothing(widget: Widget) -> None:
    widget.page.clock.install()
    widget.open()
    widget.ask("jak zapnu roaming v taycanu")
    log = widget.page.get_by_role("log")
    before = log.bounding_box()
    widget.reply.get_by_role("button", name="Odpověď pomohla").click()
    status = widget.page.get_by_role("status")
    expect(status).to_have_text("Děkujeme za hodnocení.")
    assert log.bounding_box() == before
    widget.page.clock.run_for(10_000)
    expect(status).to_be_empty()
    assert log.bounding_box() == before


def test_nothing_that_is_blank_is_sent(chat: Widget) -> None:
    chat.field.fill("  \n ")
    chat.button("Odeslat").click()
    expect(chat.page.locator(".turn")).to_have_count(0)
    expect(chat.field).to_be_focused()


def _id(request: Request) -> str:
    return str(json.loads(request.post_data or "{}")["client_message_id"])


def _message(request: Request) -> str:
    return str(json.loads(request.post_data or "{}").get("message"))


def _change(route: Route, **fields: object) -> None:
    response = route.fetch()
    route.fulfill(response=response, json={**response.json(), **fields})
