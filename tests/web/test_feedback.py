"""What customers think of replies: kept once a reply, for real replies only, and gone with the conversation."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
import requests

from tests.web.conftest import Ask
from web.store import ConversationStore, MessageKey, Rating, UnknownReplyError

Rate = Callable[..., requests.Response]


@pytest.fixture
def rate(server_url: str) -> Rate:
    """Posts the fields of a feedback request."""

    def send(**fields: object) -> requests.Response:
        return requests.post(f"{server_url}/api/v1/feedback", json=fields, timeout=30)

    return send


def test_a_reply_can_be_rated_and_rated_otherwise(ask: Ask, rate: Rate) -> None:
    message_id = ask("Jak zapnu roaming?", client_message_id=str(uuid4()))["message_id"]
    response = rate(message_id=message_id, rating="down", comment="Chybí Macan. <b>")
    assert (response.status_code, response.json()) == (200, {"message_id": message_id, "rating": "down"})
    assert rate(message_id=message_id, rating="up").json()["rating"] == "up"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"rating": "great"},
        {"rating": None},
        {"comment": "x" * 501},
        {"comment": 1},
        {"message_id": 1},
        {"message_id": ""},
    ],
)
def test_what_is_no_feedback_is_refused(ask: Ask, rate: Rate, fields: dict[str, object]) -> None:
    right = {"message_id": "x", "rating": "up"}
    assert rate(**({**right, **fields} if fields else {})).status_code == 422


def test_only_real_replies_that_are_kept_can_be_rated(ask: Ask, rate: Rate) -> None:
    assert rate(message_id="no-such-reply", rating="up").status_code == 404
    assert rate(message_id=ask("Jak zapnu roaming?")["message_id"], rating="up").status_code == 404


def test_the_last_rating_is_kept_and_goes_with_the_conversation(tmp_path: Path) -> None:
    store = ConversationStore(f"sqlite:///{tmp_path}/radce.db", days=30)
    told = store.take_turn(MessageKey(None, "1", "1:a"), lambda state, ids: (ids.message_id, state))
    for rating in (Rating(told, "down", "proč?"), Rating(told, "up")):
        store.rate(rating)
    store.close()
    database = sqlite3.connect(tmp_path / "radce.db")
    assert database.execute("SELECT message_id, rating, comment FROM feedback").fetchall() == [(told, "up", "")]
    database.execute("UPDATE conversations SET updated = 0")
    database.commit()
    with pytest.raises(UnknownReplyError):
        store.rate(Rating(told, "down"))
    store.take_turn(MessageKey(None), lambda state, ids: ("", state))
    assert database.execute("SELECT count(*) FROM feedback").fetchall() == [(0,)]
    database.close()
    store.close()
