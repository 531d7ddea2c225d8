"""`/openapi.json`, and `/docs`, which shows it without scripts."""

import json
from functools import cache

from flask import Blueprint, Response, render_template, request

from web.openapi.document import openapi_document
from web.openapi.page import sections


def openapi() -> Blueprint:
    """The routes of the document."""
    blueprint = Blueprint("openapi", __name__, template_folder="templates")
    document = cache(openapi_document)  # made when it is first asked for: a server starts sooner

    @blueprint.get("/openapi.json")
    def openapi_json() -> Response:
        return _kept(Response(json.dumps(document(), ensure_ascii=False), content_type="application/json"))

    @blueprint.get("/docs")
    def docs() -> Response:
        page = render_template("openapi/docs.html", info=document()["info"], sections=sections(document()))
        return _kept(Response(page, content_type="text/html; charset=utf-8"))

    return blueprint


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
