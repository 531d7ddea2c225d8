"""What search engines read: structured answers, languages of a page, the sitemap, what they may not read."""

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from bot.assistant import Assistant
from kb.load import load
from kb.model import Language
from tests.web.help_reader import HelpPage, flat
from web.app import create_app
from web.settings import Settings

BASE = load()
URL = "https://help.example.com"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> FlaskClient:
    return create_app(Settings(public_url=URL), assistant).test_client()


@pytest.fixture(scope="module")
def pages(client: FlaskClient) -> dict[tuple[Language, str], HelpPage]:
    """Every entry's page in every language."""
    keys = [(language, entry.id) for language in Language for entry in BASE.entries]
    return {key: HelpPage(client.get(f"/help/{key[0]}/{key[1]}").text) for key in keys}


def addresses(client: FlaskClient) -> list[str]:
    """The addresses of the sitemap."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml").text)
    return [str(row.text) for row in tree.findall("s:url/s:loc", SITEMAP)]


def lines(answer: str) -> Iterator[str]:
    """The lines of a structured answer, without the signs that stand before steps and rows of a list."""
    return (flat(re.sub(r"^(\d+\.|-) ", "", line)) for line in answer.split("\n"))


def test_structured_answers_are_what_the_page_says(pages: dict[tuple[Language, str], HelpPage]) -> None:
    for (language, entry_id), page in pages.items():
        (faq,) = page.things("FAQPage")
        assert faq["inLanguage"] == language
        assert faq["url"] == f"{URL}/help/{language}/{entry_id}"
        assert faq["dateModified"] == str(BASE.edited)
        (question,) = faq["mainEntity"]
        assert question["name"] == BASE.entry_of[entry_id].question.text(language)
        assert all(line in page.text for line in lines(question["acceptedAnswer"]["text"]))


def test_the_structured_answer_for_a_vehicle_is_that_of_the_vehicle(client: FlaskClient) -> None:
    page = HelpPage(client.get("/help/en/sim-pin?model=taycan").text)
    (faq,) = page.things("FAQPage")
    assert faq["mainEntity"][0]["acceptedAnswer"]["text"] == "Taycan\nYou do not need to enter a SIM card PIN."


def test_structured_text_cannot_end_its_element(client: FlaskClient) -> None:
    html = client.get("/help/cs/roaming-activate").text
    text = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(text)
    assert not re.search("[<>&]", text)


def test_a_page_names_itself_and_its_other_languages(pages: dict[tuple[Language, str], HelpPage]) -> None:
    for (language, entry_id), page in pages.items():
        assert page.head("link", rel="canonical") == [{"rel": "canonical", "href": f"{URL}/help/{language}/{entry_id}"}]
        named = {row["hreflang"]: row["href"] for row in page.head("link", rel="alternate")}
        assert named == {
            "cs": f"{URL}/help/cs/{entry_id}",
            "en": f"{URL}/help/en/{entry_id}",
            "x-default": f"{URL}/help/{entry_id}",
        }


def test_a_page_for_a_vehicle_is_the_entrys_for_search_engines(client: FlaskClient) -> None:
    page = HelpPage(client.get("/help/en/sim-pin?model=taycan").text)
    assert page.head("link", rel="canonical")[0]["href"] == f"{URL}/help/en/sim-pin"


def test_a_search_is_for_visitors_only(client: FlaskClient) -> None:
    page = HelpPage(client.get("/help/en/search?q=roaming").text)
    assert page.head("meta", name="robots", content="noindex")
    assert page.head("link", rel="canonical") == []


def test_titles_are_not_shared(pages: dict[tuple[Language, str], HelpPage]) -> None:
    titles = [re.findall("<title>(.*)</title>", page.html)[0] for page in pages.values()]
    assert len(set(titles)) == len(titles)


def test_the_sitemap_lists_what_there_is(client: FlaskClient) -> None:
    names = ["", "/contacts", *(f"/{entry.id}" for entry in BASE.entries)]
    assert sorted(addresses(client)) == sorted(
        f"{URL}/help/{language}{name}" for language in Language for name in names
    )
    assert all(client.get(address.removeprefix(URL)).status_code == 200 for address in addresses(client))


def test_the_sitemap_tells_when_the_content_was_edited(client: FlaskClient) -> None:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").text)
    days = [row.text for row in tree.findall("s:url/s:lastmod", SITEMAP)]
    assert days == [str(BASE.edited)] * len(addresses(client))


def test_robots_find_the_sitemap_and_stay_out_of_searches(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.content_type == "text/plain; charset=utf-8"
    rows = response.text.split("\n")
    assert f"Sitemap: {URL}/sitemap.xml" in rows
    assert {"Disallow: /api/", "Disallow: /help/cs/search", "Disallow: /help/en/search"} <= set(rows)


def test_without_a_public_address_that_of_the_request_stands_in_full_addresses(assistant: Assistant) -> None:
    client = create_app(Settings(), assistant).test_client()
    page = HelpPage(client.get("/help/cs", base_url="http://localhost:8000").text)
    assert page.head("link", rel="canonical")[0]["href"] == "http://localhost:8000/help/cs"


@pytest.mark.parametrize("host", ['a"><b>', "a'b", "a&b", "a<b"])
def test_a_host_of_strange_letters_is_text(assistant: Assistant, host: str) -> None:
    client = create_app(Settings(), assistant).test_client()
    for path in ("/help/cs", "/sitemap.xml", "/robots.txt"):
        response = client.get(path, headers={"Host": host})
        assert response.status_code == 400 or host not in response.text
