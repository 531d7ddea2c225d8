"""Cars told by the age of another: the steps of the one that was named before are never shown for them."""

import pytest

from bot.assistant import Assistant
from bot.message import Message
from bot.reader import Reader
from bot.reply import ReplyKind
from bot.state import DialogueState
from tests.bot.conftest import Talk

CLASSIC, M997, M991, M992 = "911-classic", "997", "991", "992"
OLDER_BOXSTERS, OLDER_CAYMANS = {"986", "987", "981"}, {"987", "981"}


@pytest.mark.parametrize(
    ("turns", "generations"),
    [
        (["roaming Boxster 718", "a starší Boxster?"], OLDER_BOXSTERS),
        (["718 roaming", "and the Boxster before it?"], OLDER_BOXSTERS),
        (["718 roaming", "a ten Boxster před ním?"], OLDER_BOXSTERS),
        (["718 roaming", "a předchozí generace Boxsteru?"], OLDER_BOXSTERS),
        (["718 roaming", "a starší Cayman?"], OLDER_CAYMANS),
        (["718 PIN", "how about the older Boxster"], OLDER_BOXSTERS),
        (["718 roaming", "a starší Boxster 2016?"], OLDER_BOXSTERS),
        (["992 data off", "what about the previous 911"], {CLASSIC, M997, M991}),
        (["992 roaming", "a starší 911?"], {CLASSIC, M997, M991}),
        (["992 roaming", "a ve starší 911?"], {CLASSIC, M997, M991}),
        (["992 roaming", "a u předchozího modelu 911?"], {CLASSIC, M997, M991}),
        (["992 roaming", "a starší 911 z roku 2015?"], {CLASSIC, M997, M991}),
        (["992 roaming", "and an older 911 from 2019?"], {CLASSIC, M997, M991}),
        (["992 roaming", "and the previous generation?"], {CLASSIC, M997, M991}),
        (["992 roaming", "a starší?"], {CLASSIC, M997, M991}),
        (["991 roaming", "a co novější?"], {M992}),
        (["991 roaming", "and the newer 911?"], {M992}),
        (["Cayenne 2016 roaming", "a novější Cayenne?"], {"958", "9Y0"}),
        (["Macan 2020 roaming", "a novější Macan?"], {"95B", "J1-II"}),
        (["718 roaming", "a co starý Boxster?"], {"982", *OLDER_BOXSTERS}),
        (["718 roaming", "jak zapnu roaming v Boxsteru starším než 718?"], OLDER_BOXSTERS),
        (["roaming in a Boxster older than the 718"], OLDER_BOXSTERS),
        (["roaming, 911 before the 992"], {CLASSIC, M997, M991}),
        (["mám 911 starší než 992"], {CLASSIC, M997, M991}),
        (["911 novější než 991, roaming"], {M992}),
        (["mám 992 a Taycan", "a starší 911?"], {CLASSIC, M997, M991}),
        (["roaming 992 a starší 911"], {CLASSIC, M997, M991}),
        (["roaming, mám 991 nebo starší"], {CLASSIC, M997, M991}),
        (["data off on a 991 or newer"], {M991, M992}),
        (["991 roaming", "a starší nebo novější 911?"], {CLASSIC, M997, M991, M992}),
        (["starší 911, roaming"], {CLASSIC, M997, M991, M992}),
    ],
)
def test_an_older_or_newer_car_of_a_name_is_not_the_one_that_was_named_before(
    talk: Talk, turns: list[str], generations: set[str]
) -> None:
    _, state = talk(turns)
    assert state.vehicle is not None
    assert set(state.vehicle.generations) == generations


