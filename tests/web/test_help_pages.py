"""The help pages: every entry in both languages, links that lead somewhere, addresses that lead nowhere."""

from collections.abc import Callable
from urllib.parse import quote, urldefrag, urlsplit

import pytest
from flask.testing import FlaskClient

from bot.assistant import Assistant
from bot.blocks import BulletList, Steps, plain_text
from bot.resolution import show
from kb.load import load
from kb.model import Language
from tests.web.help_reader import HelpPage, flat
from web.headers import SECURITY_HEADERS

BASE = load()
ENTRIES = [(language, entry.id) for language in Language for entry in BASE.entries]
Visit = Callable[..., HelpPage]


@pytest.fixture
def visit(client: FlaskClient) -> Visit:
    """Opens a page of the help, and reads it."""

    def read(path: str, status: int = 200) -> HelpPage:
        response = client.get(path)
        assert response.status_code == status, path
        assert response.content_type == "text/html; charset=utf-8"
        return HelpPage(response.text)

    return read


@pytest.mark.parametrize(("language", "entry_id"), ENTRIES)
def test_every_entry_has_a_page_with_everything_that_it_says(
    visit: Visit, assistant: Assistant, language: Language, entry_id: str
) -> None:
    entry = BASE.entry_of[entry_id]
    page = visit(f"/help/{language}/{entry_id}")
    assert page.language == language
    assert flat(entry.question.text(language)) in page.text
    assert page.variants == [variant.id for variant in entry.variants]
    everything = show(entry, frozenset(page.variants))
    composer = assistant.composers[language]
    said = composer.phrases("all_possible")
    for block in composer.entry(entry, everything):
        texts = block.items if isinstance(block, (Steps, BulletList)) else [plain_text((block,))]
        assert all(flat(text) in page.text for text in texts if text != said), block


@pytest.mark.parametrize("language", Language)
def test_the_topics_list_every_entry_once(visit: Visit, language: Language) -> None:
    page = visit(f"/help/{language}")
    paths = [link["href"] for link in page.links if link["href"].count("/") == 3]
    listed = [path.rpartition("/")[2] for path in paths if path.startswith(f"/help/{language}/")]
    assert sorted(name for name in listed if name != "contacts") == sorted(entry.id for entry in BASE.entries)
    assert all(topic.id in page.ids for topic in BASE.topics)


@pytest.mark.parametrize("language", Language)
def test_no_link_is_dead(client: FlaskClient, language: Language) -> None:
    waiting, pages = [f"/help/{language}", f"/help/{language}/search?q=roaming"], dict[str, HelpPage]()
    anchors: list[tuple[str, str]] = []
    while waiting:
        path = waiting.pop()
        response = client.get(path)
        assert response.status_code == 200, path
        pages[path] = HelpPage(response.text)
        for link in pages[path].links:
            target, anchor = urldefrag(link["href"])
            if urlsplit(target).scheme:
                assert urlsplit(target).scheme in {"https", "mailto"}, link
            else:
                anchors += [(target or path, anchor)] if anchor else []
                waiting += [target] if target and target not in {*pages, *waiting} else []
    assert len(pages) > 2 * len(BASE.entries)
    assert [row for row in anchors if row[1] not in pages[row[0]].ids] == []


@pytest.mark.parametrize(
    ("path", "accept", "target"),
    [
        ("/help", "cs", "/help/cs"),
        ("/help", "en-GB,en;q=0.9", "/help/en"),
        ("/help", "sk", "/help/cs"),
        ("/help", "de", "/help/cs"),
        ("/help/", "en", "/help/en"),
        ("/help/roaming-activate?model=macan", "en", "/help/en/roaming-activate?model=macan"),
        ("/help/contacts?country=AT", "cs", "/help/cs/contacts?country=AT"),
        ("/help/search?q=%C3%BA%C4%8Det", "cs", "/help/cs/search?q=%C3%BA%C4%8Det"),
    ],
)
def test_an_address_without_a_language_leads_to_the_visitors(
    client: FlaskClient, path: str, accept: str, target: str
) -> None:
    response = client.get(path, headers={"Accept-Language": accept})
    assert (response.status_code, response.headers["Location"]) == (302, target)
    assert "Accept-Language" in response.headers["Vary"]
    assert response.headers["Cache-Control"] == "no-cache"


