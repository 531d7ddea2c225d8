"""Figures of past days are counted once, and tell the same as if they were counted anew."""

import time
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.state import DialogueState
from tests.web.clock import Clock, set_clock
from tests.web.storage.conftest import Execute
from tests.web.storage.turns import DAY, record
from web.storage.conversations import ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.day_shares import DayShares
from web.storage.handoffs import HandoffRequest, HandoffStore
from web.storage.period import Period, day_of
from web.storage.purge import purge
from web.storage.ratings import Rating, RatingStore
from web.storage.records import RecordStore
from web.storage.retention import Retention
from web.storage.shares import By, Share, ShareStore
from web.storage.turns import TurnIds, TurnRecord

PRAGUE = ZoneInfo("Europe/Prague")
RETENTION = Retention(90)


def replying(**fields: object) -> Callable[[DialogueState, TurnIds], tuple[TurnRecord, DialogueState]]:
    """A turn with these columns, which replies with the conversation's id and the reply's own."""

    def answer(state: DialogueState, ids: TurnIds) -> tuple[TurnRecord, DialogueState]:
        return record(f"{ids.conversation_id} {ids.message_id}", **fields), state

    return answer


def last_days(days: int, zone: ZoneInfo = PRAGUE) -> Period:
    """So many days until today."""
    today = day_of(int(time.time()), zone)
    return Period(today - timedelta(days=days - 1), today, zone)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """It stays day, in every time zone of these tests, however long one of them takes."""
    names = ("conversations", "day_shares", "handoffs", "purge", "ratings", "retention", "shares")
    return set_clock(monkeypatch, __name__, *(f"web.storage.{name}" for name in names))


@pytest.fixture
def days(database: Database) -> DayShares:
    """The counted days of the database."""
    return DayShares(database, RETENTION, PRAGUE)


@pytest.fixture
def shares(database: Database) -> ShareStore:
    """Its shares."""
    return ShareStore(database, RETENTION)


@pytest.fixture
def talks(store: ConversationStore, execute: Execute, days: DayShares) -> dict[int, list[str]]:
    """Conversation and reply by how many days ago it was, after the days were counted half an hour ago."""
    told = {}
    for ago, fields in {
        3: {"kind": "answer", "entry_id": "a", "country": "AT", "model": "taycan"},
        5: {"kind": "no_answer", "language": "en"},
        40: {"kind": "contact", "country": "CZ"},
        41: {"kind": "smalltalk"},
    }.items():
        told[ago] = store.take_turn(MessageKey(None), replying(**fields)).split()
        for table, column in (("conversations", "updated"), ("turns", "created")):
            name = "id" if table == "conversations" else "conversation_id"
            statement = f"UPDATE {table} SET {column} = {column} - :ago WHERE {name} = :id"
            execute(statement, ago=ago * DAY, id=told[ago][0])
    days.sweep()
    execute("UPDATE upkeep SET begun = begun - 1800")
    return told


def counted_anew(shares: ShareStore, execute: Execute, period: Period) -> dict[By, tuple[Share, ...]]:
    """The shares without anything that was counted before."""
    execute("DELETE FROM day_shares")
    return dict(shares.of(period))


def test_what_is_kept_tells_the_same_as_counting(
    talks: dict[int, list[str]], shares: ShareStore, execute: Execute
) -> None:
    kept = {length: dict(shares.of(last_days(length))) for length in (1, 4, 30, 90, 300)}
    assert [row.conversations for row in kept[90][By.DAY]] == [1, 1, 1]
    assert kept[90][By.COUNTRY] == (Share(None, 1, 0, 0), Share("AT", 1, 1, 1), Share("CZ", 1, 1, 1))
    assert {length: counted_anew(shares, execute, last_days(length)) for length in kept} == kept


def test_the_days_that_are_kept_are_read_and_not_counted(
    talks: dict[int, list[str]], shares: ShareStore, execute: Execute
) -> None:
    execute("UPDATE day_shares SET conversations = 7 WHERE conversations = 1 AND counted_by = 'country'")
    assert {row.conversations for row in shares.of(last_days(90))[By.COUNTRY]} == {7}


