"""A message that only tells which car somebody has is noted; one that asks or complains is not."""

import pytest

from bot.reply import ReplyKind
from tests.bot.conftest import Talk


@pytest.mark.parametrize(
    ("text", "model", "year"),
    [
        ("mám Cayenne 2016", "cayenne", 2016),
        ("koupil jsem ojetou Panameru 2018", "panamera", 2018),
        ("mám služební Cayenne 2022", "cayenne", 2022),
        ("jezdím ve služebním Cayenne 2022", "cayenne", 2022),
        ("řídím 911", "911", None),
        ("zákazník má Taycan", "taycan", None),
        ("manželka má Taycan", "taycan", None),
        ("manželka jezdí Macanem", "macan", None),
        ("jsem nový majitel Macanu 2019", "macan", 2019),
        ("náš syn vlastní Macan z roku 2019", "macan", 2019),
        ("pradědeček má Taycan", "taycan", None),
        ("prodal jsem Macana", "macan", None),
        ("I just picked up a new 992", "911", None),
        ("got a new Macan yesterday", "macan", None),
        ("my daughter drives a 2019 Macan", "macan", 2019),
        ("new owner here, 2022 Taycan", "taycan", 2022),
        ("our neighbour sold his Panamera", "panamera", None),
    ],
)
def test_a_car_that_is_told_in_any_words_is_noted(talk: Talk, text: str, model: str, year: int | None) -> None:
    reply, state = talk([text])
    assert (reply.kind, reply.entry_id) == (ReplyKind.CLARIFY, None)
    assert reply.vehicle is not None
    assert (reply.vehicle.model, reply.vehicle.model_year) == (model, year)
    assert state.declines == 0


@pytest.mark.parametrize(
    ("text", "entry_id"),
    [
        ("v Taycanu mi nejde roaming", "roaming-activate"),
        ("mám Taycan a nejde mi roaming", "roaming-activate"),
        ("my wife's Taycan needs the SIM PIN", "sim-pin"),
        ("mám nový Taycan a nepřišel mi mail s registrací", "registration-mail-missing"),
    ],
)
def test_a_statement_of_a_problem_is_answered(talk: Talk, text: str, entry_id: str) -> None:
    reply, _ = talk([text])
    assert (reply.kind, reply.entry_id) == (ReplyKind.ANSWER, entry_id)


@pytest.mark.parametrize(
    "turns",
    [
        ["is there 5G in the new Cayenne"],
        ["je v Macanu 5G?"],
        ["992 roaming", "is there 5G in the Cayenne"],
        ["mám v Taycanu rozbité topení"],
        ["jakou barvu má Taycan?"],
    ],
)
def test_what_is_asked_or_said_of_a_car_and_has_no_answer_is_not_taken_for_telling_a_car(
    talk: Talk, turns: list[str]
) -> None:
    assert talk(turns)[0].kind is ReplyKind.NO_ANSWER


@pytest.mark.parametrize("text", ["Macan?", "a co Macan?", "is it the 4S Taycan", "je to Cayenne V6"])
def test_a_car_alone_is_noted_though_it_has_the_form_of_a_question(talk: Talk, text: str) -> None:
    assert talk([text])[0].kind is ReplyKind.CLARIFY


@pytest.mark.parametrize(
    "turns", [["prodal jsem Macana", "a co moje Porsche ID?"], ["I sold my Panamera", "and my Porsche ID?"]]
)
def test_what_was_told_of_a_car_is_what_the_next_question_is_about(talk: Talk, turns: list[str]) -> None:
    assert talk(turns)[0].entry_id == "account-after-sale"


def test_a_car_told_where_a_procedure_waits_answers_what_was_asked(talk: Talk) -> None:
    reply, _ = talk(["jak zapnu roaming?", "manželka má Taycan"])
    assert (reply.entry_id, reply.variants) == ("roaming-activate", ("taycan",))


@pytest.mark.parametrize("turns", [["pardon, 2018", "nebo ne, 2022"], ["sorry, 2018", "or no, 2022"]])
def test_a_year_that_is_taken_back_twice_is_the_last_one(talk: Talk, turns: list[str]) -> None:
    reply, _ = talk(["link 911 2020", *turns])
    assert (reply.entry_id, reply.variants) == ("link-porsche-id", ("porsche-id-in-pcm",))
