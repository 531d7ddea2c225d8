"""A real SMTP server for tests, in this process, and what it received."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers import free_port


@dataclass
class Mailbox:
    """Takes every mail, or answers with `refusal` instead."""

    port: int = field(default_factory=free_port)
    refusal: str = ""
    envelopes: list[Envelope] = field(default_factory=list)
    received: Event = field(default_factory=Event)
    received_twice: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        """The server's address, as RADCE_SMTP_URL has it."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def mails(self) -> list[EmailMessage]:
        """What was received."""
        return [parsed(envelope.content) for envelope in self.envelopes]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """What aiosmtpd calls with a mail."""
        if self.refusal:
            return self.refusal
        self.envelopes.append(envelope)
        (self.received_twice if self.received.is_set() else self.received).set()
        return "250 OK"


def parsed(content: object) -> EmailMessage:
    """The mail of its bytes."""
    assert isinstance(content, bytes)
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


@contextmanager
def mail_server(mailbox: Mailbox | None = None) -> Iterator[Mailbox]:
    """A server for the mailbox."""
    mailbox = mailbox or Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    yield mailbox
    controller.stop()
