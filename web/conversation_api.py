"""`/api/v1/conversations/{id}`: what is kept of a conversation, for the customer who has its id, and its erasure."""

from datetime import UTC, datetime

from flask import Blueprint, Response

from web.json_reply import json_reply
from web.storage.records import RecordStore, StoredConversation, StoredHandoff, StoredTurn


def conversation_api(store: RecordStore) -> Blueprint:
    """The routes of a conversation; its id, which can't be guessed, is the only key to it."""
    blueprint = Blueprint("conversation", __name__, url_prefix="/api/v1")

    @blueprint.get("/conversations/<conversation_id>")
    def conversation(conversation_id: str) -> Response:
        return json_reply(_fields(store.conversation(conversation_id)))

    @blueprint.delete("/conversations/<conversation_id>")
    def erase(conversation_id: str) -> Response:
        store.erase(conversation_id)
        return Response(status=204)

    return blueprint


def _fields(conversation: StoredConversation) -> dict[str, object]:
    car = {"model": conversation.model, "model_year": conversation.model_year} if conversation.model else None
    return {
        "conversation_id": conversation.id,
        "created": _moment(conversation.created),
        "updated": _moment(conversation.updated),
        "language": conversation.language,
        "country": conversation.country,
        "vehicle": car,
        "turns": [_turn(turn) for turn in conversation.turns],
        "handoffs": [_handoff(handoff) for handoff in conversation.handoffs],
    }


def _turn(turn: StoredTurn) -> dict[str, object]:
    rated = {"rating": turn.rating, "comment": turn.comment} if turn.rating else None
    return {
        "number": turn.number,
        "created": _moment(turn.created),
        "message": turn.message,
        "reply": turn.told(),
        "feedback": rated,
    }


def _handoff(handoff: StoredHandoff) -> dict[str, object]:
    return {
        "handoff_id": handoff.id,
        "created": _moment(handoff.created),
        "state": handoff.state,
        "reply_to": handoff.reply_to,
        "name": handoff.name,
        "message": handoff.message,
    }


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
