"""A copy of an SQLite database that is whole, made while the server writes."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from web.errors import WebError


def back_up(database_url: str, out: Path) -> None:
    """Write a copy of the database to a file that does not exist yet, readable by its owner only.

    Raises WebError where the database is none of SQLite's, or is not there, or the file is.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        raise WebError("radce backup copies SQLite files; for PostgreSQL use pg_dump (docs/operation.md)")
    source = Path(url.database or "")
    if not source.is_file():
        raise WebError(f"there is no database at {source}: set DATABASE_URL to the one that the server uses")
    try:
        os.close(os.open(out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise WebError(f"can't write {out}: {error.strerror}; choose a new file in a folder that exists") from error
    try:
        _copy(source, out)
    except sqlite3.Error as error:
        out.unlink()
        raise WebError(f"{source} can't be copied: {error}") from error


def _copy(source: Path, out: Path) -> None:
    with closing(sqlite3.connect(source)) as database, closing(sqlite3.connect(out)) as copy:
        database.backup(copy)
        (told,) = copy.execute("PRAGMA integrity_check").fetchone()
        if told != "ok":
            raise sqlite3.DatabaseError(told)
