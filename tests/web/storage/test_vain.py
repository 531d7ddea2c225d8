"""What was asked in vain: which messages count, in which order, and what is kept of them."""

import numpy as np
import pytest

from bot.state import DialogueState
from tests.web.storage.conftest import Execute
from tests.web.storage.turns import DAY, record
from web.storage.conversations import ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.handoffs import HandoffRequest, HandoffStore
from web.storage.meanings import Meaning, MeaningStore
from web.storage.period import Span
from web.storage.ratings import Rating, RatingStore
from web.storage.records import RecordStore
from web.storage.retention import Retention
from web.storage.turns import TurnIds, TurnRecord
from web.storage.vain import UNSURE, Reason, VainStore, VainTexts

RETENTION = Retention(90)
EVER = Span(0, 4_000_000_000)


@pytest.fixture
def meanings(database: Database) -> MeaningStore:
    """The meanings of the database, for an index."""
    return MeaningStore(database, RETENTION, "index-a")


def say(store: ConversationStore, message: str, talk: str | None = None, **fields: object) -> tuple[str, str]:
    """The ids of the conversation and of the reply to a message."""

    def answer(state: DialogueState, ids: TurnIds) -> tuple[TurnRecord, DialogueState]:
        return record(f"{ids.conversation_id} {ids.message_id}", message=message, **fields), state

    conversation_id, message_id = store.take_turn(MessageKey(talk), answer).split()
    return conversation_id, message_id


def read(meanings: MeaningStore) -> None:
    """Give every message a meaning: its own words as the key, and a vector of one direction."""
    unread = meanings.unread(EVER, 100)
    made = {row.message_id: Meaning.of(row.message, "entry", 0.5, np.array([3.0, 4.0])) for row in unread}
    meanings.add(made)


def texts(database: Database, reasons: tuple[Reason, ...] = tuple(Reason), *, most: int = 100) -> VainTexts:
    """The texts for an index."""
    return VainStore(database, RETENTION).texts(EVER, reasons, index_name="index-a", most=most)


def test_each_reason_counts_and_nothing_else(
    store: ConversationStore, ratings: RatingStore, database: Database, meanings: MeaningStore
) -> None:
    say(store, "declined", kind="no_answer", confidence=0.9)
    say(store, "unsure", kind="clarify", confidence=UNSURE - 0.01)
    say(store, "sure", kind="answer", confidence=UNSURE)
    say(store, "hello", kind="smalltalk")
    _, down = say(store, "disliked", confidence=0.9)
    ratings.rate(Rating(down, "down"))
    _, up = say(store, "liked", confidence=0.9)
    ratings.rate(Rating(up, "up"))
    talk, _ = say(store, "before the person", confidence=0.9)
    say(store, "a person, please", talk, kind="contact", confidence=1.0)
    HandoffStore(database, RETENTION, lambda _: None).add(HandoffRequest(talk, "jan@example.com"))
    read(meanings)
    assert {(row.key, *row.reasons) for row in texts(database).texts} == {
        ("declined", Reason.DECLINED),
        ("unsure", Reason.UNSURE),
        ("disliked", Reason.RATED_DOWN),
        ("before the person", Reason.HANDED_OFF),
    }
    assert [row.key for row in texts(database, (Reason.RATED_DOWN,)).texts] == ["disliked"]


def test_texts_are_counted_the_newest_first_and_what_is_left_out_is_told(
    store: ConversationStore, database: Database, meanings: MeaningStore, execute: Execute
) -> None:
    for ago, message in ((3, "often"), (2, "once"), (1, "often")):
        _, message_id = say(store, message, kind="no_answer")
        execute("UPDATE turns SET created = created - :ago WHERE message_id = :id", ago=ago, id=message_id)
    assert (texts(database).texts, texts(database).waiting) == ((), 3)
    read(meanings)
    found = texts(database)
    assert [(row.key, row.count) for row in found.texts] == [("often", 2), ("once", 1)]
    assert (found.left_out, found.waiting, found.texts[0].message_id) == (0, 0, message_id)
    assert texts(database, most=1).left_out == 1


def test_meanings_are_told_as_they_were_made_and_for_their_index_only(
    store: ConversationStore, database: Database, meanings: MeaningStore
) -> None:
    _, message_id = say(store, "kde?", kind="no_answer")
    read(meanings)
    assert meanings.unread(EVER, 10) == ()
    assert np.allclose(meanings.vectors([message_id])[message_id], [0.6, 0.8], atol=1e-3)
    assert meanings.messages([message_id, "unknown"]) == {message_id: "kde?"}
    (text,) = texts(database).texts
    assert (text.nearest, text.confidence) == ("entry", 0.5)
    assert meanings.of_keys({"kde?", "kdy?"}).keys() == {"kde?"}
    other = MeaningStore(database, RETENTION, "index-b")
    assert ([row.message_id for row in other.unread(EVER, 10)], other.of_keys({"kde?"})) == ([message_id], {})
    assert other.vectors([message_id]) == {}
    read(other)
    assert texts(database).waiting == 1


def test_what_was_made_of_a_message_goes_with_it(
    store: ConversationStore, database: Database, meanings: MeaningStore, execute: Execute
) -> None:
    talk, _ = say(store, "kde?", kind="no_answer")
    unread = meanings.unread(EVER, 10)
    read(meanings)
    RecordStore(database, RETENTION).erase(talk)
    assert execute("SELECT count(*) FROM meanings") == [(0,)]
    # One that was being read when it was erased.
    meanings.add({row.message_id: Meaning.of("kde?", "entry", 0.5, np.ones(2)) for row in unread})
    assert execute("SELECT count(*) FROM meanings") == [(0,)]


def test_what_has_expired_is_read_by_nobody(
    store: ConversationStore, database: Database, meanings: MeaningStore, execute: Execute
) -> None:
    say(store, "kde?", kind="no_answer")
    execute("UPDATE turns SET created = created - :days", days=91 * DAY)
    assert (meanings.unread(EVER, 10), texts(database).waiting) == ((), 0)


def test_one_process_reads_at_a_time(meanings: MeaningStore) -> None:
    assert meanings.claim(60)
    assert not meanings.claim(60)
    meanings.release()
    assert meanings.claim(60)
    assert meanings.claim(0), "the claim of one that has died"
