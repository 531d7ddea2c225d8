"""Search and suggestions over real HTTP: fields, filters, paging, highlights, explanations, refusals."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from index.text import Tokenizer, fold

Get = Callable[..., dict[str, Any]]
ENTRY_FIELDS = {
    "entry_id", "topic", "confidence", "question", "coverage", "variants", "how_to_tell", "passages",
}  # fmt: skip


@pytest.fixture
def fetch(server_url: str) -> Callable[..., requests.Response]:
    """Gets an address of the API with these parameters."""

    def send(name: str, **parameters: object) -> requests.Response:
        return requests.get(f"{server_url}/api/v1/{name}", params=parameters, timeout=30)  # type: ignore[arg-type]

    return send


@pytest.fixture
def search(fetch: Callable[..., requests.Response]) -> Get:
    """Searches with parameters that are right."""

    def send(q: str, **parameters: object) -> dict[str, Any]:
        response = fetch("search", q=q, **parameters)
        assert response.status_code == 200, response.text
        return dict(response.json())

    return send


def test_entries_are_ranked_with_everything_that_an_agent_needs(search: Get) -> None:
    found = search("jak zapnu roaming")
    assert (found["query"], found["searched"], found["language"]) == ("jak zapnu roaming", "jak zapnu roaming", "cs")
    assert (found["limit"], found["offset"], found["contact"]) == (10, 0, None)
    assert found["total"] >= len(found["entries"]) > 1
    best = found["entries"][0]
    assert best["entry_id"] == "roaming-activate"
    assert best["question"].startswith("Jak zapnout roaming")
    assert best["confidence"] > 0.9 > found["none_of_them"]
    for entry in found["entries"]:
        assert entry.keys() == ENTRY_FIELDS
        assert 1 <= len(entry["passages"]) <= 3
        for passage in entry["passages"]:
            assert passage.keys() == {"language", "kind", "variant_id", "text", "highlights"}


def test_highlights_are_places_of_words_of_the_query(search: Get) -> None:
    tokenizer = Tokenizer()
    wanted = set(tokenizer.stems("faktury za nabijeni"))
    marked = [
        passage["text"][start:end]
        for entry in search("faktury za nabijeni")["entries"]
        for passage in entry["passages"]
        for start, end in passage["highlights"]
    ]
    assert "nabíjení" in marked
    assert all(wanted & set(tokenizer.stems(word)) for word in marked)


def test_slips_are_put_right_and_told(search: Get) -> None:
    found = search("romaing")
    assert (found["query"], found["searched"]) == ("romaing", "roaming")
    assert found["entries"][0]["entry_id"] == "roaming-activate"


@pytest.mark.parametrize(
    ("vehicle", "coverage", "variants"),
    [
        ({"model": "taycan"}, "covered", ["taycan"]),
        ({"model": "911", "generation": "992"}, "covered", ["set-device-manager"]),
        ({"generation": "992"}, "covered", ["set-device-manager"]),
        ({"model": "Macan", "model_year": 2018}, "covered", ["phone-opt", "set-device-manager"]),
        ({"model": "918"}, "not_covered", []),
    ],
)
def test_a_vehicle_leaves_its_variants(
    search: Get, vehicle: dict[str, object], coverage: str, variants: list[str]
) -> None:
    best = search("roaming", language="en", **vehicle)["entries"][0]
    assert best["coverage"] == coverage
    assert [row["variant_id"] for row in best["variants"]] == variants
    assert all(row["label"] and row["blocks"] for row in best["variants"])
    assert (best["how_to_tell"] is not None) == (len(variants) > 1)


def test_a_country_adds_its_contact(search: Get) -> None:
    assert search("roaming", country="at", language="cs")["contact"] == {
        "country": "AT",
        "name": "Rakousko",
        "email": "smartmobility@at.porsche.com",
    }
    assert search("roaming", country="BR")["contact"] is None


def test_filters_and_pages_restrict_what_is_listed(search: Get) -> None:
    whole = search("roaming PIN faktura", limit=50)
    second = search("roaming PIN faktura", limit=1, offset=1)
    assert second["total"] == whole["total"] == len(whole["entries"])
    assert second["entries"] == whole["entries"][1:2]
    assert search("roaming PIN faktura", offset=1000)["entries"] == []
    of_topic = search("roaming PIN faktura", topic="connectivity", limit=50)
    assert {entry["topic"] for entry in of_topic["entries"]} == {"connectivity"}
    assert of_topic["total"] < whole["total"]
    english = search("roaming PIN faktura", language="en")
    assert {row["language"] for entry in english["entries"] for row in entry["passages"]} == {"en"}


def test_an_explanation_adds_up(search: Get) -> None:
    found = search("roaming", explain="true")
    for explained in (found["explanation"], *(entry["explanation"] for entry in found["entries"])):
        for term in explained["terms"]:
            assert term["product"] == pytest.approx(term["value"] * term["weight"], abs=2e-3)
        total = explained["constant"] + sum(term["product"] for term in explained["terms"])
        assert explained["score"] == pytest.approx(total, abs=2e-3)
    for entry in found["entries"]:
        assert all(passage["scores"].keys() == {"dense", "stems", "ngrams"} for passage in entry["passages"])
    assert "explanation" not in search("roaming")


@pytest.mark.parametrize("q", ["?!", "jak to je", "😀", "\u200b", "a" * 2000, "%00", "<script>", "\ud800", "' OR 1=1"])
def test_a_query_that_says_nothing_is_answered(search: Get, q: str) -> None:
    found = search(q.encode("utf-8", "replace").decode())
    assert found["total"] >= len(found["entries"])


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": " \t\n"}, "q"),
        ({"q": "\x00\x01"}, "q"),
        ({"q": "a" * 2001}, "q"),
        ({"q": "a", "language": "de"}, "language"),
        ({"q": "a", "model": "fiat"}, "model"),
        ({"q": "a", "model": "taycan", "generation": "992"}, "generation"),
        ({"q": "a", "generation": "1234"}, "generation"),
        ({"q": "a", "model": "fiat", "generation": "992"}, "model"),
        ({"q": "a", "model_year": 1947}, "model_year"),
        ({"q": "a", "model_year": 2101}, "model_year"),
        ({"q": "a", "model_year": "new"}, "model_year"),
        ({"q": "a", "country": "XX"}, "country"),
        ({"q": "a", "country": "Czechia"}, "country"),
        ({"q": "a", "topic": "nothing"}, "topic"),
        ({"q": "a", "limit": 0}, "limit"),
        ({"q": "a", "limit": 51}, "limit"),
        ({"q": "a", "limit": 10**9}, "limit"),
        ({"q": "a", "limit": "9" * 1000}, "limit"),
        ({"q": "a", "limit": "many"}, "limit"),
        ({"q": "a", "limit": ""}, "limit"),
        ({"q": "a", "offset": -1}, "offset"),
        ({"q": "a", "offset": "9" * 1000}, "offset"),
        ({"q": "a", "explain": "perhaps"}, "explain"),
    ],
)
def test_a_wrong_parameter_is_422_and_named(
    fetch: Callable[..., requests.Response], parameters: dict[str, object], name: str
) -> None:
    response = fetch("search", **parameters)
    assert response.status_code == 422, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in response.json()["errors"]] == [name]


def test_suggestions_complete_what_is_typed(fetch: Callable[..., requests.Response]) -> None:
    found = fetch("suggest", q="jak zapn", language="cs", limit=3).json()
    assert found.keys() == {"kb_version", "suggestions"}
    assert 1 <= len(found["suggestions"]) <= 3
    first = found["suggestions"][0]
    assert first.keys() == {"entry_id", "question", "language", "highlights"}
    assert first["language"] == "cs"
    assert [fold(first["question"][start:end]) for start, end in first["highlights"]] == ["jak", "zapn"]


@pytest.mark.parametrize("q", ["", " ", "\x00", "?!", "xyzzy", "a" * 2000])
def test_nothing_to_complete_is_an_empty_list(fetch: Callable[..., requests.Response], q: str) -> None:
    assert fetch("suggest", q=q).json()["suggestions"] == []


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({}, "q"),
        ({"q": "a" * 2001}, "q"),
        ({"q": "a", "language": "de"}, "language"),
        ({"q": "a", "limit": 0}, "limit"),
        ({"q": "a", "limit": 51}, "limit"),
    ],
)
def test_suggestions_refuse_wrong_parameters(
    fetch: Callable[..., requests.Response], parameters: dict[str, object], name: str
) -> None:
    response = fetch("suggest", **parameters)
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [name]


def test_searches_suggestions_and_chats_at_once_are_all_answered(server_url: str, search: Get) -> None:
    from concurrent.futures import ThreadPoolExecutor

    expected = search("roaming")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: search("roaming"), range(16)))
    assert all(row == expected for row in found)
