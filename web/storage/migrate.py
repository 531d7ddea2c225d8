"""Bringing the tables up to date, whatever version of radce made them."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from web.errors import WebError

# The last of migrations/versions (a test holds it): who finds it in the database need not load Alembic.
NEWEST = "0004"
# Any number that nobody else's advisory lock has.
_LOCK = 7_236_223_001
# Seconds to wait for another process that migrates.
PATIENCE = 300
_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION_TABLE = "alembic_version"


def is_up_to_date(connection: Connection) -> bool:
    """Whether the newest migration has been done."""
    return _version(connection) == NEWEST


def migrate(connection: Connection) -> None:
    """Do the migrations that are missing, all of them or none, within the writing transaction of the connection.

    Two processes may do it at once: the second waits, and finds nothing to do. Raises WebError where a newer version
    of radce made the tables.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if not is_up_to_date(connection):
        _upgrade(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar_one_or_none()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, NEWEST)
    except CommandError as error:
        remedy = "run that version, or restore the database from before it"
        raise WebError(f"a newer version of radce has changed the database ({error}); {remedy}") from error
