"""What messages say of the customer's country, from a labelled data file, through whole turns."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from bot.assistant import Assistant
from bot.message import Message
from bot.state import DialogueState
from kb.knowledge_base import KnowledgeBase

FILE = Path(__file__).parent / "country_messages.yaml"
FEWEST = 200
FEWEST_OF_A_COUNTRY = 2
EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")


@dataclass(frozen=True, slots=True)
class Labelled:
    """The turns that are said, and what the last one says of the customer's country."""

    turns: tuple[str, ...]
    own: str | None
    asked: tuple[str, ...]


def labelled() -> list[Labelled]:
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [
        Labelled(
            turns=(row["say"],) if isinstance(row["say"], str) else tuple(row["say"]),
            own=row.get("own"),
            asked=tuple(row.get("asked", ())),
        )
        for row in rows
    ]


ALL = labelled()


@pytest.mark.parametrize("row", ALL, ids=[" / ".join(row.turns) for row in ALL])
def test_a_message_tells_the_country_that_it_is_labelled_with(assistant: Assistant, row: Labelled) -> None:
    state = DialogueState()
    for turn in row.turns:
        reply, state = assistant.reply(Message(turn), state)
    contacts = assistant.index.base.contact_of
    shown = set(EMAIL.findall(reply.text))
    asked = {contacts[code].email for code in row.asked if code in contacts}
    known = row.own or (row.asked[0] if len(row.asked) == 1 else None)
    assert reply.country == known, reply.text
    assert (reply.contact.email if reply.contact else None) == (contacts[known].email if known in contacts else None)
    if row.own:
        assert shown <= {contacts[row.own].email} if row.own in contacts else not shown
    else:
        assert shown == asked, reply.text
    if set(row.asked) - set(contacts):
        assert "Porsche" in reply.text.replace("Porsche Connect", "")


def test_the_file_has_every_country_of_the_knowledge_base_several_times(base: KnowledgeBase) -> None:
    named = [code for row in ALL for code in (*row.asked, row.own)]
    assert len(ALL) >= FEWEST
    assert {code for code in base.contact_of if named.count(code) < FEWEST_OF_A_COUNTRY} == set()
