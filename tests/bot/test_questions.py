"""The questions of a message, one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lexicon import Lexicon
from bot.questions import QuestionReader
from bot.understanding import Reader


@pytest.fixture(scope="module")
def questions(lexicon: Lexicon) -> QuestionReader:
    return QuestionReader(lexicon)


MESSAGES = [
    ("Jak zapnu roaming?", ["Jak zapnu roaming?"]),
    ("Dobrý den. Mám auto. Jak zapnu roaming? Děkuji, Petr", ["Jak zapnu roaming?"]),
    ("Where is it? And how do I change it?", ["Where is it?", "And how do I change it?"]),
    (
        "Jak zapnu roaming a kde najdu faktury za nabíjení?",
        ["Jak zapnu roaming?", "a kde najdu faktury za nabíjení?"],
    ),
    ("Jaké karty berete? Prodlužuje se smlouva sama?", ["Jaké karty berete?", "Prodlužuje se smlouva sama?"]),
    ("how do i add my car to the profile\nthanks", ["how do i add my car to the profile"]),
    ("my customer number?", []),
    ("Zapnul jsem roaming a nic se neděje.", []),
    ("???", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "asked"), MESSAGES)
def test_the_questions_of_a_message_are_found(questions: QuestionReader, text: str, asked: list[str]) -> None:
    assert list(questions.read(text)) == asked


@given(st.text(max_size=80))
def test_any_text_can_be_read_for_questions(questions: QuestionReader, text: str) -> None:
    assert all(question.strip() for question in questions.read(text))


def test_one_plain_question_has_no_parts_to_be_searched(reader: Reader) -> None:
    assert reader.read("Jak zapnu roaming?").questions == ()


def test_a_part_has_the_cues_of_its_own_words_only(reader: Reader) -> None:
    first, second = reader.read("Jak v Taycanu zapnu roaming? A kde najdu faktury za nabíjení?").questions
    assert first.cues.vehicle
    assert not second.cues.vehicle
