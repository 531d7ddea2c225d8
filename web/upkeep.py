"""What a server does beside answering: it sends mail that waits, and deletes what is kept no longer."""

import logging
import time
from threading import Event, Thread

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


class Upkeep:
    """Begins at once, in a thread that ends with the process; every worker may have one."""

    def __init__(self, settings: Settings) -> None:
        self._database = Database(settings.database_url)
        self._delivery = delivery_of(settings, self._database)
        self._retention = Retention(settings.conversation_days)
        self._ended = Event()
        self._thread = Thread(target=self._run, name="upkeep", daemon=True)
        self._thread.start()

    def end(self, patience: float) -> None:
        """End after the mail that is being sent, if that takes no more than so many seconds."""
        self._ended.set()
        self._thread.join(patience)

    def _run(self) -> None:
        purged = -float(PURGE_PAUSE)
        while not self._ended.is_set():
            try:
                if time.monotonic() - purged >= PURGE_PAUSE:
                    purge(self._database, self._retention)
                    purged = time.monotonic()
                while self._delivery is not None and not self._ended.is_set() and self._delivery.deliver_one():
                    pass
            except Exception as error:
                # Most likely the database does not answer; whatever it is, the thread lives, and tries again.
                _LOGGER.warning("upkeep has to wait", exc_info=error)
            self._ended.wait(MAIL_PAUSE)
        self._database.close()
