"""Several cars of one customer: all of them are asked about until one is chosen."""

import pytest

from bot.reply import ReplyKind
from tests.bot.conftest import Talk

PHONE, DEVICES, TAYCAN = "phone-opt", "set-device-manager", "taycan"


@pytest.mark.parametrize(
    ("turns", "variants"),
    [
        (["máme doma dvě auta, 992 a Taycan", "jak u nich zapnu roaming"], {DEVICES, TAYCAN}),
        (["máme doma Macan 2016 a Taycan", "jak u obou zapnu roaming"], {PHONE, TAYCAN}),
        (["mám Macan 2016 a Cayenne 2021", "jak zapnu roaming"], {PHONE, DEVICES}),
        (["mám Macan 2016 a Macan 2020", "roaming"], {PHONE, DEVICES}),
        (["we have two cars: a 718 and a Taycan", "how do I store the SIM PIN?"], {PHONE, TAYCAN}),
        (["I have a 2016 Macan and my wife has a 992", "how do I turn on roaming?"], {PHONE, DEVICES}),
        (["mám Macan a Taycan", "jak zapnu roaming", "2016"], {PHONE, TAYCAN}),
        (["mám Macan a Taycan", "jak zapnu roaming", "2016", "jak uložím PIN"], {PHONE, TAYCAN}),
        (["mám Macan a Cayenne", "jak zapnu roaming", "Macan 2016", "Cayenne 2020"], {PHONE, DEVICES}),
        (["roaming v Macanu 2016 a Taycanu", "jak vypnu data?"], {PHONE, TAYCAN}),
        # one of them is chosen
        (["mám Macan 2016 a Taycan", "jak zapnu roaming v Macanu"], {PHONE}),
        (["mám Macan 2016 a Taycan", "jak zapnu roaming", "jak vypnu data v Macanu?"], {PHONE}),
        (["mám Macan 2016 a Taycan", "jak zapnu roaming v Taycanu", "a v Macanu 2020?"], {DEVICES}),
        (["mám Macan 2016 a Macan 2020", "roaming u Macanu 2020"], {DEVICES}),
        (["mám Macan a Taycan", "jak zapnu roaming", "Taycan"], {TAYCAN}),
    ],
)
def test_cars_that_were_named_together_are_asked_about_together_until_one_is_chosen(
    talk: Talk, turns: list[str], variants: set[str]
) -> None:
    reply, _ = talk(turns)
    assert reply.kind is ReplyKind.ANSWER
    assert set(reply.variants) == variants


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mám Macan 2016 a Cayenne 2021", ["Macan 2016", "Cayenne 2021"]),
        ("máme doma dvě auta, 992 a Taycan", ["992", "Taycan"]),
        ("we have two cars, a Macan 2019 and a Taycan", ["Macan 2019", "Taycan"]),
    ],
)
def test_several_cars_are_noted_by_name_and_the_last_one_is_the_vehicle(
    talk: Talk, text: str, names: list[str]
) -> None:
    reply, state = talk([text])
    assert (reply.kind, reply.entry_id) == (ReplyKind.CLARIFY, None)
    assert all(name in reply.text for name in names)
    assert len(state.others) == 1
    assert reply.vehicle is not None


@pytest.mark.parametrize(
    ("turns", "variants"),
    [
        (["mám Cayenne 2016", "jak zapnu roaming u manželčina Taycanu", "a u mého?"], {PHONE}),
        (["mám Cayenne 2016", "jak zapnu roaming u manželčina Taycanu", "a u toho prvního?"], {PHONE}),
        (["I have a Cayenne 2016", "roaming in my wife's Taycan", "and mine?"], {PHONE}),
        (["I have a Cayenne 2016", "roaming in my other car, a Taycan", "and in my car?"], {PHONE}),
        (["mám Cayenne 2016", "roaming u manželčina Taycanu", "jak vypnu data v mém autě?"], {PHONE, TAYCAN}),
        (["mám Cayenne 2016", "jak vypnu data v mém autě?"], {PHONE}),
        (["roaming u manželčina Taycanu", "mám Macan 2016", "jak vypnu data v mém autě?"], {PHONE}),
    ],
)
def test_mine_is_the_car_that_was_named_before_somebody_elses(talk: Talk, turns: list[str], variants: set[str]) -> None:
    assert set(talk(turns)[0].variants) == variants
