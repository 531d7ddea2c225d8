"""What protects customers and server: headers, limits on what is taken, whom a client's address is believed from."""

import json
import re
import socket
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from flask import request
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from bot.assistant import Assistant
from tests.web.routes import READING, addresses, changes
from tests.web.test_bad_requests import assert_problem, send
from web.app import create_app
from web.client import client_line
from web.headers import SECURITY_HEADERS, TRANSPORT_SECURITY
from web.json_body import DEEPEST, LARGEST_BODY
from web.settings import Settings
from web.widget_files import FOLDER

CHAT_BEGUN = b"POST /api/v1/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"
SIMPLE = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")


def headers_of(client: FlaskClient, path: str, method: str = "GET") -> Headers:
    """The headers of a response, which may be a file's, and is closed."""
    with client.open(path, method=method) as response:
        return response.headers


def assert_secured(headers: Headers) -> None:
    """Each security header is there, once."""
    assert {name: headers.getlist(name) for name in SECURITY_HEADERS} == {
        name: [value] for name, value in SECURITY_HEADERS.items()
    }


def test_every_kind_of_response_carries_the_security_headers(client: FlaskClient) -> None:
    for method, path in [*(("GET", path) for path in addresses(client.application)), *changes(client.application)]:
        headers = headers_of(client, path, method)
        assert_secured(headers)
        assert "Content-Type" in headers, path


def test_what_was_not_changed_and_every_refusal_carry_the_security_headers(client: FlaskClient) -> None:
    tag = headers_of(client, "/help/cs")["ETag"]
    chat = "/api/v1/chat"
    responses = {
        304: client.get("/help/cs", headers={"If-None-Match": tag}),
        400: client.post(chat, data=b"{", content_type="application/json"),
        403: client.post("/console/sign-in"),
        404: client.get("/api/v1/entries/nothing"),
        405: client.get(chat),
        413: client.post(chat, data=b" " * (LARGEST_BODY + 1), content_type="application/json"),
        415: client.post(chat, data=b"hi", content_type="text/plain"),
        422: client.post(chat, json={}),
    }
    assert {status: response.status_code for status, response in responses.items()} == {key: key for key in responses}
    for response in responses.values():
        assert_secured(response.headers)


def test_what_goes_wrong_in_the_server_carries_the_security_headers(tmp_path: Path, assistant: Assistant) -> None:
    (tmp_path / "broken.db").write_bytes(b"this is no database" * 100)
    mute = replace(assistant, clarifiers={})  # every reply is a mistake
    told = {
        500: create_app(Settings(database_url=f"sqlite:///{tmp_path}/radce.db"), mute),
        503: create_app(Settings(database_url=f"sqlite:///{tmp_path}/broken.db"), assistant),
    }
    for status, app in told.items():
        response = app.test_client().post("/api/v1/chat", json={"message": "hi", "client_message_id": "a"})
        assert response.status_code == status
        assert_secured(response.headers)


def test_who_asks_too_often_gets_the_security_headers_too(assistant: Assistant) -> None:
    client = create_app(Settings(), assistant).test_client()
    response = next(answer for _ in range(1000) if (answer := client.post("/api/v1/handoff")).status_code == 429)
    assert_secured(response.headers)


def test_only_the_widget_may_be_loaded_by_other_origins(client: FlaskClient) -> None:
    for path in addresses(client.application):
        allowed = "cross-origin" if path.startswith("/widget") and "nothing" not in path else "same-origin"
        assert headers_of(client, path)["Cross-Origin-Resource-Policy"] == allowed, path


def test_the_content_security_policy_begins_with_nothing_and_adds_this_server_only(client: FlaskClient) -> None:
    for path in addresses(client.application):
        told = headers_of(client, path)["Content-Security-Policy"]
        policy = dict(rule.strip().split(" ", 1) for rule in told.split(";"))
        assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        del policy["report-uri"], policy["report-to"]
        assert set(policy.values()) <= {"'none'", "'self'"}


def test_what_changes_something_is_not_taken_without_a_preflight(client: FlaskClient) -> None:
    routes = [route for route in changes(client.application) if not route[1].startswith("/console")]
    assert {path for _, path in routes} >= {"/api/v1/chat", "/api/v1/feedback", "/api/v1/handoff", "/policy-reports"}
    for method, path in routes:
        if method != "DELETE":  # which is never sent to another origin unasked
            for content_type in SIMPLE:
                assert client.open(path, method=method, data=b"{}", content_type=content_type).status_code == 415, path


