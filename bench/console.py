"""What the console's pages take over 100,000 conversations: `python -m bench.console` (needs the extra dev).

Questions are made of own parts and answered by the assistant once each; conversations are drawn of those turns, over 90
days, and written past the stores; then the upkeep does its part once (how long that takes is told apart). Each page is
asked for ROUNDS times, by days, filters and places drawn at random. A page that only says that something is missing is
measured in turn with them: how much slower it is than on an idle machine tells how busy the machine was.
"""

import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from threading import Event
from zoneinfo import ZoneInfo

import click
from flask.testing import FlaskClient
from sqlalchemy import insert, text

from bot.assistant import Assistant
from bot.message import Message
from bot.state import DialogueState
from tests.postgresql import postgresql_server
from web.app import create_app
from web.chat_reply import reply_fields
from web.console.accounts import Agent, Role
from web.console.sessions import Sessions
from web.meanings import MeaningReader
from web.service import open_assistant
from web.settings import Settings
from web.storage.database import Database
from web.storage.day_shares import DayShares
from web.storage.meanings import MeaningStore
from web.storage.period import day_of
from web.storage.retention import Retention
from web.storage.tables import CONVERSATIONS, FEEDBACK, HANDOFFS, TURNS, USERS
from web.storage.turns import TurnRecord

CONVERSATIONS_MADE = 100_000
BATCH = 5_000
ROUNDS = 60
DAYS = 90
DAY = 24 * 60 * 60
ZONE = ZoneInfo(Settings().time_zone)

NEEDS = (
    ("zapnu roaming", "switch on roaming"),
    ("smažu účet", "delete my account"),
    ("propojím vozidlo s Porsche ID", "link my car with my Porsche ID"),
    ("uložím PIN SIM karty", "store the PIN of the SIM card"),
    ("zaplatím za nabíjení", "pay for charging"),
    ("prodloužím službu", "extend a service"),
    ("vyměním pneumatiky", "change the tyres"),
    ("opravím škrábanec na laku", "repair a scratch in the paint"),
    ("vyměním baterii v klíči", "change the battery in my key"),
    ("objednám servis", "book a service appointment"),
)
CARS = ("", "Taycan", "Macan 2020", "Cayenne 2019", "Panamera 2021", "992 2022", "718", "911 2016")
TAILS = ("", "doma", "v zahraničí", "rychle", "prosím", "zdarma", "sám", "v aplikaci")
COUNTRIES = ("CZ", "SK", "AT", "DE", "CH", "GB", "FR", "PL", None)
FILTERS = (
    "",
    "language=en",
    "country=LI",
    "country=AT&rating=down",
    "model=taycan&kind=no_answer",
    "kind=answer",
    "kind=contact",
    "entry=roaming-activate",
    "entry=apple-carplay",
    "rating=up",
    "handed_off=yes",
    "handed_off=yes&kind=clarify&language=en&country=FR",
)


@dataclass(frozen=True, slots=True)
class _Turn:
    record: TurnRecord
    state: str


def _questions() -> Iterator[str]:
    for czech, english in NEEDS:
        for car in CARS:
            for tail in TAILS:
                yield f"Jak {czech} {tail}{', mám ' + car if car else ''}?"
            yield f"How do I {english}{' in my ' + car if car else ''}?"


def _turns(assistant: Assistant) -> list[_Turn]:
    turns = []
    for question in (*_questions(), "děkuji", "dobrý den"):
        reply, state = assistant.reply(Message(question), DialogueState())
        told = json.dumps({**reply_fields(reply), "conversation_id": "", "message_id": ""}, ensure_ascii=False)
        turns.append(_Turn(TurnRecord.of(question, reply, told, 20), state.to_json()))
    return turns


def _fill(database: Database, turns: list[_Turn]) -> None:
    drawn, now = random.Random(7), int(time.time())
    for begin in range(0, CONVERSATIONS_MADE, BATCH):
        rows: dict[str, list[dict[str, object]]] = {"talks": [], "turns": [], "ratings": [], "cases": []}
        for number in range(begin, begin + BATCH):
            _draw(drawn, number, turns, rows, now)
        with database.writing() as connection:
            for table, name in ((CONVERSATIONS, "talks"), (TURNS, "turns"), (FEEDBACK, "ratings"), (HANDOFFS, "cases")):
                if rows[name]:
                    connection.execute(insert(table), rows[name])
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":  # as autovacuum does
            connection.execute(text("ANALYZE"))


