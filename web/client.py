"""Who asks: the client's address, as far as it can be believed."""

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

# Bits of an IPv6 address that name a customer's line; the rest is theirs to choose.
_LINE = 64


def register_proxies(app: Flask, trusted: int) -> None:
    """Believe this many proxies in front of the server what they say of client and scheme; 0: none."""
    if trusted:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted)  # type: ignore[method-assign]


def client_line() -> str:
    """The requesting client's address; of IPv6 the network of its line."""
    return _line(request.remote_addr or "unknown")


@lru_cache(4096)
def _line(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:  # a socket file, or what a proxy wrote
        return text
    if not isinstance(address, IPv6Address):
        return text
    mapped = address.ipv4_mapped
    return str(mapped) if mapped else str(IPv6Network((address, _LINE), strict=False))
