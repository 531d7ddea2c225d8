"""The connections to the database, set up for what both kinds of it need. The only place that opens one."""

from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.pool import ConnectionPoolEntry

from web.storage.answering import CONNECT_SECONDS, PING_SECONDS, STATEMENT_SECONDS, Answering, TimedConnection

# Seconds that a statement waits for another process's write; a write takes a few milliseconds.
BUSY_SECONDS = 5
# An execution option: the transaction is going to write.
WRITES = "radce_writes"
# Connections that a process may have open at once; it answers requests with 16 threads (web/server.py). The one that
# was used last is used next: it has in memory what it read.
_POOL = {"pool_size": 5, "max_overflow": 15, "pool_use_lifo": True}
# A machine that is gone is noticed in 45 seconds by who waits for a statement without an end: a migration.
_KEPT_ALIVE = {"keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 45_000}


def open_engine(url: URL, answering: Answering, *, patience: int = BUSY_SECONDS, migrates: bool = False) -> Engine:
    """An engine for the database; connections are opened by their first use. Makes a SQLite file's folder.

    `patience`: seconds that a statement waits for another process's write; only where it `migrates` a statement may
    take however long.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, patience)
    return _postgresql(url, answering, patience, None if migrates else STATEMENT_SECONDS)


def _postgresql(url: URL, answering: Answering, patience: int, seconds: int | None) -> Engine:
    # The server ends a statement that takes too long itself; that it does not is noticed a little later.
    limits = f"-c lock_timeout={patience}s -c statement_timeout={seconds or 0}s"
    arguments = {"connect_timeout": CONNECT_SECONDS, "options": limits, **_KEPT_ALIVE}
    engine = create_engine(url, pool_pre_ping=True, connect_args=arguments, **_POOL)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Dialect, _entry: ConnectionPoolEntry, given: list[str], named: dict[str, object]) -> object:
        return answering.connect(*given, **named)

    @event.listens_for(engine, "checkout")
    def take(connection: TimedConnection, _entry: ConnectionPoolEntry, _taken: object) -> None:
        connection.seconds = None if seconds is None else seconds + 1

    @event.listens_for(engine, "checkin")
    def give_back(connection: TimedConnection | None, _entry: ConnectionPoolEntry) -> None:
        if connection is not None:  # it was not closed
            connection.seconds = PING_SECONDS

    return engine


def _sqlite(url: URL, patience: int) -> Engine:
    Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": patience}, **_POOL)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transactions begin too late, and leave changes of tables out: `_begin_sqlite` does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    # Readers and a writer at once; with a write-ahead log this much syncing loses nothing when the process dies.
    # What is deleted is overwritten with zeros.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Who reads first and then writes may be too late, and could not wait for its turn: writers say so at once.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
