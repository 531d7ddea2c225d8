"""Reading cars: names, inflections, slips, generations, years, several cars, and what only looks like one."""

import pytest

from bot.reader import Reader
from bot.state import VehicleSlot
from kb.knowledge_base import KnowledgeBase
from kb.vehicles import YearKind

M911 = ("911-classic", "997", "991", "992")
CAYENNE = ("955", "958", "9Y0")
PANAMERA = ("970", "971", "976")
MACAN = ("95B", "J1-II")
BOXSTER = ("982", "986", "987", "981")
CAYMAN = ("982", "987", "981")

NAMES = [
    ("911", M911),
    ("Porsche 911", M911),
    ("911ka", M911),
    ("mám 911ku", M911),
    ("devětsetjedenáctka", M911),
    ("nine eleven", M911),
    ("Carrera", M911),
    ("s Carrerou", M911),
    ("carrera4s", M911),
    ("Targa 4", M911),
    ("GT3 RS", M911),
    ("911S", M911),
    ("911 Turbo S", M911),
    ("992", ("992",)),
    ("911 992", ("992",)),
    ("911 (992)", ("992",)),
    ("992.2", ("992",)),
    ("992ka", ("992",)),
    ("911 8. generace", ("992",)),
    ("8th generation 911", ("992",)),
    ("osmá generace", ("992",)),
    ("911 Dakar", ("992",)),
    ("991", ("991",)),
    ("991.2", ("991",)),
    ("7th gen 911", ("991",)),
    ("sedmá generace 911", ("991",)),
    ("997", ("997",)),
    ("964", ("911-classic",)),
    ("911 do řady 996", ("911-classic",)),
    ("718", ("982",)),
    ("718ka", ("982",)),
    ("718 Boxster", ("982",)),
    ("718 Cayman GTS", ("982",)),
    ("718 Spyder", ("982",)),
    ("Cayman 718", ("982",)),
    ("982", ("982",)),
    ("Spyder RS", ("982",)),
    ("Boxster", BOXSTER),
    ("v Boxsteru", BOXSTER),
    ("Boxter", BOXSTER),
    ("Boxster 986", ("986",)),
    ("Cayman", CAYMAN),
    ("u Caymanu", CAYMAN),
    ("Kajman", CAYMAN),
    ("Cayman 981", ("981",)),
    ("981", ("981",)),
    ("Taycan", ("J1",)),
    ("v Taycanu", ("J1",)),
    ("s Taycanem", ("J1",)),
    ("TAYCAN TURBO S", ("J1",)),
    ("Taycan4S", ("J1",)),
    ("Taycan Cross Turismo", ("J1",)),
    ("Taycan Sport Turismo", ("J1",)),
    ("Cross Turismo", ("J1",)),
    ("J1", ("J1",)),
    ("Tycan", ("J1",)),
    ("Taykan", ("J1",)),
    ("taycna", ("J1",)),
    ("tajkan", ("J1",)),
    ("Panamera", PANAMERA),
    ("u Panamery", PANAMERA),
    ("v Panameře", PANAMERA),
    ("v Panamere", PANAMERA),
    ("s Panamerou", PANAMERA),
    ("Pannamera", PANAMERA),
    ("Panamrea", PANAMERA),
    ("Panamera 4 E-Hybrid", PANAMERA),
    ("971", ("971",)),
    ("Panamera 2. generace", ("971",)),
    ("Panamera 2nd generation", ("971",)),
    ("second generation Panamera", ("971",)),
    ("Panamera Sport Turismo", ("971",)),
    ("Panamera druhé generace", ("971",)),
    ("976", ("976",)),
    ("Panamera gen 3", ("976",)),
    ("970", ("970",)),
    ("Sport Turismo", ("971", "J1")),
    ("Cayenne", CAYENNE),
    ("v Cayennu", CAYENNE),
    ("v Cayenne", CAYENNE),
    ("Cayanne", CAYENNE),
    ("Cayene", CAYENNE),
    ("Kajen", CAYENNE),
    ("Kayenne", CAYENNE),
    ("Cayenne S Diesel", CAYENNE),
    ("Cayenne E3", ("9Y0",)),
    ("9YA", ("9Y0",)),
    ("E3", ("9Y0",)),
    ("Cayenne Coupé", ("9Y0",)),
    ("Cayenne Turbo S E-Hybrid coupe", ("9Y0",)),
    ("Cayenne 3rd gen", ("9Y0",)),
    ("třetí generace Cayenne", ("9Y0",)),
    ("92A", ("958",)),
    ("Cayenne 958", ("958",)),
    ("Cayenne 2. generace", ("958",)),
    ("mk2 Cayenne", ("958",)),
    ("9PA", ("955",)),
    ("957", ("955",)),
    ("first generation Cayenne", ("955",)),
    ("Cayenne Electric", ("cayenne-electric",)),
    ("Macan", MACAN),
    ("u Macanu", MACAN),
    ("Makan", MACAN),
    ("Maccan", MACAN),
    ("Macan T", MACAN),
    ("95B", ("95B",)),
    ("benzínový Macan", ("95B",)),
    ("Macan diesel", ("95B",)),
    ("elektrický Macan", ("J1-II",)),
    ("Macan Electric", ("J1-II",)),
    ("Macan EV", ("J1-II",)),
    ("Macan na elektřinu", ("J1-II",)),
    ("e-Macan", ("J1-II",)),
    ("electric 718", ("718-electric",)),
    ("918 Spyder", ("918-spyder",)),
    ("918", ("918-spyder",)),
    ("Carrera GT", ("980",)),
    ("Porsche 944", ("classic-cars",)),
    ("GT4", ("982", "981")),
]


