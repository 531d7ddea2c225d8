"""The connections to the database, set up for what both kinds of it need. The only place that opens one."""

from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

# Seconds that a statement waits for another process's write; a write takes a few milliseconds.
BUSY_SECONDS = 5
# Seconds until a PostgreSQL that does not answer counts as gone.
CONNECT_SECONDS = 5
# An execution option: the transaction is going to write.
WRITES = "radce_writes"
# Connections that a process may have open at once; it answers requests with 16 threads (web/server.py). The one that
# was used last is used next: it has in memory what it read.
_POOL = {"pool_size": 5, "max_overflow": 15, "pool_use_lifo": True}


def open_engine(url: URL, *, patience: int = BUSY_SECONDS) -> Engine:
    """An engine for the database; connections are opened by their first use. Makes a SQLite file's folder.

    `patience`: seconds that a statement waits for another process's write.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, patience)
    arguments = {"connect_timeout": CONNECT_SECONDS, "options": f"-c lock_timeout={patience}s"}
    return create_engine(url, pool_pre_ping=True, connect_args=arguments, **_POOL)


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
