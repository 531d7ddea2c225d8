"""What is not found as it was said is searched in plain words: "the car" for its name or "it", and no years."""

from collections.abc import Sequence

import pytest

from bot.lexicon import Lexicon
from bot.plain_words import PlainWords
from bot.reader import Reader
from kb.model import Language
from tests.bot.conftest import Talk


@pytest.fixture(scope="module")
def plain(lexicon: Lexicon) -> PlainWords:
    return PlainWords(lexicon, {Language.CS: "auto", Language.EN: "car"})


NAMED = [
    ("jak spáruju cayenne, dodaný 2021", Language.CS, "jak spáruju auto"),
    ("jak spáruju cayenne koupený na podzim 2021", Language.CS, "jak spáruju auto"),
    ("jak spáruju macan, objednaný 2020, dodaný 2021", Language.CS, "jak spáruju auto"),
    ("how do I pair my Cayenne, built at the end of 2017", Language.EN, "how do I pair my car"),
    ("I have a Panamera 4 E-Hybrid, 2021, roaming", Language.EN, "roaming"),
    ("roaming Carrera 2017", Language.EN, "roaming car"),
    ("jak v létě zapnu roaming v Taycanu", Language.CS, "jak v létě zapnu roaming v auto"),
    ("mám macan 2019", Language.CS, None),
    ("jak zapnu roaming", Language.CS, None),
]


@pytest.mark.parametrize(("text", "language", "expected"), NAMED)
def test_a_car_that_is_named_becomes_a_noun_and_what_its_year_tells_is_left_out(
    plain: PlainWords, reader: Reader, text: str, language: Language, expected: str | None
) -> None:
    assert plain.of_named(reader.read(text), language) == expected


MEANT = [
    ("a jak ho spáruju", Language.CS, "jak spáruju auto"),
    ("jak ji propojím s aplikací", Language.CS, "jak propojím auto s aplikací"),
    ("and how do I link it to the app", Language.EN, "how do I link car to the app"),
    ("jak spáruju auto", Language.CS, None),
    ("how do I link it and where do I see it", Language.EN, None),
]


@pytest.mark.parametrize(("text", "language", "expected"), MEANT)
def test_a_word_like_it_becomes_the_noun_where_the_verb_has_its_object(
    plain: PlainWords, reader: Reader, text: str, language: Language, expected: str | None
) -> None:
    assert plain.of_pronoun(reader.read(text), language) == expected


LINKED: Sequence[Sequence[str]] = (
    ("macan 2020", "jak ho sparuju"),
    ("mám Macan 2020", "jak jej spáruju?"),
    ("jak pridam auto do my porsche", "mam cayenne 2019", "a jak ho sparuju"),
    ("I have a 2020 Macan", "how do I pair it?"),
    ("how do I add a car", "cayenne 2019", "how do I get a Porsche ID", "and link it"),
    ("jak sparuju cayenne, dodany 2021",),
    ("jak spáruju Cayenne koupený na podzim 2021",),
    ("jak sparuju cayenne vyrobeny koncem roku 2017",),
    ("jak spáruju Macan z podzimu 2019",),
    ("jak sparuju cayenne, objednany 2020, dodany 2021",),
    ("how do I pair my Cayenne, built at the end of 2017?",),
    ("cayenne 2022 link",),
    ("linking 992 2022",),
)


@pytest.mark.parametrize("turns", LINKED)
def test_the_procedure_is_found_whatever_the_car_and_its_year_are_called(talk: Talk, turns: Sequence[str]) -> None:
    assert talk(turns)[0].entry_id == "link-porsche-id"


@pytest.mark.parametrize("said", ["roaming carrera", "roaming carrera 2017", "mam panamera 4 e-hybrid, 2021, roaming"])
def test_one_word_beside_the_name_of_a_car_is_enough(talk: Talk, said: str) -> None:
    assert talk([said])[0].entry_id == "roaming-activate"


DECLINED: Sequence[Sequence[str]] = (
    ("jak ho spáruju",),
    ("mám Macan 2020", "jak ho umyju?"),
    ("mám Macan 2020", "jak ji nastartuju?"),
    ("mám Macan 2020", "jak ho vypnu?"),
    ("mám Macan 2020", "a jak ho odemknu?"),
    ("mám Macan 2020", "kolik stojí?"),
    ("I have a 2020 Macan", "how do I wash it?"),
    ("I have a 2020 Macan", "how do I reset it?"),
    ("I have a 2020 Macan", "how do I start it?"),
    ("I have a 2020 Macan", "where can I sell it?"),
    ("olej carrera",),
    ("cayenne 2022 brzdy",),
    ("wheels 992 2022",),
    ("macan 2019 radio code",),
    ("jak umyju cayenne, dodany 2021",),
    ("jak dobiju Taycan z podzimu 2021",),
    ("pojištění macan, koupený 2021",),
    ("klíč cayenne 2022",),
    ("how do I start my Cayenne, built at the end of 2017?",),
    ("mam panamera 4 e-hybrid, 2021, baterie",),
    ("prodávám panameru 2019",),
    ("selling my 911",),
    ("audi connect roaming v zahraničí, cayenne dodaný 2021",),
)


@pytest.mark.parametrize("turns", DECLINED)
def test_what_the_content_does_not_hold_of_a_car_is_declined_in_plain_words_too(
    talk: Talk, turns: Sequence[str]
) -> None:
    assert talk(turns)[0].entry_id is None
