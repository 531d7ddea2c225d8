"""What a server does beside answering: it sends mail that waits, and deletes what is kept no longer."""

import logging
import time
from threading import Thread

from web.mail.delivery import Delivery
from web.mail.smtp import SmtpServer
from web.settings import Settings
from web.storage.database import Database
from web.storage.mail_queue import MailQueue
from web.storage.purge import purge
from web.storage.retention import Retention

# Seconds between two looks at the queue of mail, and between two purges.
MAIL_PAUSE = 5
PURGE_PAUSE = 60 * 60

_LOGGER = logging.getLogger(__name__)


def delivery_of(settings: Settings, database: Database) -> Delivery | None:
    """What sends mail; None where no mail server is set."""
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    return Delivery(MailQueue(database), SmtpServer.of(settings.smtp_url), settings.mail_from)


def start_upkeep(settings: Settings) -> None:
    """Begin, in a thread that ends with the process; every worker may have one."""
    database = Database(settings.database_url)
    delivery = delivery_of(settings, database)
    retention = Retention(settings.conversation_days)
    Thread(target=_keep_up, args=(database, delivery, retention), name="upkeep", daemon=True).start()


def _keep_up(database: Database, delivery: Delivery | None, retention: Retention) -> None:
    purged = -float(PURGE_PAUSE)
    while True:
        try:
            if time.monotonic() - purged >= PURGE_PAUSE:
                purge(database, retention)
                purged = time.monotonic()
            if delivery is not None:
                delivery.deliver_due()
        except Exception as error:
            # Most likely the database does not answer; whatever it is, the thread lives, and tries again.
            _LOGGER.warning("upkeep has to wait", exc_info=error)
        time.sleep(MAIL_PAUSE)
