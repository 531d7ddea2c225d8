"""JSON responses of the API, letters as they are."""

import orjson
from flask import Response


def json_reply(fields: object) -> Response:
    """The fields as JSON."""
    return json_response(json_text(fields))


def json_text(fields: object) -> str:
    """The fields as the text of a response."""
    return orjson.dumps(fields).decode()


def json_response(text: str) -> Response:
    """A response of JSON, which no cache keeps: it may hold what a customer typed, and the content changes."""
    response = Response(text, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
