"""The routes of the help pages."""

from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from bot.assistant import Assistant
from bot.blocks import Note
from bot.search import EntrySearch
from kb.knowledge_base import CONTACT_ENTRY
from kb.model import Language
from web.help.addresses import CONTACTS, ROOT, SEARCH, Place
from web.help.caching import Kept, code_version, page_tag, register_tags
from web.help.countries import CountryParameters, all_contacts, country_contact, country_options
from web.help.edition import Edition, editions
from web.help.entry_view import entry_view
from web.help.errors import register_help_errors
from web.help.origin import PublicOrigin
from web.help.page import contacts_page, entry_page, search_page, start_page
from web.help.render import render
from web.help.results import results
from web.help.topics import entries_by_topic
from web.help.vehicle_choice import chosen_vehicle, vehicle_form
from web.pages import page_language
from web.parameters import SearchParameters
from web.thinking import Thinking
from web.widget_files import lean_styles

_YEAR = 365 * 24 * 60 * 60
_STYLE = Path(__file__).parent / "style.css"


def help_pages(assistant: Assistant, searcher: EntrySearch, *, thinking: Thinking, origin: PublicOrigin) -> Blueprint:
    """The help pages; `thinking` is held while the searcher is used; `origin`: scheme and host of full addresses."""
    blueprint = Blueprint("help", __name__, template_folder="templates")
    views = _Views(assistant, searcher, thinking=thinking, origin=origin)
    blueprint.get(ROOT)(views.start)
    blueprint.get(f"{ROOT}/")(views.start)
    blueprint.get(f"{ROOT}/style.css")(views.style)
    blueprint.get(f"{ROOT}/<name>")(views.topics)
    blueprint.get(f"{ROOT}/<language>/{SEARCH}")(views.search)
    blueprint.get(f"{ROOT}/<language>/{CONTACTS}")(views.contacts)
    blueprint.get(f"{ROOT}/<language>/<entry_id>")(views.entry)
    blueprint.get(f"{ROOT}/<path:rest>")(views.nowhere)
    code = code_version()
    # Where a page holds an address that a client has named, it is shown to that client only.
    kept = Kept(to_be_shared=origin.is_set, never={"help.search"})
    register_tags(blueprint, lambda: page_tag(assistant.index.manifest, code, origin()), kept)
    register_help_errors(blueprint, views.editions, origin)
    blueprint.context_processor(lambda: {"style_version": code})
    return blueprint


class _Views:
    """The pages, over an open assistant."""

    def __init__(
        self, assistant: Assistant, searcher: EntrySearch, *, thinking: Thinking, origin: Callable[[], str]
    ) -> None:
        self.editions = editions(assistant)
        self._base = assistant.index.base
        self._searcher = searcher
        self._thinking = thinking
        self._origin = origin
        self._styles = lean_styles(_STYLE.read_text(encoding="utf-8"))

    def start(self) -> AnyResponse:
        """To the topics in the visitor's language."""
        return _to_visitor("")

    def style(self) -> Response:
        """The style sheet; pages name its version in the address, so that it can be kept for good."""
        response = Response(self._styles, content_type="text/css; charset=utf-8")
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response

    def topics(self, name: str) -> AnyResponse:
        """The topics with their questions; of an address without a language, the same page in the visitor's."""
        if name in {SEARCH, CONTACTS, *self._base.entry_of}:
            return _to_visitor(name)
        edition = self._edition(name)
        return render("topics", start_page(edition, self._origin()), topics=entries_by_topic(self._base))

    def search(self, language: str) -> Response:
        """The search, with what it found where something is searched."""
        edition = self._edition(language)
        query = request.args.get("q", "")
        page = search_page(edition, self._origin(), Place.of(SEARCH, {"q": query} if query else {}))
        if not query.strip():
            return render("search", page, results=None)
        given = {"q": query, "offset": request.args.get("offset") or "0", "language": language}
        asked = SearchParameters.model_validate(given, context=self._base)
        with self._thinking:
            found = results(edition, self._searcher, asked)
        return render("search", page, results=found)

    def contacts(self, language: str) -> Response:
        """The contacts of all countries, and that of the country that is chosen."""
        edition = self._edition(language)
        code = CountryParameters(country=request.args.get("country") or None).country
        about = self._base.entry_of[CONTACT_ENTRY]
        purpose = edition.composer.contact(tuple(self._base.contact_of)[:1])
        return render(
            "contacts",
            contacts_page(edition, self._origin(), Place.of(CONTACTS, {"country": code} if code else {})),
            countries=country_options(edition.language, code),
            chosen=country_contact(edition, code) if code else None,
            rows=all_contacts(edition),
            purpose=[block.text for block in purpose if isinstance(block, Note)],
            related=[about, *(self._base.entry_of[name] for name in about.related)],
        )

    def entry(self, language: str, entry_id: str) -> Response:
        """An entry, for the vehicle that is chosen where it depends on one."""
        edition = self._edition(language)
        entry = self._base.entry_of.get(entry_id)
        if entry is None:
            raise NotFound
        choice = chosen_vehicle(self._base, request.args)
        view = entry_view(edition, entry, choice)
        place = Place.of(entry_id, choice.query())
        return render(
            "entry",
            entry_page(edition, self._origin(), place, view),
            entry=entry,
            view=view,
            choice=choice,
            form=vehicle_form(self._base.vehicles, choice, edition.language) if entry.variants else None,
            related=[self._base.entry_of[name] for name in entry.related],
            countries=country_options(edition.language, None) if entry.show_contact else (),
        )

    def nowhere(self, rest: str) -> AnyResponse:
        """An address with a slash too many leads where it would without; any other leads nowhere."""
        bare = rest.rstrip("/")
        if bare == rest:
            raise NotFound
        return redirect(f"{ROOT}/{bare}", 301)

    def _edition(self, language: str) -> Edition:
        if language not in list(Language):
            raise NotFound
        return self.editions[Language(language)]


def _to_visitor(name: str) -> AnyResponse:
    """To the page in the language that the visitor reads, with the same parameters."""
    response = redirect(Place(name, request.query_string.decode("ascii", "replace")).path(page_language()))
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept-Language")
    return response
