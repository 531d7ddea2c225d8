"""Pages for addresses that lead nowhere, say what nobody knows, or could not be answered."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from kb.model import Language
from web.help.addresses import Place
from web.help.edition import Edition
from web.help.page import plain_page
from web.help.render import render
from web.pages import page_language

# Those that a form sends, and so have words.
_FIELDS = frozenset({"model", "generation", "model_year", "country", "q"})


def register_help_errors(blueprint: Blueprint, editions: Mapping[Language, Edition], origin: Callable[[], str]) -> None:
    """Answer every error of the blueprint with a page in the language of the address."""

    def problem(status: int, name: str, **blanks: str) -> Response:
        edition = editions[address_language()]
        page = plain_page(edition, origin(), edition.words(f"{name}_title"), Place(), listed=False)
        text = edition.words(name, **blanks)
        back = request.path if name == "bad" else None
        return render("problem", page, status, text=text, back=back)

    @blueprint.errorhandler(ValidationError)
    def bad(error: ValidationError) -> Response:
        words = editions[address_language()].words
        fields = dict.fromkeys(str(row["loc"][0]) for row in error.errors() if row["loc"])
        return problem(400, "bad", fields=", ".join(words(name) if name in _FIELDS else name for name in fields))

    @blueprint.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Response:
        status = error.code or 500
        return problem(status, "missing" if status == 404 else "failed")


def address_language() -> Language:
    """The language of the requested address; the visitor's where it has none."""
    parts = request.path.split("/")
    return Language(parts[2]) if len(parts) > 2 and parts[2] in list(Language) else page_language()
