"""What was asked in vain: messages whose reply did not help, or may not have."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from sqlalchemy import ColumnElement, Connection, Select, func, select

from web.storage.database import Database
from web.storage.period import Period
from web.storage.retention import Retention
from web.storage.tables import FEEDBACK, HANDOFFS, TURNS

# Confidences are calibrated: of replies below it more than every third is not the right one. Nothing is answered below
# index/scoring.json's answer_threshold.
UNSURE = 0.65
# The newest so many of each reason are read: twice as many as are grouped.
MOST_OF_A_REASON = 2000


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
        within = Span(max(period.begin, self.retention.oldest()), period.end)
        query = _QUERIES[reason](within).where(TURNS.c.message != "").limit(MOST_OF_A_REASON)
        for row in connection.execute(query):
            yield VainTurn(row.message_id, row.message, row.created, row.language, reason)


@dataclass(frozen=True, slots=True)
class Span:
    """Moments from the first one on, before the last one."""

    begin: int
    end: int

    def holds(self, moment: ColumnElement[int]) -> ColumnElement[bool]:
        """That the moment is in it."""
        return (moment >= self.begin) & (moment < self.end)


_Turns = Select[tuple[str, str, int, str]]


def _turns() -> _Turns:
    return select(TURNS.c.message_id, TURNS.c.message, TURNS.c.created, TURNS.c.language).select_from(TURNS)


def _declined(span: Span) -> _Turns:
    declined = (TURNS.c.kind == "no_answer", span.holds(TURNS.c.created))
    return _turns().where(*declined).order_by(TURNS.c.created.desc())


def _unsure(span: Span) -> _Turns:
    # Chosen and sorted within an index: only those that are shown are read.
    unsure = (TURNS.c.kind.in_(("answer", "clarify")), TURNS.c.confidence < UNSURE, span.holds(TURNS.c.created))
    chosen = select(TURNS.c.conversation_id, TURNS.c.number, TURNS.c.created).where(*unsure)
    newest = chosen.order_by(TURNS.c.created.desc()).limit(MOST_OF_A_REASON).subquery()
    own = (TURNS.c.conversation_id == newest.c.conversation_id) & (TURNS.c.number == newest.c.number)
    return _turns().join(newest, own)


def _rated_down(span: Span) -> _Turns:
    down = (FEEDBACK.c.rating == "down", span.holds(FEEDBACK.c.created))
    query = _turns().join(FEEDBACK, FEEDBACK.c.message_id == TURNS.c.message_id)
    return query.where(*down).order_by(FEEDBACK.c.created.desc())


def _handed_off(span: Span) -> _Turns:
    # What was asked last before the customer asked for a person; "a person, please" itself is answered by a contact.
    asked = TURNS.alias()
    last = (
        select(func.max(asked.c.number))
        .where(asked.c.conversation_id == HANDOFFS.c.conversation_id, asked.c.number <= HANDOFFS.c.turns)
        .where(asked.c.kind.in_(("answer", "clarify", "no_answer")))
        .scalar_subquery()
    )
    own = (TURNS.c.conversation_id == HANDOFFS.c.conversation_id) & (TURNS.c.number == last)
    return _turns().join(HANDOFFS, own).where(span.holds(HANDOFFS.c.created)).order_by(HANDOFFS.c.created.desc())


_QUERIES: dict[Reason, Callable[[Span], _Turns]] = {
    Reason.DECLINED: _declined,
    Reason.UNSURE: _unsure,
    Reason.RATED_DOWN: _rated_down,
    Reason.HANDED_OFF: _handed_off,
}
