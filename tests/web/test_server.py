"""The server as a whole: workers, restarts, signals, a port that is taken, a database that breaks."""

import os
import shutil
import signal
import socket
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.assistant import Assistant
from kb.load import BUNDLED_CONTENT
from tests.servers import PATIENCE, Server, free_port, radce, serving
from web.app import create_app
from web.server import cores_of_workers
from web.settings import Settings

pytestmark = pytest.mark.slow


def chat(url: str, **fields: object) -> dict[str, Any]:
    response = requests.post(f"{url}/api/v1/chat", json=fields, timeout=30)
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_each_of_two_workers_answers(server: Server) -> None:
    workers = server.workers()
    assert len(workers) == 2
    talk = chat(server.url, message="jak zapnu roaming")["conversation_id"]
    for resting, message in zip(workers, ("Taycan", "911 z roku 2020"), strict=True):
        reply = _reply_of_the_other(resting, server, {"message": message, "conversation_id": talk})
        assert reply["entry_id"] == "roaming-activate"


def _reply_of_the_other(resting: int, server: Server, fields: dict[str, str]) -> dict[str, Any]:
    """What is replied while a worker is stopped: the other one has to answer."""
    deadline = time.monotonic() + PATIENCE
    while True:
        os.kill(resting, signal.SIGSTOP)
        try:
            response = requests.post(f"{server.url}/api/v1/chat", json=fields, timeout=30)
        finally:
            os.kill(resting, signal.SIGCONT)
        # 503: it was stopped while it wrote, as a worker does at its start, and the database waited for it.
        if response.status_code != 503 or time.monotonic() > deadline:
            assert response.status_code == 200, response.text
            return dict(response.json())
        time.sleep(1)  # until it has written


def test_as_many_workers_as_cores_keep_one_each_also_after_one_was_killed(tmp_path: Path, index_dir: Path) -> None:
    cores = os.sched_getaffinity(0)
    two = sorted(cores)[:2]
    expected = [{core} for core in two] if len(two) == 2 else [{*two}] * 2
    settings = {"RADCE_INDEX_DIR": str(index_dir), "DATABASE_URL": f"sqlite:///{tmp_path}/radce.db"}
    os.sched_setaffinity(0, two)  # which the server takes over
    try:
        with serving(tmp_path, settings, workers=2) as server:
            killed, left = _workers_on(expected, server)
            os.kill(killed, signal.SIGKILL)
            assert left in _workers_on(expected, server, without=killed)
    finally:
        os.sched_setaffinity(0, cores)


def _workers_on(expected: list[set[int]], server: Server, without: int | None = None) -> list[int]:
    """The workers, once the threads of each may run on the cores that are expected."""
    deadline = time.monotonic() + PATIENCE
    kept: list[set[int]] = []
    while time.monotonic() < deadline:
        workers = server.workers()
        with suppress(OSError):  # a worker ended meanwhile
            threads = [[int(task.name) for task in Path(f"/proc/{worker}/task").iterdir()] for worker in workers]
            kept = [{core for thread in row for core in os.sched_getaffinity(thread)} for row in threads]
        if without not in workers and sorted(kept, key=sorted) == expected:
            return workers
        time.sleep(0.1)
    raise AssertionError(f"the workers run on {kept}")


def test_workers_are_free_to_move_where_they_are_not_as_many_as_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {2, 5, 7})
    assert [cores_of_workers(workers) for workers in (1, 2, 3, 4)] == [[], [], [2, 5, 7], []]
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {2})
    assert cores_of_workers(1) == []


