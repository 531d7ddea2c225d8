"""Which pages of other origins may read the API and the widget's files."""

import pytest
from flask.testing import FlaskClient

from bot.assistant import Assistant
from web.app import create_app
from web.settings import Settings
from web.widget_files import widget_files, widget_version

ALLOWED = "https://www.example.com"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> FlaskClient:
    return create_app(Settings(allowed_origins=(ALLOWED,)), assistant).test_client()


@pytest.mark.parametrize("path", ["/api/v1/suggest?q=roaming", "/api/v1/search", "/api/v1/nothing", "/widget/texts/cs"])
def test_an_allowed_origin_may_read_answers_and_errors(client: FlaskClient, path: str) -> None:
    headers = client.get(path, headers={"Origin": ALLOWED}).headers
    assert headers["Access-Control-Allow-Origin"] == ALLOWED
    assert "Origin" in headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in headers


def test_an_allowed_origin_may_read_the_modules(client: FlaskClient) -> None:
    response = client.get(f"/widget/{widget_version(widget_files())}/chat.js", headers={"Origin": ALLOWED})
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == ALLOWED


def test_a_preflight_of_an_allowed_origin_is_answered(client: FlaskClient) -> None:
    response = client.options("/api/v1/chat", headers={"Origin": ALLOWED, **PREFLIGHT})
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == ALLOWED
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert response.headers["Access-Control-Allow-Headers"] == "Content-Type"


def test_an_allowed_origin_may_erase_a_conversation(client: FlaskClient) -> None:
    asked = {"Origin": ALLOWED, "Access-Control-Request-Method": "DELETE"}
    allowed = client.options("/api/v1/conversations/some", headers=asked).headers["Access-Control-Allow-Methods"]
    assert {"DELETE", "GET"} <= set(allowed.split(", "))


@pytest.mark.parametrize(
    "origin",
    ["https://example.com", "http://www.example.com", "https://www.example.com.evil.example", "null", "*", ""],
)
@pytest.mark.parametrize("path", ["/api/v1/chat", "/widget/texts/cs"])
def test_another_origin_gets_no_cors_headers(client: FlaskClient, path: str, origin: str) -> None:
    for response in (
        client.get(path, headers={"Origin": origin}),
        client.options(path, headers={"Origin": origin, **PREFLIGHT}),
    ):
        assert [name for name, _ in response.headers if name.startswith("Access-Control")] == []
        assert "Origin" in response.headers["Vary"]


@pytest.mark.parametrize("path", ["/", "/health/ready", "/widget.js"])
def test_pages_are_for_no_other_origin(client: FlaskClient, path: str) -> None:
    headers = client.get(path, headers={"Origin": ALLOWED}).headers
    assert "Access-Control-Allow-Origin" not in headers


def test_without_the_setting_no_origin_is_allowed(assistant: Assistant) -> None:
    response = create_app(Settings(), assistant).test_client().get("/api/v1/vehicles", headers={"Origin": ALLOWED})
    assert "Access-Control-Allow-Origin" not in response.headers
