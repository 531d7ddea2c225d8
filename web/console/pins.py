"""The entries that an agent keeps at hand."""

import time

from sqlalchemy import delete, select

from web.console.accounts import Agent
from web.storage.database import Database
from web.storage.tables import PINS
from web.storage.upsert import upsert


class Pins:
    """The pins of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, agent: Agent) -> tuple[str, ...]:
        """The ids of the entries, the one pinned last first."""
        query = (
            select(PINS.c.entry_id).where(PINS.c.user_id == agent.id).order_by(PINS.c.created.desc(), PINS.c.entry_id)
        )
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def pin(self, agent: Agent, entry_id: str) -> None:
        """Keep the entry."""
        row = {"user_id": agent.id, "entry_id": entry_id, "created": int(time.time())}
        with self._database.writing() as connection:
            upsert(connection, PINS, row, key=("user_id", "entry_id"))

    def unpin(self, agent: Agent, entry_id: str) -> None:
        """Keep the entry no more."""
        with self._database.writing() as connection:
            connection.execute(delete(PINS).where(PINS.c.user_id == agent.id, PINS.c.entry_id == entry_id))