Change = Callable[[Database, list[str]], None]


def goes_on(database: Database, talk: list[str]) -> None:
    """The customer writes again."""
    ConversationStore(database, RETENTION).take_turn(MessageKey(talk[0]), replying(kind="no_answer"))


def is_rated(database: Database, talk: list[str]) -> None:
    """The customer says what he thinks."""
    RatingStore(database, RETENTION).rate(Rating(talk[1], "down"))


def is_handed_off(database: Database, talk: list[str]) -> None:
    """The customer wants a person."""
    HandoffStore(database, RETENTION, lambda _: None).add(HandoffRequest(talk[0], "jan@example.com"))


def is_erased(database: Database, talk: list[str]) -> None:
    """The customer erases the conversation."""
    RecordStore(database, RETENTION).erase(talk[0])


def goes_on_and_is_erased(database: Database, talk: list[str]) -> None:
    """The customer writes again, and erases it: no turn is left that tells where it was counted."""
    goes_on(database, talk)
    is_erased(database, talk)


@pytest.mark.parametrize("change", [goes_on, is_rated, is_handed_off, is_erased, goes_on_and_is_erased])
def test_a_change_of_a_past_day_is_told_at_once_and_after_the_next_count(
    change: Change,
    talks: dict[int, list[str]],
    shares: ShareStore,
    days: DayShares,
    database: Database,
    execute: Execute,
) -> None:
    before = dict(shares.of(last_days(90)))
    change(database, talks[3])
    at_once = dict(shares.of(last_days(90)))
    days.sweep()
    execute("UPDATE upkeep SET begun = begun + 3600")  # what is found to have changed again would hide it
    after = dict(shares.of(last_days(90)))
    assert at_once == after == counted_anew(shares, execute, last_days(90))
    assert at_once != before


def test_nothing_of_an_erased_conversation_is_kept(
    talks: dict[int, list[str]], database: Database, execute: Execute
) -> None:
    assert execute("SELECT count(*) FROM day_shares WHERE value = 'AT'") == [(1,)]
    goes_on_and_is_erased(database, talks[3])
    assert execute("SELECT count(*) FROM day_shares WHERE value = 'AT'") == [(0,)]
    assert execute("SELECT count(*) FROM day_shares WHERE value = 'CZ'") == [(1,)]


def test_days_that_are_kept_no_longer_go_with_their_conversations(
    talks: dict[int, list[str]], database: Database, execute: Execute
) -> None:
    purge(database, Retention(30))
    assert execute("SELECT count(*) FROM day_shares WHERE value = 'CZ'") == [(0,)]
    assert execute("SELECT count(*) FROM day_shares WHERE value = 'AT'") == [(1,)]
    oldest = int(time.time()) - 30 * DAY
    assert execute("SELECT count(*) FROM day_shares WHERE begin < :oldest", oldest=oldest) == [(0,)]


def test_the_days_of_another_time_zone_are_not_mixed_in(
    talks: dict[int, list[str]], shares: ShareStore, database: Database, execute: Execute
) -> None:
    period = last_days(90, ZoneInfo("Asia/Tokyo"))
    told = dict(shares.of(period))
    DayShares(database, RETENTION, ZoneInfo("Asia/Tokyo")).sweep()
    assert dict(shares.of(period)) == told == counted_anew(shares, execute, period)
    assert [row.conversations for row in told[By.DAY]] == [1, 1, 1]


def test_a_day_that_has_been_counted_is_not_counted_again(talks: dict[int, list[str]], days: DayShares) -> None:
    assert days.sweep() == 0


def test_a_day_has_as_many_hours_as_its_clock() -> None:
    spring = Period(day_of(1774656000, PRAGUE), day_of(1774828800, PRAGUE), PRAGUE)  # 28 to 30 March 2026
    assert [(day.end - day.begin) // 3600 for day in spring.days] == [24, 23, 24]
    assert (spring.begin, spring.end) == (spring.days[0].begin, spring.days[-1].end)
