"""Alternatives: "the second or the third generation" and "from 2018 or from 2020" leave a car open between both."""

import pytest

from bot.reader import Reader
from bot.reply import ReplyKind
from tests.bot.conftest import Talk

M911, MACAN = ("911-classic", "997", "991", "992"), ("95B", "J1-II")
CAYENNE = ("955", "958", "9Y0")
BOXSTER = ("982", "986", "987", "981")


@pytest.mark.parametrize(
    ("text", "generations"),
    [
        ("Cayenne, 2. nebo 3. generace", ("958", "9Y0")),
        ("buď druhá, nebo třetí generace Cayenne", ("958", "9Y0")),
        ("Cayenne 2. či 3. generace", ("958", "9Y0")),
        ("either second or third generation Cayenne", ("958", "9Y0")),
        ("the second or maybe the third generation Cayenne", ("958", "9Y0")),
        ("second and third gen Cayenne", ("958", "9Y0")),
        ("Cayenne generation 2 or 3", ("958", "9Y0")),
        ("Cayenne gen 2/3", ("958", "9Y0")),
        ("second generation or third Cayenne", ("958", "9Y0")),
        ("Cayenne 2. generace nebo 3. generace", ("958", "9Y0")),
        ("mk2 or mk3 Cayenne", ("958", "9Y0")),
        ("1., 2. nebo 3. generace Cayenne", CAYENNE),
        ("7. nebo 8. generace 911", ("991", "992")),
        ("seventh or eighth generation 911", ("991", "992")),
        ("911 sedmé až osmé generace", ("991", "992")),
        ("Panamera 1. nebo 2. generace", ("970", "971")),
        ("Macan electric or petrol", MACAN),
        ("718 nebo Boxster", BOXSTER),
        ("a Boxster or a 718", BOXSTER),
        ("911 nebo 992", M911),
    ],
)
def test_names_of_one_car_with_or_or_and_between_leave_it_open(
    reader: Reader, text: str, generations: tuple[str, ...]
) -> None:
    assert [set(car.generations) for car in reader.read(text).vehicles.cars] == [set(generations)]


@pytest.mark.parametrize(
    ("text", "generations"),
    [
        ("ne 2., ale 3. generace Cayenne", [("9Y0",)]),
        ("not the second but the third generation Cayenne", [("9Y0",)]),
        ("3. generace Cayenne, 2 dny mi nejde roaming", [("9Y0",)]),
        ("my 911, a 992", [("992",)]),
        ("718 Boxster", [("982",)]),
        ("Macan electric and diesel Taycan", [("J1-II",), ("J1",)]),
        ("991 nebo 992", [("991",), ("992",)]),
        ("Macan a Taycan", [MACAN, ("J1",)]),
    ],
)
def test_what_only_looks_like_alternatives_of_one_car_is_read_as_before(
    reader: Reader, text: str, generations: list[tuple[str, ...]]
) -> None:
    assert [set(car.generations) for car in reader.read(text).vehicles.cars] == [set(codes) for codes in generations]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Cayenne, either my21 or my22", (2021, 2022)),
        ("Cayenne model year 2021 or model year 2022", (2021, 2022)),
        ("Cayenne MY2021/MY2022", (2021, 2022)),
        ("Cayenne ročník 2021 nebo ročník 2022", (2021, 2022)),
        ("911 from 2018 or from 2020", (2018, 2020)),
        ("911 z roku 2018 nebo možná z roku 2020", (2018, 2020)),
        ("Cayenne 2022 or 2021", (2021, 2022)),
        ("911 ročník 2018 nebo spíš ročník 2020", (2018, 2020)),
        ("Cayenne 2019, 2020 nebo 2021", (2019, 2021)),
        ("911, leden 2018 nebo únor 2019", (2018, 2019)),
        ("Macan vyrobený 2017 nebo ročník 2018", (2017, 2018)),
        ("Cayenne model year 2021 and built in 2020", (2021, 2021)),
        ("koupil jsem v roce 2020 Macan z roku 2018", (2018, 2018)),
        ("Cayenne 2017, not 2018", (2017, 2017)),
    ],
)
def test_years_of_one_car_with_or_or_and_between_are_a_range(reader: Reader, text: str, years: tuple[int, int]) -> None:
    assert [(car.first_year, car.last_year) for car in reader.read(text).vehicles.cars] == [years]


def test_alternative_years_without_a_car_are_one_range(reader: Reader) -> None:
    year = reader.read("buď z roku 2018, nebo z roku 2020").vehicles.loose_year
    assert year is not None
    assert (year.first_year, year.last_year) == (2018, 2020)


@pytest.mark.parametrize("text", ["Macan z roku 2016 a Taycan z roku 2020", "a Macan from 2016 and a Taycan from 2020"])
def test_years_of_two_cars_stay_apart(reader: Reader, text: str) -> None:
    assert [car.year for car in reader.read(text).vehicles.cars] == [2016, 2020]


@pytest.mark.parametrize(
    "text",
    [
        "roaming v Cayenne, nevím jestli 2. nebo 3. generace",
        "second and third gen Cayenne, data off",
        "roaming, 7. nebo 8. generace 911?",
        "roaming 911 from 2018 or from 2020",
        "link Cayenne, either my21 or my22",
        "propojit Cayenne s Porsche ID, ročník 2021 nebo ročník 2022",
        "roaming Boxster nebo 718",
    ],
)
def test_a_procedure_that_differs_between_alternatives_is_asked_back_for(talk: Talk, text: str) -> None:
    assert talk([text])[0].kind is ReplyKind.CLARIFY
