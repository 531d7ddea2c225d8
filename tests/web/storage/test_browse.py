"""Lists of conversations: the same whichever way they are found."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.state import DialogueState
from tests.web.storage.conftest import Execute
from tests.web.storage.turns import record
from web.storage.browse import FEW, ConversationList, Filters
from web.storage.conversations import ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.period import Period
from web.storage.retention import Retention
from web.storage.turns import TurnIds, TurnRecord

Answer = Callable[[DialogueState, TurnIds], tuple[TurnRecord, DialogueState]]
EVER = Filters(Period(date(2020, 1, 1), date(2120, 1, 1), ZoneInfo("UTC")))
TALKS = (
    (("answer", "a", "cs"), ("answer", "b", "cs")),
    (("no_answer", None, "en"),),
    (("clarify", "a", "en"), ("answer", "a", "en")),
    (("answer", "b", "cs"), ("no_answer", None, "cs")),
)


def replying(kind: str, entry_id: str | None, language: str) -> Answer:
    """A turn of that kind, which replies with the conversation's id."""

    def answer(state: DialogueState, ids: TurnIds) -> tuple[TurnRecord, DialogueState]:
        return record(ids.conversation_id, kind=kind, entry_id=entry_id, language=language), state

    return answer


@pytest.mark.parametrize("few", [0, FEW])
@pytest.mark.parametrize(
    ("wished", "numbers"),
    [
        ({}, [3, 2, 1, 0]),
        ({"kind": "answer"}, [3, 2, 0]),
        ({"kind": "contact"}, []),
        ({"entry": "a"}, [2, 0]),
        ({"entry": "a", "kind": "clarify"}, [2]),
        ({"entry": "b", "kind": "no_answer"}, []),
        ({"kind": "answer", "language": "en"}, [2]),
    ],
)
def test_a_list_has_those_that_are_asked_for_the_newest_first_and_page_by_page(
    store: ConversationStore,
    database: Database,
    execute: Execute,
    few: int,
    wished: dict[str, str],
    numbers: list[int],
) -> None:
    now = int(time.time())
    for number, turns in enumerate(TALKS):
        talk = None
        for turn in turns:
            talk = store.take_turn(MessageKey(talk), replying(*turn))
        execute("UPDATE conversations SET updated = :moment WHERE id = :id", moment=now - 100 + number, id=talk)
    listing = ConversationList(database, Retention(90), few)
    filters, after, found = replace(EVER, **wished), None, []
    while True:
        page = listing.page(filters, after, size=2)
        found += [row.updated - now + 100 for row in page.rows]
        after = page.next
        if after is None:
            break
    assert found == numbers
