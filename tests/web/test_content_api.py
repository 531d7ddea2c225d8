"""Entries, contacts and vehicles over real HTTP."""

from typing import Any

import pytest
import requests

from kb.knowledge_base import KnowledgeBase
from kb.load import load

BASE: KnowledgeBase = load()


def get(server_url: str, path: str, **parameters: str) -> dict[str, Any]:
    response = requests.get(f"{server_url}/api/v1/{path}", params=parameters, timeout=30)
    assert response.status_code == 200, response.text
    found = dict(response.json())
    assert found["kb_version"] == BASE.version
    return found


def test_all_entries_are_listed(server_url: str) -> None:
    rows = get(server_url, "entries")["entries"]
    assert [row["entry_id"] for row in rows] == [entry.id for entry in BASE.entries]
    for row, entry in zip(rows, BASE.entries, strict=True):
        assert row["question"] == {"cs": entry.question.cs, "en": entry.question.en}
        assert (row["topic"], row["has_variants"]) == (entry.topic, bool(entry.variants))


@pytest.mark.parametrize("entry", BASE.entries, ids=lambda entry: entry.id)
def test_an_entry_is_told_whole(server_url: str, entry: Any) -> None:
    told = get(server_url, f"entries/{entry.id}")
    visible = [part for part in entry.answer if not part.hidden]
    for language in ("cs", "en"):
        assert len(told["answer"][language]) == len(visible)
        assert told["origin"][language] in {"source", "translation", "editorial"}
    assert [row["variant_id"] for row in told["variants"]] == [variant.id for variant in entry.variants]
    assert [row["entry_id"] for row in told["related"]] == list(entry.related)
    lines = {line for part in entry.parts() for line in part.lines}
    assert lines <= {row["line"] for row in told["source_lines"]}
    assert all(row["text"] == BASE.source_lines[row["line"] - 1] for row in told["source_lines"])


def test_blocks_are_typed_as_in_replies_and_say_where_they_come_from(server_url: str) -> None:
    told = get(server_url, "entries/roaming-activate")
    phone_opt = told["variants"][0]
    assert phone_opt["vehicles"][2]["generation"] == "95B"
    assert phone_opt["vehicles"][2]["to"] == 2018
    block = phone_opt["blocks"]["cs"][0]
    assert (block["type"], block["origin"], block["lines"]) == ("menu_path", "translation", [193])
    assert block["path"] == ["PHONE", "OPT", "SET PHONE", "Roaming"]
    assert phone_opt["blocks"]["en"][0]["origin"] == "source"
    assert told["answer"]["en"][0]["only_with"] == ["phone-opt", "device-manager", "set-device-manager"]
    assert told["overlaps"][0]["variants"] == ["phone-opt", "set-device-manager"]
    assert told["closing"]["cs"][0]["type"] == "note"


@pytest.mark.parametrize("name", ["nothing", "%00", "..%2F..%2Fetc", "x" * 3000, "ROAMING-ACTIVATE"])
def test_an_unknown_entry_is_404(server_url: str, name: str) -> None:
    response = requests.get(f"{server_url}/api/v1/entries/{name}", timeout=30)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


def test_all_contacts_are_told_in_the_language(server_url: str) -> None:
    for language, austria in (("cs", "Rakousko"), ("en", "Austria")):
        told = get(server_url, "contacts", language=language)
        assert told["language"] == language
        assert len(told["contacts"]) == 45
        emails = {row["country"]: row["email"] for row in told["contacts"]}
        assert emails == {contact.country: contact.email for contact in BASE.contacts}
        assert {row["country"]: row["name"] for row in told["contacts"]}["AT"] == austria
    assert get(server_url, "contacts")["language"] == "cs"


def test_an_unknown_language_of_contacts_is_422(server_url: str) -> None:
    response = requests.get(f"{server_url}/api/v1/contacts", params={"language": "de"}, timeout=30)
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == ["language"]


def test_every_vehicle_that_is_told_can_be_sent_in_a_chat(server_url: str) -> None:
    told = get(server_url, "vehicles")
    assert [row["model"] for row in told["models"]] == [model.id for model in BASE.vehicles.models]
    codes = [generation["generation"] for model in told["models"] for generation in model["generations"]]
    assert sorted(codes) == sorted(row.code for row in BASE.vehicles.generations)
    for model in told["models"]:
        for generation in model["generations"]:
            assert generation["first_model_year"] <= generation["last_model_year"]
            vehicle = {"model": model["model"], "generation": generation["generation"]}
            response = requests.post(
                f"{server_url}/api/v1/chat", json={"message": "hello", "vehicle": vehicle}, timeout=30
            )
            assert response.status_code == 200, response.text


@pytest.mark.parametrize("name", ["search", "suggest", "entries", "entries/sim-pin", "contacts", "vehicles"])
def test_another_method_is_405(server_url: str, name: str) -> None:
    response = requests.post(f"{server_url}/api/v1/{name}", json={}, timeout=30)
    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/problem+json"
