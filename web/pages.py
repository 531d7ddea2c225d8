"""The chat page, in the language that the visitor asks for: the widget, as large as the window."""

from flask import Blueprint, Response, make_response, render_template, request

from bot.assistant import DEFAULT_LANGUAGE
from kb.knowledge_base import KnowledgeBase
from kb.model import Language
from web.widget import strings

# Slovak visitors read Czech.
_READERS = {"cs": Language.CS, "sk": Language.CS, "en": Language.EN}


def pages(base: KnowledgeBase) -> Blueprint:
    """The routes of the pages."""
    blueprint = Blueprint("pages", __name__)
    words = {language: strings(language) for language in Language}

    @blueprint.get("/")
    def chat_page() -> Response:
        language = page_language()
        page = render_template(
            "chat.html",
            language=language.value,
            brands=base.phrases,
            brand=base.phrases[language],
            words=words[language],
        )
        response = make_response(page)
        response.headers["Content-Language"] = language.value
        response.headers["Cache-Control"] = "no-cache"
        response.vary.add("Accept-Language")
        return response

    return blueprint


def page_language() -> Language:
    """The language of the request: the address's, else the browser's, else Czech."""
    wished = request.args.get("language", "")
    if wished in list(Language):
        return Language(wished)
    return _READERS.get(request.accept_languages.best_match(_READERS) or "", DEFAULT_LANGUAGE)
