"""Whatever a message, a suggestion, an attribute or a reply holds, it shows as text."""

import json
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Route, expect

from tests.browser.host_page import HostPage
from tests.browser.widget import Widget
from tests.markup import CORPUS

BAD_LINKS = [
    "javascript:window.hit=1",
    " JaVaScRiPt:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "vbscript:window.hit=1",
    "http://example.com",
    "//example.com",
    "https://known.example@evil.example/",
    "file:///etc/passwd",
]


def reply_with(widget: Widget, **fields: object) -> None:
    """The next replies are changed on their way."""

    def change(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json={**response.json(), **fields})

    widget.page.route("**/api/v1/chat", change)


def nothing_ran(widget: Widget) -> None:
    """No script ran, no element was made of a text, and nothing was asked for elsewhere."""
    assert widget.page.evaluate("window.hit") is None
    made = widget.page.locator("radce-chat").locator(
        "script, img, iframe, animate, [onload], [onerror], [ontoggle], [onbegin]"
    )
    expect(made).to_have_count(0)
    assert {url.split("/")[2] for url in widget.requests if url.startswith("http")} <= {
        widget.url.split("/")[2],
        widget.page.evaluate("radce.element && new URL(document.querySelector('script[src]').src).host"),
    }
    assert widget.console == []


def readable(text: str) -> str:
    """As it is shown: signs that turn the direction are shown as a replacement character."""
    return "".join("\ufffd" if letter in "\u202e\u202c" else letter for letter in text)


def test_a_message_shows_as_text(widget: Widget) -> None:
    widget.open()
    for text in CORPUS:
        widget.ask(text)
        expect(widget.page.locator(".asked span[dir]").last).to_have_text(readable(text))
    widget.page.reload()
    expect(widget.page.locator(".asked")).to_have_count(len(CORPUS))
    nothing_ran(widget)


def test_everything_in_a_reply_shows_as_text(widget: Widget) -> None:
    widget.open()
    for text in CORPUS:
        blocks: list[dict[str, object]] = [
            *(
                {"type": kind, "text": text, "level": 1}
                for kind in ("heading", "paragraph", "note", "unheard-of", text)
            ),
            *({"type": kind, "items": [text]} for kind in ("steps", "list")),
            {"type": "menu_path", "before": text, "path": [text, text], "after": text},
            {"type": "contact", "country": text, "name": text, "email": text},
            {"type": "link", "url": text, "text": text},
        ]
        reply_with(
            widget,
            blocks=blocks,
            language=text,
            kb_version=text,
            contact={"country": text, "name": text, "email": text},
            vehicle={"model": text, "generation": text, "model_year": text},
            country=text,
            quick_replies=[{"label": text, "message": text}],
            suggestions=[{"entry_id": text, "question": text}],
            sources=[{"entry_id": text, "question": text, "language": text, "origin": text}],
        )
        reply = widget.ask("cokoli")
        assert reply.inner_text().replace("\u00a0", " ").count(readable(text)) >= 12
        expect(reply.get_by_role("link")).to_have_count(0)
        widget.page.unroute("**/api/v1/chat")
    nothing_ran(widget)


def test_a_suggestion_shows_as_text(widget: Widget) -> None:
    rows = [{"question": text, "language": text, "highlights": [[0, 3], [1, 99]]} for text in CORPUS]
    widget.page.route(
        "**/api/v1/suggest*",
        lambda route: route.fulfill(json={"suggestions": rows}, headers={"Access-Control-Allow-Origin": "*"}),
    )
    widget.open()
    widget.field.press_sequentially("abc")
    options = widget.page.get_by_role("option")
    expect(options).to_have_count(len(CORPUS))
    nothing_ran(widget)


def test_the_brands_words_and_the_names_of_vehicles_and_countries_show_as_text(widget: Widget) -> None:
    headers = {"Access-Control-Allow-Origin": "*"}
    everything = "".join(CORPUS)

    def texts(route: Route) -> None:
        response = route.fetch()
        words = response.json()
        brand = dict.fromkeys(("assistant", "about", "disclaimer", "scope", "storage"), everything)
        route.fulfill(response=response, json={**words, **brand, "examples": CORPUS})

    names = {"cs": everything, "en": everything}
    row = {"generation": everything, "name": names, "short": names, "first_model_year": 2019, "last_model_year": 2020}
    models = [{"model": "macan", "name": names, "generations": [row, {**row, "generation": "x"}]}]
    contacts = [{"country": everything, "name": everything, "email": everything}]
    widget.page.route("**/widget/texts/*", texts)
    widget.page.route("**/api/v1/vehicles", lambda route: route.fulfill(json={"models": models}, headers=headers))
    widget.page.route("**/api/v1/contacts*", lambda route: route.fulfill(json={"contacts": contacts}, headers=headers))
    widget.open()
    expect(widget.page.locator(".intro .choices li")).to_have_count(len(CORPUS))
    widget.ask("Macan 2019")
    for chip in ("Vozidlo", "Země"):
        widget.button(chip, exact=False).click()
        expect(widget.page.locator(".facts select").first).to_be_focused()
        widget.page.keyboard.press("Escape")
    nothing_ran(widget)


