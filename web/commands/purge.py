"""`radce purge`."""

import json
import os
from dataclasses import asdict

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def purge(as_json: bool) -> None:
    """Delete conversations that are older than RADCE_CONVERSATION_DAYS, with all that belongs to them.

    A running server does it every hour.
    """
    from web.settings import Settings
    from web.storage.database import Database
    from web.storage.purge import purge as purge_database
    from web.storage.retention import Retention

    settings = Settings.from_environment(os.environ)
    database = Database(settings.database_url)
    database.prepare()
    purged = purge_database(database, Retention(settings.conversation_days))
    database.close()
    if as_json:
        click.echo(json.dumps(asdict(purged)))
    else:
        click.echo(f"deleted: {purged.conversations} conversations, {purged.sessions} sessions")
