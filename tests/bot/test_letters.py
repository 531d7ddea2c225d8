"""The letters of words in several languages, by langdetect's profiles."""

import pytest

from bot.letters import LetterModel


@pytest.fixture(scope="module")
def model() -> LetterModel:
    return LetterModel.of(("cs", "en", "de"), {})


@pytest.mark.parametrize(
    ("word", "code"),
    [("pojišťovna", "cs"), ("pojistovna", "cs"), ("throughout", "en"), ("weather", "en"), ("schriftlich", "de")],
)
def test_a_word_is_most_probable_in_its_own_language(model: LetterModel, word: str, code: str) -> None:
    assert model.codes[int(model.log_probabilities(word).argmax())] == code


def test_every_letter_makes_a_word_less_probable(model: LetterModel) -> None:
    assert (model.log_probabilities("weather") > model.log_probabilities("weatherweather")).all()


def test_letters_of_no_language_are_possible(model: LetterModel) -> None:
    assert (model.log_probabilities("漢字") < model.log_probabilities("no")).all()


def test_words_of_ones_own_become_more_probable() -> None:
    learnt = LetterModel.of(("cs", "en"), {"en": {"taycan": 10}})
    assert learnt.log_probabilities("taycan")[1] > LetterModel.of(("cs", "en"), {}).log_probabilities("taycan")[1]