def test_a_slash_too_many_leads_to_the_page(client: FlaskClient) -> None:
    response = client.get("/help/cs/roaming-activate/")
    assert (response.status_code, response.headers["Location"]) == (301, "/help/cs/roaming-activate")
    assert client.get("/help/evil.example//").headers["Location"].startswith("/help/")


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/help/cs/nothing", "cs"),
        ("/help/en/nothing", "en"),
        ("/help/en/roaming-activate/more", "en"),
        ("/help/de", "cs"),
        ("/help/nothing", "cs"),
        ("/help/CS", "cs"),
        ("/help/cs/..%2f..%2fetc", "cs"),
        ("/help/en/%00", "en"),
    ],
)
def test_an_address_that_leads_nowhere_has_a_page_that_says_so(visit: Visit, path: str, language: str) -> None:
    page = visit(path, 404)
    assert page.language == language
    assert {"cs": "Stránka nenalezena", "en": "Page not found"}[language] in page.text
    assert f"/help/{language}/search" in page.forms
    assert page.head("meta", name="robots", content="noindex")


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/help/en/roaming-activate?model=beetle", "Model"),
        ("/help/en/roaming-activate?generation=12345", "Generation"),
        ("/help/en/roaming-activate?model_year=soon", "Model year"),
        ("/help/en/roaming-activate?model=911&model_year=99999", "Model year"),
        ("/help/en/roaming-activate?model=911&unsure=perhaps", "unsure"),
        ("/help/en/contacts?country=Austria", "Country"),
        ("/help/en/contacts?country=ZZ", "Country"),
        ("/help/en/search?q=" + "a" * 2001, "query"),
        ("/help/en/search?q=roaming&offset=-1", "offset"),
    ],
)
def test_a_value_that_nobody_knows_has_a_page_that_names_its_field(visit: Visit, path: str, named: str) -> None:
    page = visit(path, 400)
    assert f"do not know: {named}." in page.text
    assert "Traceback" not in page.html
    assert path.partition("?")[0] in [link["href"] for link in page.links]


def test_parameters_of_other_pages_are_left_alone(visit: Visit) -> None:
    page = visit("/help/cs/roaming-activate?utm_source=mail&model=&generation=&model_year=")
    assert page.html.count("utm_source") == 0
    assert len(page.variants) == len(BASE.entry_of["roaming-activate"].variants)


@pytest.mark.parametrize("path", ["", "/sim-pin", "/contacts", "/search?q=roaming", "/nothing"])
def test_every_page_says_that_it_is_no_service_of_the_manufacturer(client: FlaskClient, path: str) -> None:
    told = {"cs": "Tato nápověda není oficiální službou výrobce.", "en": "not an official service of the manufacturer."}
    for language, sentence in told.items():
        assert sentence in client.get(f"/help/{language}{path}").text.partition("<footer")[2]


ATTACK = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"


@pytest.mark.parametrize(
    "path",
    [
        "/help/cs/search?q=",
        "/help/cs/search?q=roaming&offset=",
        "/help/cs/contacts?country=",
        "/help/cs/roaming-activate?model=",
        "/help/cs/roaming-activate?model=macan&generation=",
        "/help/cs/roaming-activate?model=macan&model_year=",
        "/help/cs/roaming-activate?model=macan&unsure=",
        "/help/cs/",
    ],
)
def test_what_an_address_says_is_text_and_nothing_else(client: FlaskClient, path: str) -> None:
    attacked = client.get(path + quote(ATTACK))
    assert attacked.status_code in {200, 400, 404}
    assert "<script>alert" not in attacked.text
    assert "<img" not in attacked.text
    assert "49" not in attacked.text.partition("<main")[2].partition("</main>")[0]
    HelpPage(attacked.text)


def test_a_query_is_shown_as_it_was_typed(visit: Visit) -> None:
    page = visit("/help/cs/search?q=%3Cb%3Eroaming%3C/b%3E")
    assert "<b>roaming</b>" in page.text


@pytest.mark.parametrize(
    "path", ["/help/cs", "/help/en/sim-pin", "/help/cs/nothing", "/help/style.css", "/sitemap.xml"]
)
def test_every_page_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert {name: response.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_the_style_sheet_is_kept_for_good_under_its_version(client: FlaskClient, visit: Visit) -> None:
    (sheet,) = visit("/help/cs").head("link", rel="stylesheet")
    response = client.get(sheet["href"])
    assert response.content_type == "text/css; charset=utf-8"
    assert "immutable" in response.headers["Cache-Control"]


def test_the_chat_opens_in_the_language_of_the_page_and_knows_its_vehicle(visit: Visit) -> None:
    page = visit("/help/en/roaming-activate?model=macan&generation=95B&model_year=2020")
    assert (
        '<script src="/widget.js" data-language="en" data-model="macan" data-generation="95B" data-model-year="2020"'
        in page.html
    )


def test_a_menu_path_is_shown_menu_by_menu_and_read_aloud_with_words(visit: Visit) -> None:
    page = visit("/help/cs/sim-pin?model=macan&model_year=2016")
    assert "PHONE > OPT > SET PHONE > Phone > SIM card > Remember PIN" in page.text
    assert page.html.count('<span class="menu">') == 6
    assert page.html.count(", pak ") == 5


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/help/cs/service-cancel", "Původní znění."),
        ("/help/en/service-cancel", "Translation. The original is in Czech."),
        ("/help/cs/sim-pin", "Překlad. Původní znění je v angličtině."),
        ("/help/en/sim-pin", "Original text."),
        ("/help/cs/contact-by-country", "Text redakce."),
    ],
)
def test_a_page_tells_where_its_text_comes_from(visit: Visit, path: str, told: str) -> None:
    assert told in visit(path).text


def test_web_addresses_in_answers_are_links(visit: Visit) -> None:
    page = visit("/help/en/services-overview")
    assert "https://login.porsche.com/login" in [link["href"] for link in page.links]
