"""What was asked in vain: messages whose reply did not help, or may not have."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from sqlalchemy import Connection, Select, func, select

from web.storage.database import Database
from web.storage.period import Period
from web.storage.retention import Retention
from web.storage.tables import FEEDBACK, HANDOFFS, TURNS

# Confidences are calibrated: of replies below it more than every third is not the right one. Nothing is answered below
# index/scoring.json's answer_threshold.
UNSURE = 0.65
# The newest so many of each reason are read; more than a few weeks bring, and as many as are read in 50 ms.
MOST_OF_A_REASON = 3000


class Reason(StrEnum):
    """Why a message counts as asked in vain."""

    DECLINED = "declined"
    UNSURE = "unsure"
    RATED_DOWN = "rated_down"
    HANDED_OFF = "handed_off"


@dataclass(frozen=True, slots=True)
class VainTurn:
    """A message that was asked in vain; the same turn may be there for several reasons."""

    message_id: str
    message: str
    created: int
    language: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class VainStore:
    """What was asked in vain in a database."""

    database: Database
    retention: Retention

    def turns(self, period: Period, reasons: tuple[Reason, ...] = tuple(Reason)) -> tuple[VainTurn, ...]:
        """The turns of a period, the newest first; of each reason at most MOST_OF_A_REASON."""
        with self.database.reading() as connection:
            found = chain.from_iterable(self._of(connection, period, reason) for reason in reasons)
            return tuple(sorted(found, key=lambda turn: (-turn.created, turn.message_id, turn.reason)))

    def _of(self, connection: Connection, period: Period, reason: Reason) -> Iterator[VainTurn]:
        columns = (TURNS.c.message_id, TURNS.c.message, TURNS.c.created, TURNS.c.language)
        begin = max(period.begin, self.retention.oldest())
        within = (TURNS.c.created >= begin, TURNS.c.created < period.end, TURNS.c.message != "")
        query = _only(select(*columns).select_from(TURNS).where(*within), reason, begin)
        for row in connection.execute(query.order_by(TURNS.c.created.desc()).limit(MOST_OF_A_REASON)):
            yield VainTurn(row.message_id, row.message, row.created, row.language, reason)


def _only(query: Select[tuple[str, str, int, str]], reason: Reason, begin: int) -> Select[tuple[str, str, int, str]]:
    if reason is Reason.DECLINED:
        return query.where(TURNS.c.kind == "no_answer")
    if reason is Reason.UNSURE:
        return query.where(TURNS.c.kind.in_(("answer", "clarify")), TURNS.c.confidence < UNSURE)
    if reason is Reason.RATED_DOWN:
        down = (FEEDBACK.c.rating == "down", FEEDBACK.c.created >= begin)
        return query.join_from(TURNS, FEEDBACK, FEEDBACK.c.message_id == TURNS.c.message_id).where(*down)
    # What was asked last before the customer asked for a person; "a person, please" itself is answered by a contact.
    asked = TURNS.alias()
    last = (
        select(func.max(asked.c.number))
        .where(asked.c.conversation_id == HANDOFFS.c.conversation_id, asked.c.number <= HANDOFFS.c.turns)
        .where(asked.c.kind.in_(("answer", "clarify", "no_answer")))
        .scalar_subquery()
    )
    joined = (TURNS.c.conversation_id == HANDOFFS.c.conversation_id) & (TURNS.c.number == last)
    return query.join_from(TURNS, HANDOFFS, joined).where(HANDOFFS.c.created >= begin)
