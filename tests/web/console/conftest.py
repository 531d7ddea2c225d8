"""The console over the real content and a database of its own, and people who use it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, insert, select
from werkzeug.test import TestResponse

from bot.assistant import Assistant
from web.app import create_app
from web.console.accounts import Accounts, Role
from web.settings import Settings
from web.storage.database import Database
from web.storage.tables import CONVERSATIONS, LOGIN_FAILURES, PINS, SESSIONS, USERS

PASSWORDS = {"jana": "modry kun bezi lesem", "petr": "zelena reka pod mostem"}
HOST = "https://console.example.com"


# A reply as the API tells it.
Told = dict[str, Any]


@dataclass
class Person:
    """Somebody at a browser."""

    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        """The response to an address."""
        return self.client.get(path, base_url=HOST, headers={"Accept-Language": "en"})

    def token(self, path: str = "/console/sign-in") -> str:
        """The form token that a page has."""
        found = re.search(r'name="form_token" value="(\w+)"', self.get(path).text)
        assert found
        return found[1]

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> TestResponse:
        """The response to a form."""
        return self.client.post(path, data=fields, headers=headers, base_url=HOST)

    def chat(self, *messages: str, **fields: str) -> Told:
        """The last reply to a customer who writes this, with fields such as the country."""
        told: Told = {}
        for message in messages:
            talk = {"conversation_id": told["conversation_id"]} if told else {}
            response = self.client.post("/api/v1/chat", json={"message": message, **fields, **talk}, base_url=HOST)
            assert response.status_code == 200, response.text
            told = response.json or {}
        return told

    def rate(self, told: Told, rating: str, comment: str = "") -> None:
        """What the customer thinks of a reply."""
        fields = {"message_id": told["message_id"], "rating": rating, "comment": comment}
        assert self.client.post("/api/v1/feedback", json=fields, base_url=HOST).status_code == 200

    def hand_off(self, told: Told, message: str = "", reply_to: str = "eva@example.com") -> str:
        """The id of the case of a customer who wants a person."""
        fields = {"conversation_id": told["conversation_id"], "reply_to": reply_to, "message": message}
        response = self.client.post("/api/v1/handoff", json=fields, base_url=HOST)
        assert response.status_code < 300, response.text
        return str((response.json or {})["handoff_id"])

    def sign_in(self, name: str, password: str | None = None, wished: str = "/console") -> TestResponse:
        """The response to signing in."""
        fields = {"name": name, "password": PASSWORDS.get(name, "") if password is None else password, "next": wished}
        return self.post("/console/sign-in", form_token=self.token(), **fields)


@pytest.fixture(scope="session")
def console_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of one database for all tests of the console."""
    return f"sqlite:///{tmp_path_factory.mktemp('console')}/console.db"


@pytest.fixture(scope="session")
def users(console_url: str) -> list[dict[str, object]]:
    """The accounts of jana, an agent, and petr, a lead, as rows: hashing passwords takes long."""
    database = Database(console_url)
    accounts = Accounts(database)
    accounts.add("jana", Role.AGENT, PASSWORDS["jana"])
    accounts.add("petr", Role.LEAD, PASSWORDS["petr"])
    with database.reading() as connection:
        return [dict(row) for row in connection.execute(select(USERS)).mappings()]


@pytest.fixture
def database(console_url: str, users: list[dict[str, object]]) -> Iterator[Database]:
    """The database with these accounts and nothing else."""
    opened = Database(console_url)
    with opened.writing() as connection:
        for table in (CONVERSATIONS, PINS, SESSIONS, LOGIN_FAILURES, USERS):
            connection.execute(delete(table))
        connection.execute(insert(USERS), users)
    yield opened
    opened.close()


@pytest.fixture
def accounts(database: Database) -> Accounts:
    """Its accounts."""
    return Accounts(database)


@pytest.fixture(scope="session")
def console_app(assistant: Assistant, console_url: str) -> Flask:
    """The application over the database."""
    app = create_app(Settings(database_url=console_url, rate_limits=False), assistant)
    app.testing = True
    return app


@pytest.fixture
def app(console_app: Flask, database: Database) -> Flask:
    """The application, and nobody signed in."""
    return console_app


@pytest.fixture
def nobody(app: Flask) -> Person:
    """Somebody who is not signed in."""
    return Person(app.test_client())


@pytest.fixture
def agent(app: Flask) -> Person:
    """Jana, signed in."""
    person = Person(app.test_client())
    assert person.sign_in("jana").status_code == 303
    return person


@pytest.fixture
def lead(app: Flask) -> Person:
    """Petr, signed in."""
    person = Person(app.test_client())
    assert person.sign_in("petr").status_code == 303
    return person
