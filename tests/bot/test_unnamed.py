"""Messages with a common word in place of what names a car."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reader import Reader
from bot.unnamed import unnamed
from bot.words import split_words

MESSAGES = [
    ("prodal jsem Macan, co bude se službami?", "prodal jsem auto, co bude se službami?"),
    ("I sold my 2019 Macan, what happens to the services?", "I sold my car, what happens to the services?"),
    ("How do I activate roaming in a Taycan and in a Macan?", "How do I activate roaming in a car and in a car?"),
    ("Taycan, 2021, jak zapnu roaming", "auto, , jak zapnu roaming"),
    ("Which services are available in Portugal?", None),
    ("Jak zapnu roaming?", None),
    ("and in my wife's Macan?", None),
]


@pytest.mark.parametrize(("text", "expected"), MESSAGES)
def test_what_names_a_car_becomes_a_common_noun_of_the_language(reader: Reader, text: str, expected: str) -> None:
    assert reader.read(text).query.unnamed == expected


def test_the_classifiers_are_asked_without_the_names_and_the_other_searches_with_them(reader: Reader) -> None:
    query = reader.read("What happens to the services when I sell my Macan?").query
    assert query.text == "What happens to the services when I sell my Macan?"
    assert query.unnamed == "What happens to the services when I sell my car?"


def test_a_question_of_several_has_its_own_names_replaced(reader: Reader) -> None:
    first, second = reader.read("Jak v Taycanu zapnu roaming? A kde najdu faktury za nabíjení?").questions
    assert first.query.unnamed == "Jak v auto zapnu roaming?"
    assert second.query.unnamed is None


@given(st.text(max_size=60))
def test_a_text_without_places_has_nothing_replaced(text: str) -> None:
    assert unnamed(text, split_words(text), frozenset(), "car") is None
