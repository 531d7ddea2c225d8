"""The JSON of a request's body."""

import json
from typing import NoReturn

from flask import request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

# Bytes. 2000 characters, each escaped as a pair of surrogates, take 24 kB.
LARGEST_BODY = 64 * 1024


def json_body() -> object:
    """The request's JSON. Raises UnsupportedMediaType, RequestEntityTooLarge, BadRequest."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    text = request.get_data()
    if len(text) > LARGEST_BODY:
        raise RequestEntityTooLarge
    try:
        body: object = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"The body is not JSON: {error}.") from error
    return body


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
