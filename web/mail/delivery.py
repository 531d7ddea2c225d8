"""Sending the mail that is due: each one is claimed first, so that any number of processes may do it."""

import logging
from dataclasses import dataclass

from web.mail.handoff_mail import handoff_mail
from web.mail.smtp import SmtpServer
from web.storage.mail_queue import MailQueue

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Sends mail from one address by one server."""

    queue: MailQueue
    server: SmtpServer
    sender: str

    def deliver_due(self) -> tuple[int, int]:
        """Send what is due; how many were sent, and how many have to wait for another attempt.

        Where a process dies after the server took a mail and before that was written down, the mail is sent again with
        the same Message-ID.
        """
        sent = failed = 0
        while (waiting := self.queue.claim()) is not None:
            try:
                self.server.send(handoff_mail(waiting, self.sender))
            except (OSError, ValueError) as error:  # ValueError: it can't be written as a mail
                failed += 1
                _LOGGER.warning("the mail of hand-off %s has to wait: %s", waiting.handoff_id, error)
                self.queue.put_back(waiting, str(error))
            else:
                sent += 1
                self.queue.mark_sent(waiting)
        return sent, failed
