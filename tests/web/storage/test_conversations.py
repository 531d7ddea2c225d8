"""Conversations: expiry, other versions, turns at once, messages sent twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.web.storage.conftest import Execute
from tests.web.storage.turns import DAY, country_of, naming, record, saying
from web.storage.conversations import ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.errors import UnknownConversationError


def test_the_state_goes_on_from_turn_to_turn(store: ConversationStore) -> None:
    talk = store.take_turn(MessageKey(None), saying("a"))
    store.take_turn(MessageKey(talk), saying("b"))
    assert country_of(store, talk) == "ab"


def test_a_turn_is_a_row_and_the_conversation_has_what_is_known_last(
    store: ConversationStore, execute: Execute
) -> None:
    told = record("{}", entry_id="roaming", variants=("a", "b"), confidence=0.5, model="911", model_year=2021)
    talk = store.take_turn(MessageKey(None, "one"), saying("CZ"))
    store.take_turn(MessageKey(talk), lambda state, _ids: (replace(told, milliseconds=7), state))
    columns = "number, message, reply, kind, entry_id, variants, confidence, language, country, model, model_year"
    assert execute(f"SELECT {columns}, milliseconds, client_message_id FROM turns ORDER BY number") == [
        (1, "jak?", talk, "answer", None, "[]", 0.0, "cs", "CZ", None, None, 0, "one"),
        (2, "jak?", "{}", "answer", "roaming", '["a", "b"]', 0.5, "cs", None, "911", 2021, 7, None),
    ]
    assert execute("SELECT turn, language, country, model, model_year FROM conversations") == [
        (2, "cs", None, "911", 2021)
    ]


def test_the_same_message_again_gets_the_same_reply_and_is_one_turn(store: ConversationStore, execute: Execute) -> None:
    opened = store.take_turn(MessageKey(None, "1", "1:a"), saying("a"))
    assert store.take_turn(MessageKey(None, "1", "1:a"), saying("a")) == opened
    told = store.take_turn(MessageKey(opened, "2"), naming)
    assert store.take_turn(MessageKey(opened, "2"), naming) == told
    assert execute("SELECT count(*) FROM turns") == [(2,)]


def test_no_turn_of_many_at_once_is_lost(store: ConversationStore, url: str) -> None:
    talk = store.take_turn(MessageKey(None), saying(""))
    others = [replace(store, database=Database(url)) for _ in range(4)]  # as in other processes
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda one: [one.take_turn(MessageKey(talk), saying("x")) for _ in range(10)], others))
    for other in others:
        other.database.close()
    assert country_of(store, talk) == "x" * 40


def test_one_message_sent_many_times_at_once_is_one_turn(store: ConversationStore, url: str, execute: Execute) -> None:
    others = [replace(store, database=Database(url)) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(lambda one: one.take_turn(MessageKey(None, "1", "1:a"), naming), others))
    for other in others:
        other.database.close()
    assert len(set(told)) == 1
    assert execute("SELECT count(*) FROM turns") == execute("SELECT count(*) FROM conversations") == [(1,)]


def test_a_conversation_that_has_expired_is_unknown_and_its_message_opens_another(
    store: ConversationStore, execute: Execute
) -> None:
    talk = store.take_turn(MessageKey(None, "1", "1:a"), saying("a"))
    execute("UPDATE conversations SET updated = updated - :days", days=91 * DAY)
    with pytest.raises(UnknownConversationError):
        store.take_turn(MessageKey(talk), saying("b"))
    assert store.take_turn(MessageKey(None, "1", "1:a"), saying("a")) != talk
    assert execute("SELECT count(*) FROM conversations") == [(1,)]
    assert execute("SELECT count(*) FROM turns") == [(1,)]


def test_a_conversation_that_goes_on_does_not_expire(store: ConversationStore, execute: Execute) -> None:
    talk = store.take_turn(MessageKey(None), saying("a"))
    execute("UPDATE conversations SET updated = updated - :days, created = 0", days=89 * DAY)
    store.take_turn(MessageKey(talk), saying("b"))
    assert country_of(store, talk) == "ab"


@pytest.mark.parametrize("state", ['{"version": 0}', "{}", "[]", "no json", '{"version": 1, "mood": "good"}'])
def test_a_conversation_of_another_version_is_unknown(store: ConversationStore, execute: Execute, state: str) -> None:
    talk = store.take_turn(MessageKey(None), saying("a"))
    execute("UPDATE conversations SET state = :state", state=state)
    with pytest.raises(UnknownConversationError):
        store.take_turn(MessageKey(talk), saying("b"))
