"""How far apart the members of a group of questions may be: `python -m bench.grouping`.

The questions of tests/eval/questions.jsonl that are marked "fit" and have one entry, grouped without the entries;
printed is, for each distance, how many pairs within a group are of one entry, and how many pairs of one entry are in a
group.
"""

import json
import os
from pathlib import Path

import click
import numpy as np

from index.grouping import DISTANCE, group
from web.service import open_assistant
from web.settings import Settings

QUESTIONS = Path(__file__).parents[1] / "tests/eval/questions.jsonl"
DISTANCES = (0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)


def _questions() -> tuple[list[str], list[str]]:
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    asked = [row for row in rows if row["split"] == "fit" and row["kind"] == "answer" and len(row["turns"]) == 1]
    asked = [row for row in asked if len(row["entries"]) == 1]
    return [row["turns"][0] for row in asked], [row["entries"][0] for row in asked]


@click.command()
def main() -> None:
    """Print the table."""
    questions, entries = _questions()
    retriever = open_assistant(Settings.from_environment(os.environ)).index.retriever
    vectors = np.stack([retriever.meaning(question) for question in questions])
    pairs = np.triu_indices(len(entries), 1)
    same = (np.array(entries)[:, None] == np.array(entries))[pairs]
    click.echo(f"{len(entries)} questions, {len(set(entries))} entries\n")
    click.echo("| distance | groups | pairs right | pairs found |\n|---|---|---|---|")
    for distance in DISTANCES:
        groups = group(vectors, distance)
        together = (groups[:, None] == groups)[pairs]
        right, found = (same & together).sum() / together.sum(), (same & together).sum() / same.sum()
        mark = " *" if distance == DISTANCE else ""
        click.echo(f"| {distance:.2f}{mark} | {groups.max() + 1} | {right:.1%} | {found:.1%} |")


if __name__ == "__main__":
    main()
