"""`POST /api/v1/chat`: one message in, one reply out (design: the chat API, version 1)."""

import time

from flask import Blueprint, Response

from bot.assistant import Assistant
from bot.state import DialogueState
from web.chat_reply import reply_fields
from web.chat_request import ChatForm
from web.json_body import json_body
from web.json_reply import json_response, json_text
from web.metrics import Metrics
from web.redaction import Redact
from web.storage.conversations import ConversationStore
from web.storage.turns import TurnIds, TurnRecord
from web.thinking import Thinking


def chat_api(
    assistant: Assistant, store: ConversationStore, thinking: Thinking, *, redact: Redact, metrics: Metrics
) -> Blueprint:
    """The routes of the chat; `thinking` is held while the assistant is used, `metrics` is told of every new reply."""
    blueprint = Blueprint("chat", __name__, url_prefix="/api/v1")

    @blueprint.post("/chat")
    def chat() -> Response:
        form = ChatForm.model_validate(json_body(), context=assistant.index.base.vehicles)
        message = form.to_message()
        answering = 0.0

        def answer(state: DialogueState, ids: TurnIds) -> tuple[TurnRecord, DialogueState]:
            nonlocal answering
            begun = time.perf_counter()
            with thinking:
                started = time.perf_counter()
                reply, after = assistant.reply(message, state)
                took = time.perf_counter() - started
            metrics.tell(reply)
            named = {"conversation_id": ids.conversation_id, "message_id": ids.message_id}
            told = json_text({**named, **reply_fields(reply)})
            # Only now: the own telephone number has told the customer's country.
            record = TurnRecord.of(redact(message.text), reply, told, round(took * 1000))
            answering += time.perf_counter() - begun
            return record, after

        began = time.perf_counter()
        text = store.take_turn(form.key(), answer)
        metrics.stage("store", time.perf_counter() - began - answering)
        return json_response(text)

    return blueprint
