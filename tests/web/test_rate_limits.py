"""How often a client may ask: too often is refused, and no customer ever comes near it."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.assistant import Assistant
from tests.web.clock import Clock
from web.app import create_app
from web.rate_limits import CLIENT_LIMITS, CONVERSATION_LIMITS
from web.settings import Settings

DOCS = Path(__file__).parents[2] / "docs" / "security.md"
REQUESTS = {
    "chat.chat": ("POST", "/api/v1/chat"),
    "feedback.feedback": ("POST", "/api/v1/feedback"),
    "handoff.handoff": ("POST", "/api/v1/handoff"),
    "conversation.conversation": ("GET", "/api/v1/conversations/nothing"),
    "conversation.erase": ("DELETE", "/api/v1/conversations/nothing"),
    "search.search": ("GET", "/api/v1/search"),
    "search.suggest": ("GET", "/api/v1/suggest"),
    "content.entries": ("GET", "/api/v1/entries"),
    "content.entry": ("GET", "/api/v1/entries/nothing"),
    "content.contacts": ("GET", "/api/v1/contacts"),
    "content.vehicles": ("GET", "/api/v1/vehicles"),
    "help.search": ("GET", "/help/cs/search"),
    "policy.reports": ("POST", "/policy-reports"),
}


@pytest.fixture
def limited(assistant: Assistant, tmp_path: Path, limits_clock: Clock) -> FlaskClient:
    """A new application with limits on, which has counted nothing yet, in a minute that does not end."""
    settings = Settings(database_url=f"sqlite:///{tmp_path}/radce.db", trusted_proxies=1)
    return create_app(settings, assistant).test_client()


def say(client: FlaskClient, address: str = "203.0.113.1", **fields: object) -> TestResponse:
    return client.post("/api/v1/chat", json=fields, headers={"X-Forwarded-For": address})


def assert_refused(response: TestResponse) -> None:
    assert response.status_code == 429
    assert response.content_type == "application/problem+json"
    assert response.get_json()["status"] == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60


def test_every_route_of_the_api_has_a_limit(assistant: Assistant) -> None:
    rules = create_app(Settings(), assistant).url_map.iter_rules()
    open_routes = {rule.endpoint for rule in rules if rule.rule.startswith("/api/")}
    assert open_routes <= CLIENT_LIMITS.keys() == REQUESTS.keys()


@pytest.mark.parametrize("endpoint", CLIENT_LIMITS)
def test_a_client_that_asks_too_often_is_refused_and_another_is_not(limited: FlaskClient, endpoint: str) -> None:
    method, path = REQUESTS[endpoint]
    most = CLIENT_LIMITS[endpoint]
    send = lambda address: limited.open(path, method=method, headers={"X-Forwarded-For": address})  # noqa: E731
    statuses = {send("203.0.113.1").status_code for _ in range(most)}
    assert 429 not in statuses
    assert_refused(send("203.0.113.1"))
    assert send("203.0.113.2").status_code in statuses


def test_a_conversation_that_goes_too_fast_is_refused_from_wherever_it_comes(limited: FlaskClient) -> None:
    talk = say(limited, message="hello").get_json()["conversation_id"]
    most = CONVERSATION_LIMITS["chat.chat"]
    for turn in range(most):
        assert say(limited, f"203.0.113.{turn}", message="hello", conversation_id=talk).status_code == 200
    assert_refused(say(limited, "198.51.100.1", message="hello", conversation_id=talk))
    assert say(limited, "198.51.100.1", message="hello").status_code == 200


def test_who_only_changes_the_end_of_an_ipv6_address_is_the_same_client(limited: FlaskClient) -> None:
    for turn in range(CLIENT_LIMITS["feedback.feedback"]):
        limited.post("/api/v1/feedback", headers={"X-Forwarded-For": f"2001:db8:1:2::{turn}"})
    assert_refused(limited.post("/api/v1/feedback", headers={"X-Forwarded-For": "2001:db8:1:2::ffff"}))


def test_a_customer_who_types_and_reads_without_a_pause_is_never_refused(limited: FlaskClient) -> None:
    """Twenty turns, typed letter by letter, each rated: what nobody gets done in the minute that the limits count."""
    talk: dict[str, object] = {}
    message = "How do I switch on roaming?"
    for turn in range(20):
        for end in range(2, len(message), 2):
            assert limited.get("/api/v1/suggest", query_string={"q": message[:end]}).status_code == 200
        reply = limited.post("/api/v1/chat", json={"message": message, "client_message_id": str(turn), **talk})
        assert reply.status_code == 200
        talk = {"conversation_id": reply.get_json()["conversation_id"]}
        rated = {"message_id": reply.get_json()["message_id"], "rating": "up"}
        assert limited.post("/api/v1/feedback", json=rated).status_code == 200


# What somebody gets done in a minute who reads nothing: an agent who searches and looks at entries, a page that asks
# for its lists each time it is opened, a customer who tells, looks up and erases, and a browser that reports.
HURRIED = {
    "handoff.handoff": 5,
    "conversation.conversation": 20,
    "conversation.erase": 10,
    "search.search": 60,
    "content.entries": 60,
    "content.entry": 60,
    "content.contacts": 60,
    "content.vehicles": 60,
    "help.search": 40,
    "policy.reports": 20,
}


@pytest.mark.parametrize("endpoint", HURRIED)
def test_who_is_in_a_hurry_meets_no_limit(limited: FlaskClient, endpoint: str) -> None:
    method, path = REQUESTS[endpoint]
    assert 429 not in {limited.open(path, method=method).status_code for _ in range(HURRIED[endpoint])}


def test_each_limit_is_tried_by_somebody_who_is_in_a_hurry() -> None:
    assert HURRIED.keys() | {"chat.chat", "feedback.feedback", "search.suggest"} == CLIENT_LIMITS.keys()


def test_limits_can_be_turned_off(assistant: Assistant, tmp_path: Path) -> None:
    client = create_app(Settings(rate_limits=False), assistant).test_client()
    assert {client.post("/api/v1/feedback", json={}).status_code for _ in range(100)} == {422}


def test_the_documentation_tells_every_limit() -> None:
    told = dict(re.findall(r"^\| `([\w.]+)` \| (\d+) a minute", DOCS.read_text(encoding="utf-8"), re.MULTILINE))
    assert {name: int(limit) for name, limit in told.items()} == CLIENT_LIMITS
