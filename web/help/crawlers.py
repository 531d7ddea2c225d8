"""What search engines ask for: which pages there are, and which of them they may read."""

from collections.abc import Callable
from datetime import date
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request

from kb.knowledge_base import KnowledgeBase
from kb.model import Language
from web.help.addresses import SEARCH, Place, places

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def crawlers(base: KnowledgeBase, origin: Callable[[], str]) -> Blueprint:
    """`/sitemap.xml` and `/robots.txt`; `origin`: scheme and host of the pages."""
    blueprint = Blueprint("crawlers", __name__)

    @blueprint.get("/sitemap.xml")
    def sitemap() -> Response:
        return _sent(_sitemap(base, origin()), "application/xml")

    @blueprint.get("/robots.txt")
    def robots() -> Response:
        searches = [Place(SEARCH).path(language) for language in Language]
        closed = [f"Disallow: {path}" for path in ("/api/", *searches)]
        return _sent("\n".join(["User-agent: *", *closed, f"Sitemap: {origin()}/sitemap.xml", ""]), "text/plain")

    return blueprint


def _sitemap(base: KnowledgeBase, origin: str) -> str:
    rows = [_url(origin + place.path(language), base.edited) for place in places(base) for language in Language]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f'<urlset xmlns="{_SITEMAP}">', *rows, "</urlset>", ""])


def _url(address: str, edited: date | None) -> str:
    changed = f"<lastmod>{edited.isoformat()}</lastmod>" if edited else ""
    return f"<url><loc>{escape(address)}</loc>{changed}</url>"


def _sent(text: str, kind: str) -> Response:
    response = Response(text, mimetype=kind)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
