"""Hand-offs, the export of a conversation and its erasure, over HTTP."""

from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from sqlalchemy import create_engine, text

from bot.assistant import Assistant
from tests.web.conftest import Ask
from web.app import create_app
from web.settings import Settings

Post = Callable[..., requests.Response]
MAIL = Settings(smtp_url="smtp://127.0.0.1:1", mail_from="radce@example.com")


@pytest.fixture
def hand_off(server_url: str) -> Post:
    """Posts the fields of a hand-off request."""

    def send(**fields: object) -> requests.Response:
        return requests.post(f"{server_url}/api/v1/handoff", json=fields, timeout=30)

    return send


@pytest.fixture
def address(server_url: str) -> Callable[[str], str]:
    """The address of a conversation."""
    return lambda talk: f"{server_url}/api/v1/conversations/{talk}"


def test_a_wish_for_a_person_is_taken_once(ask: Ask, hand_off: Post, address: Callable[[str], str]) -> None:
    talk = ask("Jak zapnu roaming?", country="AT")["conversation_id"]
    fields = {"conversation_id": talk, "reply_to": " jan@example.com ", "name": "Jan", "client_message_id": "h1"}
    first = hand_off(**fields, message="Volejte +420 777 123 456,\nVIN WP0ZZZ99ZTS392124.")
    assert (first.status_code, list(first.json())) == (202, ["handoff_id"])
    assert hand_off(**fields).json() == first.json()
    (case,) = requests.get(address(talk), timeout=30).json()["handoffs"]
    assert case == {
        "handoff_id": first.json()["handoff_id"],
        "created": case["created"],
        "state": "open",
        "reply_to": "jan@example.com",
        "name": "Jan",
        "message": "Volejte […], VIN […].",
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reply_to": None}, "reply_to"),
        ({"reply_to": "jan"}, "reply_to"),
        ({"reply_to": "a@b.cz\r\nBcc: c@d.cz"}, "reply_to"),
        ({"reply_to": "a@b.cz, c@d.cz"}, "reply_to"),
        ({"conversation_id": None}, "conversation_id"),
        ({"conversation_id": ""}, "conversation_id"),
        ({"name": "x" * 101}, "name"),
        ({"name": 1}, "name"),
        ({"message": "x" * 2001}, "message"),
        ({"client_message_id": ""}, "client_message_id"),
    ],
)
def test_what_is_no_hand_off_is_refused(hand_off: Post, fields: dict[str, object], field: str) -> None:
    response = hand_off(**{"conversation_id": "x", "reply_to": "jan@example.com", **fields})
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_an_unknown_conversation_has_no_hand_off_no_export_and_no_erasure(
    hand_off: Post, address: Callable[[str], str]
) -> None:
    assert hand_off(conversation_id="nothing", reply_to="jan@example.com").status_code == 404
    assert requests.get(address("nothing"), timeout=30).status_code == 404
    assert requests.delete(address("nothing"), timeout=30).status_code == 404


def test_a_conversation_is_told_whole(ask: Ask, address: Callable[[str], str]) -> None:
    first = ask("jak zapnu roaming? můj e-mail je jan@seznam.cz", country="CZ")
    talk = first["conversation_id"]
    second = ask("Taycan 2021", conversation_id=talk)
    response = requests.get(address(talk), timeout=30)
    assert response.headers["Cache-Control"] == "no-store"
    told = response.json()
    assert (told["conversation_id"], told["country"], told["language"]) == (talk, "CZ", "cs")
    assert told["vehicle"] == {"model": "taycan", "model_year": 2021}
    assert [turn["message"] for turn in told["turns"]] == ["jak zapnu roaming? můj e-mail je […]", "Taycan 2021"]
    assert [turn["reply"] for turn in told["turns"]] == [first, second]
    assert (told["handoffs"], told["turns"][0]["feedback"]) == ([], None)


def test_an_erased_conversation_is_gone(ask: Ask, hand_off: Post, address: Callable[[str], str], post: Post) -> None:
    talk = ask("Jak zapnu roaming?", client_message_id="erased-1")["conversation_id"]
    hand_off(conversation_id=talk, reply_to="jan@example.com")
    erased = requests.delete(address(talk), timeout=30)
    assert (erased.status_code, erased.content) == (204, b"")
    assert requests.get(address(talk), timeout=30).status_code == 404
    assert requests.delete(address(talk), timeout=30).status_code == 404
    assert post(message="Taycan", conversation_id=talk).status_code == 404
    assert ask("Jak zapnu roaming?", client_message_id="erased-1")["conversation_id"] != talk


@pytest.mark.parametrize(
    ("settings", "country", "recipients"),
    [
        ({}, "DE", ["smartmobility@de.porsche.com"]),
        ({"handoff_to": "team@example.com"}, "DE", ["team@example.com"]),
        ({"handoff_to": "team@example.com"}, None, ["team@example.com"]),
        ({}, None, []),
        ({"smtp_url": None, "handoff_to": "team@example.com"}, "DE", []),
    ],
)
def test_mail_goes_to_the_address_that_is_set_or_to_the_countrys(
    assistant: Assistant, tmp_path: Path, settings: dict[str, str | None], country: str | None, recipients: list[str]
) -> None:
    chosen = {"smtp_url": MAIL.smtp_url, "mail_from": MAIL.mail_from, **settings}
    url = f"sqlite:///{tmp_path}/radce.db"
    client = create_app(Settings(database_url=url, **chosen), assistant).test_client()  # type: ignore[arg-type]
    talk = client.post("/api/v1/chat", json={"message": "Hello", "country": country}).get_json()["conversation_id"]
    form = {"conversation_id": talk, "reply_to": "jan@example.com"}
    assert client.post("/api/v1/handoff", json=form).status_code == 202
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT recipient FROM mail_queue")).scalars().all()
    engine.dispose()
    assert found == recipients
