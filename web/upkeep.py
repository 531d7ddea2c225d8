"""What a server does beside answering: it sends mail that waits, deletes what is kept no longer, and makes ready what
leads look at.
"""

import logging
import time
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from index.retriever import Retriever
from web.meanings import MeaningReader
from web.settings import Settings
from web.storage.database import Database
from web.storage.day_shares import DayShares
from web.storage.mail_queue import MailQueue
from web.storage.meanings import MeaningStore
from web.storage.purge import purge
from web.storage.retention import Retention
from web.thinking import Thinking

if TYPE_CHECKING:
    from web.mail.delivery import Delivery

# Seconds between two looks at the queue of mail and at what was asked in vain, and between two purges.
MAIL_PAUSE = 5
PURGE_PAUSE = 60 * 60

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mind:
    """What the upkeep thinks with: the retriever of the index of that name, one at a time."""

    retriever: Retriever
    index_name: str
    thinking: Thinking


def delivery_of(settings: Settings, database: Database) -> "Delivery | None":
    """What sends mail; None where no mail server is set."""
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    from web.mail.delivery import Delivery
    from web.mail.smtp import SmtpServer

    return Delivery(MailQueue(database), SmtpServer.of(settings.smtp_url), settings.mail_from)


class Upkeep:
    """Begins at once, in a thread that ends with the process; every worker may have one."""

    def __init__(self, settings: Settings, mind: Mind) -> None:
        self._database = Database(settings.database_url)
        self._delivery = delivery_of(settings, self._database)
        self._retention = Retention(settings.conversation_days)
        self._shares = DayShares(self._database, self._retention, ZoneInfo(settings.time_zone))
        self._ended = Event()
        meanings = MeaningStore(self._database, self._retention, mind.index_name)
        self._reader = MeaningReader(meanings, mind.retriever, mind.thinking, self._ended)
        self._purged = -float(PURGE_PAUSE)
        self._thread = Thread(target=self._run, name="upkeep", daemon=True)
        self._thread.start()

    def end(self, patience: float) -> None:
        """End after the mail that is being sent, if that takes no more than so many seconds."""
        self._ended.set()
        self._thread.join(patience)

    def _run(self) -> None:
        while not self._ended.is_set():
            more = False
            try:
                if time.monotonic() - self._purged >= PURGE_PAUSE:
                    purge(self._database, self._retention)
                    self._shares.sweep()
                    self._purged = time.monotonic()
                while self._delivery is not None and not self._ended.is_set() and self._delivery.deliver_one():
                    pass
                more = self._reader.read_some()
            except Exception as error:
                # Most likely the database does not answer; whatever it is, the thread lives, and tries again.
                _LOGGER.warning("upkeep has to wait", exc_info=error)
            if not more:
                self._ended.wait(MAIL_PAUSE)
        self._database.close()
