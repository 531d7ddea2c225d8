"""From a page's frame and content to the response."""

from functools import partial

from flask import Response, make_response, render_template

from web.help.addresses import CONTACTS, SEARCH, Place
from web.help.page import Page
from web.help.typography import bound, prose


def render(template: str, page: Page, status: int = 200, **content: object) -> Response:
    """The page with its content, in the edition's language."""
    language = page.edition.language
    text = render_template(
        f"help/{template}.html",
        page=page,
        edition=page.edition,
        words=page.edition.words,
        language=language.value,
        prose=partial(prose, language=language),
        bound=partial(bound, language=language),
        to=lambda name, **parameters: Place.of(name, parameters).path(language),
        contacts=CONTACTS,
        search=SEARCH,
        **content,
    )
    response = make_response(text, status)
    response.headers["Content-Language"] = language.value
    return response
