"""`radce encoder train`."""

from pathlib import Path

import click


@click.command(name="train")
@click.option(
    "--corpus",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of parallel.jsonl.gz and qa.jsonl.gz.",
)
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where checkpoints and results go."
)
@click.option("--teacher", help="A sentence-transformers folder; default: the one that the extra `train` installs.")
@click.option(
    "--start",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A student to go on from: the corpus's sentence pairs are left out.",
)
@click.option("--teacher-steps", type=click.IntRange(min=0), default=120, help="Steps that tune the teacher first.")
@click.option(
    "--own-steps", type=click.IntRange(min=0), default=240, help="Steps of distillation on the project's own texts."
)
@click.option("--steps", type=click.IntRange(min=1), default=350, help="Steps from questions to answers.")
@click.option("--seed", type=int, default=1, help="Of all that is drawn by chance.")
def encoder_train(  # noqa: PLR0913
    corpus: Path,
    out: Path,
    teacher: str | None,
    start: Path | None,
    teacher_steps: int,
    own_steps: int,
    steps: int,
    seed: int,
) -> None:
    """Train the Czech-English encoder (docs/training.md); one that was broken off goes on from its checkpoints."""
    try:
        from index.training.recipe import Plan, train
    except ImportError as error:
        raise click.ClickException(f"{error}; pip install '.[train]'") from error

    folder = train(Plan(corpus, out, teacher, start, teacher_steps, own_steps, steps, seed))
    click.echo(f"{folder}: trained; measure it with RADCE_ENCODER={folder} radce eval beir DIR --retriever dense")
