"""A number alone presses a button of the question back."""

import pytest

from bot.choices import ChoiceReader
from bot.lexicon import Lexicon
from bot.reply import QuickReply

MODELS = tuple(QuickReply(name, name) for name in ("911", "718", "Taycan"))
GENERATIONS = (QuickReply("2. generace (958)", "Cayenne (958)"), QuickReply("3. generace (9Y0)", "Cayenne (9Y0)"))


@pytest.fixture(scope="module")
def choices(lexicon: Lexicon) -> ChoiceReader:
    return ChoiceReader(lexicon)


@pytest.mark.parametrize(
    ("text", "buttons", "label"),
    [
        ("2", MODELS, "718"),
        ("ta třetí", MODELS, "Taycan"),
        ("the first one", MODELS, "911"),
        ("možnost č. 2", MODELS, "718"),
        ("3.", GENERATIONS, "3. generace (9Y0)"),
        ("2", GENERATIONS, "2. generace (958)"),
        ("option 2", GENERATIONS, "3. generace (9Y0)"),
        ("option one", GENERATIONS, "2. generace (958)"),
    ],
)
def test_a_number_alone_presses_the_button_that_has_it_or_that_stands_there(
    choices: ChoiceReader, text: str, buttons: tuple[QuickReply, ...], label: str
) -> None:
    choice = choices.read(text)
    pressed = choice.of(buttons) if choice else None
    assert pressed
    assert pressed.label == label


@pytest.mark.parametrize("text", ["4", "option 8"])
def test_a_number_that_no_button_has_presses_none(choices: ChoiceReader, text: str) -> None:
    choice = choices.read(text)
    assert choice
    assert choice.of(MODELS) is None


@pytest.mark.parametrize("text", ["19", "2018", "911", "dva Macany", "first registered", "the one", "", "one or two"])
def test_a_message_that_says_more_than_a_number_or_a_larger_one_is_no_choice(choices: ChoiceReader, text: str) -> None:
    assert choices.read(text) is None
