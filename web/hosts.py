"""Whether a request says which host it is for, in a form that can stand in an address."""

from flask import Flask, request
from werkzeug.wrappers import Response

from web.problems import problem


def register_hosts(app: Flask) -> None:
    """Refuse requests (400) whose `Host` is no host, and those of HTTP/1.1 that have none."""

    @app.before_request
    def check() -> Response | None:
        # Werkzeug's host is empty where the header is none (RFC 9110), and the server's own address without a header.
        missing = "HTTP_HOST" not in request.environ and request.environ.get("SERVER_PROTOCOL") == "HTTP/1.1"
        return problem(400, "The Host header is no host.") if missing or not request.host else None
