"""Conversations in a real SQLite file: expiry, other versions, turns at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.state import CountrySet, DialogueState
from web.errors import WebError
from web.store import Answer, ConversationStore, MessageKey, TurnIds, UnknownConversationError

DAY = 24 * 60 * 60


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/folder/radce.db"


@pytest.fixture
def store(url: str) -> Iterator[ConversationStore]:
    opened = ConversationStore(url, days=30)
    yield opened
    opened.close()


def saying(country: str) -> Answer:
    """A turn that notes a country behind those that are noted, and replies with the conversation's id."""

    def answer(state: DialogueState, ids: TurnIds) -> tuple[str, DialogueState]:
        return ids.conversation_id, state.apply(CountrySet((state.country or "") + country))

    return answer


def country_of(store: ConversationStore, talk: str) -> str | None:
    seen: list[str | None] = []

    def look(state: DialogueState, _ids: TurnIds) -> tuple[str, DialogueState]:
        seen.append(state.country)
        return "", state

    store.take_turn(MessageKey(talk), look)
    return seen[-1]


def execute(url: str, statement: str, **values: object) -> list[tuple[object, ...]]:
    engine = create_engine(url)
    with engine.begin() as connection:
        result = connection.execute(text(statement), values)
        rows = [tuple(row) for row in result] if result.returns_rows else []
    engine.dispose()
    return rows


def test_the_state_goes_on_from_turn_to_turn(store: ConversationStore) -> None:
    talk = store.take_turn(MessageKey(None), saying("a"))
    store.take_turn(MessageKey(talk), saying("b"))
    assert country_of(store, talk) == "ab"


def test_no_turn_of_many_at_once_is_lost(store: ConversationStore, url: str) -> None:
    talk = store.take_turn(MessageKey(None), saying(""))
    others = [ConversationStore(url, days=30) for _ in range(4)]  # as in other processes
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda one: [one.take_turn(MessageKey(talk), saying("x")) for _ in range(10)], others))
    for other in others:
        other.close()
    assert country_of(store, talk) == "x" * 40


def test_a_conversation_expires_and_is_deleted_with_its_replies(store: ConversationStore, url: str) -> None:
    talk = store.take_turn(MessageKey(None, "1", "1:a"), saying("a"))
    execute(url, "UPDATE conversations SET updated = updated - :days", days=31 * DAY)
    with pytest.raises(UnknownConversationError):
        store.take_turn(MessageKey(talk), saying("b"))
    assert store.take_turn(MessageKey(None, "1", "1:a"), saying("a")) != talk
    assert execute(url, "SELECT count(*) FROM conversations") == [(1,)]
    assert execute(url, "SELECT count(*) FROM replies") == [(1,)]


def test_a_conversation_that_goes_on_does_not_expire(store: ConversationStore, url: str) -> None:
    talk = store.take_turn(MessageKey(None), saying("a"))
    execute(url, "UPDATE conversations SET updated = updated - :days, created = 0", days=29 * DAY)
    store.take_turn(MessageKey(talk), saying("b"))
    assert country_of(store, talk) == "ab"


@pytest.mark.parametrize("state", ['{"version": 0}', "{}", "[]", "no json", '{"version": 1, "mood": "good"}'])
def test_a_conversation_of_another_version_is_unknown(store: ConversationStore, url: str, state: str) -> None:
    talk = store.take_turn(MessageKey(None), saying("a"))
    execute(url, "UPDATE conversations SET state = :state", state=state)
    with pytest.raises(UnknownConversationError):
        store.take_turn(MessageKey(talk), saying("b"))


def test_a_store_that_is_not_used_makes_no_file(tmp_path: Path) -> None:
    ConversationStore(f"sqlite:///{tmp_path}/folder/radce.db", days=30)
    assert not (tmp_path / "folder").exists()


def test_a_store_is_prepared_with_folder_and_tables(store: ConversationStore, url: str) -> None:
    store.prepare()
    assert execute(url, "SELECT count(*) FROM conversations") == [(0,)]
    assert execute(url, "PRAGMA journal_mode") == [("wal",)]


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(WebError, match="DATABASE_URL"):
        ConversationStore(f"sqlite:///{tmp_path}/file/deep/radce.db", days=30).prepare()
