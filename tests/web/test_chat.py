"""The chat API over real HTTP: the fields of the contract, and conversations of several turns."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

# Field by field, what design.md promises.
CONTRACT: dict[str, type | tuple[type, ...]] = {
    "conversation_id": str,
    "message_id": str,
    "language": str,
    "kind": str,
    "text": str,
    "blocks": list,
    "entry_id": (str, type(None)),
    "variants": list,
    "confidence": float,
    "sources": list,
    "kb_version": str,
    "quick_replies": list,
    "suggestions": list,
    "contact": (dict, type(None)),
    "vehicle": (dict, type(None)),
    "country": (str, type(None)),
}
BLOCK_TYPES = {"heading", "paragraph", "note", "steps", "list", "menu_path", "contact", "link"}

MESSAGES = {
    "answer": "How do I switch on roaming in a Taycan?",
    "clarify": "How do I switch on roaming?",
    "contact": "What is the e-mail address for Germany?",
    "no_answer": "What is the weather like on Mars?",
    "smalltalk": "Good morning",
}


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_reply_of_each_kind_has_exactly_the_fields_of_the_contract(ask: Any, kind: str) -> None:
    reply = ask(MESSAGES[kind])
    assert reply.keys() == CONTRACT.keys()
    for name, types in CONTRACT.items():
        assert isinstance(reply[name], types), name
    assert reply["kind"] == kind
    assert reply["language"] == "en"
    assert 0 <= reply["confidence"] <= 1
    assert reply["confidence"] == round(reply["confidence"], 4)
    assert reply["blocks"]
    assert {block["type"] for block in reply["blocks"]} <= BLOCK_TYPES


def test_an_answer_names_entry_variant_source_and_vehicle(ask: Any) -> None:
    reply = ask(MESSAGES["answer"])
    assert reply["entry_id"] == "roaming-activate"
    assert len(reply["variants"]) == 1
    assert reply["vehicle"] == {"model": "taycan", "generation": "J1", "model_year": None}
    (source,) = reply["sources"]
    assert source.keys() == {"entry_id", "question", "language", "origin"}
    assert source["entry_id"] == "roaming-activate"
    assert source["language"] == "en"
    assert source["origin"] in {"source", "translation", "editorial"}
    for suggestion in reply["suggestions"]:
        assert suggestion.keys() == {"entry_id", "question"}


def test_the_text_is_the_blocks_and_nothing_else(ask: Any) -> None:
    reply = ask("jak zapnu roaming v 911 z roku 2020?")
    told = reply["text"]
    for block in reply["blocks"]:
        for piece in (block.get("text"), block.get("before"), *block.get("path", ()), *block.get("items", ())):
            assert not piece or piece in told
    (path,) = [block["path"] for block in reply["blocks"] if block["type"] == "menu_path"]
    assert " > ".join(path) in told
    assert not any(suggestion["question"] in told for suggestion in reply["suggestions"])


def test_a_question_back_is_answered_on_the_next_turn(ask: Any) -> None:
    first = ask("How do I switch on roaming?")
    assert first["kind"] == "clarify"
    assert {"label", "message"} == first["quick_replies"][0].keys()
    taycan = next(row for row in first["quick_replies"] if row["label"] == "Taycan")
    second = ask(taycan["message"], conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]
    assert second["message_id"] != first["message_id"]
    assert (second["kind"], second["entry_id"]) == ("answer", "roaming-activate")
    assert second["vehicle"]["model"] == "taycan"


@pytest.mark.parametrize(
    ("message", "years"),
    [
        ("Macan from 2019 to 2022", [2019, 2022]),
        ("Macan from 2024 or later", [2024, None]),
        ("Macan up to 2016", [None, 2016]),
    ],
)
def test_a_range_of_model_years_is_told(ask: Any, message: str, years: list[int | None]) -> None:
    vehicle = ask(message)["vehicle"]
    assert (vehicle["model_year"], vehicle["model_years"]) == (None, years)
    assert "model_years" not in ask("Macan 2019")["vehicle"]


def test_ids_can_not_be_guessed(ask: Any) -> None:
    replies = [ask("hello") for _ in range(3)]
    ids = [reply[name] for reply in replies for name in ("conversation_id", "message_id")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[\w-]{22,}", one) for one in ids)  # 22 characters of base64: 128 bits


def test_an_absent_field_keeps_and_null_clears(ask: Any) -> None:
    first = ask("hello", country="cz", vehicle={"model": "911", "generation": "992.1", "model_year": 2021})
    talk = first["conversation_id"]
    assert first["country"] == "CZ"
    assert first["contact"]["email"].endswith("@cz.porsche.com")
    assert first["vehicle"] == {"model": "911", "generation": "992", "model_year": 2021}
    kept = ask("thank you", conversation_id=talk)
    assert (kept["country"], kept["vehicle"], kept["contact"]) == ("CZ", first["vehicle"], first["contact"])
    cleared = ask("thank you", conversation_id=talk, country=None, vehicle=None)
    assert (cleared["country"], cleared["vehicle"], cleared["contact"]) == (None, None, None)
    assert ask("thank you", conversation_id=talk)["country"] is None


def test_the_vehicle_of_the_page_decides_the_variant(ask: Any) -> None:
    reply = ask("How do I switch on roaming?", vehicle={"model": "Taycan", "generation": None})
    assert reply["kind"] == "answer"
    assert reply["vehicle"]["model"] == "taycan"


@pytest.mark.parametrize(
    ("message", "fields", "language"),
    [
        ("jak zapnu roaming v taycanu", {}, "cs"),
        ("How do I switch on roaming in a Taycan?", {"language": "auto", "page_language": "cs"}, "en"),
        ("How do I switch on roaming in a Taycan?", {"language": "cs"}, "cs"),
        ("jak zapnu roaming v taycanu", {"language": "en"}, "en"),
        ("Taycan", {"page_language": "en"}, "en"),
        ("Taycan", {"page_language": "cs", "language": None}, "cs"),
        ("Taycan", {}, "cs"),
    ],
)
def test_the_language_of_the_reply(ask: Any, message: str, fields: dict[str, object], language: str) -> None:
    assert ask(message, **fields)["language"] == language


@pytest.mark.parametrize(
    "message",
    [
        "😀🚗",
        "كيف أقوم بتشغيل التجوال؟",
        "‮gnimaor‬",
        "roaming\x00taycan",
        "roaming\x1b[31m\ttaycan\r\n",
        "\ud83d roaming",
        "a\u200bb",
        "<script>alert(1)</script> {{7*7}} %s {0}",
        "'; DROP TABLE conversations; --",
        "🚗" * 2000,
        "slovo " * 333,
        "ž" * 2000,
    ],
)  # fmt: skip
def test_unusual_messages_get_a_reply_with_sense(ask: Any, message: str) -> None:
    reply = ask(message)
    assert reply["text"].strip()
    assert "alert" not in reply["text"]
    assert "49" not in reply["text"]


def test_unknown_fields_are_ignored(ask: Any) -> None:
    assert ask("hello", colour="red", vehicle={"model": "718", "seats": 2})["vehicle"]["model"] == "718"


def test_an_address_is_the_countrys_own(ask: Any) -> None:
    reply = ask("Jaký je kontakt?", country="de")
    assert reply["contact"] == {"country": "DE", "name": "Německo", "email": "smartmobility@de.porsche.com"}
    assert reply["contact"]["email"] in reply["text"]


def test_a_reply_is_never_kept_by_a_cache(post: Any) -> None:
    response = post(message="hello")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "application/json"


def test_many_turns_of_one_conversation_at_once_lose_nothing(ask: Any) -> None:
    talk = ask("hello")["conversation_id"]
    with ThreadPoolExecutor(8) as threads:
        started = time.monotonic()
        turns = [threads.submit(ask, "thank you", conversation_id=talk, country="AT")]
        turns += [threads.submit(ask, "thank you", conversation_id=talk) for _ in range(7)]
        replies = [turn.result() for turn in turns]
    assert time.monotonic() - started < 30
    assert len({reply["message_id"] for reply in replies}) == 8
    assert ask("thank you", conversation_id=talk)["country"] == "AT"
