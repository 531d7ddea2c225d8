"""A new index under a running server: taken over without a restart and without a failed request, or refused."""

import re
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from index.pointer import POINTER, current_folder, point_to
from kb.load import BUNDLED_CONTENT
from tests.servers import Server, radce, serving

pytestmark = pytest.mark.slow

# Seconds; a new index is looked for every second, and opened in a few.
PATIENCE = 180


@pytest.fixture
def own_index(tmp_path: Path, index_dir: Path) -> Path:
    """A folder of indexes of this test's own, with the current one in it."""
    folder = current_folder(index_dir)
    copy = tmp_path / "index" / folder.name
    shutil.copytree(folder, copy)
    point_to(copy)
    return copy.parent


def _settings(folder: Path, index: Path) -> dict[str, str]:
    return {"RADCE_INDEX_DIR": str(index), "DATABASE_URL": f"sqlite:///{folder}/radce.db"}


def _version(server: Server) -> str:
    answer = requests.post(f"{server.url}/api/v1/chat", json={"message": "hello"}, timeout=30)
    return str(answer.json()["kb_version"])


def _wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "nothing changed"
        time.sleep(0.2)


@contextmanager
def _asking(server: Server) -> Iterator[list[int]]:
    """Customers who ask again and again; the statuses that they got."""
    statuses: list[int] = []
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            body = {"message": "jak zapnu roaming v taycanu"}
            statuses.append(requests.post(f"{server.url}/api/v1/chat", json=body, timeout=30).status_code)
            time.sleep(0.02)  # what builds the index needs the processor, too

    customers = [threading.Thread(target=ask) for _ in range(3)]
    for customer in customers:
        customer.start()
    try:
        yield statuses
    finally:
        ended.set()
        for customer in customers:
            customer.join()


def test_edited_content_goes_live_without_a_restart_and_without_a_failed_request(
    tmp_path: Path, own_index: Path
) -> None:
    content = tmp_path / "content"
    shutil.copytree(BUNDLED_CONTENT, content)
    title = "Jak zapnout roaming, aby služby Porsche Connect fungovaly v zahraničí?"
    entry = content / "entries/roaming-activate.yaml"
    edited = entry.read_text(encoding="utf-8").replace(title, "Jak se zapíná roaming?")
    assert edited != entry.read_text(encoding="utf-8")
    entry.write_text(edited, encoding="utf-8")
    settings = _settings(tmp_path, own_index)
    with serving(tmp_path, settings) as server:
        before, workers = _version(server), server.workers()
        with _asking(server) as statuses:
            built = radce("index", "build", settings={**settings, "RADCE_CONTENT": str(content)})
            assert built.returncode == 0, built.stderr
            _wait_for(lambda: _version(server) != before and len(server.workers()) == len(workers))
        assert len(statuses) > 10
        assert set(statuses) == {200}
        assert not set(workers) & set(server.workers())
        reply = requests.post(f"{server.url}/api/v1/chat", json={"message": "roaming taycan"}, timeout=30).json()
        assert "Jak se zapíná roaming?" in reply["text"] or reply["language"] == "en"
        numbers = requests.get(f"{server.url}/metrics", timeout=30).text
        assert set(re.findall(r'^radce_index{.*kb_version="(\w+)"', numbers, re.MULTILINE)) == {_version(server)}
        assert server.errors.read_text() == ""


def test_a_broken_index_is_refused_and_the_old_one_goes_on(tmp_path: Path, own_index: Path) -> None:
    whole = current_folder(own_index)
    with serving(tmp_path, _settings(tmp_path, own_index), workers=1) as server:
        before, workers = _version(server), server.workers()
        broken = shutil.copytree(whole, own_index / "broken")
        (broken / "dense.faiss").write_bytes((whole / "dense.faiss").read_bytes()[:1000])
        point_to(broken)
        _wait_for(lambda: "refused" in server.errors.read_text())
        assert (_version(server), server.workers()) == (before, workers)
        assert "Traceback" not in server.errors.read_text()
        point_to(shutil.copytree(whole, own_index / "mended"))
        _wait_for(lambda: server.workers() != workers and len(server.workers()) == 1)
        assert _version(server) == before


def test_a_pointer_that_is_gone_ends_no_server(tmp_path: Path, own_index: Path) -> None:
    with serving(tmp_path, _settings(tmp_path, own_index), workers=1) as server:
        before, workers = _version(server), server.workers()
        (own_index / POINTER).unlink()
        server.process.send_signal(signal.SIGHUP)
        _wait_for(lambda: "no current index" in server.errors.read_text())
        assert (_version(server), server.workers()) == (before, workers)
