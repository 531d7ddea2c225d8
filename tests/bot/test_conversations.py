"""Whole conversations from data files that an editor can read (conversations/README.md)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.assistant import Assistant
from bot.message import ABSENT, Absent, Message, VehicleField
from bot.reply import Reply
from bot.state import DialogueState
from kb.model import Language

FOLDER = Path(__file__).parent / "conversations"
NOT_YET = Path(__file__).parent / "not-yet.yaml"
FEWEST = 400
EXPECTATIONS = {"kind", "entry", "variants", "contains", "not_contains", "language", "buttons", "vehicle", "country"}
EXPECTATIONS |= {"sources", "suggestions"}


def conversations() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for conversation in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield f"{path.stem}: {conversation['name']}", conversation["turns"]


ALL = list(conversations())


def message_of(turn: dict[str, Any]) -> Message:
    page = turn.get("page", {})
    vehicle: VehicleField | Absent | None = ABSENT
    if "vehicle" in page:
        vehicle = VehicleField(**page["vehicle"]) if page["vehicle"] else None
    return Message(
        str(turn["say"]),
        language=Language(page["language"]) if "language" in page else None,
        page_language=Language(page["page_language"]) if "page_language" in page else None,
        country=page.get("country", ABSENT),
        vehicle=vehicle,
    )


def differences(reply: Reply, expected: dict[str, Any]) -> list[str]:
    """What is otherwise than expected."""
    text = reply.text.casefold()
    found: dict[str, Any] = {
        "kind": reply.kind.value,
        "entry": reply.entry_id,
        "language": reply.language.value,
        "country": reply.country,
        "variants": sorted(reply.variants),
        "sources": [source.entry_id for source in reply.sources],
    }
    wrong = [
        f"{name} is {found[name]}, not {value}"
        for name, value in expected.items()
        if name in found and found[name] != (sorted(value) if name == "variants" else value)
    ]
    wrong += [f"{words!r} is missing" for words in expected.get("contains", []) if words.casefold() not in text]
    wrong += [f"{words!r} is there" for words in expected.get("not_contains", []) if words.casefold() in text]
    labels = [button.label for button in reply.quick_replies]
    wrong += [f"no button {label!r}" for label in expected.get("buttons", []) if label not in labels]
    offered = [suggestion.entry_id for suggestion in reply.suggestions]
    wrong += [f"{name} is not suggested" for name in expected.get("suggestions", []) if name not in offered]
    if "vehicle" in expected:
        known = {name: getattr(reply.vehicle, name) for name in expected["vehicle"] or {}} if reply.vehicle else None
        wrong += [] if known == expected["vehicle"] else [f"the vehicle is {reply.vehicle}"]
    return wrong


@pytest.mark.parametrize("turns", [turns for _, turns in ALL], ids=[name for name, _ in ALL])
def test_a_conversation_goes_as_its_file_says(assistant: Assistant, turns: list[dict[str, Any]]) -> None:
    play(assistant, turns)


def of_not_yet() -> list[Any]:
    rows = yaml.safe_load(NOT_YET.read_text(encoding="utf-8"))
    return [pytest.param(row["turns"], id=row["name"]) for row in rows]


@pytest.mark.xfail(reason="does not go yet as it should", strict=True)
@pytest.mark.parametrize("turns", of_not_yet())
def test_a_conversation_that_goes_now_is_no_longer_listed_as_not_yet(
    assistant: Assistant, turns: list[dict[str, Any]]
) -> None:
    play(assistant, turns)


def play(assistant: Assistant, turns: list[dict[str, Any]]) -> None:
    state = DialogueState()
    for turn in turns:
        reply, state = assistant.reply(message_of(turn), DialogueState.from_json(state.to_json()))
        assert differences(reply, turn.get("reply", {})) == [], f"{turn['say']!r} -> {reply.kind}: {reply.text}"


def test_there_are_many_conversations_in_both_languages_and_each_has_its_own_name() -> None:
    names = [name for name, _ in ALL]
    languages = [turn["reply"].get("language") for _, turns in ALL for turn in turns]
    assert len(names) >= FEWEST
    assert len(set(names)) == len(names)
    assert languages.count("en") >= 10
    assert languages.count("cs") >= 10


def test_a_misspelt_expectation_is_noticed() -> None:
    used = {field for _, turns in ALL for turn in turns for field in turn["reply"]}
    assert used <= EXPECTATIONS
