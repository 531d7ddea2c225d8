"""What writing a turn costs: `python -m bench.storage` (needs the extra dev for PostgreSQL)."""

import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

import click

from bot.state import CountrySet, DialogueState
from tests.postgresql import postgresql_server
from web.storage.conversations import ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.retention import Retention
from web.storage.turns import TurnIds, TurnRecord

TURNS = 2000
# As long as a reply with steps and sources is.
REPLY = '{"text": "' + "x" * 3000 + '"}'
EACH = 10


def _answer(state: DialogueState, _ids: TurnIds) -> tuple[TurnRecord, DialogueState]:
    told = TurnRecord("jak zapnu roaming?", REPLY, "answer", "cs", "roaming-activate", ("taycan",), 0.9, "CZ", "taycan")
    return told, state.apply(CountrySet("CZ"))


def _measure(url: str) -> tuple[list[float], float]:
    """Milliseconds of each turn but the first, without computing the reply; those of the processor, of a mean turn."""
    database = Database(url)
    store = ConversationStore(database, Retention(90))
    times = []
    processor = time.process_time()
    for number in range(TURNS // EACH):
        opened: list[str] = []

        def first(state: DialogueState, ids: TurnIds, opened: list[str] = opened) -> tuple[TurnRecord, DialogueState]:
            opened.append(ids.conversation_id)
            return _answer(state, ids)

        store.take_turn(MessageKey(None, f"{number}", f"{number}:a"), first)
        for turn in range(1, EACH):
            started = time.perf_counter()
            store.take_turn(MessageKey(opened[0], f"{turn}"), _answer)
            times.append((time.perf_counter() - started) * 1000)
    processor = (time.process_time() - processor) * 1000 / TURNS
    database.close()
    return times, processor


@click.command()
def main() -> None:
    """Print a row for each kind of database."""
    click.echo("| database | median | 95 % | 99 % | most | processor |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, postgresql_server(syncing=True) as server:
        for name, url in (
            ("SQLite", f"sqlite:///{Path(folder)}/radce.db"),
            ("PostgreSQL", server.fresh_database()),
        ):
            times, processor = _measure(url)
            cuts = quantiles(times, n=100)
            told = (median(times), cuts[94], cuts[98], max(times), processor)
            click.echo(f"| {name} | " + " | ".join(f"{value:.1f} ms" for value in told) + " |")


if __name__ == "__main__":
    main()
