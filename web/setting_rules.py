"""What a setting's value may be: each rule gives the value, or raises ValueError with what is wrong and what to do."""

import re
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from web.mail.addresses import is_address
from web.mail.smtp import SmtpServer
from web.storage.address import database_url, hosts_of, secrets_of
from web.weak_passwords import FEWEST_CHARACTERS, is_weak

MOST_PORTS = 65535
_NUMBER = re.compile(r"[0-9]{1,9}")
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
# The last label of a name is no number: what consists of numbers is meant to be an address.
_HOST_NAME = re.compile(rf"(?:{_LABEL}\.)*(?![0-9]+$){_LABEL}")
# As browsers write the Origin header: small letters, no path, no slash at the end.
_ORIGIN = re.compile(r"https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")
# How hubs name a model: its owner, where it has one, and its name.
_HUB_NAME = re.compile(r"(?:\w[\w.-]*/)?\w[\w.-]*")


def number(least: int, most: int) -> Callable[[object], int]:
    """A rule for whole numbers between two, in decimal digits."""

    def rule(value: object) -> int:
        text = str(value)
        if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
            raise ValueError(f"set it to a whole number from {least} to {most}")
        return int(text)

    return rule


def flag(value: object) -> bool:
    """1 or 0."""
    if value not in (True, False, "0", "1"):
        raise ValueError("set it to 1 or 0")
    return value in (True, "1")


def host(text: str) -> str:
    """A name or an address of a machine; whether there is one is not looked up."""
    if not _is_address(text) and not _HOST_NAME.fullmatch(text):
        raise ValueError("that is no name and no address of a machine; set it to one such as 127.0.0.1, 0.0.0.0 or ::")
    return text


def folder(value: object) -> Path:
    """A folder that is there."""
    path = Path(str(value))
    if not path.is_dir():
        raise ValueError("there is no such folder; name one that exists")
    return path


def encoder(text: str) -> str:
    """A folder that is there, or what may be a hub's name of a model, which is not asked for."""
    if not Path(text).is_dir() and not _HUB_NAME.fullmatch(text):
        raise ValueError("there is no such folder, and no hub has a model of such a name; name one that exists")
    return text


def zone(text: str) -> str:
    """A time zone's IANA name."""
    try:
        ZoneInfo(text)
    except (LookupError, ValueError, OSError) as error:
        raise ValueError("there is no such time zone; set it to one such as Europe/Prague or UTC") from error
    return text


def origins(value: object) -> tuple[str, ...]:
    """Any number of origins, separated by spaces or commas."""
    named = re.split(r"[\s,]+", value) if isinstance(value, str) else tuple(value) if isinstance(value, tuple) else ()
    small = tuple(origin.casefold() for origin in named if origin)
    for origin in small:
        if not _is_origin(origin):
            remedy = "set it to origins such as https://www.example.com (no path, no *), separated by spaces"
            raise ValueError(f"{origin!r} is no origin; {remedy}")
    return small


def public_url(text: str) -> str:
    """One origin; a slash at its end is left out."""
    origin = text.rstrip("/").casefold()
    if not _is_origin(origin):
        raise ValueError(
            "that is no public address; set it to scheme and host, such as https://help.example.com (no path)"
        )
    return origin


def mail_server(text: str) -> str:
    """The address of a mail server."""
    try:
        server = SmtpServer.of(text)
        _check_secrets([server.password], server.user or "", [server.host])
    except ValueError as error:
        remedy = "set it to smtp://user:password@host:587 or smtps://user:password@host:465"
        raise ValueError(f"{error}; {remedy}") from None
    return text


def mail_address(text: str) -> str:
    """One e-mail address."""
    if not is_address(text):
        raise ValueError("that is no e-mail address; set it to one such as radce@example.com")
    return text


def database(text: str) -> str:
    """The address of a database."""
    try:
        url = database_url(text)
        if url.port is not None and not 1 <= url.port <= MOST_PORTS:
            raise ValueError(f"its port is no number from 1 to {MOST_PORTS}")
        _check_secrets(secrets_of(url), url.username or "", hosts_of(url))
    except ValueError as error:
        files = "a file, sqlite:///var/radce.db or sqlite:////absolute/path.db"
        raise ValueError(f"{error}; set it to {files}, or to postgresql://user:password@host/database") from None
    return text


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    is_host = "[" not in text or _is_address(parts.hostname or "")
    return _ORIGIN.fullmatch(text) is not None and is_host and port != 0


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def _check_secrets(secrets: Iterable[str], user: str, hosts: Iterable[str]) -> None:
    """Raises ValueError for a password that others than this machine's own could guess."""
    if not all(map(_is_here, hosts)) and any(secret and is_weak(secret, user) for secret in secrets):
        needed = f"take one of {FEWEST_CHARACTERS} characters or more, such as `openssl rand -hex 24` gives"
        raise ValueError(f"its password is too short or guessed too easily; {needed}")


def _is_here(text: str) -> bool:
    """Whether a host is this machine: a socket's folder or name, or an address that no other machine reaches."""
    if text.startswith(("/", "@")) or text.casefold() == "localhost":
        return True
    return _is_address(text) and ip_address(text).is_loopback
