"""`radce eval chat`."""

import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from web.conversations import Player
    from web.evaluation import Question

ALL = ("all", "all")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, the reply to it, and what is wrong with that."""

    question: "Question"
    reply: Mapping[str, object]
    faults: Sequence[str]

    def groups(self) -> list[tuple[str, str]]:
        """Every group that the question counts in."""
        question = self.question
        return [ALL, ("kind", question.kind), ("language", question.lang), *(("tag", tag) for tag in question.tags)]


@click.command(name="chat")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", help="Ask a running server, such as http://127.0.0.1:8000, instead of the current index.")
@click.option("--split", help="Only rows of this split, such as test.")
@click.option(
    "--least", type=click.FloatRange(0, 1), default=0.0, help="Exit with 1 below this share of right replies."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def eval_chat(files: tuple[Path, ...], url: str | None, split: str | None, least: float, as_json: bool) -> None:
    """Play the conversations of question sets (FILES, one JSON object a line) and count the right replies."""
    from web.errors import WebError
    from web.evaluation import read_questions

    questions = [question for path in files for question in read_questions(path, split=split)]
    if not questions:
        raise WebError("there are no questions" + (f" of split {split!r}" if split else ""))
    outcomes = _play(questions, _player(url))
    right, total = _counts(outcomes)
    if as_json:
        click.echo(json.dumps(_as_json(outcomes), ensure_ascii=False, indent=2))
    else:
        _print(outcomes)
    if right[ALL] < least * total[ALL]:
        click.echo(f"radce: {right[ALL]}/{total[ALL]} are right, less than {least}", err=True)
        sys.exit(1)


def _player(url: str | None) -> "Player":
    from web.conversations import in_process, over_http
    from web.service import open_assistant
    from web.settings import Settings

    return over_http(url) if url else in_process(open_assistant(Settings.from_environment(os.environ)))


def _play(questions: Sequence["Question"], play: "Player") -> list[Outcome]:
    from rich.console import Console
    from rich.progress import track

    from web.evaluation import faults

    outcomes = []
    console = Console(stderr=True)
    for question in track(questions, "Playing", console=console, transient=True, disable=not console.is_terminal):
        reply = play(question.turns)
        outcomes.append(Outcome(question, reply, faults(question, reply)))
    return outcomes


def _counts(outcomes: Sequence[Outcome]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Of every group, how many replies are right, and how many there are."""
    total = Counter(group for outcome in outcomes for group in outcome.groups())
    right = Counter(group for outcome in outcomes if not outcome.faults for group in outcome.groups())
    return right, total


def _as_json(outcomes: Sequence[Outcome]) -> dict[str, object]:
    right, total = _counts(outcomes)
    groups: dict[str, dict[str, dict[str, int]]] = {"kind": {}, "language": {}, "tag": {}}
    for (group, name), count in sorted(total.items()):
        if group in groups:
            groups[group][name] = {"right": right[group, name], "total": count}
    return {
        "right": right[ALL],
        "total": total[ALL],
        **groups,
        "wrong": [_wrong(row) for row in outcomes if row.faults],
    }


def _wrong(outcome: Outcome) -> dict[str, object]:
    shown = {name: outcome.reply[name] for name in ("kind", "language", "entry_id", "variants", "confidence")}
    return {"qid": outcome.question.qid, "turns": outcome.question.turns, "faults": outcome.faults, "reply": shown}


def _print(outcomes: Sequence[Outcome]) -> None:
    from rich.console import Console
    from rich.table import Table

    right, total = _counts(outcomes)
    for row in outcomes:
        if row.faults:
            asked = " | ".join(row.question.turns)
            told = f"{row.reply['kind']} {row.reply['entry_id']} {row.reply['confidence']}"
            click.echo(f"{row.question.qid}: {asked!r} -> {told}: {'; '.join(row.faults)}")
    table = Table("group", "name", "right", "total", "share")
    for group in ("kind", "language", "tag", "all"):
        for name in sorted(name for kind, name in total if kind == group):
            one, of = right[group, name], total[group, name]
            table.add_row(group, name, str(one), str(of), f"{one / of:.1%}")
        table.add_section()
    Console().print(table)