def test_what_the_page_says_through_the_handle_shows_as_text_or_is_refused(widget: Widget) -> None:
    widget.open()
    for text in CORPUS:
        refused = "[radce.setCountry(text), radce.setVehicle({ model: text })]"
        outcome = widget.page.evaluate(
            f"async (text) => (await Promise.allSettled({refused})).map(({{ status }}) => status)", text
        )
        assert outcome == ["rejected", "rejected"]
    widget.page.evaluate("text => radce.ask(text)", CORPUS[1])
    expect(widget.page.locator(".asked span[dir]").last).to_have_text(CORPUS[1])
    expect(widget.replies).to_have_count(1)
    nothing_ran(widget)


@pytest.mark.parametrize(
    "name", ["language", "country", "model", "generation", "model-year", "theme", "side", "display"]
)
def test_an_attribute_shows_as_text_or_not_at_all(widget: Widget, host: HostPage, name: str) -> None:
    value = "&quot;>&lt;img src=x onerror=window.hit=1>"
    host.attributes = f'data-model="taycan" data-{name}="{value}"'
    widget.open()
    widget.ask("jak zapnu roaming")
    nothing_ran(widget)


def test_a_link_that_is_not_https_or_hides_where_it_leads_is_no_link(widget: Widget) -> None:
    reply_with(widget, blocks=[{"type": "link", "url": url, "text": "zde"} for url in BAD_LINKS])
    widget.open()
    reply = widget.ask("odkaz")
    expect(reply.get_by_text("zde")).to_have_count(len(BAD_LINKS))
    expect(reply.get_by_role("link")).to_have_count(0)
    nothing_ran(widget)


LINKS: list[tuple[str, dict[str, str], str, str]] = [
    ("a letter of another script", {"url": "https://www.p\u043ersche.com/a", "text": "https://www.p\u043ersche.com/a"},
     "xn--", "https://www.xn--"),
    ("a text that names another host", {"url": "https://evil.example/", "text": "www.porsche.com"},
     "www.porsche.com (evil.example)", "https://evil.example/"),
    ("a text without a host", {"url": "https://connect.porsche.com/store", "text": "Porsche Connect Store"},
     "Porsche Connect Store (connect.porsche.com)", "https://connect.porsche.com/store"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "link", "shown", "target"), LINKS, ids=[row[0] for row in LINKS])
def test_a_link_shows_the_host_that_it_leads_to(
    widget: Widget, case: str, link: dict[str, str], shown: str, target: str
) -> None:
    reply_with(widget, blocks=[{"type": "link", **link}])
    widget.open()
    anchor = widget.ask("odkaz").get_by_role("link")
    expect(anchor).to_contain_text(shown)
    assert (anchor.get_attribute("href") or "").startswith(target)
    assert anchor.get_attribute("rel") == "noopener noreferrer"


def test_an_address_with_more_than_an_address_in_it_is_no_link(widget: Widget) -> None:
    addresses = [
        "a@b.example?bcc=c@d.example",
        "a@b.example,c@d.example",
        "a@b.example%0Abcc:x",
        "<a@b.example>",
        "a b@c.example",
    ]
    reply_with(
        widget,
        contact=None,
        blocks=[{"type": "contact", "country": "CZ", "name": "x", "email": row} for row in addresses],
    )
    widget.open()
    reply = widget.ask("kontakt")
    expect(reply.locator(".address")).to_have_text(addresses)
    expect(reply.get_by_role("link")).to_have_count(0)


CARDS = [
    ("platil jsem 4111 1111 1111 1111, nic", "platil jsem •••• •••• •••• 1111, nic"),
    ("5500005555555559 12/27", "••••••••••••5559 12/27"),
    ("12 4111-1111-1111-1111 9", "12 ••••-••••-••••-1111 9"),
    ("3782 822463 10005", "•••• •••••• •0005"),
    ("4111 1111 1111 1112", "4111 1111 1111 1112"),
    ("verze 20231012, rok 2019", "verze 20231012, rok 2019"),
]


