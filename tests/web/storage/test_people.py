"""Accounts, sessions, counted failures and pins, on both kinds of databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.clock import set_clock
from web.console.accounts import AccountError, Accounts, Agent, Role
from web.console.pins import Pins
from web.console.sessions import Sessions
from web.console.throttle import FREE, Attempt, Throttle
from web.storage.database import Database

PASSWORD = "modry kun bezi lesem"


@pytest.fixture
def jana(database: Database) -> Agent:
    """An agent with an account."""
    accounts = Accounts(database)
    accounts.add("Jana", Role.AGENT, PASSWORD)
    agent = accounts.verify("jana", PASSWORD)
    assert agent
    return agent


def test_an_account_is_added_once_listed_and_disabled(database: Database, jana: Agent) -> None:
    accounts = Accounts(database)
    with pytest.raises(AccountError):
        accounts.add("jana", Role.LEAD, PASSWORD)
    accounts.disable("jana")
    assert accounts.verify("jana", PASSWORD) is None
    assert [(row.name, row.role, row.disabled is None) for row in accounts.all()] == [("jana", Role.AGENT, False)]


def test_a_session_lasts_until_it_is_ended(database: Database, jana: Agent) -> None:
    sessions = Sessions(database)
    first, second = sessions.begin(jana), sessions.begin(jana)
    assert sessions.find(first) == jana
    sessions.end(first)
    assert sessions.find(first) is None
    assert sessions.find(second) == jana
    Accounts(database).set_password("jana", "zelena reka pod mostem")
    assert sessions.find(second) is None


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts failures reads a clock that stands still: waits of a second would be over on a busy machine."""
    set_clock(monkeypatch, "web.console.throttle")


@pytest.mark.usefixtures("clock")
def test_failures_are_counted_until_the_account_succeeds(database: Database) -> None:
    throttle, attempt = Throttle(database), Attempt("jana", "192.0.2.1")
    waits = [throttle.begin(attempt) for _ in range(FREE["account"] + 1)]
    assert waits[:-1] == [0] * FREE["account"]
    assert waits[-1] > 0
    throttle.succeeded(attempt)
    assert throttle.begin(attempt) == 0


@pytest.mark.usefixtures("clock")
def test_attempts_at_once_get_no_further_than_one_after_another(database: Database) -> None:
    throttle, attempt = Throttle(database), Attempt("jana", "192.0.2.1")
    throttle.begin(attempt)  # there is a row to lock from now on
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: throttle.begin(attempt), range(24)))
    assert waits.count(0) == FREE["account"] - 1


def test_pins_belong_to_one_agent(database: Database, jana: Agent) -> None:
    pins = Pins(database)
    Accounts(database).add("petr", Role.LEAD, PASSWORD)
    petr = Accounts(database).verify("petr", PASSWORD)
    assert petr
    for entry_id in ("sim-pin", "app-video", "sim-pin"):
        pins.pin(jana, entry_id)
    assert sorted(pins.of(jana)) == ["app-video", "sim-pin"]
    assert pins.of(petr) == ()
    pins.unpin(jana, "sim-pin")
    assert pins.of(jana) == ("app-video",)
