"""Conversations as lists show them: filtered, the newest first, a page at a time."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select, tuple_

from web.storage.database import Database
from web.storage.period import Period, Span
from web.storage.retention import Retention
from web.storage.tables import CONVERSATIONS, TURNS

# Of so many turns or fewer the conversations are looked up. Where more turns are what is asked for, conversations are
# looked through, the newest first, and a page of them is found soon.
FEW = 5_000
# What a row tells beside its first message, in the order of its fields.
_KNOWN = ("language", "country", "model", "model_year", "last_kind", "last_entry", "rating", "handed_off")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; None or empty: it is not. `kind`, `entry`: of any reply of the conversation.

    `rating`: the last one; `handed_off`: whether a person was asked for.
    """

    period: Period
    kind: str = ""
    entry: str = ""
    language: str = ""
    country: str = ""
    model: str = ""
    rating: str = ""
    handed_off: bool | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list ends: the last row's moment and message id. A row that has changed since stays behind."""

    updated: int
    message_id: str


@dataclass(frozen=True, slots=True)
class ListedConversation:
    """A row of the list. `message_id`: of its first reply, which names the conversation without telling its id:
    who has that could go on with the customer's conversation. `question`: the first message.
    """

    message_id: str
    question: str
    updated: int
    turns: int
    language: str | None
    country: str | None
    model: str | None
    model_year: int | None
    last_kind: str | None
    last_entry: str | None
    rating: str | None
    handed_off: int | None


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """Rows of a list, and where the next page begins (None: there is none)."""

    rows: tuple[ListedConversation, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class ConversationList:
    """The conversations of a database; the turns of a kind or an entry are `few`, or more."""

    database: Database
    retention: Retention
    few: int = FEW

    def page(self, filters: Filters, after: Place | None = None, *, size: int = 50) -> ConversationPage:
        """The next rows after a place, or the first ones."""
        begin = max(filters.period.begin, self.retention.oldest())
        with self.database.reading() as connection:
            few = _are_few(connection, filters, self.few)
            # The sum keeps the database from walking through all conversations where a few can be looked up.
            updated = CONVERSATIONS.c.updated + 0 if few else CONVERSATIONS.c.updated
            sqlite = connection.dialect.name == "sqlite"
            query = _query(filters, few=few, sqlite=sqlite).where(Span(begin, filters.period.end).holds(updated))
            query = query.order_by(updated.desc(), CONVERSATIONS.c.id.desc())
            if after is not None:
                query = query.where(_beyond(connection, after, updated))
            rows = [ListedConversation(*columns) for columns in map(tuple, connection.execute(query.limit(size + 1)))]
        more = Place(rows[size - 1].updated, rows[size - 1].message_id) if len(rows) > size else None
        return ConversationPage(tuple(rows[:size]), more)

    def id_of(self, message_id: str) -> str | None:
        """The conversation that a reply belongs to; None: the reply is unknown or has expired."""
        query = select(TURNS.c.conversation_id).join(CONVERSATIONS)
        query = query.where(TURNS.c.message_id == message_id, CONVERSATIONS.c.updated >= self.retention.oldest())
        with self.database.reading() as connection:
            found: str | None = connection.execute(query).scalar_one_or_none()
        return found


def _query(filters: Filters, *, few: bool, sqlite: bool) -> Select[tuple[Any, ...]]:
    known = (CONVERSATIONS.c[name] for name in _KNOWN)
    columns = (TURNS.c.message_id, TURNS.c.message, CONVERSATIONS.c.updated, CONVERSATIONS.c.turn, *known)
    first = (TURNS.c.conversation_id == CONVERSATIONS.c.id) & (TURNS.c.number == 1)
    return select(*columns).join(TURNS, first).where(*_conditions(filters, few=few, sqlite=sqlite))


def _conditions(filters: Filters, *, few: bool, sqlite: bool) -> list[ColumnElement[bool]]:
    equal = {name: getattr(filters, name) for name in ("language", "country", "model", "rating")}
    conditions: list[ColumnElement[bool]] = [CONVERSATIONS.c[name] == value for name, value in equal.items() if value]
    if filters.handed_off is not None:
        handed_off = CONVERSATIONS.c.handed_off
        conditions.append(handed_off.is_not(None) if filters.handed_off else handed_off.is_(None))
    turn = TURNS.alias()
    wished = [(turn.c[name], value) for name, value in _said(filters).items()]
    if wished:
        if few:
            same = (name == value for name, value in wished)
            conditions.append(CONVERSATIONS.c.id.in_(select(turn.c.conversation_id).where(*same)))
        else:
            # SQLite is kept from looking through all turns of that kind; PostgreSQL knows how many there are.
            same = ((name.concat("") if sqlite else name) == value for name, value in wished)
            conditions.append(exists().where(turn.c.conversation_id == CONVERSATIONS.c.id, *same))
    return conditions


def _said(filters: Filters) -> dict[str, str]:
    """What a turn of the conversation must be, by column."""
    wished = {"kind": filters.kind, "entry_id": filters.entry}
    return {name: value for name, value in wished.items() if value}


def _are_few(connection: Connection, filters: Filters, few: int) -> bool:
    """Whether there are turns that must be among those of a conversation, and no more than so many of them."""
    wished = [TURNS.c[name] == value for name, value in _said(filters).items()]
    if not wished:
        return False
    found = select(TURNS.c.conversation_id).where(*wished).limit(few + 1).subquery()
    return connection.execute(select(func.count()).select_from(found)).scalar_one() <= few


def _beyond(connection: Connection, place: Place, updated: ColumnElement[int]) -> ColumnElement[bool]:
    query = select(TURNS.c.conversation_id).where(TURNS.c.message_id == place.message_id)
    last = connection.execute(query).scalar_one_or_none()
    if last is None:  # erased meanwhile: those of the same second may be left out
        return updated < place.updated
    return tuple_(updated, CONVERSATIONS.c.id) < tuple_(place.updated, last)