def test_connections_that_a_browser_opens_in_advance_stop_nobody(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    idle = [socket.create_connection((host, int(port))) for _ in range(8)]
    started = time.monotonic()
    chat(server.url, message="hello")
    waited = time.monotonic() - started
    for connection in idle:
        connection.close()
    assert waited < 15, "an idle connection held a worker up"


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_restart_loses_no_request_and_no_conversation(tmp_path: Path, index_dir: Path, sign: signal.Signals) -> None:
    settings = {"RADCE_INDEX_DIR": str(index_dir), "DATABASE_URL": f"sqlite:///{tmp_path}/data/radce.db"}
    with serving(tmp_path, settings, workers=1) as server:
        first = chat(server.url, message="jak zapnu roaming", client_message_id="a")
        assert "200 OK" in _answer_to_a_request_under_way(server, sign)
        assert server.process.wait(timeout=PATIENCE) == 0
        assert server.errors.read_text() == ""
    with serving(tmp_path, settings, workers=1) as server:
        assert chat(server.url, message="jak zapnu roaming", client_message_id="a") == first
        second = chat(server.url, message="Taycan", conversation_id=first["conversation_id"])
        assert second["entry_id"] == "roaming-activate"
    assert server.process.returncode == 0


def _answer_to_a_request_under_way(server: Server, sign: signal.Signals) -> str:
    """What comes back where the server is told to stop in the middle of a request."""
    host, port = server.url.removeprefix("http://").split(":")
    body = b'{"message": "hello"}'
    head = f"POST /api/v1/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        connection.sendall(head.encode() + b"Connection: close\r\n\r\n" + body[:5])
        time.sleep(2)  # the worker reads it
        server.process.send_signal(sign)
        time.sleep(0.5)
        connection.sendall(body[5:])
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def test_personal_data_in_a_message_is_not_stored(server: Server) -> None:
    told = "nezaměnitelný dotaz, VIN WP0ZZZ99ZTS392124, +420 777 123 456, jan.novak@seznam.cz, 4111 1111 1111 1111"
    chat(server.url, message=told, client_message_id="personal-1")
    stored = b"".join(path.read_bytes() for path in server.errors.parent.glob("radce.db*"))
    assert "nezaměnitelný dotaz, VIN […], […], […], […]".encode() in stored
    for personal in (b"WP0ZZZ99ZTS392124", b"777 123 456", b"jan.novak", b"4111 1111"):
        assert personal not in stored


def test_a_broken_content_file_is_told_whole_and_the_server_goes_on(
    server: Server, index_dir: Path, tmp_path: Path
) -> None:
    before = chat(server.url, message="hello")["kb_version"]
    content = tmp_path / "content"
    shutil.copytree(BUNDLED_CONTENT, content)
    broken = {
        "entries/roaming-activate.yaml": ("topic:", "tropic:"),
        "contacts.yaml": ("@cz.porsche.com", ""),
        "phrases.en.yaml": ("greeting:", "  greeting"),
    }
    for name, (right, wrong) in broken.items():
        text = (content / name).read_text(encoding="utf-8")
        assert right in text
        (content / name).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    settings = {"RADCE_CONTENT": str(content), "RADCE_INDEX_DIR": str(index_dir)}
    built = radce("index", "build", settings=settings)
    assert built.returncode == 1
    assert all(name in built.stderr for name in broken)
    assert "Traceback" not in built.stderr
    after = chat(server.url, message="jak zapnu roaming v taycanu")
    assert (after["kb_version"], after["kind"]) == (before, "answer")


def test_a_port_that_is_taken_is_told(server: Server, index_dir: Path) -> None:
    port = server.url.rpartition(":")[2]
    refused = radce("serve", "--port", port, settings={"RADCE_INDEX_DIR": str(index_dir)})
    assert refused.returncode == 1
    assert f"can't listen on 127.0.0.1:{port}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_can_not_be_opened_is_told(tmp_path: Path, index_dir: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings = {"RADCE_INDEX_DIR": str(index_dir), "DATABASE_URL": f"sqlite:///{tmp_path}/file/radce.db"}
    refused = radce("serve", "--port", str(free_port()), settings=settings)
    assert refused.returncode == 1
    assert "DATABASE_URL" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_broken_database_is_503_and_not_ready(tmp_path: Path, assistant: Assistant) -> None:
    (tmp_path / "radce.db").write_bytes(b"this is no database" * 100)
    client = create_app(Settings(database_url=f"sqlite:///{tmp_path}/radce.db"), assistant).test_client()
    for response in (client.get("/health/ready"), client.post("/api/v1/chat", json={"message": "hi"})):
        assert response.status_code == 503
        assert response.content_type == "application/problem+json"
        assert "Retry-After" in response.headers
        assert "sqlite" not in response.text.lower()
    assert client.get("/health/live").status_code == 200


def test_a_mistake_of_the_server_is_500_without_a_stack_trace(
    tmp_path: Path, assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    # The first reply fails, and nothing before it.
    mute = replace(assistant, clarifiers={})
    client = create_app(Settings(database_url=f"sqlite:///{tmp_path}/radce.db"), mute).test_client()
    response = client.post("/api/v1/chat", json={"message": "hi"})
    assert response.status_code == 500
    assert response.get_json().keys() == {"type", "title", "status", "detail"}
    assert "KeyError" not in response.text
    assert "KeyError" in caplog.text
