"""`POST /api/v1/chat`: one message in, one reply out (design: the chat API, version 1)."""

import time
from collections.abc import Callable

from flask import Blueprint, Response

from bot.assistant import Assistant
from bot.reply import Reply
from bot.state import DialogueState
from web.chat_reply import reply_fields
from web.chat_request import ChatForm
from web.json_body import json_body
from web.json_reply import json_response, json_text
from web.redaction import Redact
from web.storage.conversations import ConversationStore
from web.storage.turns import TurnIds, TurnRecord
from web.thinking import Thinking


def chat_api(
    assistant: Assistant, store: ConversationStore, thinking: Thinking, *, redact: Redact, tell: Callable[[Reply], None]
) -> Blueprint:
    """The routes of the chat; `thinking` is held while the assistant is used, and every new reply told to `tell`."""
    blueprint = Blueprint("chat", __name__, url_prefix="/api/v1")

    @blueprint.post("/chat")
    def chat() -> Response:
        form = ChatForm.model_validate(json_body(), context=assistant.index.base.vehicles)
        message = form.to_message()

        def answer(state: DialogueState, ids: TurnIds) -> tuple[TurnRecord, DialogueState]:
            with thinking:
                started = time.perf_counter()
                reply, after = assistant.reply(message, state)
                took = time.perf_counter() - started
            tell(reply)
            named = {"conversation_id": ids.conversation_id, "message_id": ids.message_id}
            told = json_text({**named, **reply_fields(reply)})
            # Only now: the own telephone number has told the customer's country.
            return TurnRecord.of(redact(message.text), reply, told, round(took * 1000)), after

        return json_response(store.take_turn(form.key(), answer))

    return blueprint
