"""Ratings: the last one counts, an earlier word stays, and all go with their conversation."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from tests.web.storage.conftest import Execute
from tests.web.storage.turns import naming
from web.storage.conversations import ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.errors import UnknownReplyError
from web.storage.purge import purge
from web.storage.ratings import Rating, RatingStore
from web.storage.retention import Retention

KEPT = "SELECT message_id, rating, comment FROM feedback"


def test_the_last_rating_counts_and_an_earlier_word_stays(
    store: ConversationStore, ratings: RatingStore, execute: Execute
) -> None:
    told = store.take_turn(MessageKey(None), naming)
    for given, kept in (
        (Rating(told, "down"), ("down", "")),
        (Rating(told, "down", "proč?"), ("down", "proč?")),
        (Rating(told, "up"), ("up", "proč?")),
        (Rating(told, "up", "aha"), ("up", "aha")),
        (Rating(told, "up", ""), ("up", "")),
    ):
        ratings.rate(given)
        assert execute(KEPT) == [(told, *kept)]


def test_a_rating_goes_with_its_conversation(
    store: ConversationStore, ratings: RatingStore, database: Database, execute: Execute
) -> None:
    told = store.take_turn(MessageKey(None), naming)
    ratings.rate(Rating(told, "down"))
    execute("UPDATE conversations SET updated = 0")
    with pytest.raises(UnknownReplyError):
        ratings.rate(Rating(told, "up"))
    purge(database, Retention(90))
    assert execute(KEPT) == []


def test_many_ratings_of_one_reply_at_once_leave_one(
    store: ConversationStore, ratings: RatingStore, execute: Execute
) -> None:
    told = store.take_turn(MessageKey(None), naming)
    ratings.rate(Rating(told, "up", "slovo"))
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: ratings.rate(Rating(told, ("up", "down")[number % 2])), range(40)))
    ((_, rating, comment),) = execute(KEPT)
    assert rating in {"up", "down"}
    assert comment == "slovo"


def test_a_made_up_reply_is_refused_while_another_writes(database: Database, ratings: RatingStore) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE conversations SET turn = 0"))
        with pytest.raises(UnknownReplyError):
            ratings.rate(Rating("no-such-reply", "up"))


def test_a_reply_that_is_deleted_meanwhile_is_unknown(
    store: ConversationStore, ratings: RatingStore, execute: Execute
) -> None:
    told = store.take_turn(MessageKey(None), naming)
    with ThreadPoolExecutor(1) as threads, ratings.database.writing() as connection:
        connection.execute(text("DELETE FROM conversations"))
        rating = threads.submit(ratings.rate, Rating(told, "up"))
        while not rating.running():
            pass
    with pytest.raises(UnknownReplyError):
        rating.result()
    assert execute(KEPT) == []
