"""A database of the version before there were migrations: nothing in it is lost, whatever happens meanwhile."""

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.servers import ROOT
from tests.web.storage.test_database import PREPARE
from tests.web.storage.turns import country_of, naming
from web.storage.conversations import ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.migrate import NEWEST
from web.storage.ratings import Rating, RatingStore
from web.storage.retention import Retention

BEFORE = (Path(__file__).parent / "version-0.sql").read_text(encoding="utf-8")
MANY = 20_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that the version before has left."""
    path = tmp_path / "radce.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript(BEFORE)
    connection.close()
    return path


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_conversations_replies_and_ratings_are_kept(path: Path) -> None:
    replies = rows(path, "SELECT message_id, reply FROM replies ORDER BY 1")
    database = Database(f"sqlite:///{path}")
    store = ConversationStore(database, Retention(90))
    assert country_of(store, "talk-a") == "CZ"
    assert store.take_turn(MessageKey("talk-a", "two"), naming) == replies[2][1]
    assert store.take_turn(MessageKey(None, "one", "one:b"), naming) == "no json"
    RatingStore(database, Retention(90)).rate(Rating("message-3", "down"))
    database.close()
    assert rows(path, "SELECT message_id, reply FROM turns WHERE reply != '' ORDER BY 1") == replies
    assert rows(path, "SELECT message_id, rating, comment FROM feedback") == [("message-3", "down", "díky")]
    assert rows(path, "PRAGMA foreign_key_check") == []


def test_a_turn_has_what_its_reply_tells(path: Path) -> None:
    Database(f"sqlite:///{path}").prepare()
    columns = "conversation_id, number, kind, entry_id, variants, confidence, language, country, model, model_year"
    assert rows(path, f"SELECT {columns}, message, created FROM turns ORDER BY message_id") == [
        ("talk-a", 1, "clarify", "roaming-activate", "[]", 0.9, "cs", None, None, None, "", 4000000100),
        ("talk-b", 1, "", None, "[]", 0.0, "", None, None, None, "", 4000000000),
        ("talk-a", 2, "answer", "roaming-activate", '["taycan"]', 0.8, "cs", "CZ", "taycan", 2021, "", 4000000100),
    ]


def test_a_conversation_has_what_came_of_it(path: Path) -> None:
    Database(f"sqlite:///{path}").prepare()
    columns = "id, last_kind, last_entry, rating, handed_off"
    assert rows(path, f"SELECT {columns} FROM conversations ORDER BY id")[:2] == [
        ("talk-a", "answer", "roaming-activate", "up", None),
        ("talk-b", None, None, None, None),
    ]


@pytest.mark.slow
def test_a_migration_that_is_killed_at_any_moment_loses_nothing(path: Path) -> None:
    _fill(path)
    kills = 0
    for milliseconds in range(0, 1500, 300):
        migrating = subprocess.Popen([sys.executable, "-c", PREPARE, f"sqlite:///{path}"], cwd=ROOT)
        _wait_for_the_lock(path, migrating)
        time.sleep(milliseconds / 1000)
        migrating.send_signal(signal.SIGKILL)
        if migrating.wait() == -signal.SIGKILL:
            kills += 1
        table = "turns" if rows(path, "SELECT 1 FROM sqlite_master WHERE name = 'turns'") else "replies"
        assert rows(path, f"SELECT count(*) FROM {table}") == [(MANY + 3,)]
        assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert kills
    Database(f"sqlite:///{path}").prepare()
    assert rows(path, "SELECT version_num FROM alembic_version") == [(NEWEST,)]
    assert rows(path, "SELECT count(*), count(DISTINCT number) FROM turns WHERE conversation_id = 'talk-a'") == [
        (MANY + 2, MANY + 2)
    ]


def _fill(path: Path) -> None:
    connection = sqlite3.connect(path)
    many = [(f"many-{number}", f"id-{number}") for number in range(MANY)]
    connection.executemany("INSERT INTO replies VALUES ('talk-a', ?, ?, NULL, '{\"kind\": \"answer\"}')", many)
    connection.commit()
    connection.close()


def _wait_for_the_lock(path: Path, migrating: "subprocess.Popen[bytes]") -> None:
    """Until the process writes, or is through."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    while migrating.poll() is None:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            break
        time.sleep(0.005)
    connection.close()
