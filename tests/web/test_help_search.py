"""Searching the help, and the contacts by country."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from bot.assistant import Assistant
from kb.load import load
from kb.model import Contact, Language
from tests.web.help_reader import HelpPage

BASE = load()
Visit = Callable[[str], HelpPage]


@pytest.fixture
def visit(client: FlaskClient) -> Visit:
    return lambda path: HelpPage(client.get(path).text)


def found(page: HelpPage, language: str) -> list[str]:
    """The entries that a page of results lists."""
    names = [link["href"].removeprefix(f"/help/{language}/") for link in page.links]
    return [name for name in names if name in BASE.entry_of]


@pytest.mark.parametrize(
    "query", ["roaming", "smazat účet", "kreditní karta", "Wie kündige ich?", "počasí v Brně", "Taycan"]
)
@pytest.mark.parametrize("language", Language)
def test_the_results_are_those_of_the_search_for_agents(
    client: FlaskClient, visit: Visit, query: str, language: Language
) -> None:
    api = client.get("/api/v1/search", query_string={"q": query, "language": language.value}).json
    page = visit(f"/help/{language}/search?q={quote(query)}")
    assert api
    assert found(page, language) == [row["entry_id"] for row in api["entries"]]
    assert all(BASE.entry_of[row["entry_id"]].question.text(language) in page.text for row in api["entries"])


@pytest.mark.parametrize("query", ["počasí v Brně", "výměna oleje", "xyzzy", "!!!"])
def test_where_there_is_no_answer_the_page_says_whom_to_ask(visit: Visit, query: str) -> None:
    page = visit(f"/help/cs/search?q={quote(query)}")
    assert "Přímá odpověď na tento dotaz tu není." in page.text
    assert BASE.phrases[Language.CS].partner in page.text
    assert "/help/cs/contacts" in [link["href"] for link in page.links]


def test_words_of_the_query_are_marked_in_the_answer(visit: Visit) -> None:
    html = visit("/help/cs/search?q=kreditn%C3%AD%20karta").html
    assert "poslední uložená <mark>kreditní</mark> <mark>karta</mark>." in html


def test_no_steps_are_shown_for_an_unknown_vehicle(visit: Visit) -> None:
    page = visit("/help/en/search?q=roaming%20set%20device%20manager")
    assert "roaming-activate" in found(page, "en")
    assert "The answer depends on the vehicle." in page.text
    assert "Device manager >" not in page.text


def test_more_results_are_one_link_away(visit: Visit) -> None:
    first = visit("/help/cs/search?q=registrace+heslo+účet")
    after = [link["href"] for link in first.links if link.get("rel") == "next"]
    assert after == ["/help/cs/search?q=registrace+heslo+%C3%BA%C4%8Det&offset=10"]
    second = visit(after[0])
    assert found(second, "cs")
    assert not set(found(second, "cs")) & set(found(first, "cs"))
    before = [link["href"] for link in second.links if link.get("rel") == "prev"]
    assert before == [after[0].replace("offset=10", "offset=0")]


@pytest.mark.parametrize("path", ["/help/en/search", "/help/en/search?q=", "/help/en/search?q=%20%20"])
def test_without_a_query_the_page_asks_for_one(visit: Visit, path: str) -> None:
    assert "Type what you are looking for" in visit(path).text


@pytest.mark.parametrize("language", Language)
def test_every_address_is_listed_with_its_country(visit: Visit, language: Language, assistant: Assistant) -> None:
    page = visit(f"/help/{language}/contacts")
    listed = [link["href"].removeprefix("mailto:") for link in page.links if link["href"].startswith("mailto:")]
    assert sorted(listed) == sorted(contact.email for contact in BASE.contacts)
    for contact in BASE.contacts:
        card = assistant.composers[language].contact_card(contact.country)
        assert card
        assert f"{card.name} {card.email}" in page.text


@pytest.mark.parametrize("contact", BASE.contacts, ids=lambda contact: contact.country)
def test_a_chosen_country_shows_its_address_and_what_it_is_for(visit: Visit, contact: Contact) -> None:
    page = visit(f"/help/cs/contacts?country={contact.country}")
    card = page.html.partition('<div class="card"')[2].partition("</div>")[0]
    assert f'href="mailto:{contact.email}"' in card
    assert card.count("mailto:") == 1
    assert "odvolání souhlasu" in card
    assert page.text.count("odvolání souhlasu s výměnou údajů") == 1
    assert page.chosen["country"] == contact.country


def test_a_country_without_an_address_is_told_whom_to_ask(visit: Visit) -> None:
    page = visit("/help/cs/contacts?country=br")
    assert "Pro tuto zemi (Brazílie) tu žádná adresa není." in page.text
    assert BASE.phrases[Language.CS].partner in page.text


def test_countries_stand_in_the_order_of_the_alphabet(visit: Visit) -> None:
    # Afghánistán, Česko, Čína, Honduras, Hongkong, Chorvatsko, Island, Řecko, Slovensko, Španělsko, Švýcarsko, Zambie
    order = ["AF", "CZ", "CN", "HN", "HK", "HR", "IS", "GR", "SK", "ES", "CH", "ZM"]
    assert [code for code in visit("/help/cs/contacts").options["country"] if code in order] == order


def test_an_entry_about_a_contact_asks_for_the_country(visit: Visit) -> None:
    page = visit("/help/cs/data-consent")
    assert "/help/cs/contacts" in page.forms
    assert "CZ" in page.options["country"]
