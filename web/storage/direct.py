"""Statements that every turn needs, sent past most of SQLAlchemy: it writes them once, and the driver runs them.

A statement through SQLAlchemy takes 0.1 ms of the processor and more, of which SQLite needs 0.01 (docs/performance.md).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from sqlalchemy import ClauseElement, Engine, exc
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler

from web.storage.answering import TURN_SECONDS, TimedConnection

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A statement; `columns`: those that it sets, each to the value of its name."""

    statement: ClauseElement
    columns: tuple[str, ...] | None = None


class DirectEngine:
    """An engine's connections for prepared statements; its texts are made at their first use."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._texts: dict[Prepared, tuple[str, Sequence[str] | None]] = {}

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator["Direct"]:
        """A transaction; without `writes` each statement stands for itself.

        Raises IntegrityError, and for all else that the driver can't do OperationalError, both SQLAlchemy's.
        """
        driver = self._engine.dialect.loaded_dbapi
        try:
            connection = self._engine.raw_connection()
            try:
                if isinstance(connection.dbapi_connection, TimedConnection):
                    connection.dbapi_connection.seconds = TURN_SECONDS
                cursor = connection.cursor()
                if writes and self._is_sqlite:
                    cursor.execute("BEGIN IMMEDIATE")
                yield Direct(self, cursor)
                cursor.close()
                if writes:
                    connection.commit()
            except driver.Error as error:
                if self._engine.dialect.is_disconnect(error, connection.dbapi_connection, None):
                    connection.invalidate()
                raise
            finally:
                connection.close()  # back to the pool, which takes back what was not committed
        except driver.IntegrityError as error:
            raise exc.IntegrityError(None, None, error) from error
        except driver.Error as error:
            raise exc.OperationalError(None, None, error) from error

    def text(self, prepared: Prepared) -> tuple[str, Sequence[str] | None]:
        """The statement as the driver takes it, and the names of its values in their order (None: it takes names)."""
        if prepared not in self._texts:
            made = prepared.statement.compile(dialect=self._engine.dialect, column_keys=prepared.columns)
            compiled = cast(SQLCompiler, made)
            self._texts[prepared] = str(compiled), compiled.positiontup
        return self._texts[prepared]


@dataclass(frozen=True, slots=True)
class Direct:
    """Runs prepared statements in one transaction."""

    engine: DirectEngine
    cursor: DBAPICursor

    def first(self, prepared: Prepared, values: Values) -> Sequence[object] | None:
        """The first row, if there is one."""
        self._run(prepared, values)
        row: Sequence[object] | None = self.cursor.fetchone()
        return row

    def change(self, prepared: Prepared, values: Values) -> int:
        """How many rows were changed."""
        self._run(prepared, values)
        return self.cursor.rowcount

    def _run(self, prepared: Prepared, values: Values) -> None:
        text, names = self.engine.text(prepared)
        self.cursor.execute(text, values if names is None else [values[name] for name in names])
