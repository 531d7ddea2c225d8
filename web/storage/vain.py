"""What was asked in vain: messages whose reply did not help, or may not have."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Subquery, case, cast, func, literal, select, union_all

from web.storage.database import Database
from web.storage.period import Span
from web.storage.retention import Retention
from web.storage.tables import FEEDBACK, HANDOFFS, MEANINGS, TURNS

# Confidences are calibrated: of replies below it more than every third is not the right one. Nothing is answered below
# index/scoring.json's answer_threshold.
UNSURE = 0.65
# The newest so many of each reason are read: 4,000 take 45 ms (`python -m bench.console`, SQLite, one core).
MOST_OF_A_REASON = 1000


class Reason(StrEnum):
    """Why a message counts as asked in vain."""

    DECLINED = "declined"
    UNSURE = "unsure"
    RATED_DOWN = "rated_down"
    HANDED_OFF = "handed_off"


@dataclass(frozen=True, slots=True)
class VainText:
    """Messages in the same words. `key`: the words' own; `message_id`: of the newest; `reasons`: of how many each
    holds; `nearest`: the entry that is nearest to them, with its `confidence`.
    """

    key: str
    message_id: str
    newest: int
    count: int
    reasons: dict[Reason, int]
    nearest: str
    confidence: float


@dataclass(frozen=True, slots=True)
class VainTexts:
    """Texts, the newest first; `left_out`: messages in older texts; `waiting`: those that nobody has read yet."""

    texts: tuple[VainText, ...]
    left_out: int
    waiting: int


@dataclass(frozen=True, slots=True)
class VainStore:
    """What was asked in vain in a database."""

    database: Database
    retention: Retention

    def texts(self, span: Span, reasons: tuple[Reason, ...], *, index_name: str, most: int) -> VainTexts:
        """The texts of a time, for any of the reasons, as they were read for the index of that name."""
        query = _texts(told(span_kept(span, self.retention), reasons), index_name, most + 1)
        with self.database.reading() as connection:
            rows = connection.execute(query).all()
        texts: list[VainText] = []
        every = waiting = 0
        for row in rows:
            key, newest, count, every = row[0], row[1], row[2], int(row[3])
            if key is None:
                waiting = count
            elif len(texts) < most:
                moment, _, message_id = newest.partition(" ")
                held = {reason: held for reason, held in zip(Reason, row[6:], strict=True) if held}
                texts.append(VainText(key, message_id, int(moment), count, held, row[4], row[5]))
        return VainTexts(tuple(texts), every - waiting - sum(text.count for text in texts), waiting)


def span_kept(span: Span, retention: Retention) -> Span:
    """The part of a time of which conversations are still kept."""
    return Span(max(span.begin, retention.oldest()), span.end)


_Told = Select[tuple[str, int]]


def told(span: Span, reasons: tuple[Reason, ...]) -> Subquery:
    """Every message that counts: `message_id`, `created` (when it came to count) and `reason`."""
    newest = []
    for reason in reasons:
        found = _QUERIES[reason](span).subquery()
        newest.append(select(found.c.message_id, found.c.created, literal(reason.value).label("reason")))
    return union_all(*newest).subquery()


def _texts(messages: Subquery, index_name: str, most: int) -> Select[tuple[Any, ...]]:
    """Texts with their key, newest message, count, the count of all texts together, the entry that is nearest and its
    confidence, and the count of each reason.

    Those of no key, which are not read yet, come first; the others the newest first.
    """
    flags = [func.max(case((messages.c.reason == reason.value, 1), else_=0)).label(reason.value) for reason in Reason]
    each = select(messages.c.message_id, func.max(messages.c.created).label("created"), *flags)
    each_message = each.group_by(messages.c.message_id).subquery()
    # The moment has ten digits until the year 2286, so that the order of letters is that of time.
    newest = func.max(cast(each_message.c.created, String).concat(" ").concat(each_message.c.message_id))
    own = (MEANINGS.c.message_id == each_message.c.message_id) & (MEANINGS.c.index_name == index_name)
    sums = (func.sum(each_message.c[reason.value]) for reason in Reason)
    # The same words have been read once: the highest is any of them.
    nearest = (func.max(MEANINGS.c.nearest), func.max(MEANINGS.c.confidence))
    return (
        select(MEANINGS.c.text, newest, func.count(), func.sum(func.count()).over(), *nearest, *sums)
        .select_from(each_message.outerjoin(MEANINGS, own))
        .where(MEANINGS.c.text.is_(None) | (MEANINGS.c.text != ""))
        .group_by(MEANINGS.c.text)
        .order_by(MEANINGS.c.text.is_not(None), newest.desc())
        .limit(most)
    )


def _declined(span: Span) -> _Told:
    return _of_kind("no_answer", span)


def _unsure(span: Span) -> _Told:
    # Each of both within an index, the newest first.
    kinds = (_of_kind(kind, span, TURNS.c.confidence < UNSURE).subquery() for kind in ("answer", "clarify"))
    both = union_all(*(select(kind) for kind in kinds)).subquery()
    return select(both).order_by(both.c.created.desc()).limit(MOST_OF_A_REASON)


def _of_kind(kind: str, span: Span, *conditions: ColumnElement[bool]) -> _Told:
    query = select(TURNS.c.message_id, TURNS.c.created).where(TURNS.c.kind == kind, span.holds(TURNS.c.created))
    return query.where(*conditions).order_by(TURNS.c.created.desc()).limit(MOST_OF_A_REASON)


def _rated_down(span: Span) -> _Told:
    query = select(FEEDBACK.c.message_id, FEEDBACK.c.created).where(span.holds(FEEDBACK.c.created))
    return query.where(FEEDBACK.c.rating == "down").order_by(FEEDBACK.c.created.desc()).limit(MOST_OF_A_REASON)


def _handed_off(span: Span) -> _Told:
    # What was asked last before the customer asked for a person; "a person, please" itself is answered by a contact.
    asked = TURNS.alias()
    last = (
        select(asked.c.message_id)
        .where(asked.c.conversation_id == HANDOFFS.c.conversation_id, asked.c.number <= HANDOFFS.c.turns)
        .where(asked.c.kind.in_(("answer", "clarify", "no_answer")))
        .order_by(asked.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    handed = select(last.label("message_id"), HANDOFFS.c.created).where(span.holds(HANDOFFS.c.created))
    newest = handed.order_by(HANDOFFS.c.created.desc()).limit(MOST_OF_A_REASON).subquery()
    return select(newest).where(newest.c.message_id.is_not(None))


_QUERIES: dict[Reason, Callable[[Span], _Told]] = {
    Reason.DECLINED: _declined,
    Reason.UNSURE: _unsure,
    Reason.RATED_DOWN: _rated_down,
    Reason.HANDED_OFF: _handed_off,
}
