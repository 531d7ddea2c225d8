"""Cases of customers who want a person: listed, taken by one agent, closed."""

import time
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, Select, select, tuple_, update

from web.storage.database import Database
from web.storage.period import Period
from web.storage.records import StoredTurn, turns_of
from web.storage.retention import Retention
from web.storage.tables import CONVERSATIONS, HANDOFFS, MAIL_QUEUE, TURNS, USERS


class CaseState(StrEnum):
    """Open: nobody has it. Taken: an agent has it. Closed: it is done."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


class MailState(StrEnum):
    """What became of the case's mail. `none`: there is none; `failing`: it is tried again."""

    NONE = "none"
    WAITING = "waiting"
    FAILING = "failing"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Case:
    """A case; moments in seconds since 1970. `taken_by`: the name of who has or had it; `failure`: of its mail."""

    id: str
    created: int
    state: CaseState
    taken_by: str | None
    taken: int | None
    closed: int | None
    reply_to: str
    name: str
    message: str
    country: str | None
    language: str
    turns: int
    conversation: str
    mail: MailState
    recipient: str | None
    attempts: int
    failure: str | None
    sent: int | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """Cases, and the id of the last one where more follow."""

    rows: tuple[Case, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class CaseStore:
    """The cases of a database."""

    database: Database
    retention: Retention

    def page(
        self, states: tuple[CaseState, ...], after: str | None = None, *, period: Period | None = None, size: int = 50
    ) -> CasePage:
        """Cases in these states, those that have waited longest first; closed ones alone, the newest first."""
        newest_first = states == (CaseState.CLOSED,)
        query = self._query().where(HANDOFFS.c.state.in_(states))
        if period:
            query = query.where(HANDOFFS.c.created >= period.begin, HANDOFFS.c.created < period.end)
        order = (HANDOFFS.c.created, HANDOFFS.c.id)
        query = query.order_by(*(column.desc() if newest_first else column for column in order))
        with self.database.reading() as connection:
            if after is not None:
                created = select(HANDOFFS.c.created).where(HANDOFFS.c.id == after)
                last = tuple_(connection.execute(created).scalar_one_or_none() or 0, after)
                here: ColumnElement[bool] = tuple_(*order) < last if newest_first else tuple_(*order) > last
                query = query.where(here)
            rows = [_case(row) for row in connection.execute(query.limit(size + 1))]
        return CasePage(tuple(rows[:size]), rows[size - 1].id if len(rows) > size else None)

    def find(self, case_id: str) -> Case | None:
        """The case; None: it is unknown or has expired."""
        with self.database.reading() as connection:
            row = connection.execute(self._query().where(HANDOFFS.c.id == case_id)).one_or_none()
        return _case(row) if row else None

    def transcript(self, case: Case) -> tuple[StoredTurn, ...]:
        """The conversation until the customer asked for a person."""
        with self.database.reading() as connection:
            query = select(TURNS.c.conversation_id).where(TURNS.c.message_id == case.conversation)
            conversation_id = connection.execute(query).scalar_one_or_none()
            return turns_of(connection, conversation_id, most=case.turns) if conversation_id else ()

    def take(self, case_id: str, user_id: int) -> bool:
        """Give an open case to somebody; of several at once one gets it, and only he True."""
        values = {"state": CaseState.TAKEN, "taken_by": user_id, "taken": int(time.time())}
        return self._change(case_id, HANDOFFS.c.state == CaseState.OPEN, values)

    def give_back(self, case_id: str, user_id: int | None) -> bool:
        """Open the case again that somebody (None: anybody) has; False: he does not have it."""
        return self._change(case_id, _has(user_id), {"state": CaseState.OPEN, "taken_by": None, "taken": None})

    def close(self, case_id: str, user_id: int | None) -> bool:
        """Close the case that somebody (None: anybody) has; False: he does not have it."""
        return self._change(case_id, _has(user_id), {"state": CaseState.CLOSED, "closed": int(time.time())})

    def _change(self, case_id: str, condition: ColumnElement[bool], values: dict[str, object]) -> bool:
        # One statement: who comes second finds the condition broken.
        query = update(HANDOFFS).where(HANDOFFS.c.id == case_id, condition).values(values)
        with self.database.writing() as connection:
            return connection.execute(query).rowcount == 1

    def _query(self) -> Select[tuple[object, ...]]:
        opening = (TURNS.c.conversation_id == HANDOFFS.c.conversation_id) & (TURNS.c.number == 1)
        of_case = ("id", "created", "state", "taken", "closed", "reply_to", "name", "message", "country", "language")
        of_mail = ("recipient", "attempts", "failure", "sent")
        return (
            select(
                *(HANDOFFS.c[name] for name in of_case),
                HANDOFFS.c.turns,
                TURNS.c.message_id.label("conversation"),
                USERS.c.name.label("taken_by"),
                *(MAIL_QUEUE.c[name] for name in of_mail),
            )
            .join(CONVERSATIONS, CONVERSATIONS.c.id == HANDOFFS.c.conversation_id)
            .join(TURNS, opening)
            .outerjoin(USERS, USERS.c.id == HANDOFFS.c.taken_by)
            .outerjoin(MAIL_QUEUE, MAIL_QUEUE.c.handoff_id == HANDOFFS.c.id)
            .where(CONVERSATIONS.c.updated >= self.retention.oldest())
        )


def _has(user_id: int | None) -> ColumnElement[bool]:
    taken = HANDOFFS.c.state == CaseState.TAKEN
    return taken if user_id is None else taken & (HANDOFFS.c.taken_by == user_id)


def _case(row: Row[tuple[object, ...]]) -> Case:
    told = dict(row._mapping)
    if told["recipient"] is None:
        mail = MailState.NONE
    elif told["sent"]:
        mail = MailState.SENT
    else:
        mail = MailState.FAILING if told["failure"] else MailState.WAITING
    told |= {"mail": mail, "state": CaseState(str(told["state"])), "attempts": told["attempts"] or 0}
    return Case(**told)
