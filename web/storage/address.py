"""Where the database is: `DATABASE_URL` as SQLAlchemy reads it."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

# Each of these is served by psycopg 3.
_POSTGRESQL = frozenset({"postgresql", "postgres", "postgresql+psycopg"})


def database_url(text: str) -> URL:
    """The address of a SQLite file or of a PostgreSQL database. Raises ValueError for any other."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ValueError("it is no address of a database") from error
    if url.drivername in _POSTGRESQL:
        return url.set(drivername="postgresql+psycopg")
    # A database in memory would be another one in every worker.
    if url.drivername == "sqlite" and url.database not in {None, "", ":memory:"}:
        return url
    raise ValueError("only SQLite files and PostgreSQL are supported")


def without_password(text: str) -> str:
    """The address for messages: who signs in, and with what password, is left out."""
    scheme, separator, rest = text.partition("://")
    return f"{scheme}://...@{rest.rpartition('@')[2]}" if separator and "@" in rest else text
