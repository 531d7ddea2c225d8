"""`radce kb lint`."""

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kb.lint import LintReport


@click.command(name="lint")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def kb_lint(as_json: bool) -> None:
    """Check the content folder: every fault is told at once, with file and line."""
    from kb.errors import KbError
    from kb.lint import lint
    from kb.load import load
    from web.settings import Settings

    content = Settings.from_environment(os.environ).content
    try:
        report = lint(load(content))
    except KbError as error:
        if as_json:
            click.echo(json.dumps({"faults": [asdict(fault) for fault in error.faults]}, ensure_ascii=False))
        raise
    if as_json:
        click.echo(json.dumps({**asdict(report), "faults": []}, ensure_ascii=False))
    else:
        _print(report)


def _print(report: "LintReport") -> None:
    click.echo(f"Knowledge base {report.version}: {report.entries} entries, {report.contacts} contacts.")
    click.echo(f"Coverage OK: the entries hold all {report.source_lines} lines of the source, letter by letter.")
    for title, rows in (
        ("Contradictions of the source", report.contradictions),
        ("Vehicles for which two variants hold", report.overlaps),
    ):
        click.echo(f"\n{title}: {len(rows)}")
        for row in rows:
            click.echo(f"- {row}")
