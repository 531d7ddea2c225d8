"""JSON responses of the API, letters as they are."""

import json

from flask import Response


def json_reply(fields: object) -> Response:
    """The fields as JSON, which no cache keeps: it may hold what a customer typed, and the content changes."""
    response = Response(json.dumps(fields, ensure_ascii=False), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
