"""`radce backup`."""

import os
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the conversations (SQLite) into FILE, while the server goes on."""
    from web.backup import back_up
    from web.settings import Settings

    back_up(Settings.from_environment(os.environ).database_url, file)
    click.echo(f"{file}: {file.stat().st_size} bytes")
