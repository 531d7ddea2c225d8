"""`radce calibrate`."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from index.calibration import ExampleMaker
    from index.cross_validation import CrossValidation
    from index.curves import OperatingPoint
    from web.settings import Settings

SPLITS = ("fit", "test")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the weights go; not written without it."
)
@click.option(
    "--cross-validate",
    "cross_validated",
    is_flag=True,
    help="Measure each fifth of the entries by weights fitted on the others, too.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def calibrate(files: tuple[Path, ...], out: Path | None, cross_validated: bool, as_json: bool) -> None:
    """Fit the weights of retrieval on the rows of question sets marked "fit", and measure on those marked "test".

    The threshold is chosen on the "fit" rows; what others would give is printed beside it.
    """
    from index.calibration import WANTED_ANSWERED, fit
    from index.cross_validation import cross_validate
    from index.curves import operating_point, thresholds_around
    from index.measures import judge, measure
    from web.evaluation import read_questions
    from web.retrieval_rows import labelled, retrieval_rows
    from web.settings import Settings

    rows = [row for path in files for row in read_questions(path)]
    of_split = {
        split: retrieval_rows([row for row in rows if row.split == split], what=f"split {split!r}") for split in SPLITS
    }
    maker = _maker(Settings.from_environment(os.environ))
    examples = {split: maker.of_questions([labelled(row) for row in of_split[split]]) for split in SPLITS}
    own = maker.of_passages()
    scoring = fit([*own, *examples["fit"]])
    measured = {split: asdict(measure(scoring, examples[split])) for split in SPLITS}
    around = thresholds_around(scoring.answer_threshold)
    points = {split: [operating_point(judge(scoring, examples[split]), value) for value in around] for split in SPLITS}
    crossed = cross_validate(examples["fit"], own) if cross_validated else None
    if out:
        scoring.save(out)
    if as_json:
        fields = {
            "scoring": asdict(scoring),
            **measured,
            "wanted_answered": WANTED_ANSWERED,
            "thresholds": {split: [asdict(point) for point in points[split]] for split in SPLITS},
            **({"cross_validation": asdict(crossed)} if crossed else {}),
        }
        click.echo(json.dumps(fields, indent=2))
        return
    click.echo(f"threshold {scoring.answer_threshold}" + (f", written to {out}" if out else ""))
    for split, shares in measured.items():
        click.echo(f"{split}: {_listed(shares)}")
    _print_thresholds(points, scoring.answer_threshold)
    if crossed:
        _print_crossed(crossed)


def _maker(settings: "Settings") -> "ExampleMaker":
    from bot.reader import Reader
    from index.calibration import ExampleMaker
    from index.encoders import open_encoder
    from index.passages import passages
    from index.store import feature_table
    from index.synonyms import Synonyms
    from kb.load import load

    base = load(settings.content)
    reader = Reader(base)
    encoder = open_encoder(settings.encoder)
    found = passages(base)
    return ExampleMaker(
        found,
        feature_table(base, found),
        encoder,
        synonyms=Synonyms.of(base.synonyms),
        read_query=lambda text: reader.read(text).query,
    )


def _print_thresholds(points: "Mapping[str, list[OperatingPoint]]", chosen: float) -> None:
    from rich.console import Console
    from rich.table import Table

    from index.calibration import WANTED_ANSWERED
    from web.operating_points import POINT_COLUMNS, point_rows
    from web.reports import percent

    click.echo(
        f'\nThe threshold is the confidence that {percent(WANTED_ANSWERED)} of the answerable "fit" questions reach:'
        "\nhow many customers may be told that there is no answer though there is one is decided first, and what that"
        "\nleaves of out-of-scope questions answered is measured."
        "\nanswered: of the answerable questions; declined: of the out-of-scope ones; wrong answers: of all answers,"
        "\nthose with a wrong entry or to an out-of-scope question; of all answered: of both kinds; *: the one chosen."
    )
    for split, of_split in points.items():
        table = Table(*POINT_COLUMNS, title=f'"{split}" rows')
        for row in point_rows(of_split, chosen):
            table.add_row(*row)
        Console().print(table)


def _print_crossed(crossed: "CrossValidation") -> None:
    click.echo(
        '\nCross-validation: every "fit" question measured by weights and a threshold fitted without its entries (or'
        "\nits out-of-scope subject), as an entry gets them that is written after the calibration."
    )
    click.echo(f"unseen entries: {_listed(asdict(crossed.measures))}")
    click.echo(f"thresholds of the fifths: {', '.join(map(str, crossed.thresholds))}")


def _listed(measures: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in measures.items())
