"""Errors as the API tells them: problem details (RFC 9457), never a stack trace."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import TypedDict

from flask import Flask, Response, current_app
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from web.storage.errors import BusyError, UnknownConversationError, UnknownReplyError

# Seconds after which a client may try again.
RETRY_AFTER = 2

_DETAILS = {
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
    413: "The request is too large: at most 64 kB.",
    500: "The server made a mistake. It has been noted; please try again later.",
    503: "The server can't answer just now. Please try again in a moment.",
}


class FieldError(TypedDict):
    """What is wrong with one field."""

    field: str
    detail: str


def problem_fields(status: int, detail: str | None = None) -> dict[str, object]:
    """The members of problem details; the detail of the status where none is given."""
    title = HTTPStatus(status).phrase
    return {
        "type": "about:blank",
        "title": title,
        "status": int(status),
        "detail": detail or _DETAILS.get(status, f"{title}."),
    }


def problem(status: int, detail: str | None = None, errors: Sequence[FieldError] = ()) -> Response:
    """A response with problem details; the detail of the status where none is given."""
    body = problem_fields(status, detail)
    if errors:
        body["errors"] = list(errors)
    text = json.dumps(body, ensure_ascii=False) + "\n"
    response = Response(text, status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"  # a 404 may be kept otherwise
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def register_problems(app: Flask) -> None:
    """Answer every error of the app with problem details."""
    app.register_error_handler(ValidationError, _wrong_form)
    app.register_error_handler(UnknownConversationError, lambda error: problem(404, _sentence(error)))
    app.register_error_handler(UnknownReplyError, lambda error: problem(404, _sentence(error)))
    app.register_error_handler(BusyError, lambda error: problem(503, _sentence(error)))
    app.register_error_handler(SQLAlchemyError, _no_database)
    app.register_error_handler(HTTPException, _http_error)


def _sentence(error: Exception) -> str:
    text = str(error)
    return text[0].upper() + text[1:] + "."


def _http_error(error: HTTPException) -> AnyResponse:
    answered = error.get_response()
    if answered.status_code < HTTPStatus.BAD_REQUEST:  # a redirect
        return answered
    response = problem(answered.status_code, _DETAILS.get(answered.status_code, error.description))
    if "Allow" in answered.headers:
        response.headers["Allow"] = answered.headers["Allow"]
    return response


def _wrong_form(error: ValidationError) -> Response:
    errors = [
        FieldError(field=".".join(map(str, row["loc"])) or "body", detail=_detail(row))
        for row in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    detail = "; ".join(f"{row['field']}: {row['detail']}" for row in errors)
    return problem(422, f"The request has the wrong form: {detail}.", errors)


def _detail(row: ErrorDetails) -> str:
    """pydantic's message; a class's name means nothing to a page's author."""
    return "Input should be a JSON object" if row["type"] in {"model_type", "model_attributes_type"} else row["msg"]


def _no_database(error: SQLAlchemyError) -> Response:
    current_app.logger.error("the database does not answer", exc_info=error)
    return problem(503)
