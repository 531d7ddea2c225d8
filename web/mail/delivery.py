"""Sending the mail that is due: each one is claimed first, so that any number of processes may do it."""

import logging
from dataclasses import dataclass
from enum import StrEnum

from web.mail.handoff_mail import handoff_mail
from web.mail.smtp import SmtpServer
from web.storage.mail_queue import MailQueue

_LOGGER = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a mail."""

    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Sends mail from one address by one server."""

    queue: MailQueue
    server: SmtpServer
    sender: str

    def deliver_due(self) -> tuple[int, int]:
        """Send what is due; how many were sent, and how many have to wait for another attempt."""
        outcomes = list(iter(self.deliver_one, None))
        return outcomes.count(Outcome.SENT), outcomes.count(Outcome.FAILED)

    def deliver_one(self) -> Outcome | None:
        """Send one mail that is due; None: there is none.

        Where a process dies after the server took a mail and before that was written down, the mail is sent again with
        the same Message-ID.
        """
        waiting = self.queue.claim()
        if waiting is None:
            return None
        try:
            self.server.send(handoff_mail(waiting, self.sender))
        except (OSError, ValueError) as error:  # ValueError: it can't be written as a mail
            _LOGGER.warning("the mail of hand-off %s has to wait: %s", waiting.handoff_id, error)
            self.queue.put_back(waiting, str(error))
            return Outcome.FAILED
        self.queue.mark_sent(waiting)
        return Outcome.SENT
