"""Playing the turns of one fresh conversation: in this process, or over HTTP."""

import json
from collections.abc import Callable, Mapping, Sequence
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from bot.assistant import Assistant
from bot.message import Message
from bot.state import DialogueState
from web.chat_reply import reply_fields
from web.errors import WebError

# Seconds; a reply takes far less, so that nothing will come any more.
PATIENCE = 60

# From the turns to the reply to the last of them, as the API tells it.
Player = Callable[[Sequence[str]], Mapping[str, object]]


def in_process(assistant: Assistant) -> Player:
    """A player that asks the assistant itself."""

    def play(turns: Sequence[str]) -> Mapping[str, object]:
        state = DialogueState()
        for turn in turns:
            reply, state = assistant.reply(Message(turn), state)
        return {**reply_fields(reply)}

    return play


def over_http(url: str) -> Player:
    """A player that asks a server, such as http://127.0.0.1:8000. Raises WebError where it does not answer."""
    endpoint = f"{url.rstrip('/')}/api/v1/chat"

    def play(turns: Sequence[str]) -> Mapping[str, object]:
        reply: dict[str, object] = {}
        for turn in turns:
            body = {"message": turn}
            if reply:
                body["conversation_id"] = str(reply["conversation_id"])
            reply = _post(endpoint, body)
        return reply

    return play


def _post(endpoint: str, body: Mapping[str, str]) -> dict[str, object]:
    request = Request(endpoint, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=PATIENCE) as response:
            reply: dict[str, object] = json.load(response)
            return reply
    except HTTPError as error:
        raise WebError(f"{endpoint} answers {error.code} to {body['message']!r}: {error.read()[:300]!r}") from error
    except (URLError, OSError, ValueError) as error:
        raise WebError(f"{endpoint} does not answer ({error}); is the server running at this address?") from error
