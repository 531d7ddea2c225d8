"""`POST /api/v1/chat`: one message in, one reply out (design: the chat API, version 1)."""

import json
from threading import Lock
from typing import NoReturn

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from bot.assistant import Assistant
from bot.state import DialogueState
from web.chat_reply import reply_fields
from web.chat_request import ChatForm
from web.json_reply import json_response, json_text
from web.store import ConversationStore, TurnIds

# Bytes. 2000 characters, each escaped as a pair of surrogates, take 24 kB.
LARGEST_BODY = 64 * 1024


def chat_api(assistant: Assistant, store: ConversationStore, thinking: Lock) -> Blueprint:
    """The routes of the chat; `thinking` is held while the assistant is used."""
    blueprint = Blueprint("chat", __name__, url_prefix="/api/v1")

    @blueprint.post("/chat")
    def chat() -> Response:
        form = ChatForm.model_validate(_body(), context=assistant.index.base.vehicles)
        message = form.to_message()

        def answer(state: DialogueState, ids: TurnIds) -> tuple[str, DialogueState]:
            with thinking:
                reply, after = assistant.reply(message, state)
            named = {"conversation_id": ids.conversation_id, "message_id": ids.message_id}
            return json_text({**named, **reply_fields(reply)}), after

        return json_response(store.take_turn(form.key(), answer))

    return blueprint


def _body() -> object:
    """The request's JSON. Raises UnsupportedMediaType, RequestEntityTooLarge, BadRequest."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    text = request.get_data()
    if len(text) > LARGEST_BODY:
        raise RequestEntityTooLarge
    try:
        body: object = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"The body is not JSON: {error}.") from error
    return body


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