def test_what_changes_something_is_no_route_that_is_looked_at(client: FlaskClient) -> None:
    for rule in client.application.url_map.iter_rules():
        methods = rule.methods or set()
        assert methods <= READING or "GET" not in methods, rule.rule
    looked_at = set(addresses(client.application))
    for _, path in changes(client.application):
        assert path in looked_at or client.get(path).status_code in {303, 405}, path


@pytest.mark.parametrize(
    ("settings", "scheme", "told"),
    [
        (Settings(), "http", None),
        (Settings(), "https", TRANSPORT_SECURITY),
        (Settings(public_url="https://help.example.com"), "http", TRANSPORT_SECURITY),
        (Settings(public_url="http://help.example.com"), "http", None),
    ],
)
def test_browsers_are_told_to_come_by_https_where_they_can(
    assistant: Assistant, settings: Settings, scheme: str, told: str | None
) -> None:
    response = create_app(settings, assistant).test_client().get("/health/live", base_url=f"{scheme}://x.example")
    assert response.headers.get("Strict-Transport-Security") == told


def nested(levels: int) -> bytes:
    return b'{"message": "hi", "more": ' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"


def test_json_that_is_nested_too_deep_is_refused(server_url: str) -> None:
    assert send(server_url, nested(DEEPEST)).status_code == 200
    assert_problem(send(server_url, nested(DEEPEST + 1)), 400)


def test_json_with_a_name_twice_is_refused(server_url: str) -> None:
    assert_problem(send(server_url, b'{"message": "hi", "message": "hello"}'), 400)


def test_a_body_is_taken_up_to_its_limit(server_url: str) -> None:
    body = json.dumps({"message": "hi"}).encode()
    assert send(server_url, body.ljust(LARGEST_BODY)).status_code == 200
    assert_problem(send(server_url, body.ljust(LARGEST_BODY + 1)), 413)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/health/live?" + "x" * 9000, {}, 414),
        ("/health/live", {"X-Long": "x" * 9000}, 431),
        ("/health/live", {f"X-{number}": "x" for number in range(100)}, 431),
    ],
)
def test_headers_and_addresses_that_are_too_long_are_refused(
    server_url: str, path: str, headers: dict[str, str], status: int
) -> None:
    response = requests.get(server_url + path, headers=headers, timeout=30)
    assert_problem(response, status)


@pytest.mark.parametrize("written", [b"NONSENSE\r\n\r\n", b"GET / HTTP/1.1\r\nno header\r\n\r\n"])
def test_what_is_no_http_gets_a_problem_and_nothing_of_the_server(server_url: str, written: bytes) -> None:
    host, port = server_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(written)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert json.loads(body)["status"] == 400
    assert b"gunicorn" not in answer


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("HTTP/1.1\r\nHost: help.example.com:8443", 200),
        ("HTTP/1.1\r\nHost: [2001:db8::1]:8000", 200),
        ("HTTP/1.0", 200),
        ("HTTP/1.1", 400),
        ("HTTP/1.1\r\nHost: ", 400),
        ("HTTP/1.1\r\nHost: a b.example", 400),
        ("HTTP/1.1\r\nHost: <script>.example", 400),
        ("HTTP/1.1\r\nHost: help.example.com@evil.example", 400),
        ("HTTP/1.1\r\nHost: help.example.com/evil", 400),
        ("HTTP/1.1\r\nHost: help.example.com:port", 400),
        ('HTTP/1.1\r\nHost: "evil.example', 400),
    ],
)
def test_a_host_that_is_none_is_refused(server_url: str, head: str, status: int) -> None:
    address = server_url.removeprefix("http://").split(":")
    with socket.create_connection((address[0], int(address[1])), timeout=30) as connection:
        connection.sendall(f"GET /help/cs {head}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.partition(b"\r\n")[0].split()[1] == str(status).encode()
    assert status == 200 or json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == status


@pytest.mark.slow
@pytest.mark.parametrize("begun", [b"GET /health/live HTTP/1.1\r\nX: ", CHAT_BEGUN], ids=["headers", "body"])
def test_a_client_that_sends_slowly_is_cut_off(server_url: str, begun: bytes) -> None:
    host, port = server_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=2) as connection:
        connection.sendall(begun)
        answer = None
        while answer is None:  # for ever, if it were not cut off
            try:
                answer = connection.recv(65536)
            except TimeoutError:
                connection.sendall(b"x")
    assert b" 200 " not in answer


