"""The console's routes below `/console`."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Blueprint
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from bot.assistant import Assistant
from bot.search import EntrySearch
from web.console.accounts import Accounts
from web.console.caller_reader import CallerReader
from web.console.conversation_routes import Kept, add_conversations
from web.console.copies import Copier
from web.console.coverage import Holdings
from web.console.desk import ROOT
from web.console.entry_view import Views
from web.console.guard import Cookie, Guard, NotForAgents
from web.console.pin_routes import PinRoutes
from web.console.pins import Pins
from web.console.rendering import Renderer
from web.console.results import Finder
from web.console.search_pages import SearchPages
from web.console.sessions import Sessions
from web.console.sign_in_pages import SignInPages
from web.console.throttle import Throttle
from web.console.words import load_words
from web.storage.database import Database
from web.storage.retention import Retention
from web.thinking import Thinking

# What a page says in an error's place.
_TOLD = {403: "refused", 404: "not_found"}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the console runs: scheme and host of copied links, whether its cookie does without HTTPS, how long
    conversations are kept, and the time zone of those who read them.
    """

    origin: Callable[[], str]
    insecure_cookies: bool
    retention: Retention
    zone: ZoneInfo


def console(
    assistant: Assistant, searcher: EntrySearch, database: Database, *, thinking: Thinking, site: Site
) -> Blueprint:
    """The routes; `thinking` is held while the assistant or the searcher is used."""
    blueprint = Blueprint("console", __name__, url_prefix=ROOT)
    renderer = Renderer(assistant, load_words("strings"), site.zone)
    holdings = Holdings(assistant.index.base.vehicles)
    guard = Guard(Sessions(database), Cookie(site.insecure_cookies))
    pins = Pins(database)
    blueprint.before_request(guard.check)
    SignInPages(renderer, Accounts(database), Throttle(database), guard).add_to(blueprint)
    SearchPages(
        renderer,
        Finder(assistant, searcher, holdings, thinking=thinking),
        CallerReader(assistant),
        Views(assistant, holdings),
        Copier(assistant, holdings, load_words("mail")),
        pins,
        thinking,
        site.origin,
    ).add_to(blueprint)
    PinRoutes(renderer, pins).add_to(blueprint)
    add_conversations(blueprint, renderer, Kept(database, site.retention))
    _answer_errors(blueprint, renderer)
    return blueprint


def _answer_errors(blueprint: Blueprint, renderer: Renderer) -> None:
    """Pages in place of the errors that somebody can meet by an address or a form."""

    def page(error: HTTPException) -> AnyResponse:
        name = _TOLD[error.code or 404]
        return renderer.page("message.html", renderer.desk(), {"told": name}, status=error.code or 404)

    def not_for_agents(_error: NotForAgents) -> AnyResponse:
        return renderer.page("message.html", renderer.desk(), {"told": "not_for_agents"}, status=403)

    for status in _TOLD:
        blueprint.register_error_handler(status, page)
    blueprint.register_error_handler(NotForAgents, not_for_agents)
