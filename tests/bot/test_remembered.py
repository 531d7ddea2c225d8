"""What was read and searched lately is kept: it changes no reply, has an end, and holds no personal data."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.assistant import Assistant
from bot.message import Message
from bot.reader import LONGEST_REMEMBERED, REMEMBERED_MESSAGES, Reader
from bot.state import DialogueState
from index.encoder import BUNDLED_ENCODER, Encoder, Vectors
from index.onnx_encoder import OnnxEncoder
from index.pointer import current_folder
from index.retriever import Query
from index.store import open_index

TURNS = ("Jak vypnu přenos dat?", "Macan 2019", "a v aplikaci?", "How do I activate roaming?", "and in Austria?")


def replies(assistant: Assistant, state: DialogueState) -> list[str]:
    rows = []
    for said in TURNS:
        reply, state = assistant.reply(Message(said), state)
        rows.append(repr((reply, state)))
    return rows


def test_a_conversation_that_is_held_again_gets_the_same_replies(assistant: Assistant) -> None:
    first = replies(assistant, DialogueState())
    assert replies(assistant, DialogueState()) == first


def test_a_text_that_was_read_before_is_answered_by_the_state_of_its_own_conversation(assistant: Assistant) -> None:
    _, known = assistant.reply(Message("Jak vypnu přenos dat v Macanu 2019?"), DialogueState())
    again, _ = assistant.reply(Message("Jak vypnu přenos dat?"), known)
    fresh, state = assistant.reply(Message("Jak vypnu přenos dat?"), DialogueState())
    assert again.kind is not fresh.kind
    assert not state.vehicle


def test_what_is_kept_of_a_message_is_given_again(reader: Reader) -> None:
    assert reader.read(TURNS[0]) is reader.read(TURNS[0])


@pytest.mark.parametrize(
    "said", ["Zavolejte mi na +420 605 123 456", "Můj e-mail je jana@example.org", "a " * LONGEST_REMEMBERED]
)
def test_a_message_with_personal_data_or_a_long_one_is_not_kept(reader: Reader, said: str) -> None:
    first = reader.read(said)
    assert reader.read(said) is not first
    assert reader.read(said) == first


def test_no_more_messages_are_kept_than_is_said(reader: Reader) -> None:
    first = reader.read("Which one was first?")
    for number in range(REMEMBERED_MESSAGES):
        reader.read(f"Is this number {number}?")
    assert reader.read("Which one was first?") is not first


def test_a_query_that_is_searched_again_gives_the_same_however_many_entries_are_asked_for(
    assistant: Assistant,
) -> None:
    retriever = assistant.index.retriever
    every = retriever.search(Query("roaming"), limit=len(retriever.entry_ids))
    few = retriever.search(Query("roaming"), limit=3)
    assert few.candidates == every.candidates[:3]
    assert few.outside == every.outside
    probabilities = retriever.score(Query("roaming")).probabilities
    assert [row.confidence for row in every.candidates] == sorted(probabilities[:-1].tolist(), reverse=True)


def test_what_is_searched_may_be_written_into_and_changes_no_later_search(assistant: Assistant) -> None:
    retriever = assistant.index.retriever
    before = retriever.search(Query("pairing code"))
    retriever.score(Query("pairing code")).probabilities[:] = 0
    assert retriever.search(Query("pairing code")) == before


def test_what_was_searched_is_not_encoded_again_for_its_meaning(index_dir: Path, encoder: Encoder) -> None:
    encoded: list[str] = []

    class Counting(OnnxEncoder):
        def encode_queries(self, texts: Sequence[str]) -> Vectors:
            encoded.extend(texts)
            return super().encode_queries(texts)

    counting = Counting(BUNDLED_ENCODER)
    retriever = open_index(current_folder(index_dir), counting).retriever
    retriever.search(Query("jak zapnu roaming"))
    meaning = retriever.meaning("jak zapnu roaming")
    assert len(encoded) == 1
    assert np.array_equal(meaning, encoder.encode_queries(encoded)[0])
