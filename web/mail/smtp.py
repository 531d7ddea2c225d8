"""Handing a mail to an SMTP server."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

# Seconds for each answer of the server. A mail takes about eight of them: less than the claim on it holds.
PATIENCE = 20
_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server; `encrypted`: from the first byte on (smtps), and not only where the server offers it."""

    host: str
    port: int
    encrypted: bool = False
    user: str | None = None
    password: str = ""

    @classmethod
    def of(cls, url: str) -> "SmtpServer":
        """The server of an address such as smtps://user:password@mail.example.com:465. Raises ValueError."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:  # which quotes what it can't read, and that may be a password
            raise ValueError("it has no host, or no port from 1 to 65535") from None
        if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("it is no smtp://user:password@host:port or smtps://...")
        return cls(
            host=parts.hostname,
            port=port or _PORTS[parts.scheme],
            encrypted=parts.scheme == "smtps",
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password or ""),
        )

    def send(self, mail: EmailMessage) -> None:
        """Hand the mail over. Raises OSError (smtplib's errors are such) where the server did not take it."""
        server = self._connected()
        try:
            server.send_message(mail)
        except BaseException:
            server.close()
            raise
        # It is taken: whatever happens to the farewell is no reason to send it again.
        with suppress(OSError):
            server.quit()

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        try:
            self._introduce(server, context)
        except BaseException:
            server.close()
            raise
        return server

    def _introduce(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server.ehlo_or_helo_if_needed()
        if not self.encrypted and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif not self.encrypted and self.user is not None:
            raise smtplib.SMTPNotSupportedError("the server offers no STARTTLS; the password is not sent in the clear")
        if self.user is not None:
            server.login(self.user, self.password)
