"""Conversations: the list with its filters, and one of them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from bot.country_names import COUNTRY_CODES
from bot.reply import ReplyKind
from bot.state import DialogueState
from kb.knowledge_base import KnowledgeBase
from kb.model import Language
from web.console.caller_panel import countries
from web.console.period_form import period_of, period_parameters
from web.console.rendering import Renderer
from web.storage.browse import ConversationList, Filters, Place
from web.storage.errors import UnknownConversationError
from web.storage.records import RecordStore

_PLACE = re.compile(r"(\d{1,12})\.([\w-]{1,64})")
RATINGS = ("up", "down")
_HANDED_OFF = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class ConversationPages:
    """Answers the routes."""

    renderer: Renderer
    conversations: ConversationList
    records: RecordStore

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes."""
        blueprint.get("/conversations")(self.list_conversations)
        blueprint.get("/conversations/<message_id>")(self.conversation)

    def list_conversations(self) -> Response:
        """A page of the list."""
        base = self.renderer.assistant.index.base
        filters = filters_of(request.args, base, self.renderer.zone)
        page = self.conversations.page(filters, _place(request.args.get("after", "")))
        told = filter_parameters(filters)
        shown = {
            "part": "conversations",
            "page": page,
            "filters": filters,
            "kinds": tuple(ReplyKind),
            "ratings": RATINGS,
            "told": told,
            "is_first": "after" not in request.args,
            "countries": countries(frozenset(COUNTRY_CODES), self.renderer.interface),
            "more": {**told, "after": f"{page.next.updated}.{page.next.message_id}"} if page.next else None,
        }
        return self.renderer.page("conversations.html", self.renderer.desk(), shown)

    def conversation(self, message_id: str) -> Response:
        """One conversation, by any of its replies. The address does not tell the id, with which one could go on."""
        conversation_id = self.conversations.id_of(message_id)
        if conversation_id is None:
            raise NotFound
        try:
            conversation = self.records.conversation(conversation_id)
        except UnknownConversationError as error:  # deleted since it was found
            raise NotFound from error
        shown = {
            "part": "conversations",
            "conversation": conversation,
            "state": _state(conversation.state),
            "clarifier": self.renderer.assistant.clarifiers[self.renderer.interface],
        }
        return self.renderer.page("conversation.html", self.renderer.desk(), shown)


def filters_of(parameters: Mapping[str, str], base: KnowledgeBase, zone: ZoneInfo) -> Filters:
    """The filters of an address; what is not known is as good as absent."""
    known: dict[str, Collection[str]] = {
        "kind": tuple(ReplyKind),
        "entry": base.entry_of,
        "language": tuple(Language),
        "country": COUNTRY_CODES,
        "model": {row.id for row in base.vehicles.models},
        "rating": RATINGS,
    }
    chosen = {name: parameters.get(name, "") for name in known}
    chosen = {name: value for name, value in chosen.items() if value in known[name]}
    return Filters(period_of(parameters, zone), **chosen, handed_off=_HANDED_OFF.get(parameters.get("handed_off", "")))


def filter_parameters(filters: Filters) -> dict[str, str]:
    """The filters as parameters of an address."""
    names = ("kind", "entry", "language", "country", "model", "rating")
    chosen = {name: str(getattr(filters, name)) for name in names}
    told = {name for name, value in _HANDED_OFF.items() if value is filters.handed_off}
    chosen["handed_off"] = "".join(told)
    return period_parameters(filters.period) | {name: value for name, value in chosen.items() if value}


def _place(text: str) -> Place | None:
    read = _PLACE.fullmatch(text)
    return Place(int(read[1]), read[2]) if read else None


def _state(stored: str) -> DialogueState | None:
    try:
        return DialogueState.from_json(stored)
    except ValueError:
        return None  # of another version
