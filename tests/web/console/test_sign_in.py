"""Signing in and out, sessions and their limits, and the growing wait of those who guess."""

import random
import re
from base64 import urlsafe_b64decode

import pytest
from flask import Flask

from tests.web.clock import Clock, set_clock
from tests.web.console.conftest import HOST, PASSWORDS, Person
from web.console.accounts import Accounts
from web.console.sessions import IDLE, LONGEST, Sessions
from web.console.throttle import FORGOTTEN, FREE, LONGEST_WAIT, Attempt, Throttle, wait_after
from web.storage.database import Database

COOKIE = "__Host-radce-session"


def cookie(person: Person) -> str:
    """The session's token of a browser."""
    found = person.client.get_cookie(COOKIE, domain="console.example.com")
    assert found
    return str(found.value)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time that sessions and throttle read."""
    return set_clock(monkeypatch, "web.console.sessions", "web.console.throttle")


def test_the_cookie_is_for_this_host_and_https_alone(nobody: Person) -> None:
    header = nobody.sign_in("jana").headers["Set-Cookie"]
    assert header.startswith(f"{COOKIE}=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", f"Max-Age={LONGEST}"} <= set(header.split("; "))
    assert "Domain" not in header


def test_signing_in_gives_a_new_token_and_ends_the_old_session(app: Flask, agent: Person) -> None:
    old = cookie(agent)
    token = agent.token("/console")
    agent.post("/console/sign-in", form_token=token, name="jana", password=PASSWORDS["jana"])
    assert cookie(agent) != old
    thief = Person(app.test_client())
    thief.client.set_cookie(COOKIE, old, domain="console.example.com")
    assert thief.get("/console").status_code == 303


def test_the_token_before_signing_in_opens_nothing_after_it(app: Flask, nobody: Person) -> None:
    nobody.token()
    before = cookie(nobody)
    nobody.sign_in("jana")
    thief = Person(app.test_client())
    thief.client.set_cookie(COOKIE, before, domain="console.example.com")
    assert thief.get("/console").status_code == 303


def test_signing_out_ends_the_session_on_the_server(app: Flask, agent: Person) -> None:
    token = cookie(agent)
    assert agent.post("/console/sign-out", form_token=agent.token("/console")).status_code == 303
    agent.client.set_cookie(COOKIE, token, domain="console.example.com")
    assert agent.get("/console").status_code == 303


def test_the_database_holds_no_token(database: Database, agent: Person) -> None:
    token = cookie(agent)
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM sessions").fetchall()
    assert len(rows) == 1
    assert token not in str(rows)


def test_tokens_can_not_be_guessed(database: Database, accounts: Accounts) -> None:
    sessions, jana = Sessions(database), accounts.verify("jana", PASSWORDS["jana"])
    assert jana
    tokens = []
    for _ in range(300):
        random.seed(1)  # what is not made for secrets would begin anew with it
        tokens.append(sessions.begin(jana))
    assert len({*tokens}) == len(tokens)
    for token in tokens:
        assert len(urlsafe_b64decode(f"{token}==")) * 8 >= 128
    for place in range(len(tokens[0])):  # no letter of it is always the same
        assert len({token[place] for token in tokens}) > 3


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("jana", "zelena reka pod mostem"),
        ("nikdo", "modry kun bezi lesem"),
        ("jana", ""),
        ("", ""),
        ("x" * 5000, "y" * 5000),
    ],
)
def test_a_wrong_name_or_password_is_told_as_one(nobody: Person, name: str, password: str) -> None:
    response = nobody.sign_in(name, password)
    assert response.status_code == 403
    assert "nesouhlasí" in response.text or "do not match" in response.text
    assert nobody.get("/console").status_code == 303


def test_names_are_read_whatever_their_case(nobody: Person) -> None:
    assert nobody.sign_in(" Jana ", PASSWORDS["jana"]).status_code == 303


def test_who_is_disabled_is_signed_out_and_stays_out(accounts: Accounts, agent: Person) -> None:
    accounts.disable("jana")
    assert agent.get("/console").status_code == 303
    assert agent.sign_in("jana").status_code == 403


def test_another_password_signs_out(accounts: Accounts, agent: Person) -> None:
    accounts.set_password("jana", "cerny pes hlida dvur")
    assert agent.get("/console").status_code == 303
    assert agent.sign_in("jana", "cerny pes hlida dvur").status_code == 303


def test_an_administrator_ends_the_sessions_of_one_or_of_all(accounts: Accounts, agent: Person, lead: Person) -> None:
    assert accounts.sign_out("Jana") == 1
    assert (agent.get("/console").status_code, lead.get("/console").status_code) == (303, 200)
    assert agent.sign_in("jana").status_code == 303
    assert accounts.sign_out() == 2
    assert (agent.get("/console").status_code, lead.get("/console").status_code) == (303, 303)


@pytest.mark.parametrize("path", ["", "/conversations", "/cases", "/vain", "/shares", "/entries/roaming-activate"])
def test_every_page_has_a_button_to_sign_out(lead: Person, path: str) -> None:
    page = lead.get(f"/console{path}")
    assert page.status_code == 200
    assert re.search(r'action="/console/sign-out".*?<button[^>]*>[^<]*Sign out', page.text, re.DOTALL)


def test_a_session_ends_when_nobody_has_been_there(database: Database, agent: Person, clock: Clock) -> None:
    sessions, token = Sessions(database), _fresh(database)
    clock.now += IDLE - 1
    assert sessions.find(token)
    clock.now += IDLE - 1
    assert sessions.find(token), "the request before has renewed it"
    clock.now += IDLE
    assert sessions.find(token) is None


def test_a_session_ends_after_a_shift_however_busy(database: Database, agent: Person, clock: Clock) -> None:
    sessions, token = Sessions(database), _fresh(database)
    for _ in range(LONGEST // (IDLE // 2)):
        assert sessions.find(token)
        clock.now += IDLE // 2
    assert sessions.find(token) is None


def _fresh(database: Database) -> str:
    agent = Accounts(database).verify("jana", PASSWORDS["jana"])
    assert agent
    return Sessions(database).begin(agent)


def test_sessions_that_are_over_leave_the_database(database: Database, agent: Person, clock: Clock) -> None:
    _fresh(database)
    clock.now += LONGEST + 1
    _fresh(database)
    with database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT expires FROM sessions").scalars().all()
    assert all(moment > clock.now for moment in kept if moment > 1_800_000_000)
    assert sum(moment > 1_800_000_000 for moment in kept) == 1


def test_the_wait_grows_to_its_limit() -> None:
    waits = [wait_after(failures, "account") for failures in range(FREE["account"] + 12)]
    assert waits[:6] == [0, 0, 0, 1, 2, 4]
    assert waits[-1] == LONGEST_WAIT
    assert waits == sorted(waits)
    assert wait_after(10**6, "address") == LONGEST_WAIT


def test_who_guesses_waits_even_with_the_right_password(nobody: Person, clock: Clock) -> None:
    for _ in range(5):
        response = nobody.sign_in("jana", "wrong")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) >= 1
    assert nobody.sign_in("jana").status_code == 429


def test_after_the_wait_the_right_password_opens_and_the_failures_are_forgotten(
    database: Database, clock: Clock
) -> None:
    throttle, attempt = Throttle(database), Attempt("jana", "192.0.2.1")
    while not throttle.begin(attempt):
        pass
    clock.now += LONGEST_WAIT
    assert throttle.begin(attempt) == 0
    throttle.succeeded(attempt)
    assert [throttle.begin(attempt) for _ in range(FREE["account"])] == [0] * FREE["account"]


def test_guesses_from_one_address_at_many_names_wait_too(database: Database, clock: Clock) -> None:
    throttle = Throttle(database)
    waits = [throttle.begin(Attempt(f"name{number}", "192.0.2.1")) for number in range(FREE["address"] + 1)]
    assert waits[: FREE["address"]] == [0] * FREE["address"]
    assert waits[-1] > 0
    assert throttle.begin(Attempt("name99", "192.0.2.2")) == 0


def test_addresses_of_one_line_wait_together(app: Flask, clock: Clock) -> None:
    def refused(address: str, number: int) -> int:
        person = Person(app.test_client())
        form = {"form_token": person.token(), "name": f"name{number}", "password": "wrong"}
        place = {"REMOTE_ADDR": address}
        return person.client.post("/console/sign-in", data=form, base_url=HOST, environ_base=place).status_code

    statuses = [refused(f"2001:db8:1:2::{number:x}", number) for number in range(FREE["address"] + 1)]
    assert statuses == [403] * FREE["address"] + [429]
    assert refused("2001:db8:1:3::1", 99) == 403


def test_signing_in_oneself_buys_no_more_guesses(database: Database, clock: Clock) -> None:
    throttle = Throttle(database)
    own = Attempt("jana", "192.0.2.1")
    guesses = 0
    for number in range(3 * FREE["address"]):
        guesses += throttle.begin(Attempt(f"name{number}", "192.0.2.1")) == 0
        if throttle.begin(own) == 0:
            throttle.succeeded(own)
    assert guesses == FREE["address"]


def test_failures_are_forgotten_after_a_while(database: Database, clock: Clock) -> None:
    throttle, attempt = Throttle(database), Attempt("jana", "192.0.2.1")
    while not throttle.begin(attempt):
        pass
    clock.now += FORGOTTEN + 1
    assert throttle.begin(attempt) == 0
    with database.reading() as connection:
        assert set(connection.exec_driver_sql("SELECT failures FROM login_failures").scalars()) == {1}


def test_two_workers_count_together(database: Database, console_url: str, clock: Clock) -> None:
    workers = [Throttle(database), Throttle(Database(console_url))]
    waits = [workers[number % 2].begin(Attempt("petr", "192.0.2.7")) for number in range(FREE["account"] + 1)]
    assert waits[:-1] == [0] * FREE["account"]
    assert waits[-1] > 0
