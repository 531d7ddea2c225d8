"""`radce users`: who may sign in to the console."""

import json
import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from web.console.accounts import Accounts


@click.group()
def users() -> None:
    """The people who sign in to the console. A password is asked for, or read from the standard input."""


@users.command(name="add")
@click.argument("name")
@click.option("--role", type=click.Choice(["agent", "lead"]), default="agent", help="What NAME may do.")
def users_add(name: str, role: str) -> None:
    """Let NAME sign in."""
    from web.console.accounts import Role

    _accounts().add(name, Role(role), _password())
    click.echo(f"{name.casefold()} may sign in now.")


@users.command(name="password")
@click.argument("name")
def users_password(name: str) -> None:
    """Give NAME another password, and sign NAME out everywhere."""
    _accounts().set_password(name, _password())
    click.echo(f"{name.casefold()} has a new password, and is signed out everywhere.")


@users.command(name="disable")
@click.argument("name")
def users_disable(name: str) -> None:
    """Let NAME sign in no more, and sign NAME out everywhere."""
    _accounts().disable(name)
    click.echo(f"{name.casefold()} may not sign in any more, and is signed out everywhere.")


@users.command(name="sign-out")
@click.argument("name", required=False)
@click.option("--all", "everybody", is_flag=True, help="Sign all users out.")
def users_sign_out(name: str | None, everybody: bool) -> None:
    """Sign NAME out everywhere, or all users; they may sign in again."""
    if (name is None) != everybody:
        raise click.UsageError("give a name, or --all")
    click.echo(f"{_accounts().sign_out(name)} sessions ended.")


@users.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def users_list(as_json: bool) -> None:
    """Show all users."""
    rows = _accounts().all()
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows]))
        return
    for row in rows:
        disabled = f"  disabled {_day(row.disabled)}" if row.disabled else ""
        click.echo(f"{row.number}  {row.name}  {row.role}  since {_day(row.created)}{disabled}")
    if not rows:
        click.echo("There are no users yet: radce users add NAME", err=True)


def _accounts() -> "Accounts":
    from web.console.accounts import Accounts
    from web.settings import Settings
    from web.storage.database import Database

    database = Database(Settings.from_environment(os.environ).database_url)
    database.prepare()
    return Accounts(database)


def _password() -> str:
    """Asked for twice at a terminal; else the first line of the input. Never an argument: others can read those."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()
