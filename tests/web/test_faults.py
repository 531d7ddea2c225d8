"""What goes wrong around a server of several workers: nothing is lost, and whoever comes properly is answered."""

import os
import resource
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from index.pointer import current_folder, point_to
from tests.servers import Server, free_port, radce
from tests.web.test_server import chat

IDLE = 2_000
GIGABYTE = 1 << 30
PIECE = b"x" * 65_536


def address(server: Server) -> tuple[str, int]:
    host, port = server.url.removeprefix("http://").split(":")
    return host, int(port)


def resident(pid: int) -> int:
    """The bytes of memory that a process has to itself or shares."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()


@pytest.fixture
def idle(server: Server) -> Iterator[ExitStack]:
    """Connections that say nothing."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < IDLE + 500:
        pytest.skip("the system allows too few open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, IDLE + 500), hard))
    with ExitStack() as connections:
        for _ in range(IDLE):
            connections.enter_context(socket.create_connection(address(server)))
        yield connections
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_two_thousand_idle_connections_keep_nobody_waiting(server: Server, idle: ExitStack) -> None:
    for _ in range(5):
        assert chat(server.url, message="hello")["kind"] == "smalltalk"


def test_an_upload_of_a_gigabyte_is_refused_before_it_has_come(server: Server) -> None:
    before = sum(map(resident, server.workers()))
    head = (
        f"POST /api/v1/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {GIGABYTE}\r\n\r\n"
    )
    sent = 0
    with socket.create_connection(address(server), timeout=30) as connection:
        connection.sendall(head.encode())
        try:
            while sent < GIGABYTE:
                sent += connection.send(PIECE)
        except OSError:  # the server has hung up
            pass
    assert sent < GIGABYTE / 10
    assert sum(map(resident, server.workers())) < before + 20 * 2**20


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced_and_takes_no_conversation_with_it(server: Server) -> None:
    talk = chat(server.url, message="jak zapnu roaming")["conversation_id"]
    killed, other = server.workers()
    os.kill(killed, signal.SIGKILL)
    reply = chat(server.url, message="Taycan", conversation_id=talk)
    assert reply["entry_id"] == "roaming-activate"
    end = time.monotonic() + 60
    while killed in server.workers() or len(server.workers()) < 2:
        assert time.monotonic() < end
        time.sleep(0.1)
    assert other in server.workers()
    assert chat(server.url, message="hello", conversation_id=talk)["vehicle"]["model"] == "taycan"
    told = (server.errors.parent / "stdout.txt").read_text(encoding="utf-8")
    assert f'"event": "Worker (pid:{killed}) was sent SIGKILL! Perhaps out of memory?"' in told


@pytest.mark.slow
def test_an_index_that_is_cut_off_is_told_at_the_start(tmp_path: Path, index_dir: Path) -> None:
    whole = current_folder(index_dir)
    cut = shutil.copytree(whole, tmp_path / "index" / whole.name)
    weights = cut / "lexical" / "stems.npz"
    weights.write_bytes(weights.read_bytes()[:1000])
    point_to(cut)
    settings = {"RADCE_INDEX_DIR": str(cut.parent), "DATABASE_URL": f"sqlite:///{tmp_path}/radce.db"}
    refused = radce("serve", "--port", str(free_port()), settings=settings)
    assert refused.returncode == 1
    assert "a file is broken" in refused.stderr
    assert "radce index build" in refused.stderr
    assert "Traceback" not in refused.stderr