def test_a_query_of_the_longest_length_fits_into_an_address(server_url: str) -> None:
    query = "příliš dlouhý dotaz " * 100
    response = requests.get(f"{server_url}/api/v1/search", params={"q": query}, timeout=30)
    assert len(query) == 2000
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("trusted", "told", "client"),
    [
        (0, "203.0.113.5", "127.0.0.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "198.51.100.1, 203.0.113.5", "203.0.113.5"),
        (2, "198.51.100.1, 203.0.113.5", "198.51.100.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.5", "203.0.113.5"),
    ],
)
def test_a_clients_address_is_believed_from_trusted_proxies_only(
    assistant: Assistant, trusted: int, told: str, client: str
) -> None:
    app = create_app(Settings(trusted_proxies=trusted), assistant)
    seen: list[str] = []
    app.before_request(lambda: seen.append(client_line()))
    app.test_client().get("/health/live", headers={"X-Forwarded-For": told, "X-Forwarded-Host": "evil.example"})
    assert seen == [client]


def test_a_scheme_is_believed_from_trusted_proxies_only(assistant: Assistant) -> None:
    for trusted, scheme in ((0, "http"), (1, "https")):
        app = create_app(Settings(trusted_proxies=trusted), assistant)
        seen: list[str] = []
        app.before_request(lambda seen=seen: seen.append(request.scheme))
        app.test_client().get("/health/live", headers={"X-Forwarded-Proto": "https"})
        assert seen == [scheme]


def test_what_customers_type_is_kept_by_no_cache(client: FlaskClient) -> None:
    for path in ("/api/v1/search?q=roaming", "/api/v1/suggest?q=roaming", "/api/v1/vehicles"):
        assert headers_of(client, path)["Cache-Control"] == "no-store"
    assert "private" in headers_of(client, "/help/cs/search?q=roaming")["Cache-Control"]
    assert client.post("/api/v1/chat", json={"message": "hi"}).headers["Cache-Control"] == "no-store"


def test_a_conversation_is_kept_by_no_cache(client: FlaskClient) -> None:
    talk = client.post("/api/v1/chat", json={"message": "hi"}).get_json()["conversation_id"]
    for status in (200, 404):
        told = client.get(f"/api/v1/conversations/{talk}")
        assert (told.status_code, told.headers["Cache-Control"]) == (status, "no-store")
        client.delete(f"/api/v1/conversations/{talk}")


def test_files_are_named_by_their_type_and_never_as_pages(client: FlaskClient) -> None:
    for path in ("/widget.js", "/static/page.css", "/api/v1/vehicles", "/openapi.json"):
        assert "html" not in headers_of(client, path)["Content-Type"]


def test_a_file_is_kept_for_ever_only_where_its_address_has_a_version(client: FlaskClient) -> None:
    for path, kept in (
        ("console/early.js", "no-cache"),
        ("console/early.js?v=1", "public, max-age=31536000, immutable"),
        ("nothing.js?v=1", "no-store"),
    ):
        with client.get(f"/static/{path}") as response:
            assert response.headers.get("Cache-Control") == kept


def test_no_route_answers_the_methods_that_show_a_request(client: FlaskClient) -> None:
    for path in addresses(client.application):
        assert client.open(path, method="TRACE").status_code in {404, 405}


def test_only_the_page_for_signing_in_sets_a_cookie(client: FlaskClient) -> None:
    stranger = client.application.test_client(use_cookies=False)
    setting = {path for path in addresses(client.application) if "Set-Cookie" in headers_of(stranger, path)}
    assert setting == {"/console/sign-in"}


def test_a_redirect_leads_to_this_server_only(client: FlaskClient) -> None:
    for path in ("/help//evil.example/", "/help/search?next=https://evil.example", "/help/%2F%2Fevil.example/"):
        target = headers_of(client, path).get("Location", "/")
        assert re.match(r"/(?!/)", target) or target.startswith("http://localhost/")


def test_a_message_is_not_taken_from_an_address(client: FlaskClient) -> None:
    assert client.get("/api/v1/chat?message=hi").status_code == 405
    assert client.post("/api/v1/chat?message=hi", json={}).status_code == 422


def test_the_widget_hears_no_messages_of_other_windows() -> None:
    for path in FOLDER.glob("*.js"):
        code = path.read_text(encoding="utf-8")
        assert not re.search(r"postMessage|onmessage|addEventListener\(\s*[\"']message", code), path
