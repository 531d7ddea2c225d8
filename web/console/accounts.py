"""The people who sign in to the console."""

import re
import time
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from web.console.passwords import Passwords, check_password
from web.errors import WebError
from web.storage.database import Database
from web.storage.tables import SESSIONS, USERS

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


class AccountError(WebError):
    """A name that can't be used, or that nobody has."""


class Role(StrEnum):
    """What somebody may do."""

    AGENT = "agent"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who may sign in."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Account:
    """An account as a list shows it, with its number in the log; moments in seconds since 1970."""

    number: int
    name: str
    role: Role
    created: int
    disabled: int | None


class Accounts:
    """The accounts of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._passwords = Passwords()

    def add(self, name: str, role: Role, password: str) -> None:
        """Add an account. Raises AccountError, WeakPasswordError."""
        name = name.casefold()
        if not _NAME.fullmatch(name):
            raise AccountError(f"{name!r} is no name: use 2 to 64 small letters, digits and . _ @ -")
        check_password(password, name)
        row = {"name": name, "role": role, "password_hash": self._passwords.hash(password), "created": int(time.time())}
        try:
            with self._database.writing() as connection:
                connection.execute(insert(USERS).values(row))
        except IntegrityError as error:
            raise AccountError(f"there is a user {name} already") from error

    def set_password(self, name: str, password: str) -> None:
        """Another password, which signs the user out everywhere. Raises AccountError, WeakPasswordError."""
        check_password(password, name)
        self._change(name, password_hash=self._passwords.hash(password))

    def disable(self, name: str) -> None:
        """Let the user sign in no more, and sign him out everywhere. Raises AccountError."""
        self._change(name, disabled=int(time.time()))

    def sign_out(self, name: str | None = None) -> int:
        """End the sessions of a user, or of all users; how many there were. Raises AccountError."""
        ended = delete(SESSIONS)
        with self._database.writing() as connection:
            if name is not None:
                ended = ended.where(SESSIONS.c.user_id == _id_of(connection, name))
            return connection.execute(ended).rowcount

    def all(self) -> tuple[Account, ...]:
        """All accounts by name."""
        query = select(USERS).order_by(USERS.c.name)
        with self._database.reading() as connection:
            return tuple(
                Account(row.id, row.name, Role(row.role), row.created, row.disabled)
                for row in connection.execute(query)
            )

    def verify(self, name: str, password: str) -> Agent | None:
        """Whose name and password these are; None: nobody's, or of somebody who is disabled."""
        query = select(USERS).where(USERS.c.name == name.casefold(), USERS.c.disabled.is_(None))
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if not self._passwords.verify(password, row.password_hash if row else None) or row is None:
            return None
        return Agent(row.id, row.name, Role(row.role))

    def number_of(self, name: str) -> int | None:
        """The number of the account that has a name, disabled or not; None: nobody has it."""
        with self._database.reading() as connection:
            return _find(connection, name)

    def _change(self, name: str, **values: object) -> None:
        with self._database.writing() as connection:
            user = _id_of(connection, name)
            connection.execute(update(USERS).where(USERS.c.id == user).values(values))
            connection.execute(delete(SESSIONS).where(SESSIONS.c.user_id == user))


def _id_of(connection: Connection, name: str) -> int:
    user = _find(connection, name)
    if user is None:
        raise AccountError(f"there is no user {name}; `radce users list` shows them all")
    return user


def _find(connection: Connection, name: str) -> int | None:
    query = select(USERS.c.id).where(USERS.c.name == name.casefold())
    user: int | None = connection.execute(query).scalar_one_or_none()
    return user
