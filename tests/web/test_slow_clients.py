"""Clients that send, read or hang up slowly, or never: they take no thread, and others are answered meanwhile."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import requests

from tests.servers import Server
from tests.web.test_faults import address
from web.server import THREADS
from web.worker import LONGEST_ARRIVAL

pytestmark = pytest.mark.slow

BODY = b'{"message": "hello"}'
HEAD = b"POST /api/v1/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
BEGUN = HEAD + b"Content-Length: 5000\r\n\r\n" + BODY
# More than all threads of two workers.
MANY = 2 * THREADS + 10
# Seconds in which everybody is answered, however busy the machine; who is slow is waited for longer.
SOON = LONGEST_ARRIVAL / 2


@pytest.fixture
def connections(server: Server) -> Iterator[list[socket.socket]]:
    """More connections than there are threads."""
    with ExitStack() as opened:
        yield [opened.enter_context(socket.create_connection(address(server), timeout=60)) for _ in range(MANY)]


def answer(connection: socket.socket) -> tuple[int, bytes]:
    """Status and body of all that comes until the connection is closed."""
    text = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = text.rpartition(b"\r\n\r\n")
    return int(head.rpartition(b"HTTP/1.1 ")[2][:3]), body


def assert_others_are_answered(server: Server) -> None:
    for _ in range(4):
        began = time.monotonic()
        assert requests.get(f"{server.url}/health/live", timeout=60).status_code == 200
        assert time.monotonic() - began < SOON


@pytest.mark.parametrize("begun", [b"GET /health/li", BEGUN, HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhe"])
def test_many_who_send_slowly_hold_up_nobody(server: Server, connections: list[socket.socket], begun: bytes) -> None:
    for connection in connections:
        connection.sendall(begun)
    assert_others_are_answered(server)


def test_many_who_do_not_read_hold_up_nobody(server: Server, connections: list[socket.socket]) -> None:
    """Each asks for more than the buffers of both sides take."""
    for connection in connections:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.setblocking(False)
        try:
            while True:
                connection.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 100)
        except BlockingIOError:  # the server does not take any more
            pass
    assert_others_are_answered(server)


def test_many_who_do_not_hang_up_hold_up_nobody(server: Server, connections: list[socket.socket]) -> None:
    for connection in connections:
        connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert answer(connection)[0] == 200
    assert_others_are_answered(server)


def test_a_slow_reader_gets_all_of_it(server: Server) -> None:
    whole = requests.get(f"{server.url}/openapi.json", headers={"Accept-Encoding": "identity"}, timeout=60).content
    with socket.create_connection(address(server), timeout=60) as connection:
        asked = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n"
        connection.sendall((asked + b"\r\n") * 200 + asked + b"Connection: close\r\n\r\n")
        time.sleep(1)  # the buffers are full by now
        status, body = answer(connection)
    assert status == 200
    assert body == whole


def test_a_request_of_which_a_part_is_missing_is_carried_out_by_nobody(server: Server) -> None:
    with socket.create_connection(address(server), timeout=60) as ended:
        ended.sendall(BEGUN)
        ended.shutdown(socket.SHUT_WR)
        status, body = answer(ended)
    assert (status, json.loads(body)["status"]) == (400, 400)
    with socket.create_connection(address(server), timeout=60) as stalled:
        stalled.sendall(BEGUN)
        status, body = answer(stalled)
    assert (status, json.loads(body)["status"]) == (408, 408)


@pytest.mark.parametrize("chunks", [b"ZZ\r\n", b"-1\r\n", b"5\r\nhello, you\r\n0\r\n\r\n", b"14\r\n" + BODY])
def test_chunks_that_are_none_are_the_clients_fault(server: Server, chunks: bytes) -> None:
    with socket.create_connection(address(server), timeout=60) as connection:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)
        connection.shutdown(socket.SHUT_WR)
        assert answer(connection)[0] == 400


def test_a_message_in_chunks_and_one_that_waits_to_be_asked_for_are_answered(server: Server) -> None:
    with socket.create_connection(address(server), timeout=60) as connection:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\na\r\n" + BODY[:10])
        connection.sendall(b"\r\na\r\n" + BODY[10:] + b"\r\n0\r\n\r\n")
        response = connection.recv(65536)
        assert response.startswith(b"HTTP/1.1 200 ")
        length = b"Content-Length: %d\r\nConnection: close\r\n" % len(BODY)
        connection.sendall(HEAD + length + b"Expect: 100-continue\r\n\r\n")
        assert connection.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(BODY)
        status, body = answer(connection)
    assert status == 200
    assert json.loads(body)["kind"] == "smalltalk"


def test_requests_may_follow_each_other_on_one_connection_without_waiting(server: Server) -> None:
    asked = b"GET /health/live HTTP/1.1\r\nHost: x\r\n"
    with socket.create_connection(address(server), timeout=60) as connection:
        connection.sendall((asked + b"\r\n") * 20 + asked + b"Connection: close\r\n\r\n")
        text = b"".join(iter(lambda: connection.recv(65536), b""))
    assert text.count(b"HTTP/1.1 200 OK\r\n") == 21
    assert text.count(b"Connection: keep-alive") == 20


def test_a_connection_that_rests_for_a_while_is_still_there(server: Server) -> None:
    with requests.Session() as session:
        assert session.get(f"{server.url}/health/live", timeout=60).status_code == 200
        (pool,) = session.adapters["http://"].poolmanager.pools._container.values()  # type: ignore[attr-defined]
        time.sleep(4)
        assert session.get(f"{server.url}/health/live", timeout=60).status_code == 200
        assert pool.num_connections == 1


def test_no_response_says_what_serves_it(server: Server) -> None:
    for path in ("/health/live", "/widget.js", "/static/page.css", "/nothing", "/" + "x" * 9000):
        response = requests.get(server.url + path, timeout=60)
        assert "Server" not in response.headers
        assert response.headers["Content-Security-Policy"]
        assert response.headers["X-Request-ID"]
