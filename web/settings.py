"""Settings: read from the environment once, checked at once (docs/settings.md lists them)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from zoneinfo import ZoneInfo

from index.encoder import BUNDLED_ENCODER
from kb.knowledge_base import BUNDLED_CONTENT
from web.errors import WebError
from web.mail.addresses import is_address
from web.mail.smtp import SmtpServer
from web.storage.address import database_url, hosts_of, secrets_of, without_password
from web.weak_passwords import FEWEST_CHARACTERS, is_weak

# More worker processes than this is a slip of the keyboard, not a machine.
MOST_WORKERS = 64
# Ten years: the longest time for which anybody could want to keep a conversation.
MOST_DAYS = 3650
# A content delivery network, a load balancer, a reverse proxy, and some to spare.
MOST_PROXIES = 10
_NUMBER = re.compile(r"[0-9]{1,9}")
# As browsers write the Origin header: small letters, no path, no slash at the end.
_ORIGIN = re.compile(r"https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside."""

    host: str = "127.0.0.1"
    port: int = 8000
    content: Path = BUNDLED_CONTENT
    index_dir: Path = Path("var/index")
    encoder: str = str(BUNDLED_ENCODER)
    database_url: str = "sqlite:///var/radce.db"
    workers: int = 2
    conversation_days: int = 90
    time_zone: str = "Europe/Prague"
    allowed_origins: tuple[str, ...] = ()
    public_url: str | None = None
    smtp_url: str | None = None
    mail_from: str | None = None
    handoff_to: str | None = None
    insecure_cookies: bool = False
    rate_limits: bool = True
    trusted_proxies: int = 0
    request_log: bool = True

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings of an environment; a variable that is missing or empty keeps its default.

        Raises WebError, naming the variable, for a value that can't be used.
        """
        given = _Given({name: value.strip() for name, value in environment.items() if value.strip()})
        default = cls()
        return cls(
            host=given.text("RADCE_HOST", default.host),
            port=given.number("RADCE_PORT", default.port, most=65535),
            content=given.folder("RADCE_CONTENT", default.content),
            index_dir=Path(given.text("RADCE_INDEX_DIR", str(default.index_dir))),
            encoder=given.text("RADCE_ENCODER", default.encoder),
            database_url=given.database("DATABASE_URL", default.database_url),
            workers=given.number("RADCE_WORKERS", default.workers, most=MOST_WORKERS),
            conversation_days=given.number("RADCE_CONVERSATION_DAYS", default.conversation_days, most=MOST_DAYS),
            time_zone=given.zone("RADCE_TIME_ZONE", default.time_zone),
            allowed_origins=given.origins("RADCE_ALLOWED_ORIGINS"),
            public_url=given.origin("RADCE_PUBLIC_URL"),
            smtp_url=given.mail_server("RADCE_SMTP_URL"),
            mail_from=given.mail_address("RADCE_MAIL_FROM", needed_for="RADCE_SMTP_URL"),
            handoff_to=given.mail_address("RADCE_HANDOFF_TO"),
            insecure_cookies=given.flag("RADCE_INSECURE_COOKIES", default.insecure_cookies),
            rate_limits=given.flag("RADCE_RATE_LIMITS", default.rate_limits),
            trusted_proxies=given.number("RADCE_TRUSTED_PROXIES", default.trusted_proxies, least=0, most=MOST_PROXIES),
            request_log=given.flag("RADCE_REQUEST_LOG", default.request_log),
        )


@dataclass(frozen=True, slots=True)
class _Given:
    """The variables that are set."""

    values: dict[str, str]

    def text(self, name: str, default: str) -> str:
        return self.values.get(name, default)

    def number(self, name: str, default: int, *, most: int, least: int = 1) -> int:
        text = self.text(name, str(default))
        if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
            remedy = f"set it to a whole number from {least} to {most}, or leave it out ({default})"
            raise WebError(f"{name} is {text!r}: {remedy}")
        return int(text)

    def flag(self, name: str, default: bool) -> bool:
        text = self.text(name, str(int(default)))
        if text not in {"0", "1"}:
            raise WebError(f"{name} is {text!r}: set it to 1 or 0, or leave it out ({int(default)})")
        return text == "1"

    def folder(self, name: str, default: Path) -> Path:
        path = Path(self.text(name, str(default)))
        if not path.is_dir():
            raise WebError(f"{name} is {str(path)!r}: there is no such folder; name one that exists, or leave it out")
        return path

    def zone(self, name: str, default: str) -> str:
        zone = self.text(name, default)
        try:
            ZoneInfo(zone)
        except (LookupError, ValueError) as error:
            remedy = f"set it to one such as Europe/Prague or UTC, or leave it out ({default})"
            raise WebError(f"{name} is {zone!r}: there is no such time zone; {remedy}") from error
        return zone

    def origins(self, name: str) -> tuple[str, ...]:
        origins = tuple(origin.casefold() for origin in re.split(r"[\s,]+", self.text(name, "")) if origin)
        for origin in origins:
            if not _ORIGIN.fullmatch(origin):
                remedy = "set it to origins such as https://www.example.com (no path, no *), separated by spaces"
                raise WebError(f"{name} is {self.values[name]!r}: {origin!r} is no origin; {remedy}, or leave it out")
        return origins

    def origin(self, name: str) -> str | None:
        value = self.text(name, "").rstrip("/").casefold()
        if value and not _ORIGIN.fullmatch(value):
            remedy = "set it to scheme and host, such as https://help.example.com (no path), or leave it out"
            raise WebError(f"{name} is {self.values[name]!r}: that is no public address; {remedy}")
        return value or None

    def mail_server(self, name: str) -> str | None:
        url = self.values.get(name)
        try:
            if url is not None:
                server = SmtpServer.of(url)
                _check_secrets([server.password], server.user or "", [server.host])
        except ValueError as error:
            remedy = "set it to smtp://user:password@host:587 or smtps://user:password@host:465, or leave it out"
            raise WebError(f"{name} is {without_password(url or '')!r}: {error}; {remedy}") from error
        return url

    def mail_address(self, name: str, *, needed_for: str | None = None) -> str | None:
        address = self.values.get(name)
        remedy = "set it to one such as radce@example.com"
        if address is not None and not is_address(address):
            raise WebError(f"{name} is {address!r}: that is no e-mail address; {remedy}, or leave it out")
        if address is None and needed_for in self.values:
            raise WebError(f"{name} is missing: {needed_for} needs an address to send from; {remedy}")
        return address

    def database(self, name: str, default: str) -> str:
        url = self.text(name, default)
        try:
            address = database_url(url)
            _check_secrets(secrets_of(address), address.username or "", hosts_of(address))
        except ValueError as error:
            files = "a file, sqlite:///var/radce.db or sqlite:////absolute/path.db"
            remedy = f"set it to {files}, or to postgresql://user:password@host/database, or leave it out"
            raise WebError(f"{name} is {without_password(url)!r}: {error}; {remedy}") from error
        return url


def _check_secrets(secrets: Iterable[str], user: str, hosts: Iterable[str]) -> None:
    """Raises ValueError for a password that others than this machine's own could guess."""
    if not all(map(_is_here, hosts)) and any(secret and is_weak(secret, user) for secret in secrets):
        needed = f"take one of {FEWEST_CHARACTERS} characters or more, such as `openssl rand -hex 24` gives"
        raise ValueError(f"its password is too short or guessed too easily; {needed}")


def _is_here(host: str) -> bool:
    """Whether a host is this machine: a socket's folder or name, or an address that no other machine reaches."""
    if host.startswith(("/", "@")) or host.casefold() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
