"""`radce config check`."""

import json
import os
from dataclasses import asdict

import click


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def config_check(ctx: click.Context, as_json: bool) -> None:
    """Show every setting and where it comes from, passwords masked; exit with 1 where one can't be used."""
    from web.setting_sources import faults, remarks, setting_rows

    settings, told = faults(os.environ)
    rows, remarked = setting_rows(settings, os.environ), remarks(settings)
    if as_json:
        found = {"settings": [asdict(row) for row in rows], "faults": told, "remarks": remarked}
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        width = max(len(row.name) for row in rows)
        for row in rows:
            click.echo(f"{row.name:{width}}  {row.source:11}  {row.value}")
        for line in told + remarked:
            click.echo(f"radce: {line}", err=True)
    ctx.exit(1 if told else 0)
