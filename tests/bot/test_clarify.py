"""Questions back: one fact at a time, and every button leads on."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.message import Message
from bot.reply import Reply, ReplyKind
from bot.state import Asked, DialogueState, EntryPending, LanguageSet
from kb.model import Language

PROCEDURES = ("roaming-activate", "data-connection-off", "sim-pin", "link-porsche-id")

FIRST_MESSAGES = [
    "911",
    "911 2012",
    "911 2019",
    "911 r.v. 2011",
    "992",
    "992 2012",
    "718 2012",
    "Boxster",
    "Cayman",
    "Boxster r.v. 2016",
    "Spyder",
    "Cayenne",
    "Cayenne 2017",
    "Cayenne 2001",
    "E3",
    "Panamera",
    "971",
    "Panamera r.v. 2016",
    "Panamera r.v. 2023",
    "Macan",
    "Macan 2010",
    "Macan 2016-2020",
    "Macan 2024",
    "Macan r.v. 2023",
    "Taycan 2015",
    "Taycan 2035",
    "Sport Turismo",
    "2012",
    "2019",
    "2026",
    "MY2021",
]
TWO_CARS = "Macan a Cayenne"


def waiting(procedure: str, language: Language) -> DialogueState:
    """A conversation in which that procedure was asked for without a car."""
    return DialogueState().replay([LanguageSet(language), EntryPending(procedure, Asked.VEHICLE, 0.9)])


def walk(assistant: Assistant, reply: Reply, state: DialogueState) -> Iterator[tuple[Reply, str, Reply]]:
    """Every button pressed from a reply on: the reply before, the message sent, the reply to it."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    open_replies = [(reply, state)]
    while open_replies:
        before, state = open_replies.pop()
        if before.kind is not ReplyKind.CLARIFY or face(before) in seen:
            continue
        seen.add(face(before))
        for button in before.quick_replies:
            after, later = assistant.reply(Message(button.message), state)
            yield before, button.message, after
            open_replies.append((after, later))


def face(reply: Reply) -> tuple[str, tuple[str, ...]]:
    """What a customer sees of a question back."""
    return reply.text, tuple(button.label for button in reply.quick_replies)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_button_of_every_question_back_leads_on(assistant: Assistant, procedure: str, language: Language) -> None:
    start = waiting(procedure, language)
    for first in ("?", TWO_CARS, *FIRST_MESSAGES):
        for before, sent, after in walk(assistant, *assistant.reply(Message(first), start)):
            assert after.language is before.language, (first, sent)
            assert after.kind in {ReplyKind.ANSWER, ReplyKind.NO_ANSWER, ReplyKind.CLARIFY}, (first, sent)
            if after.kind is ReplyKind.CLARIFY:
                assert after.entry_id == procedure, (first, sent)
                assert face(after) != face(before), (first, sent)
            if after.kind is ReplyKind.ANSWER:
                assert after.entry_id == procedure, (first, sent)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_no_chain_of_buttons_for_one_car_is_longer_than_three(
    assistant: Assistant, procedure: str, language: Language
) -> None:
    for first in FIRST_MESSAGES:
        reply, state = assistant.reply(Message(first), waiting(procedure, language))
        depth = longest(assistant, reply, state, limit=5)
        assert depth <= 3, first


def longest(assistant: Assistant, reply: Reply, state: DialogueState, *, limit: int) -> int:
    """The most buttons that can be pressed one after the other."""
    if reply.kind is not ReplyKind.CLARIFY or not limit:
        return 0
    after = [assistant.reply(Message(button.message), state) for button in reply.quick_replies]
    return 1 + max((longest(assistant, *row, limit=limit - 1) for row in after), default=0)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_i_do_not_know_always_ends_the_questions(assistant: Assistant, procedure: str, language: Language) -> None:
    for first in FIRST_MESSAGES:
        _, state = assistant.reply(Message(first), waiting(procedure, language))
        if state.pending_entry:
            reply, after = assistant.reply(Message("nevím" if language is Language.CS else "I don't know"), state)
            assert reply.kind in {ReplyKind.ANSWER, ReplyKind.NO_ANSWER}, first
            assert after.pending_entry is None, first


def test_a_procedure_without_a_car_offers_the_models_that_it_holds_for(assistant: Assistant) -> None:
    reply, _ = assistant.reply(Message("Which model?"), waiting("roaming-activate", Language.EN))
    assert [button.label for button in reply.quick_replies] == [
        "911",
        "718",
        "Taycan",
        "Panamera",
        "Cayenne",
        "Macan",
        "I don't know",
    ]


@pytest.mark.parametrize(
    ("message", "labels"),
    [
        ("Macan", ["2014 to 2017", "2018", "2019 to 2023", "from 2024", "I don't know"]),
        ("971", ["2017 to 2019", "2020 to 2023", "I don't know"]),
        ("911 2019", ["991 (7th generation)", "992 (8th generation)", "I don't know"]),
        ("Macan 2025", ["petrol or diesel", "electric (Macan Electric)", "I don't know"]),
        ("992 2012", ["992 (8th generation)", "2012"]),
        ("Taycan 2035", ["Taycan"]),
    ],
)
def test_the_buttons_are_what_is_still_possible(assistant: Assistant, message: str, labels: list[str]) -> None:
    reply, _ = assistant.reply(Message(message), waiting("roaming-activate", Language.EN))
    assert reply.kind is ReplyKind.CLARIFY
    assert [button.label for button in reply.quick_replies] == labels


def test_generations_are_asked_for_with_how_to_tell_them(assistant: Assistant) -> None:
    reply, _ = assistant.reply(Message("Cayenne 2017"), waiting("roaming-activate", Language.EN))
    for code in ("958", "9Y0"):
        assert assistant.index.base.vehicles.generation_of[code].how_to_tell.en in reply.text


def test_the_question_names_the_car_as_far_as_it_is_known(assistant: Assistant) -> None:
    for message, said in (
        ("Macan", "(Macan)"),
        ("Cayenne 2017", "(Cayenne 2017)"),
        ("911 do roku 2015", "(911 do 2015)"),
    ):
        reply, _ = assistant.reply(Message(message), waiting("roaming-activate", Language.CS))
        assert said in reply.text