@pytest.mark.parametrize(("text", "generations"), NAMES)
def test_a_name_stands_for_the_generations_that_it_can_mean(
    reader: Reader, text: str, generations: tuple[str, ...]
) -> None:
    cars = reader.read(text).vehicles.cars
    assert [set(car.generations) for car in cars] == [set(generations)]
    assert cars[0].first_year is None


WITH_YEAR = [
    ("911 Carrera 4S z roku 2015", M911, 2015, YearKind.BARE),
    ("Macan r.v. 2016", MACAN, 2016, YearKind.CALENDAR),
    ("MY23 Cayenne Coupé", ("9Y0",), 2023, YearKind.MODEL_YEAR),
    ("'21 Panamera", PANAMERA, 2021, YearKind.BARE),
    ("2021 Macan", MACAN, 2021, YearKind.BARE),
    ("Taycan 2019", ("J1",), 2019, YearKind.BARE),
    ("mám 992 z roku 2012", ("992",), 2012, YearKind.BARE),
    ("Boxster ročník 2018", BOXSTER, 2018, YearKind.MODEL_YEAR),
    ("Macan 3/2019", MACAN, 2019, YearKind.CALENDAR),
    ("Macan, vyrobený 2016", MACAN, 2016, YearKind.CALENDAR),
    ("koupil jsem v roce 2020 Macan z roku 2018", MACAN, 2018, YearKind.BARE),
    ("model year 2021 Cayenne built in 2020", CAYENNE, 2021, YearKind.MODEL_YEAR),
    ("Cayenne Coupé koupené v roce 2021", ("9Y0",), 2021, YearKind.CALENDAR),
    ("Mám Panameru, je to ročník 2018", PANAMERA, 2018, YearKind.MODEL_YEAR),
    ("Panamrea 2018", PANAMERA, 2018, YearKind.BARE),
    ("Cayenne 2017, not 2018", CAYENNE, 2017, YearKind.BARE),
    ("911 (2019)", M911, 2019, YearKind.BARE),
]


@pytest.mark.parametrize(("text", "generations", "year", "kind"), WITH_YEAR)
def test_a_car_takes_the_year_that_says_most_of_it(
    reader: Reader, text: str, generations: tuple[str, ...], year: int, kind: YearKind
) -> None:
    cars = reader.read(text).vehicles.cars
    assert [(set(car.generations), car.year, car.year_kind) for car in cars] == [(set(generations), year, kind)]


SEVERAL = [
    ("Macan 2017 a Taycan", [(MACAN, 2017), (("J1",), None)]),
    ("my Taycan and my 2016 Macan", [(("J1",), None), (MACAN, 2016)]),
    ("2020 Taycan, 2016 Macan", [(("J1",), 2020), (MACAN, 2016)]),
    ("Taycan a elektrický Macan", [(("J1",), None), (("J1-II",), None)]),
    ("Macan electric and Taycan", [(("J1-II",), None), (("J1",), None)]),
    ("Macan 2016 a Macan 2020", [(MACAN, 2016), (MACAN, 2020)]),
    ("991 and 992", [(("991",), None), (("992",), None)]),
    ("Panamera r.v. 2020 a 911 (992)", [(PANAMERA, 2020), (("992",), None)]),
    ("Cayenne z roku 2019 a Cayman z roku 2014", [(CAYENNE, 2019), (CAYMAN, 2014)]),
    ("a Macan from 2016 and a Taycan", [(MACAN, 2016), (("J1",), None)]),
    ("a 2018 Macan and a Taycan, built in 2022", [(MACAN, 2018), (("J1",), 2022)]),
    ("a Macan Electric and a 2016 Macan", [(("J1-II",), None), (MACAN, 2016)]),
    ("Macan Electric 2024, je to ten Macan s baterií", [(("J1-II",), 2024)]),
    ("Macan 2016 s elektrickými sedadly", [(MACAN, 2016)]),
    ("Macan s elektricky ovládaným víkem z roku 2016", [(MACAN, 2016)]),
    ("Cayenne 2020 with electric tow bar", [(CAYENNE, 2020)]),
    ("718 a Boxster 2014", [(("982",), None), (BOXSTER, 2014)]),
    ("Cayenne Coupé a 718", [(("9Y0",), None), (("982",), None)]),
]


