"""What agents do and are refused is in the log, by the number of their account and nothing else of them."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from tests.web.clock import Clock, set_clock
from tests.web.console.conftest import PASSWORDS, Person
from tests.web.test_operation import logging_as_served
from web.console.throttle import FREE
from web.storage.database import Database
from web.storage.tables import USERS

Log = pytest.CaptureFixture[str]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time that sessions and throttle read."""
    return set_clock(monkeypatch, "web.console.sessions", "web.console.throttle")


@pytest.fixture
def numbers(database: Database) -> dict[str, int]:
    """The number of each account by its name."""
    with database.reading() as connection:
        return {row.name: row.id for row in connection.execute(select(USERS.c.name, USERS.c.id))}


def told(log: Log) -> list[dict[str, Any]]:
    """The lines about security, in short; nothing that was typed stands in any line."""
    written = log.readouterr().out
    for secret in ("jana", "petr", "nikdo", "127.0.0.1", *PASSWORDS.values()):
        assert secret not in written
    lines = [line for line in map(json.loads, written.splitlines()) if line["logger"] == "radce.security"]
    for line in lines:
        assert {line.pop(name) for name in ("logger", "level")} == {"radce.security", "info"}
        assert line.pop("request_id")
        assert line.pop("timestamp").endswith("Z")
    return lines


@pytest.mark.parametrize("requests", [True, False])
def test_signing_in_and_out_is_logged_whatever_is_set(
    nobody: Person, numbers: dict[str, int], capsys: Log, requests: bool
) -> None:
    with logging_as_served(requests=requests):
        assert nobody.sign_in("jana").status_code == 303
        nobody.post("/console/sign-out", form_token=nobody.token("/console"))
    jana = numbers["jana"]
    assert told(capsys) == [{"event": "signed in", "agent": jana}, {"event": "signed out", "agent": jana}]


def test_a_wrong_password_is_logged_with_the_account_and_an_unknown_name_without(
    nobody: Person, numbers: dict[str, int], capsys: Log
) -> None:
    with logging_as_served(requests=False):
        assert nobody.sign_in("Jana", PASSWORDS["petr"]).status_code == 403
        assert nobody.sign_in("nikdo", PASSWORDS["petr"]).status_code == 403
    refused = {"event": "sign-in refused", "reason": "wrong name or password"}
    assert told(capsys) == [{**refused, "agent": numbers["jana"]}, {**refused, "agent": None}]


def test_who_has_to_wait_is_logged(nobody: Person, numbers: dict[str, int], capsys: Log, clock: Clock) -> None:
    for _ in range(FREE["account"] + 1):
        nobody.sign_in("jana", "wrong")
    with logging_as_served(requests=False):
        assert nobody.sign_in("jana").status_code == 429
    assert told(capsys) == [{"event": "sign-in refused", "agent": numbers["jana"], "reason": "throttled"}]


def test_an_agent_who_is_refused_a_page_for_leads_is_logged_and_a_lead_is_not(
    agent: Person, lead: Person, numbers: dict[str, int], capsys: Log
) -> None:
    with logging_as_served(requests=False):
        assert agent.get("/console/vain").status_code == 403
        assert lead.get("/console/vain").status_code == 200
    refused = {"event": "page refused", "agent": numbers["jana"], "route": "console.vain", "reason": "for leads"}
    assert told(capsys) == [refused]


def test_a_form_that_is_not_the_consoles_own_is_logged(
    agent: Person, nobody: Person, numbers: dict[str, int], capsys: Log
) -> None:
    with logging_as_served(requests=False):
        agent.post("/console/pins/sim-pin", {"Sec-Fetch-Site": "cross-site"}, form_token=agent.token("/console"))
        nobody.post("/console/sign-in", name="jana", password=PASSWORDS["jana"])
    assert told(capsys) == [
        {"event": "form refused", "agent": numbers["jana"], "route": "console.change_pin", "reason": "of another site"},
        {"event": "form refused", "agent": None, "route": "console.take_sign_in", "reason": "wrong token"},
    ]
