"""`radce eval beir`."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click


@click.command(name="beir")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--retriever", type=click.Choice(["hybrid", "dense", "lexical"]), default="hybrid", help="How passages are ranked."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def eval_beir(folder: Path, retriever: str, as_json: bool) -> None:
    """Measure retrieval on a data set in BEIR's layout (DIR: corpus.jsonl, queries.jsonl, qrels/test.tsv)."""
    from index.beir import read_beir
    from index.encoders import open_encoder
    from index.ranking import RetrieverName, rank
    from index.ranking_measures import ranking_measures
    from web.settings import Settings

    settings = Settings.from_environment(os.environ)
    beir = read_beir(folder)
    encoder = open_encoder(settings.encoder)
    metrics = ranking_measures(list(rank(beir, RetrieverName(retriever), encoder, track=_track)))
    if as_json:
        measured = {"dataset": beir.name, "retriever": retriever, "queries": len(beir.queries), "metrics": metrics}
        click.echo(json.dumps(measured, ensure_ascii=False, indent=2))
    else:
        _print(f"{beir.name}, {retriever}: {len(beir.queries)} queries, {len(beir.passages)} passages", metrics)


def _track(batches: Sequence[Sequence[str]]) -> Iterable[Sequence[str]]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(batches, "Encoding", console=console, transient=True, disable=not console.is_terminal)


def _print(title: str, metrics: Mapping[str, float]) -> None:
    from rich.console import Console
    from rich.table import Table

    click.echo(title)
    table = Table("measure", "value")
    for name, value in metrics.items():
        table.add_row(name, f"{value:.4f}")
    Console().print(table)
