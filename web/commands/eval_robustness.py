"""`radce eval robustness`."""

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from index.perturbation import Perturbation
    from web.robustness_report import RobustnessReport


@click.command(name="robustness")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--split", default="test", help="Only rows of this split.")
@click.option("--seed", type=click.IntRange(min=0), default=1, help="Of the places of typos and swaps.")
@click.option(
    "--report",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write robustness.md and robustness.json into this folder.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def eval_robustness(files: tuple[Path, ...], split: str, seed: int, report: Path | None, as_json: bool) -> None:
    """Search the questions of one turn of question sets (FILES) with typos, without accents, and so on."""
    from web.evaluation import read_questions
    from web.reports import command_line, report_folder
    from web.retrieval_rows import best_first, retrieval_rows
    from web.robustness import robustness
    from web.robustness_report import RobustnessReport
    from web.service import open_assistant
    from web.settings import Settings

    questions = [question for path in files for question in read_questions(path, split=split)]
    rows = retrieval_rows(questions, what=f"split {split!r}")
    if report:
        report_folder(report)
    assistant = open_assistant(Settings.from_environment(os.environ))
    threshold = assistant.index.retriever.scoring.answer_threshold
    measured = robustness(best_first(assistant), rows, threshold=threshold, seed=seed, track=_track)
    command = command_line("eval robustness", files, {"--split": split, "--seed": seed, "--report": report})
    made = RobustnessReport(command, assistant.index, seed, measured)
    if report:
        made.write(report)
    if as_json:
        click.echo(json.dumps(made.fields(), ensure_ascii=False, indent=2))
    else:
        _print(made)


def _track(perturbations: "Sequence[Perturbation]") -> "Iterable[Perturbation]":
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(perturbations, "Searching", console=console, transient=True, disable=not console.is_terminal)


def _print(made: "RobustnessReport") -> None:
    from rich.console import Console
    from rich.table import Table

    from index.perturbation import Perturbation
    from web.robustness_report import COLUMNS, table_rows

    table = Table(*COLUMNS)
    of_each = len(made.measured) // len(Perturbation)
    for number, row in enumerate(table_rows(made.measured), start=1):
        table.add_row(*row, end_section=number % of_each == 0)
    Console().print(table)
