"""Writing a row in place of an earlier one, in both kinds of databases."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, Table

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert


def upsert(
    connection: Connection,
    table: Table,
    row: Mapping[str, object],
    *,
    key: Sequence[str],
    merged: Mapping[str, ColumnElement[object]] | None = None,
) -> None:
    """Insert the row, or overwrite the one with the same key; `merged`: columns that are computed from both instead."""
    statement = _insert(connection, table).values(row)
    overwritten = {name: statement.excluded[name] for name in row if name not in key}
    statement = statement.on_conflict_do_update(index_elements=list(key), set_={**overwritten, **(merged or {})})
    connection.execute(statement)


def _insert(connection: Connection, table: Table) -> "PostgresInsert | SqliteInsert":
    # The other kind of database need not be imported.
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)
