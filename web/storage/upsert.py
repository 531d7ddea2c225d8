"""Writing a row in place of an earlier one, in both kinds of databases."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection,
    table: Table,
    row: Mapping[str, object],
    *,
    key: Sequence[str],
    merged: Mapping[str, ColumnElement[object]] | None = None,
) -> None:
    """Insert the row, or overwrite the one with the same key; `merged`: columns that are computed from both instead."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(row)
    overwritten = {name: statement.excluded[name] for name in row if name not in key}
    statement = statement.on_conflict_do_update(index_elements=list(key), set_={**overwritten, **(merged or {})})
    connection.execute(statement)
