"""What customers think of replies, over HTTP; `tests/web/storage/` has what is kept of it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
import requests

from tests.web.conftest import Ask

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


def test_only_real_replies_can_be_rated(ask: Ask, rate: Rate) -> None:
    assert rate(message_id="no-such-reply", rating="up").status_code == 404
    assert rate(message_id=ask("Jak zapnu roaming?")["message_id"], rating="up").status_code == 200
