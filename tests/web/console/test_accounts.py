"""Accounts and passwords, and the command that keeps them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli import main
from web.console.accounts import AccountError, Accounts, Role
from web.console.passwords import WeakPasswordError, check_password
from web.storage.database import Database

GOOD = "modry kun bezi lesem"
Users = Callable[..., Result]


@pytest.fixture
def users(tmp_path: Path) -> Users:
    """Runs `radce users` with a database of its own."""
    runner = CliRunner(env={"DATABASE_URL": f"sqlite:///{tmp_path}/users.db"})
    return lambda *arguments, password="": runner.invoke(main, ["users", *arguments], input=f"{password}\n")


WEAK = {
    "short": "Xk7#pQ2!vR9",
    "nothing": "",
    "one letter": "a" * 30,
    "few letters": "abababababababab",
    "the name": "jana.novotna1234",
    "the name twice": "jana.novotnajana.novotna",
    "a row of keys": "qwertyuiopasdfgh",
    "a row of keys, backwards": "lkjhgfdsa098765",
    "the alphabet": "abcdefghijklmnop",
    "digits": "123456789012345",
    "a common word": "Password12345!",
    "a common word in Czech": "HesloHeslo1234",
    "far too long": "x1y2z3 " * 40,
}


@pytest.mark.parametrize("password", WEAK.values(), ids=WEAK)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        check_password(password, "jana.novotna")


@pytest.mark.parametrize("password", [GOOD, "Xk7#pQ2!vR9w", "correct horse battery staple", "žluťoučký kůň úpěl"])
def test_a_password_that_is_hard_to_guess_is_taken(password: str) -> None:
    check_password(password, "jana.novotna")


def test_a_user_is_added_listed_and_disabled(users: Users) -> None:
    assert users("add", "Jana", "--role", "lead", password=GOOD).exit_code == 0
    rows = json.loads(users("list", "--json").stdout)
    assert [(row["number"], row["name"], row["role"], row["disabled"]) for row in rows] == [(1, "jana", "lead", None)]
    assert users("list").stdout.startswith("1  jana  lead  since 2")
    assert users("disable", "jana").exit_code == 0
    assert "disabled 2" in users("list").stdout


def test_users_are_signed_out_by_name_or_all_at_once(users: Users) -> None:
    users("add", "jana", password=GOOD)
    assert users("sign-out", "jana").stdout == "0 sessions ended.\n"
    assert users("sign-out", "--all").exit_code == 0
    assert users("sign-out").exit_code == 2
    assert users("sign-out", "jana", "--all").exit_code == 2
    assert "there is no user petr" in users("sign-out", "petr").stderr


def test_the_command_never_shows_or_takes_a_password_in_its_arguments(users: Users) -> None:
    added = users("add", "jana", password=GOOD)
    assert GOOD not in added.output
    assert users("add", "petr", GOOD).exit_code == 2
    assert users("add", "petr", "--password", GOOD).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "password", "told"),
    [
        (("add", "jana"), "short", "12 to 200 characters"),
        (("add", "jana"), "", "12 to 200 characters"),
        (("add", "j"), GOOD, "is no name"),
        (("add", "jana nováková"), GOOD, "is no name"),
        (("password", "petr"), GOOD, "there is no user petr"),
        (("disable", "petr"), "", "there is no user petr"),
    ],
)
def test_what_can_not_be_done_is_told_in_one_line(
    users: Users, arguments: tuple[str, ...], password: str, told: str
) -> None:
    result = users(*arguments, password=password)
    assert result.exit_code == 1
    assert result.stderr.startswith("radce: ")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_name_is_given_once(users: Users) -> None:
    users("add", "jana", password=GOOD)
    again = users("add", "JANA", password="zelena reka pod mostem")
    assert (again.exit_code, again.stderr) == (1, "radce: there is a user jana already\n")


def test_an_empty_list_says_how_to_begin(users: Users) -> None:
    assert "radce users add NAME" in users("list").stderr


def test_hashes_are_of_argon2_and_salted(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/users.db")
    accounts = Accounts(database)
    accounts.add("jana", Role.AGENT, GOOD)
    accounts.add("petr", Role.AGENT, GOOD)
    with database.reading() as connection:
        hashes = connection.exec_driver_sql("SELECT password_hash FROM users").scalars().all()
    assert len(set(hashes)) == 2
    assert all(text.startswith("$argon2id$") for text in hashes)
    database.close()


def test_a_password_can_be_set_again_for_one_who_is_there(tmp_path: Path) -> None:
    accounts = Accounts(Database(f"sqlite:///{tmp_path}/users.db"))
    accounts.add("jana", Role.AGENT, GOOD)
    accounts.set_password("Jana", "zelena reka pod mostem")
    assert accounts.verify("jana", GOOD) is None
    found = accounts.verify("jana", "zelena reka pod mostem")
    assert found
    assert (found.name, found.role) == ("jana", Role.AGENT)
    with pytest.raises(AccountError):
        accounts.set_password("petr", GOOD)
