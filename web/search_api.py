"""`GET /api/v1/search` for agents, and `GET /api/v1/suggest` while a question is being typed."""

from flask import Blueprint, Response, request

from bot.assistant import Assistant
from bot.search import EntrySearch
from web.json_reply import json_reply
from web.parameters import SearchParameters, SuggestParameters
from web.search_reply import search_fields, suggest_fields
from web.thinking import Thinking


def search_api(assistant: Assistant, searcher: EntrySearch, thinking: Thinking) -> Blueprint:
    """The routes of search; `thinking` is held while the searcher is used, but not for suggestions."""
    blueprint = Blueprint("search", __name__, url_prefix="/api/v1")
    base = assistant.index.base

    @blueprint.get("/search")
    def search() -> Response:
        asked = SearchParameters.model_validate(request.args.to_dict(), context=base)
        with thinking:
            page = searcher.search(asked.request())
        return json_reply(search_fields(assistant, asked, page))

    @blueprint.get("/suggest")
    def suggest() -> Response:
        asked = SuggestParameters.model_validate(request.args.to_dict())
        found = assistant.index.suggester.suggest(asked.q, language=asked.language, limit=asked.limit)
        return json_reply(suggest_fields(base.version, found))

    return blueprint
