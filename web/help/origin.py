"""Scheme and host that full addresses begin with."""

from dataclasses import dataclass

from flask import request


@dataclass(frozen=True, slots=True)
class PublicOrigin:
    """The public address; where none is set, that of the request.

    A browser sends the host that it shows; anybody else can send any: behind a proxy or a cache, set RADCE_PUBLIC_URL.
    """

    url: str | None

    def __call__(self) -> str:
        """Scheme and host, without a slash at the end."""
        return self.url or request.host_url.rstrip("/")

    @property
    def is_set(self) -> bool:
        """Whether it is the same whatever a client says, so that what holds it may be shown to another client."""
        return self.url is not None
