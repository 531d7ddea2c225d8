"""Pages that a browser holds are not sent again; what changes a page changes its tag."""

import pytest
from flask.testing import FlaskClient

from bot.assistant import Assistant
from web.app import create_app
from web.settings import Settings

PATHS = ("/help/cs", "/help/en/sim-pin?model=macan", "/help/cs/contacts?country=CZ", "/help/cs/search?q=roaming")


@pytest.mark.parametrize("path", [*PATHS, "/sitemap.xml", "/robots.txt"])
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}'])
def test_a_page_that_is_held_is_not_sent_again(client: FlaskClient, path: str, form: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": form.format(first.headers["ETag"])})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


@pytest.mark.parametrize("path", PATHS)
def test_another_tag_gets_the_page(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_every_address_has_a_tag_of_its_own(client: FlaskClient, assistant: Assistant) -> None:
    tags = [client.get(path).headers["ETag"] for path in (*PATHS, "/help/en", "/help/cs/sim-pin?model=macan")]
    tags.append(client.get("/help/cs", base_url="http://other.example").headers["ETag"])
    tags.append(
        create_app(Settings(public_url="https://a.example"), assistant).test_client().get("/help/cs").headers["ETag"]
    )
    assert len(set(tags)) == len(tags)


def test_what_leads_nowhere_is_not_kept(client: FlaskClient) -> None:
    response = client.get("/help/cs/nothing", headers={"If-None-Match": "*"})
    assert response.status_code == 404
    assert "ETag" not in response.headers


def test_pages_are_kept_for_minutes_and_searches_by_nobody_else(assistant: Assistant) -> None:
    client = create_app(Settings(public_url="https://a.example"), assistant).test_client()
    assert client.get("/help/cs").headers["Cache-Control"] == "public, max-age=300"
    assert client.get("/help/cs/search?q=roaming").headers["Cache-Control"] == "private, no-cache"


def test_a_page_with_a_host_that_its_visitor_has_named_is_given_to_nobody_else(client: FlaskClient) -> None:
    page = client.get("/help/cs", base_url="http://other.example")
    assert "http://other.example/help/cs" in page.text
    for response in (page, client.get("/help/cs", headers={"If-None-Match": page.headers["ETag"]})):
        assert response.headers["Cache-Control"] == "private, max-age=300"


@pytest.mark.parametrize("path", [*PATHS, "/help/style.css", "/sitemap.xml", "/robots.txt"])
def test_a_page_can_be_asked_for_without_its_text(client: FlaskClient, path: str) -> None:
    full, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert {name: head.headers[name] for name in ("Content-Type", "Content-Length", "Cache-Control")} == {
        name: full.headers[name] for name in ("Content-Type", "Content-Length", "Cache-Control")
    }
