"""The chat widget over HTTP: a loader at a fixed address, scripts and styles under their version, texts without one."""

import json
from dataclasses import asdict, dataclass

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from kb.knowledge_base import KnowledgeBase
from kb.model import Language
from web.widget_files import FOLDER, JAVASCRIPT, LOADER, ServedFile, lean_script, widget_files, widget_version

_YEAR = 365 * 24 * 60 * 60
# What the loader shows before anything else has come.
_LOADER_STRINGS = ("launcher", "launcher_more", "load_failed")
# What the page says that shows nothing but the widget.
_PAGE_STRINGS = ("no_script", "unavailable")

Strings = dict[str, object]


@dataclass(frozen=True, slots=True)
class Offers:
    """What else the server does for the widget's customers.

    `handoff`: POST /api/v1/handoff; `erase`: DELETE /api/v1/conversations/{id};
    `help`: pages at /help/{language}/{entry_id}.
    """

    handoff: bool = False
    erase: bool = False
    help: bool = False


def widget(base: KnowledgeBase, *, days: int, offers: Offers = Offers()) -> Blueprint:
    """The routes of the widget; `days`: how long a conversation is kept, which the first message tells."""
    blueprint = Blueprint("widget", __name__)
    files = widget_files()
    current = widget_version(files)
    texts = {language.value: _json(_texts(base, language, days, offers)) for language in Language}
    loader = _loader(current)

    @blueprint.get("/widget.js")
    def loader_file() -> Response:
        return _sent(loader)

    @blueprint.get("/widget/texts/<language>")
    def texts_of(language: str) -> Response:
        return _sent(_found(texts, language))

    @blueprint.get("/widget/<version>/<name>")
    def file(version: str, name: str) -> Response:
        # Another version is asked for by a loader that a cache kept: it gets what there is, and must ask again.
        return _sent(_found(files, name), lasting=version == current)

    return blueprint


def strings(language: Language) -> Strings:
    """The widget's own words in a language."""
    read: Strings = json.loads((FOLDER / f"strings.{language}.json").read_text(encoding="utf-8"))
    return read


def _texts(base: KnowledgeBase, language: Language, days: int, offers: Offers) -> Strings:
    """The widget's words, those of the brand, and what the server offers."""
    brand = base.phrases[language]
    own = {key: words for key, words in strings(language).items() if key not in {*_PAGE_STRINGS, *_LOADER_STRINGS}}
    return {
        **own,
        "assistant": brand.assistant_name,
        "about": brand.knowledge_base_name,
        "disclaimer": brand.disclaimer,
        "scope": brand.scope,
        "storage": brand.storage_notice,
        "examples": list(brand.examples),
        "days": days,
        "offers": {**asdict(offers), "help": f"help/{language}/" if offers.help else ""},
    }


def _json(fields: object) -> ServedFile:
    return ServedFile.of(json.dumps(fields, ensure_ascii=False), "application/json")


def _loader(version: str) -> ServedFile:
    shown = {language.value: {key: strings(language)[key] for key in _LOADER_STRINGS} for language in Language}
    told = json.dumps({"version": version, "strings": shown}, ensure_ascii=False)
    return ServedFile.of(
        lean_script((FOLDER / LOADER).read_text(encoding="utf-8")).replace("__SERVED__", told), JAVASCRIPT
    )


def _found(files: dict[str, ServedFile], name: str) -> ServedFile:
    if name not in files:
        raise NotFound
    return files[name]


def _sent(file: ServedFile, *, lasting: bool = False) -> Response:
    """The file; where it is not lasting, browsers ask each time whether it has changed."""
    packed = request.accept_encodings["gzip"] > 0
    response = Response(file.gzipped if packed else file.content, content_type=file.content_type)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    # A page that admits only what is meant for other origins (COEP) may load it.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if lasting:
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
