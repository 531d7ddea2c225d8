"""`radce mail`."""

import json
import os
import time

import click


@click.command()
@click.option("--once", is_flag=True, help="Send what is due, and end.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def mail(once: bool, as_json: bool) -> None:
    """Send the mail about hand-offs that waits, until it is stopped. A running server does it, too."""
    from sqlalchemy.exc import SQLAlchemyError

    from web.errors import WebError
    from web.settings import Settings
    from web.storage.database import Database
    from web.upkeep import MAIL_PAUSE, delivery_of

    settings = Settings.from_environment(os.environ)
    database = Database(settings.database_url)
    delivery = delivery_of(settings, database)
    if delivery is None:
        raise WebError("RADCE_SMTP_URL is not set: there is no mail server; hand-offs wait in the console")
    database.prepare()
    while True:
        try:
            sent, failed = delivery.deliver_due()
        except SQLAlchemyError as error:
            if once:
                raise WebError(f"the database does not answer: {error}") from error
            click.echo(f"radce: the database does not answer: {error}", err=True)
            sent = failed = 0
        if once or sent or failed:
            told = {"sent": sent, "failed": failed}
            click.echo(json.dumps(told) if as_json else f"sent: {sent}, to be tried again: {failed}")
        if once:
            break
        time.sleep(MAIL_PAUSE)
    database.close()
