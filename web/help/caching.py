"""Saying that a page is as it was, without making it: its tag is the version of all that pages are made from."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, request

from index.manifest import Manifest

# Seconds for which a page may be kept without asking: a corrected step is seen after five minutes.
PAGE_AGE = 300
_PACKAGES = ("kb", "index", "bot", "web")
_MADE_FROM = frozenset({".py", ".json", ".html", ".css"})


def code_version() -> str:
    """The hash of the program's modules, phrases, templates and styles: 12 hexadecimal digits."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in _MADE_FROM:
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def page_tag(manifest: Manifest, code: str, origin: str) -> str:
    """The tag of the requested page: of content, encoder and weights, the program, and the whole address."""
    parts = "\0".join((manifest.name, code, origin, request.full_path))
    return hashlib.sha256(parts.encode("utf-8", "surrogateescape")).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Kept:
    """By whom pages may be kept: by caches that many visitors share, or by each visitor's browser.

    `never`: the endpoints whose addresses hold a visitor's words, so that no page is kept without asking.
    """

    to_be_shared: bool
    never: Collection[str]

    def control(self) -> str:
        """`Cache-Control` of the requested page."""
        if request.endpoint in self.never:
            return "private, no-cache"
        return f"{'public' if self.to_be_shared else 'private'}, max-age={PAGE_AGE}"


def register_tags(blueprint: Blueprint, tag: Callable[[], str], kept: Kept) -> None:
    """Tag every page that there is, and say by whom it may be kept."""

    @blueprint.before_request
    def known() -> Response | None:
        held = request.if_none_match
        return Response(status=304) if held.is_strong(tag()) or held.is_weak(tag()) else None

    @blueprint.after_request
    def add(response: Response) -> Response:
        if response.status_code in {200, 304}:
            response.set_etag(tag())
            response.headers.setdefault("Cache-Control", kept.control())
        return response