def test_the_number_of_a_card_is_sent_but_neither_shown_nor_kept(widget: Widget) -> None:
    widget.open()
    for written, shown in CARDS:
        with widget.page.expect_request("**/api/v1/chat") as sent:
            widget.ask(written)
        assert json.loads(sent.value.post_data or "")["message"] == written
        expect(widget.page.locator(".asked span[dir]").last).to_have_text(shown)
    all_shown = [shown for _, shown in CARDS]
    kept = json.loads(widget.page.evaluate("sessionStorage['radce.chat.1']"))["turns"]
    assert [(turn["message"], turn["label"]) for turn in kept] == [(shown, shown) for shown in all_shown]
    widget.page.reload()
    expect(widget.page.locator(".asked span[dir]")).to_have_text(all_shown)


KEPT = [
    ("pište na jan.novák+auto@mail.example.org, prosím", "pište na •••, prosím"),
    ("a@b.cz nebo c@d.cz", "••• nebo •••"),
    ("můj telefon 777 123 456 nejde", "můj telefon ••• nejde"),
    ("+420777123456", "•••"),
    ("+49 (0)711 911-0", "•••"),
    ("call +49 170 1234567 or 555-123-4567", "call ••• or •••"),
    ("VIN WP0ZZZ99ZTS392124.", "VIN •••."),
    ("wp1zzz95zjlb12345 macan", "••• macan"),
    ("účet CZ65 0800 0000 1920 0014 5399", "účet •••"),
    ("rodné číslo 885512/1234", "rodné číslo •••"),
    ("karta 4111 1111 1111 1111", "karta •••• •••• •••• 1111"),
    # What only looks like it.
    ("911 992 z roku 2019-2021, ne 2022", "911 992 z roku 2019-2021, ne 2022"),
    ("718 991 992", "718 991 992"),
    ("Nastavení > Připojení > 4G/LTE, PCM 6.0", "Nastavení > Připojení > 4G/LTE, PCM 6.0"),
    ("12. 5. 2021 v 14:30 za 1 000 000 Kč", "12. 5. 2021 v 14:30 za 1 000 000 Kč"),
    ("chyba E0012 / 404, verze 2023.10.1", "chyba E0012 / 404, verze 2023.10.1"),
    ("elektromobilizovatelnost", "elektromobilizovatelnost"),
]


def test_personal_data_is_sent_once_and_not_kept_in_the_browser(widget: Widget) -> None:
    widget.open()
    for written, _ in KEPT:
        with widget.page.expect_request("**/api/v1/chat") as sent:
            widget.ask(written)
        assert json.loads(sent.value.post_data or "")["message"] == written
    kept = json.loads(widget.page.evaluate("sessionStorage['radce.chat.1']"))["turns"]
    assert [(turn["message"], turn["label"]) for turn in kept] == [(shown, shown) for _, shown in KEPT]
    widget.page.reload()
    expect(widget.page.locator(".asked span[dir]")).to_have_text([shown for _, shown in KEPT])


def test_a_message_without_end_is_kept_at_once(widget: Widget) -> None:
    widget.open()
    for piece in ("a", "1", "a1", "a.", "+1 ", "@", "a@", "1 ", "0 ("):
        widget.ask((piece * 2000)[:2000].strip())
    assert len(json.loads(widget.page.evaluate("sessionStorage['radce.chat.1']"))["turns"]) == 9


@pytest.mark.parametrize(
    "typed",
    [
        "4111 1111 1111 1111",
        "4111 11",
        "jan@",
        "777 123",
        "WP0ZZZ99",
        "CZ65 0800 0000",
    ],
)
def test_nothing_is_suggested_for_personal_data(widget: Widget, typed: str) -> None:
    widget.open()
    with widget.page.expect_request("**/api/v1/suggest*"):
        widget.field.fill("platil jsem kartou")
    widget.field.fill(f"platil jsem kartou {typed}")
    widget.page.wait_for_timeout(400)  # more than the pause after which suggestions are asked for
    assert not any(typed.split()[0] in unquote_plus(url.partition("?")[2]) for url in widget.requests)


@pytest.mark.parametrize(
    "broken", [{"blocks": [None, 1, "x", {"type": "steps"}, {"type": "menu_path"}]}, {"sources": 1}]
)
def test_a_reply_of_a_strange_form_costs_nothing_but_itself(widget: Widget, broken: dict[str, object]) -> None:
    reply_with(widget, **broken)
    widget.open()
    widget.field.fill("cokoli")
    widget.field.press("Enter")
    expect(widget.page.locator(".outcome")).to_have_count(1)
    widget.page.unroute_all(behavior="wait")
    widget.ask("jak zapnu roaming v taycanu")
    expect(widget.reply).to_contain_text("automaticky")
