"""The questions of a message, one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lexicon import Lexicon
from bot.questions import QuestionReader
from bot.reader import Reader
from tests.bot.conftest import Talk


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
    ("Máme nové auto, jen mi prosím poraďte: jak smažu účet?", ["jak smažu účet?"]),
    ("The car is a dream, I was just wondering from when I pay for it", ["from when I pay for it"]),
    ("What a disgrace, how do I cancel it", ["how do I cancel it"]),
    ("Prodal jsem auto a chci zrusit predplatne", ["chci zrusit predplatne"]),
    ("I would like to know how to pay by card", ["how to pay by card"]),
    ("Potřeboval bych poradit. Děkuji předem.", []),
    ("We live in Brno, where we both work", []),
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


def test_a_question_with_courtesy_around_it_is_searched_without_it_too(reader: Reader) -> None:
    read = reader.read("Dobrý den, potřeboval bych poradit, jak smažu účet. Předem děkuji, Jan Novák")
    assert [question.query.text for question in read.questions] == ["jak smažu účet."]


def test_a_lone_question_has_the_cues_of_the_whole_message(reader: Reader) -> None:
    (question,) = reader.read("We finally got our Taycan and love it. How do I activate roaming?").questions
    assert question.query.cues.vehicle


def test_a_word_like_this_before_what_it_means_refers_to_nothing(reader: Reader) -> None:
    (first,) = reader.read("You people are a joke. How do I cancel this subscription?").questions
    (second,) = reader.read("You people are a joke. How do I cancel it?").questions
    assert (first.refers, second.refers) == (False, True)


def test_a_part_has_the_cues_of_its_own_words_only(reader: Reader) -> None:
    first, second = reader.read("Jak v Taycanu zapnu roaming? A kde najdu faktury za nabíjení?").questions
    assert first.query.cues.vehicle
    assert not second.query.cues.vehicle


TWO = [
    ("jak zrusim sluzbu a jak smazu ucet?", {"service-cancel", "account-delete"}),
    ("how do i pay, and where are my invoices?", {"payment-methods", "charging-invoices"}),
    ("how do I delete my account and how do I cancel a service?", {"account-delete", "service-cancel"}),
    # The second one is no question of its own, or has no answer.
    ("kdy mi přijde pozvánka a co s ní pak mám dělat?", {"registration-process"}),
    ("how do I pay and where do I buy tyres?", {"payment-methods"}),
    ("jak zruším službu a kdo mi vymění olej?", {"service-cancel"}),
]


@pytest.mark.parametrize(("text", "shown"), TWO)
def test_both_of_two_joined_questions_are_answered_where_one_is_found_surely(
    talk: Talk, text: str, shown: set[str]
) -> None:
    assert {source.entry_id for source in talk([text])[0].sources} == shown
