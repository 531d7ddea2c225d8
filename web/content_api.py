"""What the knowledge base holds, over HTTP: entries, contacts, vehicles."""

from dataclasses import asdict

from flask import Blueprint, Response, request

from bot.assistant import DEFAULT_LANGUAGE, Assistant
from web.content_fields import entry_fields, entry_row, vehicles_fields
from web.json_reply import json_reply
from web.parameters import LanguageParameter
from web.problems import problem


def content_api(assistant: Assistant) -> Blueprint:
    """The routes of the content."""
    blueprint = Blueprint("content", __name__, url_prefix="/api/v1")
    base = assistant.index.base

    @blueprint.get("/entries")
    def entries() -> Response:
        return json_reply({"kb_version": base.version, "entries": [entry_row(entry) for entry in base.entries]})

    @blueprint.get("/entries/<entry_id>")
    def entry(entry_id: str) -> Response:
        found = base.entry_of.get(entry_id)
        if found is None:
            return problem(404, "There is no entry of this id; /api/v1/entries lists them all.")
        return json_reply(entry_fields(base, assistant.composers, found))

    @blueprint.get("/contacts")
    def contacts() -> Response:
        asked = LanguageParameter.model_validate(request.args.to_dict())
        language = asked.language or DEFAULT_LANGUAGE
        cards = [assistant.composers[language].contact_card(contact.country) for contact in base.contacts]
        rows = [asdict(card) for card in cards if card]
        return json_reply({"kb_version": base.version, "language": language.value, "contacts": rows})

    @blueprint.get("/vehicles")
    def vehicles() -> Response:
        return json_reply({"kb_version": base.version, **vehicles_fields(base.vehicles)})

    return blueprint