@pytest.mark.parametrize(("text", "cars"), SEVERAL)
def test_several_cars_each_take_the_year_and_the_word_beside_them(
    reader: Reader, text: str, cars: list[tuple[tuple[str, ...], int | None]]
) -> None:
    found = reader.read(text).vehicles.cars
    assert [(set(car.generations), car.year) for car in found] == [(set(codes), year) for codes, year in cars]


HELD = [
    ("ne Macan, ale Taycan", "J1"),
    ("not a Macan but a Taycan", "J1"),
    ("nemám Macan, mám Taycan", "J1"),
    ("není to 991, ale 992", "992"),
    ("ne, je to 991", "991"),
    ("ne 991", "991"),
    ("ne, je to 991, ne 992", "991"),
    ("not in the Macan but in the Taycan", "J1"),
    ("Macan 2016, vlastně Taycan", "J1"),
    ("991, sorry, 992", "992"),
    ("a Taycan, I mean a 718", "982"),
]


@pytest.mark.parametrize(("text", "generation"), HELD)
def test_of_a_car_and_its_correction_the_correction_holds(reader: Reader, text: str, generation: str) -> None:
    assert [car.generations for car in reader.read(text).vehicles.cars] == [(generation,)]


NO_CARS = [
    "zavolat 911",
    "call 911",
    "911 EUR",
    "718 Kč",
    "za 992 korun",
    "€911",
    "+420 718 123 456",
    "tel. 992 123 456",
    "info@911.example.com",
    "přijdu v jedenáct hodin",
    "jedenáctá verze",
    "boxer engine",
    "boxerský motor",
    "target date",
    "mobile carriers",
    "kámen",
    "Macau",
    "Milan",
    "Panama",
    "panorama",
    "marcipán",
    "career",
    "macaroni",
    "číslo 9112",
    "kupón",
    "electric windows",
    "druhá generace",
    "turbo",
    "PIN 992",
    "error 911",
    "my PIN is 992",
    "what happens when I call 911",
]


@pytest.mark.parametrize("text", NO_CARS)
def test_a_word_or_number_that_only_looks_like_a_car_is_none(reader: Reader, text: str) -> None:
    assert reader.read(text).vehicles.cars == ()


@pytest.mark.parametrize(
    ("text", "generations"),
    [
        ("where enter pin, 911", M911),
        ("kde zadám PIN 911", M911),
        ("where do I enter the PIN 992", ("992",)),
        ("SIM PIN 718", ("982",)),
        ("jak uložím PIN, 992", ("992",)),
    ],
)
def test_a_car_behind_a_pin_that_is_asked_about_is_a_car(
    reader: Reader, text: str, generations: tuple[str, ...]
) -> None:
    assert [set(car.generations) for car in reader.read(text).vehicles.cars] == [set(generations)]


@pytest.mark.parametrize(
    ("text", "kept", "left"),
    [
        ("elektrický", "J1-II", "95B"),
        ("benzín", "95B", "J1-II"),
        ("it's a diesel", "95B", "J1-II"),
        ("2. generace", "971", "970"),
        ("the second generation", "958", "9Y0"),
        ("Coupé", "9Y0", "958"),
        ("není elektrický", "95B", "J1-II"),
        ("not electric", "95B", "J1-II"),
        ("it's not the electric one", "95B", "J1-II"),
        ("not the second generation", "970", "971"),
    ],
)
def test_a_word_that_many_models_share_only_narrows(reader: Reader, text: str, kept: str, left: str) -> None:
    reading = reader.read(text).vehicles
    assert reading.cars == ()
    assert kept in reading.narrowing
    assert left not in reading.narrowing


def test_a_year_without_a_car_is_loose(reader: Reader) -> None:
    reading = reader.read("je to ročník 2019").vehicles
    assert reading.cars == ()
    assert reading.loose_year is not None
    assert (reading.loose_year.first_year, reading.loose_year.kind) == (2019, YearKind.MODEL_YEAR)


@pytest.mark.parametrize(
    "text", ["a v mém druhém autě?", "what about my other car", "a u druhého auta?", "my second Macan"]
)
def test_another_car_than_the_one_before_is_noticed(reader: Reader, text: str) -> None:
    assert reader.read(text).other_car


@pytest.mark.parametrize("text", ["in another country", "second generation Cayenne", "druhá generace", "the other day"])
def test_other_things_that_are_other_or_second_are_no_other_car(reader: Reader, text: str) -> None:
    assert not reader.read(text).other_car


def test_every_written_form_of_the_content_is_understood(reader: Reader, base: KnowledgeBase) -> None:
    vehicles = base.vehicles
    for generation in vehicles.generations:
        for form in (*generation.codes, *generation.written):
            assert generation.code in _codes(reader.read(f"Porsche {form}").vehicles.cars), form
    for model in vehicles.models:
        for form in model.written:
            codes = set(vehicles.of_model(model.id))
            assert codes & _codes(reader.read(f"mám {form}").vehicles.cars), form


def _codes(cars: tuple[VehicleSlot, ...]) -> set[str]:
    return {code for car in cars for code in car.generations}
