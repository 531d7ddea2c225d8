"""`radce index inspect`."""

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from index.report import IndexReport
    from index.scoring import Scoring


@click.command(name="inspect")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def index_inspect(as_json: bool) -> None:
    """Show the current index: what it was made of, its size, its passages, the weights and thresholds of search."""
    from index.pointer import current_folder
    from index.report import report
    from web.settings import Settings

    settings = Settings.from_environment(os.environ)
    found = report(current_folder(settings.index_dir))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        _print(found)


def _print(found: "IndexReport") -> None:
    from rich.console import Console
    from rich.table import Table

    manifest, scoring = found.manifest, found.scoring
    click.echo(f"{found.folder}: {manifest.entries} entries, {manifest.passages} passages, {found.size / 1e6:.1f} MB")
    click.echo(f"content {manifest.kb_version}, encoder {manifest.encoder}, format {manifest.format}")
    for line in _thresholds(scoring):
        click.echo(line)
    counts = Table("kind", "language", "passages")
    for row in found.passages:
        counts.add_row(row.kind, row.language, str(row.passages))
    weights = Table("feature", "weight", "weight for none of them")
    for name in dict.fromkeys((*scoring.weights, *scoring.outside_weights)):
        weights.add_row(name, _number(scoring.weights, name), _number(scoring.outside_weights, name))
    weights.add_row("constant", "", str(scoring.outside_constant))
    console = Console()
    console.print(counts)
    console.print(weights)


def _thresholds(scoring: "Scoring") -> tuple[str, str]:
    """What each threshold of the decision does, in a line."""
    answer, suggest = scoring.answer_threshold, scoring.suggest_threshold
    return (
        f'answer threshold {answer}: the best entry is shown from this confidence on; below it, "I don\'t know"',
        f"suggest threshold {suggest}: other entries are suggested from this confidence on, beside either of the two",
    )


def _number(weights: dict[str, float], name: str) -> str:
    return str(weights.get(name, ""))
