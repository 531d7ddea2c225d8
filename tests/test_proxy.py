"""nginx with the project's files: what it answers itself, what it lets through, for which host."""

import json
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPMessage, HTTPResponse
from pathlib import Path

import pytest

from tests.proxy import HOST, PATIENCE, Proxy, find_nginx, proxying, written
from tests.servers import Server, free_port
from web.headers import SECURITY_HEADERS, TRANSPORT_SECURITY

pytestmark = pytest.mark.slow

# Where reports go is the app's affair; what nginx says itself is no page.
OWN = (SECURITY_HEADERS.keys() - {"Reporting-Endpoints"}) | {"Cross-Origin-Resource-Policy"}
POST = "POST /api/v1/chat HTTP/1.1\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Iterator[Proxy]:
    """A proxy in front of the server of the session."""
    with proxying(tmp_path_factory.mktemp("proxy"), server.url.removeprefix("http://")) as started:
        yield started


@pytest.fixture(scope="module")
def lonely(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """A proxy whose app is gone."""
    with proxying(tmp_path_factory.mktemp("lonely"), f"127.0.0.1:{free_port()}") as started:
        yield started


@dataclass(frozen=True)
class Answer:
    """A response as it came."""

    status: int
    headers: HTTPMessage
    body: bytes

    def once(self, name: str) -> str:
        """A header, which is there one time."""
        (value,) = self.headers.get_all(name, [])
        return value


def connected(stack: ExitStack, port: int, *, tls: bool) -> socket.socket:
    """A connection, closed with the stack."""
    plain = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
    context = ssl._create_unverified_context()
    return stack.enter_context(context.wrap_socket(plain, server_hostname=HOST)) if tls else plain


def exchange(port: int, written: str, *, tls: bool = True) -> Answer:
    """The answer to what is written; an empty line is added."""
    with ExitStack() as stack:
        connection = connected(stack, port, tls=tls)
        connection.sendall(f"{written}Connection: close\r\n\r\n".encode())
        response = HTTPResponse(connection)
        response.begin()
        return Answer(response.status, response.headers, response.read())


def get(proxy: Proxy, path: str, *, host: str | None = None) -> Answer:
    """The answer to a request by HTTPS, for the public host where none is named."""
    return exchange(proxy.port, f"GET {path} HTTP/1.1\r\nHost: {host or proxy.host}\r\n")


def assert_own(answer: Answer, status: int) -> None:
    """It is a problem (RFC 9457), each security header is there once, and nothing tells the program."""
    assert answer.status == status
    assert answer.once("Content-Type") == "application/problem+json"
    told = json.loads(answer.body)
    assert told.keys() == {"type", "title", "status", "detail"}
    assert (told["type"], told["status"]) == ("about:blank", status)
    assert told["title"] != "Error"
    assert_secured(answer)


def assert_secured(answer: Answer) -> None:
    for name in OWN - {"Content-Security-Policy"}:
        assert answer.once(name) == {**SECURITY_HEADERS, "Cross-Origin-Resource-Policy": "same-origin"}[name]
    assert answer.once("Content-Security-Policy").startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in answer.once("Content-Security-Policy")
    assert answer.once("Server") == "nginx"  # without its version


def test_the_proxy_understands_its_file(tmp_path: Path) -> None:
    file = written(tmp_path, "127.0.0.1:8000", port=free_port(), plain_port=free_port())
    nginx = find_nginx() or ""
    told = subprocess.run([nginx, "-t", "-c", file], capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 0, told.stderr
    assert "[warn]" not in told.stderr


@pytest.mark.parametrize("path", ["/", "/help/cs", "/widget.js", "/api/v1/vehicles", "/nothing", "/health/live"])
def test_what_the_app_answers_passes_with_its_own_headers_and_no_others(proxy: Proxy, path: str) -> None:
    answer = get(proxy, path)
    assert answer.status == (404 if path == "/nothing" else 200)
    assert {name: answer.once(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert len(answer.headers.get_all("Cross-Origin-Resource-Policy", [])) == 1
    assert b"about:blank" not in answer.body or path == "/nothing"


@pytest.mark.parametrize(
    ("request_head", "status"),
    [
        ("GET /metrics HTTP/1.1\r\nHost: {host}\r\n", 404),
        ("GET /.problem HTTP/1.1\r\nHost: {host}\r\n", 404),
        (POST + "Host: {host}\r\nContent-Length: 200000\r\n", 413),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n", 421),
        ("GET / HTTP/1.1\r\nHost: {name}.evil.example\r\n", 421),
        ("GET / HTTP/1.0\r\n", 421),
        ("GET / HTTP/1.1\r\n", 400),
        ("NONSENSE\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: {host}\r\nX-Long: {long}\r\n", 400),
        ("GET /?{long} HTTP/1.1\r\nHost: {host}\r\n", 414),
    ],
    ids=lambda value: str(value)[:40].strip(),
)
def test_what_the_proxy_refuses_is_a_problem_with_security_headers(
    proxy: Proxy, request_head: str, status: int
) -> None:
    answer = exchange(proxy.port, request_head.format(host=proxy.host, name=HOST, long="x" * 20_000))
    assert_own(answer, status)
    assert answer.once("Strict-Transport-Security") == TRANSPORT_SECURITY


def test_http_on_the_port_of_https_is_a_problem_too(proxy: Proxy) -> None:
    assert_own(exchange(proxy.port, f"GET / HTTP/1.1\r\nHost: {proxy.host}\r\n", tls=False), 400)


def test_where_the_app_is_gone_a_client_is_told_to_come_again(lonely: Proxy) -> None:
    for answer in (get(lonely, "/"), exchange(lonely.port, f"{POST}Host: {lonely.host}\r\nContent-Length: 0\r\n")):
        assert_own(answer, 502)
        assert answer.once("Retry-After").isdigit()


def test_a_flood_is_refused_with_a_time_to_come_again(lonely: Proxy) -> None:
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda _: get(lonely, "/"), range(300)))
    refused = [answer for answer in answers if answer.status == 429]
    assert refused
    for answer in refused:
        assert_own(answer, 429)
        assert answer.once("Retry-After").isdigit()


@pytest.mark.parametrize("host", [HOST, "evil.example"])
def test_http_leads_to_the_public_address_whatever_host_is_asked_for(proxy: Proxy, host: str) -> None:
    answer = exchange(proxy.plain_port, f"GET /help/cs?q=1 HTTP/1.1\r\nHost: {host}\r\n", tls=False)
    assert (answer.status, answer.once("Location")) == (308, f"https://{proxy.host}/help/cs?q=1")
    assert_secured(answer)
    assert "Strict-Transport-Security" not in answer.headers  # browsers must not believe it there (RFC 6797)


def test_the_public_host_may_be_written_in_any_letters(proxy: Proxy) -> None:
    assert get(proxy, "/health/ready", host=proxy.host.upper()).status == 200


def test_whether_the_proxy_lives_is_told_without_its_name(proxy: Proxy) -> None:
    assert get(proxy, "/health/live", host="127.0.0.1").status == 200


def test_the_proxy_logs_no_address(proxy: Proxy) -> None:
    for path in ("/api/v1/suggest?q=tajemstvi", "/api/v1/conversations/tajemstvi", "/metrics?tajemstvi"):
        get(proxy, path)
    end = time.monotonic() + PATIENCE
    while proxy.log().count("GET 4") < 2 and time.monotonic() < end:
        time.sleep(0.01)
    assert proxy.log().count("GET 4") >= 2
    assert "tajemstvi" not in proxy.log()
    assert "127.0.0.1" not in proxy.log()
