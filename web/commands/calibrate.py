"""`radce calibrate`."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from index.calibration import ExampleMaker
    from index.calibration import Question as LabelledQuestion
    from web.evaluation import Question
    from web.settings import Settings

# Rows that say nothing about which entry is the right one.
LEFT_OUT = frozenset({"not-covered", "emptyish", "insult", "otherlang"})


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the weights go; not written without it."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def calibrate(files: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Fit the weights of retrieval on the rows of question sets marked "fit", and measure on those marked "test"."""
    from index.calibration import fit
    from index.measures import measure
    from web.evaluation import read_questions
    from web.settings import Settings

    maker = _maker(Settings.from_environment(os.environ))
    rows = [row for path in files for row in read_questions(path)]
    examples = {split: maker.of_questions(_labelled(rows, split)) for split in ("fit", "test")}
    scoring = fit([*maker.of_passages(), *examples["fit"]])
    measured = {split: asdict(measure(scoring, examples[split])) for split in examples}
    if out:
        scoring.save(out)
    if as_json:
        click.echo(json.dumps({"scoring": asdict(scoring), **measured}, indent=2))
        return
    click.echo(f"threshold {scoring.answer_threshold}" + (f", written to {out}" if out else ""))
    for split, measures in measured.items():
        click.echo(f"{split}: " + ", ".join(f"{name} {value}" for name, value in measures.items()))


def _maker(settings: "Settings") -> "ExampleMaker":
    from bot.understanding import Reader
    from index.calibration import ExampleMaker
    from index.encoders import open_encoder
    from index.passages import passages
    from index.store import feature_table
    from kb.load import load

    base = load(settings.content)
    reader = Reader(base)
    encoder = open_encoder(settings.encoder)
    return ExampleMaker(passages(base), feature_table(base), encoder, lambda text: reader.read(text).query.cues)


def _labelled(rows: Sequence["Question"], split: str) -> list["LabelledQuestion"]:
    """The split's questions of one turn that an entry is to be found for, or none."""
    from index.calibration import Question as LabelledQuestion

    return [
        LabelledQuestion(row.turns[0], frozenset(row.entries if row.kind != "no_answer" else ()))
        for row in rows
        if row.split == split
        and len(row.turns) == 1
        and not LEFT_OUT & set(row.tags)
        and (bool(row.entries) if row.kind in {"answer", "contact", "clarify"} else row.kind == "no_answer")
    ]