def _draw(
    drawn: random.Random, number: int, turns: list[_Turn], rows: dict[str, list[dict[str, object]]], now: int
) -> None:
    talk, updated, country = f"talk-{number}", now - drawn.randrange(DAYS * DAY), drawn.choice(COUNTRIES)
    said = drawn.choices(turns, k=drawn.choices((1, 2, 3, 5, 8), (35, 30, 20, 10, 5))[0])
    for place, turn in enumerate(said, 1):
        own = {"conversation_id": talk, "number": place, "message_id": f"said-{number}-{place}", "country": country}
        rows["turns"].append({**turn.record.columns(), **own, "created": updated - 60 * (len(said) - place)})
    last, rating, handed_off = said[-1], drawn.choices(("up", "down", None), (8, 5, 87))[0], drawn.random() < 0.03
    whole = {"last_kind": None, "last_entry": None, **last.record.came_of_it(), **last.record.known()}
    own = {"id": talk, "state": last.state, "turn": len(said), "created": updated - 600, "updated": updated}
    came = {"country": country, "rating": rating, "handed_off": updated if handed_off else None}
    rows["talks"].append({**whole, **own, **came})
    if rating:
        message = {"message_id": f"said-{number}-{len(said)}", "conversation_id": talk, "comment": ""}
        rows["ratings"].append({**message, "rating": rating, "created": updated})
    if handed_off:
        case = {"id": f"case-{number}", "conversation_id": talk, "turns": len(said), "reply_to": "a@example.com"}
        told = {"name": "", "message": "", "country": country, "language": "cs", "created": updated}
        state = "closed" if drawn.random() < 0.8 else "open"
        rows["cases"].append({**case, **told, "client_message_id": None, "state": state})


def _pages(drawn: random.Random) -> dict[str, Callable[[], str]]:
    def place() -> str:
        number = drawn.randrange(CONVERSATIONS_MADE)
        return f"{int(time.time()) - drawn.randrange(DAYS * DAY)}.said-{number}-1"

    def since(days: int) -> str:
        return f"from={day_of(int(time.time()) - days * DAY, ZONE)}"

    def filters(days: int) -> str:
        return f"/console/conversations?{since(days)}&{drawn.choice(FILTERS)}"

    return {
        "conversations, 30 days": lambda: filters(29),
        "conversations, 90 days": lambda: filters(DAYS),
        "conversations, somewhere": lambda: f"/console/conversations?{since(DAYS)}&after={place()}",
        "one conversation": lambda: f"/console/conversations/said-{drawn.randrange(CONVERSATIONS_MADE)}-1",
        "cases": lambda: f"/console/cases?list={drawn.choice(('waiting', 'open', 'closed'))}",
        "asked in vain, 30 days, grouped before": lambda: "/console/vain",
        "asked in vain, 90 days, grouped before": lambda: f"/console/vain?{since(DAYS)}",
        "asked in vain, other texts each time": lambda: f"/console/vain?{since(drawn.randrange(5, DAYS))}",
        "success rates, 30 days": lambda: "/console/shares",
        "success rates, 90 days": lambda: f"/console/shares?{since(DAYS)}",
    }


@dataclass(frozen=True, slots=True)
class _Taken:
    """Milliseconds by the clock, and those of this process on a core."""

    clock: float
    core: float


def _get(client: FlaskClient, path: str, *, status: int = 200) -> _Taken:
    began, core = time.perf_counter(), time.process_time()
    response = client.get(path)
    taken = _Taken((time.perf_counter() - began) * 1000, (time.process_time() - core) * 1000)
    if response.status_code != status:
        raise click.ClickException(f"{path} answers {response.status_code}")
    return taken


def _row(name: str, page: str, times: list[_Taken]) -> str:
    clock, core = [taken.clock for taken in times], [taken.core for taken in times]
    shown = (median(clock), quantiles(clock, n=20)[-1], median(core), quantiles(core, n=20)[-1])
    return f"| {name} | {page} | " + " | ".join(f"{value:.0f}" for value in shown) + " |"


def _look_after(database: Database, assistant: Assistant) -> None:
    """What the upkeep of a server does."""
    began, retention = time.perf_counter(), Retention(DAYS)
    DayShares(database, retention, ZONE).sweep()
    counted = time.perf_counter()
    meanings = MeaningStore(database, retention, assistant.index.manifest.name)
    MeaningReader(meanings, assistant.index.retriever, nullcontext(), Event()).read_all()
    read = time.perf_counter() - counted
    click.echo(f"counting all days: {counted - began:.1f} s, reading what was asked in vain: {read:.0f} s", err=True)


def _measure(name: str, url: str, assistant: Assistant, turns: list[_Turn]) -> None:
    database = Database(url)
    _fill(database, turns)
    user = {"id": 1, "name": "petr", "password_hash": "", "role": "lead", "created": 0}
    with database.writing() as connection:
        connection.execute(insert(USERS).values(user))
    _look_after(database, assistant)
    client = create_app(Settings(database_url=url, insecure_cookies=True), assistant).test_client()
    client.set_cookie("radce-session", Sessions(database).begin(Agent(1, "petr", Role.LEAD)))
    nothing: list[_Taken] = []
    for page, path in _pages(random.Random(1)).items():
        _get(client, path())
        times = []
        for _ in range(ROUNDS):
            times.append(_get(client, path()))
            nothing.append(_get(client, "/console/conversations/nothing", status=404))
        click.echo(_row(name, page, times))
    click.echo(_row(name, "a page that is missing", nothing))
    click.echo(f"processes that wait for a core: {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores", err=True)
    database.close()


@click.command()
def main() -> None:
    """Print a row for each page and kind of database."""
    assistant = open_assistant(Settings.from_environment(os.environ))
    turns = _turns(assistant)
    click.echo("| database | page | median, ms | 95 % | of a core, median | 95 % |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        _measure("SQLite", f"sqlite:///{Path(folder)}/radce.db", assistant, turns)
    with postgresql_server(syncing=True) as server:
        _measure("PostgreSQL", server.fresh_database(), assistant, turns)


if __name__ == "__main__":
    main()
