"""`radce eval chat`."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from web.conversations import Player
    from web.evaluation import Question
    from web.outcomes import Outcome


@click.command(name="chat")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", help="Ask a running server, such as http://127.0.0.1:8000, instead of the current index.")
@click.option("--split", help="Only rows of this split, such as test.")
@click.option(
    "--least", type=click.FloatRange(0, 1), default=0.0, help="Exit with 1 below this share of right replies."
)
@click.option(
    "--report",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write retrieval.md, retrieval.json and pictures into this folder (of the current index; needs matplotlib).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def eval_chat(
    files: tuple[Path, ...], url: str | None, split: str | None, least: float, report: Path | None, as_json: bool
) -> None:
    """Play the conversations of question sets (FILES, one JSON object a line) and count the right replies."""
    from web.errors import WebError
    from web.evaluation import read_questions
    from web.outcomes import ALL, counts, outcomes_as_json
    from web.reports import command_line

    if url and report:
        raise click.UsageError("--report measures the current index: leave out --url")
    questions = [question for path in files for question in read_questions(path, split=split)]
    if not questions:
        raise WebError("there are no questions" + (f" of split {split!r}" if split else ""))
    if report:
        command = command_line("eval chat", files, {"--split": split, "--report": report})
        outcomes = _play_and_report(questions, report, command)
    else:
        outcomes = _play(questions, _player(url))
    if as_json:
        click.echo(json.dumps(outcomes_as_json(outcomes), ensure_ascii=False, indent=2))
    else:
        _print(outcomes)
    right, total = counts(outcomes)
    if right[ALL] < least * total[ALL]:
        click.echo(f"radce: {right[ALL]}/{total[ALL]} are right, less than {least}", err=True)
        sys.exit(1)


def _player(url: str | None) -> "Player":
    from web.conversations import in_process, over_http
    from web.service import open_assistant
    from web.settings import Settings

    return over_http(url) if url else in_process(open_assistant(Settings.from_environment(os.environ)))


def _play(questions: Sequence["Question"], play: "Player") -> list["Outcome"]:
    from rich.console import Console
    from rich.progress import track

    from web.evaluation import faults
    from web.outcomes import Outcome

    outcomes = []
    console = Console(stderr=True)
    for question in track(questions, "Playing", console=console, transient=True, disable=not console.is_terminal):
        reply = play(question.turns)
        outcomes.append(Outcome(question, reply, faults(question, reply)))
    return outcomes


def _play_and_report(questions: Sequence["Question"], folder: Path, command: str) -> list["Outcome"]:
    """The outcomes, after the report on them; what is missing for the report is told before they are played."""
    from index.measures import judge_search
    from web.conversations import in_process
    from web.pictures import require_matplotlib
    from web.reports import report_folder
    from web.retrieval_report import RetrievalReport
    from web.retrieval_rows import best_first, labelled, retrieval_rows
    from web.service import open_assistant
    from web.settings import Settings

    require_matplotlib()
    report_folder(folder)
    rows = [labelled(row) for row in retrieval_rows(questions, what="--report")]
    assistant = open_assistant(Settings.from_environment(os.environ))
    outcomes = _play(questions, in_process(assistant))
    judged = judge_search(best_first(assistant), rows)
    RetrievalReport(command, assistant.index, outcomes, judged).write(folder)
    return outcomes


def _print(outcomes: Sequence["Outcome"]) -> None:
    from rich.console import Console
    from rich.table import Table

    from web.outcomes import GROUPS, counts

    right, total = counts(outcomes)
    for row in outcomes:
        if row.faults:
            asked = " | ".join(row.question.turns)
            told = f"{row.reply['kind']} {row.reply['entry_id']} {row.reply['confidence']}"
            click.echo(f"{row.question.qid}: {asked!r} -> {told}: {'; '.join(row.faults)}")
    table = Table("group", "name", "right", "total", "share")
    for group in (*GROUPS, "all"):
        for name in sorted(name for kind, name in total if kind == group):
            one, of = right[group, name], total[group, name]
            table.add_row(group, name, str(one), str(of), f"{one / of:.1%}")
        table.add_section()
    Console().print(table)
