"""Where the database is: `DATABASE_URL` as SQLAlchemy reads it."""

import re

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

# Each of these is served by psycopg 3.
_POSTGRESQL = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
# Parameters of an address whose values are shown; any other may be a secret.
_HARMLESS = frozenset({"host", "port", "dbname", "sslmode", "connect_timeout", "application_name", "mode", "uri"})
# What may be shown of an address: a host, a port and a path, or what was meant to be one.
_PLACE = re.compile(r"(?:[\w.-]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?(?:/[^?@#]*)?")
_NO_ADDRESS = re.compile(r"[^@=?:\s]*")


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


def secrets_of(url: URL) -> tuple[str, ...]:
    """The passwords that stand in an address, before the host or among the parameters."""
    return tuple(filter(None, [str(url.password or ""), *_values(url, "password")]))


def hosts_of(url: URL) -> tuple[str, ...]:
    """The hosts of an address, several where another is asked when one is gone; none: a socket of this machine."""
    named = [url.host or "", *_values(url, "host"), *_values(url, "hostaddr")]
    return tuple(host for text in named for host in text.split(",") if host)


def _values(url: URL, name: str) -> tuple[str, ...]:
    value = url.query.get(name, ())
    return (value,) if isinstance(value, str) else value


def without_password(text: str) -> str:
    """The address for messages: host, port and path, and of the parameters their names; the rest may be a secret.

    Of what can't be read as an address so little is shown that no part of a password is.
    """
    scheme, separator, rest = text.partition("://")
    if not separator:
        return text if _NO_ADDRESS.fullmatch(text) else "..."
    user, at, place = rest.rpartition("@")
    place, mark, query = place.partition("?")
    # A "?" before the last "@": either a password that is not quoted, or a parameter with an "@".
    if "?" in user or not _PLACE.fullmatch(place):
        return f"{scheme}://..."
    return f"{scheme}://{'...@' if at else ''}{place}{mark}{'&'.join(map(_shown, query.split('&')))}"


def _shown(parameter: str) -> str:
    name, sign, _ = parameter.partition("=")
    if name in _HARMLESS or not parameter:
        return parameter
    return f"{name}=..." if sign else "..."
