"""One database, opened by its first use and brought up to date by it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import URL, Connection, Engine, false, select
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from web.errors import WebError
from web.storage.address import database_url, without_password
from web.storage.answering import Answering
from web.storage.direct import Direct, DirectEngine, Prepared
from web.storage.engine import WRITES, open_engine
from web.storage.migrate import PATIENCE, is_up_to_date, migrate
from web.storage.tables import CONVERSATIONS

_ANYTHING = Prepared(select(CONVERSATIONS.c.id).where(false()))
# Seconds between two looks at whether the thread that opens the database gets no answer.
_LOOK_SECONDS = 0.2


class Database:
    """The database of an address. Nothing is opened before the first use, so that it can be made before a fork."""

    def __init__(self, url: str) -> None:
        self._text = url
        self._url = database_url(url)
        self._engine: Engine | None = None
        self._direct: DirectEngine | None = None
        self._answering = Answering()
        self._lock = Lock()

    def prepare(self) -> None:
        """Make or change the tables where needed. Raises WebError where the database can't be used."""
        try:
            self.check()
        except (OSError, SQLAlchemyError) as error:
            reason = str(error.orig if isinstance(error, SQLAlchemyError) and hasattr(error, "orig") else error)
            shown = without_password(self._text)
            remedy = "set it to a file that can be written, or to a PostgreSQL database that answers"
            raise WebError(f"DATABASE_URL is {shown!r}: it can't be opened ({reason.strip()}); {remedy}") from error
        finally:
            self.close()

    def check(self) -> None:
        """Ask the database something. Raises SQLAlchemyError or OSError where it does not answer."""
        with self.directly(writes=False) as connection:
            connection.first(_ANYTHING, {})

    def close(self) -> None:
        """Close the connections; the next use opens new ones."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
            self._engine = self._direct = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self._connected().connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it, or nothing where an error leaves it.

        SQLite has one of them at a time; PostgreSQL many, each of which sees what others have written.
        """
        with self._connected().connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            yield connection

    @contextmanager
    def directly(self, *, writes: bool) -> Iterator[Direct]:
        """As `reading`, for one statement, or `writing`; for prepared statements."""
        self._connected()
        direct = self._direct
        assert direct is not None
        with direct.transaction(writes=writes) as connection:
            yield connection

    def forget_deleted(self) -> None:
        """Take what was deleted out of SQLite's log, too; waits a few seconds at most for those who still read it.

        PostgreSQL overwrites it when it vacuums.
        """
        engine = self._connected()
        if engine.dialect.name == "sqlite":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _connected(self) -> Engine:
        engine = self._engine
        if engine is not None:
            return engine
        while not self._lock.acquire(timeout=_LOOK_SECONDS):
            if self._answering.is_silent:
                raise OperationalError(None, None, TimeoutError("the database does not answer"))
        try:
            if self._engine is None:
                _bring_up_to_date(self._url, self._answering)
                engine = open_engine(self._url, self._answering)
                self._direct, self._engine = DirectEngine(engine), engine
            return self._engine
        finally:
            self._lock.release()


def _bring_up_to_date(url: URL, answering: Answering) -> None:
    engine = open_engine(url, answering, patience=PATIENCE, migrates=True)
    try:
        with engine.connect() as connection:
            if is_up_to_date(connection):
                return
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            migrate(connection)
    finally:
        engine.dispose()
