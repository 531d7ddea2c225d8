"""`/openapi.json`, and `/docs`, which shows it without scripts."""

import json
from functools import cache
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request

if TYPE_CHECKING:
    from web.openapi.document import Json


def openapi() -> Blueprint:
    """The routes of the document."""
    blueprint = Blueprint("openapi", __name__, template_folder="templates")

    @blueprint.get("/openapi.json")
    def openapi_json() -> Response:
        return _kept(Response(json.dumps(_document(), ensure_ascii=False), content_type="application/json"))

    @blueprint.get("/docs")
    def docs() -> Response:
        from web.openapi.page import sections

        page = render_template("openapi/docs.html", info=_document()["info"], sections=sections(_document()))
        return _kept(Response(page, content_type="text/html; charset=utf-8"))

    return blueprint


@cache
def _document() -> "Json":
    # Models of all replies are made for it, which a server does without until somebody asks.
    from web.openapi.document import openapi_document

    return openapi_document()


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
