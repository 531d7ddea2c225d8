"""A disk that is full, a database that is gone for a while, a clock that jumps: a defined answer, and nothing lost."""

import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest
from flask.testing import FlaskClient

from bot.assistant import Assistant
from tests.postgresql import PostgreSQL
from tests.web.clock import Clock
from tests.web.storage.conftest import Execute
from tests.web.storage.turns import country_of, saying
from web.app import create_app
from web.console.throttle import FREE, Attempt, Throttle
from web.settings import Settings
from web.storage.conversations import ConversationStore, MessageKey
from web.storage.database import Database

HOUR = 3600
Client = Callable[[str], FlaskClient]
Full = Callable[[Path], AbstractContextManager[None]]


@pytest.fixture
def client_of(assistant: Assistant) -> Client:
    """A client of the application over a database's address; rate limits are on."""
    return lambda url: create_app(Settings(database_url=url), assistant).test_client()


def ask(client: FlaskClient, message: str, **fields: str) -> dict[str, str]:
    """The reply to a message, which must come."""
    response = client.post("/api/v1/chat", json={"message": message, **fields})
    assert response.status_code == 200, response.text
    return dict(response.get_json())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """The folder's disk has no byte left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
    yield
    filler.unlink()


@contextmanager
def limited(folder: Path) -> Iterator[None]:
    """No file of this process may grow beyond the log of the database."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "radce.db-wal").stat().st_size, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.fixture(params=["disk", "limit"])
def full(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Full]:
    """A folder, and what fills it."""
    if request.param == "limit":
        return tmp_path, limited
    return request.getfixturevalue("small_disk"), filled


def test_on_a_full_disk_nothing_is_told_that_is_not_kept_and_all_goes_on_after_it(
    full: tuple[Path, Full], client_of: Client
) -> None:
    folder, fill = full
    client = client_of(f"sqlite:///{folder}/radce.db")
    talk = ask(client, "jak zapnu roaming")["conversation_id"]
    second = {"message": "Taycan", "conversation_id": talk, "client_message_id": "second"}
    with fill(folder):
        statuses = [client.post("/api/v1/chat", json=second).status_code for _ in range(3)]
        refused = client.post("/api/v1/chat", json=second)
        kept = client.get(f"/api/v1/conversations/{talk}").get_json()
    assert {*statuses, refused.status_code} == {503}
    assert refused.content_type == "application/problem+json"
    assert "Retry-After" in refused.headers
    assert len(kept["turns"]) == 1
    again = [client.post("/api/v1/chat", json=second).get_json() for _ in range(2)]
    assert again[0]["entry_id"] == "roaming-activate"
    assert again[0] == again[1]
    assert len(client.get(f"/api/v1/conversations/{talk}").get_json()["turns"]) == 2


@contextmanager
def gone(server: PostgreSQL, url: str) -> Iterator[None]:
    """The database hangs up on everybody and takes nobody."""
    name = url.rpartition("?")[0].rpartition("/")[2]
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        yield
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_a_database_that_is_gone_and_comes_back_takes_no_conversation_with_it(
    postgresql: PostgreSQL, client_of: Client
) -> None:
    url = postgresql.fresh_database()
    client = client_of(url)
    talk = ask(client, "jak zapnu roaming")["conversation_id"]
    second = {"message": "Taycan", "conversation_id": talk, "client_message_id": "second"}
    with gone(postgresql, url):
        refused = [client.post("/api/v1/chat", json=second) for _ in range(3)]
        assert {response.status_code for response in refused} == {503}
        assert all("Retry-After" in response.headers for response in refused)
        assert client.get("/health/ready").status_code == 503
        assert client.get("/health/live").status_code == 200
    assert client.get("/health/ready").status_code == 200
    reply = client.post("/api/v1/chat", json=second).get_json()
    assert reply["entry_id"] == "roaming-activate"
    assert len(client.get(f"/api/v1/conversations/{talk}").get_json()["turns"]) == 2
    with gone(postgresql, url):  # and no connection is left open behind the test
        assert client.get("/health/ready").status_code == 503


def jump(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Set the clock; the one that only counts goes on."""
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + seconds)


@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
def test_a_conversation_goes_on_in_order_whatever_the_clock_says(
    seconds: int, store: ConversationStore, execute: Execute, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = store.take_turn(MessageKey(None), saying(""))
    jump(monkeypatch, seconds)
    for _ in range(2):
        store.take_turn(MessageKey(talk), saying("x"))
    assert country_of(store, talk) == "xx"
    moments = [row[0] for row in execute("SELECT created FROM turns ORDER BY number")]
    assert moments == sorted(moments)
    assert len(moments) == 4


def test_a_clock_that_was_wrong_by_years_is_not_followed(
    store: ConversationStore, execute: Execute, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    jump(monkeypatch, 10_000 * HOUR)
    talk = store.take_turn(MessageKey(None), saying(""))
    jump(monkeypatch, -10_000 * HOUR)
    store.take_turn(MessageKey(talk), saying("x"))
    assert execute("SELECT updated FROM conversations")[0][0] < now + HOUR


@pytest.mark.parametrize("seconds", [HOUR, -HOUR])
def test_the_rate_limits_hold_nobody_longer_because_of_the_clock(
    seconds: int, tmp_path: Path, client_of: Client, limits_clock: Clock
) -> None:
    client = client_of(f"sqlite:///{tmp_path}/radce.db")
    statuses = [client.get("/api/v1/search").status_code for _ in range(121)]
    assert statuses[-1] == 429
    limits_clock.now += seconds
    limits_clock.counted += 60
    assert client.get("/api/v1/search").status_code != 429


def test_a_clock_that_is_set_back_lets_an_agent_wait_no_longer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    throttle, attempt = Throttle(database), Attempt("jana", "127.0.0.1")
    for _ in range(FREE["account"]):
        assert throttle.begin(attempt) == 0
    jump(monkeypatch, -HOUR)
    assert throttle.begin(attempt) <= 1