@pytest.mark.parametrize(
    ("turns", "years"),
    [
        (["Macan 2020 roaming", "a starší Macan?"], (1948, 2019)),
        (["Panamera 2021 roaming", "and an older Panamera?"], (1948, 2020)),
        (["Macan 2016 roaming", "a nejnovější Macan?"], (2017, 2100)),
        (["Macan 2016 roaming", "a v novém Macanu?"], (None, None)),
        (["Macan 2020 roaming", "a předchozí generace?"], (1948, 2019)),
    ],
)
def test_an_older_or_newer_car_has_not_the_year_that_was_said_before_and_is_asked_for_its_own(
    talk: Talk, turns: list[str], years: tuple[int | None, int | None]
) -> None:
    reply, state = talk(turns)
    assert reply.kind is ReplyKind.CLARIFY
    assert state.vehicle is not None
    assert (state.vehicle.first_year, state.vehicle.last_year) == years


@pytest.mark.parametrize(
    "turns",
    [
        ["Macan 2020 roaming", "a co když mám starší auto?"],
        ["Taycan roaming", "novější auto"],
        ["Taycan roaming", "and on older ones?"],
        ["Taycan roaming", "a co novější?"],
        ["991 roaming", "a starší nebo novější?"],
        ["718 roaming", "and the previous generation?"],
        ["992 roaming", "jak zapnu roaming ve starším voze?"],
    ],
)
def test_an_older_or_newer_car_without_a_name_is_asked_for(talk: Talk, turns: list[str]) -> None:
    reply, state = talk(turns)
    assert (reply.kind, reply.entry_id) == (ReplyKind.CLARIFY, "roaming-activate")
    assert state.vehicle is None


@pytest.mark.parametrize(
    ("turns", "generation", "year"),
    [
        (["Macan 2020 roaming", "jak v Macanu vypnu data"], "95B", 2020),
        (["mám nový Macan 2020", "jak v novém Macanu zapnu roaming"], "95B", 2020),
        (["Macan 2020 roaming", "where do I see older trips?"], "95B", 2020),
        (["Macan 2020 roaming", "how do I remove the previous owner?"], "95B", 2020),
        (["mám Macan 2020", "how do I transfer services from my previous car?"], "95B", 2020),
        (["mám Macan 2020", "jak v mém současném Macanu zapnu roaming"], "95B", 2020),
        (["mám Macan 2020", "a v současném autě?"], "95B", 2020),
        (["Macan 2020 roaming", "je potřeba aktuální software v Macanu?"], "95B", 2020),
        (["911 2019 roaming", "ta starší 911"], M991, 2019),
        (["911 2019 roaming", "the newer 911"], M992, 2019),
        (["718 roaming", "a starší 718?"], "982", None),
        (["Taycan roaming", "a starší Taycan?"], "J1", None),
        (["mám 991 a starší telefon"], M991, None),
        (["992 roaming", "before my 992 goes to the workshop, what should I do?"], M992, None),
    ],
)
def test_words_of_age_that_tell_no_other_car_change_nothing(
    talk: Talk, turns: list[str], generation: str, year: int | None
) -> None:
    _, state = talk(turns)
    assert state.vehicle is not None
    assert (state.vehicle.generations[:1], state.vehicle.first_year) == ((generation,), year)


@pytest.mark.parametrize("word", ["starší", "předchozí", "older", "previous"])
@pytest.mark.parametrize("name", ["Boxster", "Cayman"])
@pytest.mark.parametrize("asked", ["718 roaming", "718 data off", "where do I store the PIN in a 718?"])
def test_no_step_of_the_718_is_shown_for_the_cars_before_it(
    assistant: Assistant, asked: str, name: str, word: str
) -> None:
    first, state = assistant.reply(Message(asked), DialogueState())
    after, _ = assistant.reply(Message(f"a {word} {name}?"), state)
    assert first.variants == ("phone-opt",)
    assert after.kind in {ReplyKind.NO_ANSWER, ReplyKind.CLARIFY}
    assert after.variants == ()


def test_a_word_of_age_alone_tells_no_car(reader: Reader) -> None:
    assert reader.read("ta starší").vehicles.cars == ()
