"""The JSON of a request's body."""

import json
from collections.abc import Collection
from typing import NoReturn, cast

from flask import g, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

# Bytes. 2000 characters, each escaped as a pair of surrogates, take 24 kB.
LARGEST_BODY = 64 * 1024
# Objects and lists, one inside the other; a chat request has two.
DEEPEST = 8
JSON = ("application/json",)


def json_body(types: Collection[str] = JSON) -> object:
    """The request's JSON, read once; `types`: what may be its content type.

    Raises UnsupportedMediaType, RequestEntityTooLarge, BadRequest.
    """
    if "json_body" not in g:
        g.json_body = _read(types)
    return cast(object, g.json_body)


def _read(types: Collection[str]) -> object:
    if request.mimetype not in types:
        raise UnsupportedMediaType(f"The request must be JSON: send it with Content-Type: {' or '.join(types)}.")
    text = request.get_data()
    if len(text) > LARGEST_BODY:
        raise RequestEntityTooLarge
    try:
        body: object = json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"The body is not JSON: {error}.") from error
    if _is_deeper(body, DEEPEST):
        raise BadRequest(f"The body is nested too deep: at most {DEEPEST} levels.")
    return body


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object; a name that stands in it twice is read otherwise by every program, and so by none."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return fields


def _is_deeper(value: object, levels: int) -> bool:
    if not isinstance(value, (dict, list)):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in inside)
