"""Scheme and host that full addresses begin with."""

from collections.abc import Callable

from flask import request


def public_origin(public_url: str | None) -> Callable[[], str]:
    """What gives the public address; where none is set, that of the request.

    A browser sends the host that it shows; anybody else can send any: behind a proxy or a cache, set RADCE_PUBLIC_URL.
    """

    def origin() -> str:
        return public_url or request.host_url.rstrip("/")

    return origin
