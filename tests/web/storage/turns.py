"""Turns for tests of the stores."""

from bot.state import CountrySet, DialogueState
from web.storage.conversations import Answer, ConversationStore, MessageKey
from web.storage.turns import TurnIds, TurnRecord

DAY = 24 * 60 * 60


def record(reply: str, **fields: object) -> TurnRecord:
    """What is stored of a turn with that reply."""
    known = {"message": "jak?", "kind": "answer", "language": "cs", **fields}
    return TurnRecord(reply=reply, **known)  # type: ignore[arg-type]


def saying(country: str) -> Answer:
    """A turn that notes a country behind those that are noted, and replies with the conversation's id."""

    def answer(state: DialogueState, ids: TurnIds) -> tuple[TurnRecord, DialogueState]:
        noted = state.apply(CountrySet((state.country or "") + country))
        return record(ids.conversation_id, country=noted.country), noted

    return answer


def naming(state: DialogueState, ids: TurnIds) -> tuple[TurnRecord, DialogueState]:
    """A turn that replies with the reply's own id."""
    return record(ids.message_id), state


def country_of(store: ConversationStore, talk: str) -> str | None:
    """The countries that the conversation has noted."""
    seen: list[str | None] = []

    def look(state: DialogueState, _ids: TurnIds) -> tuple[TurnRecord, DialogueState]:
        seen.append(state.country)
        return record(""), state

    store.take_turn(MessageKey(talk), look)
    return seen[-1]
