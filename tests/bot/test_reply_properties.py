"""What holds for every message: a reply comes, of a known kind, and the stored state loses nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.message import Absent, Message, VehicleField
from bot.reply import Reply, ReplyKind
from bot.state import DialogueState
from kb.model import Language
from tests.bot.known_texts import Known

pytestmark = [pytest.mark.slow, pytest.mark.sampled]

SAID = """
jak zapnu roaming how do I link párovací kód PIN Taycan Macan 911 992 718 Boxster Cayenne Panamera 2012 2017 2018
2021 2024 MY22 r.v. model year ročník built in elektrický benzín 2. generace nevím don't know Německo Austria kontakt
email CZ UK a co ne sorry vlastně my other car druhé auto ahoj díky bye robot člověka česky English please do od před
po ? . , - / '21
"""
LONGEST = 2000

anything = st.text(max_size=LONGEST)
sentences = st.lists(st.sampled_from(SAID.split()), max_size=12).map(" ".join)
texts = st.one_of(anything, sentences, st.tuples(sentences, st.text(max_size=20)).map(" ".join))
vehicles = st.one_of(
    st.just(Absent.ABSENT),
    st.none(),
    st.builds(
        VehicleField,
        model=st.sampled_from(["911", "718", "taycan", "cayenne", "macan", "panamera", "boxster-cayman", "none such"]),
        generation=st.sampled_from([None, "992", "j1", "9y0", "none such"]),
        model_year=st.none() | st.integers(1900, 2200),
    ),
)
messages = st.builds(
    Message,
    text=texts,
    language=st.none() | st.sampled_from(Language),
    page_language=st.none() | st.sampled_from(Language),
    country=st.sampled_from([Absent.ABSENT, None, "CZ", "BR", "XX"]),
    vehicle=vehicles,
)
conversations = st.lists(messages, min_size=1, max_size=4)


@given(conversations)
def test_no_message_keeps_a_reply_from_coming(assistant: Assistant, said: list[Message]) -> None:
    state = DialogueState()
    for message in said:
        reply, state = assistant.reply(message, state)
        assert reply.text.strip()
        assert reply.kind in ReplyKind
        assert 0 <= reply.confidence <= 1
        assert reply.kb_version == assistant.index.base.version


@given(conversations)
def test_a_state_that_was_stored_gives_the_same_next_reply(assistant: Assistant, said: list[Message]) -> None:
    state = DialogueState()
    for message in said:
        stored = DialogueState.from_json(state.to_json())
        reply, after = assistant.reply(message, state)
        assert assistant.reply(message, stored) == (reply, after)
        state = after


@given(conversations)
def test_a_reply_shows_variants_only_of_the_entry_that_it_answers_with(
    assistant: Assistant, said: list[Message]
) -> None:
    state = DialogueState()
    for message in said:
        reply, state = assistant.reply(message, state)
        if reply.variants:
            assert reply.kind is ReplyKind.ANSWER
            entry = assistant.index.base.entry_of[reply.entry_id or ""]
            assert set(reply.variants) <= {variant.id for variant in entry.variants}
        if reply.kind in {ReplyKind.NO_ANSWER, ReplyKind.SMALLTALK}:
            assert reply.entry_id is None


@given(conversations)
def test_a_question_back_waits_for_its_answer(assistant: Assistant, said: list[Message]) -> None:
    state = DialogueState()
    for message in said:
        reply, state = assistant.reply(message, state)
        if reply.kind is ReplyKind.CLARIFY and reply.entry_id:
            assert state.pending_entry == reply.entry_id
            assert reply.quick_replies


@pytest.fixture(scope="module")
def known(assistant: Assistant) -> dict[Language, Known]:
    return {language: Known(assistant.index.base, language) for language in Language}


@given(conversations)
def test_every_line_of_every_reply_is_of_the_knowledge_base_or_a_phrase(
    assistant: Assistant, known: dict[Language, Known], said: list[Message]
) -> None:
    state = DialogueState()
    for message in said:
        reply, state = assistant.reply(message, state)
        assert known[reply.language].strange_lines(reply) == [], message.text
        for text in (*(row.question for row in reply.suggestions), *(row.question for row in reply.sources)):
            assert text in known[reply.language].texts


@given(conversations, st.integers(0, 4))
def test_a_conversation_that_is_replayed_ends_in_the_same_state(
    assistant: Assistant, said: list[Message], stop: int
) -> None:
    replies, after = play(assistant, said, DialogueState())
    first, half_way = play(assistant, said[:stop], DialogueState())
    second, again = play(assistant, said[stop:], DialogueState.from_json(half_way.to_json()))
    assert (first + second, again) == (replies, after)
    assert DialogueState.from_json(after.to_json()) == after


def play(assistant: Assistant, said: list[Message], state: DialogueState) -> tuple[list[Reply], DialogueState]:
    """The replies to the messages, and the state after the last."""
    replies = []
    for message in said:
        reply, state = assistant.reply(message, state)
        replies.append(reply)
    return replies, state
