"""Which variants are shown: against tables written by hand from the source, for every car and year, however said."""

from collections.abc import Iterator

import pytest

from bot.reader import Reader
from bot.resolution import (
    Ask,
    Missing,
    NotCovered,
    Resolution,
    Show,
    possible_cars,
    resolve,
    show_possible,
)
from bot.state import VehicleSlot
from kb.knowledge_base import KnowledgeBase
from kb.vehicles import Car, Vehicles, YearKind

PROCEDURES = ("roaming-activate", "data-connection-off", "sim-pin", "link-porsche-id")
YEARS = range(2008, 2028)
LINKED_WITHOUT_CODE_FROM = 2022


def held(procedure: str, generation: str, year: int) -> set[str]:
    """What the source says, by hand, for a generation in a model year; empty: nothing."""
    if procedure == "link-porsche-id":
        return linking(generation, year)
    newer = "device-manager" if procedure == "sim-pin" else "set-device-manager"
    middle = "device-manager"
    if generation in {"991", "982", "958"}:
        return {"phone-opt"}
    if generation in {"9Y0", "992"}:
        return {newer}
    if generation == "95B":
        return ({"phone-opt"} if year <= 2018 else set()) | ({newer} if year >= 2018 else set())
    if generation == "971":
        return {middle} if year <= 2019 else {newer}
    return {"taycan"} if generation == "J1" else set()


def linking(generation: str, year: int) -> set[str]:
    if generation in {"J1", "976"}:
        return {"porsche-id-in-pcm"}
    if generation in {"992", "9Y0", "971"}:
        return {"porsche-id-in-pcm" if year >= LINKED_WITHOUT_CODE_FROM else "pairing-settings"}
    if generation == "95B":
        return ({"pairing-apps-opt"} if year <= 2018 else set()) | ({"pairing-settings"} if year >= 2018 else set())
    return {"pairing-apps-opt"} if generation in {"991", "982", "958"} else set()


def cars(vehicles: Vehicles) -> Iterator[Car]:
    """Every car of the years that are tested."""
    return (car for car in vehicles.cars if car.year in YEARS)


def sayings(vehicles: Vehicles, car: Car) -> Iterator[VehicleSlot]:
    """Every way of saying which car it is, from "a 911" to "a 992 built in 2020", all of them true."""
    own = vehicles.generation_of[car.generation]
    of_model = (car.generation,) if own.explicit else vehicles.of_model(own.model)
    for codes in ((car.generation,), of_model):
        yield VehicleSlot(codes)
        for kind in (YearKind.MODEL_YEAR, YearKind.BARE):
            yield VehicleSlot(codes, car.year, car.year, kind)
        yield VehicleSlot(codes, car.year - 1, car.year + 1, YearKind.MODEL_YEAR)
        for year in (car.year, car.year - 1):
            yield VehicleSlot(codes, year, year, YearKind.CALENDAR)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_what_is_shown_holds_for_the_car_however_it_was_said(base: KnowledgeBase, procedure: str) -> None:
    entry, vehicles = base.entry_of[procedure], base.vehicles
    for car in cars(vehicles):
        right = held(procedure, car.generation, car.year)
        for slot in sayings(vehicles, car):
            resolution = resolve(vehicles, entry, slot)
            if isinstance(resolution, NotCovered):
                assert not right, (car, slot)
            elif isinstance(resolution, Show):
                assert right & set(resolution.variants), (car, slot)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_no_variant_is_shown_that_no_car_fitting_the_words_has(base: KnowledgeBase, procedure: str) -> None:
    entry, vehicles = base.entry_of[procedure], base.vehicles
    for car in cars(vehicles):
        for slot in sayings(vehicles, car):
            fitting = {held_by for fit in possible_cars(vehicles, slot) for held_by in allowed(procedure, fit, slot)}
            for resolution in (resolve(vehicles, entry, slot), show_possible(vehicles, entry, slot)):
                if isinstance(resolution, Show):
                    assert set(resolution.variants) <= fitting, (car, slot)


def allowed(procedure: str, car: Car, slot: VehicleSlot) -> set[str]:
    """What may be shown for a car; a bare 2021 and linking may mean either side of the source's line."""
    either = procedure == "link-porsche-id" and slot.year_kind is YearKind.BARE and slot.year == 2021
    return held(procedure, car.generation, car.year) | (
        held(procedure, car.generation, car.year + 1) if either else set()
    )


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_generation_with_its_model_year_decides_exactly(base: KnowledgeBase, procedure: str) -> None:
    entry, vehicles = base.entry_of[procedure], base.vehicles
    for car in cars(vehicles):
        slot = VehicleSlot((car.generation,), car.year, car.year, YearKind.MODEL_YEAR)
        right = held(procedure, car.generation, car.year)
        resolution = resolve(vehicles, entry, slot)
        assert isinstance(resolution, Show if right else NotCovered), car
        assert set(variants(resolution)) == right, car


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_question_back_is_asked_only_where_the_answer_differs(base: KnowledgeBase, procedure: str) -> None:
    entry, vehicles = base.entry_of[procedure], base.vehicles
    for car in cars(vehicles):
        for slot in sayings(vehicles, car):
            resolution = resolve(vehicles, entry, slot)
            if isinstance(resolution, Ask):
                outcomes = {frozenset(held(procedure, fit.generation, fit.year)) for fit in resolution.cars}
                assert len(outcomes) > 1, (car, slot)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_of_several_variants_the_reply_says_how_to_tell(base: KnowledgeBase, procedure: str) -> None:
    entry, vehicles = base.entry_of[procedure], base.vehicles
    for car in cars(vehicles):
        for slot in sayings(vehicles, car):
            resolution = resolve(vehicles, entry, slot)
            if len(variants(resolution)) > 1:
                assert isinstance(resolution, Show)
                assert resolution.how_to_tell or resolution.by_model_year, (car, slot)


def variants(resolution: Resolution) -> tuple[str, ...]:
    return resolution.variants if isinstance(resolution, Show) else ()


NOT_COVERED = "not covered"
ROAMING, OFF, PIN, LINK = PROCEDURES

HARD_CASES = [
    # no car
    (ROAMING, "", Missing.MODEL),
    (ROAMING, "2019", Missing.MODEL),
    # 911
    (ROAMING, "911", Missing.YEAR_OR_GENERATION),
    (ROAMING, "911 2012", Missing.GENERATION),
    (ROAMING, "911 2019", Missing.GENERATION),
    (LINK, "911 2019", Missing.GENERATION),
    (ROAMING, "911 2018", ["phone-opt"]),
    (ROAMING, "911 2020", ["set-device-manager"]),
    (PIN, "911 2020", ["device-manager"]),
    (ROAMING, "911 z roku 2010", NOT_COVERED),
    (LINK, "997", NOT_COVERED),
    (ROAMING, "964", NOT_COVERED),
    (ROAMING, "991", ["phone-opt"]),
    (ROAMING, "991 2019", ["phone-opt"]),
    (LINK, "991", ["pairing-apps-opt"]),
    (ROAMING, "992", ["set-device-manager"]),
    (OFF, "992", ["set-device-manager"]),
    (PIN, "992", ["device-manager"]),
    (LINK, "992", Missing.YEAR),
    (ROAMING, "992 2018", ["set-device-manager"]),
    (ROAMING, "992 z roku 2012", Missing.CONSISTENT_YEAR),
    (LINK, "992 2020", ["pairing-settings"]),
    (LINK, "992 MY 2022", ["porsche-id-in-pcm"]),
    (LINK, "911 2021", ["porsche-id-in-pcm", "pairing-settings"]),
    (LINK, "911 z roku 2021", ["porsche-id-in-pcm", "pairing-settings"]),
    (LINK, "911 modelový rok 2021", ["pairing-settings"]),
    (LINK, "911 MY2022", ["porsche-id-in-pcm"]),
    (LINK, "911 2022", ["porsche-id-in-pcm"]),
    (LINK, "911 r.v. 2021", ["porsche-id-in-pcm", "pairing-settings"]),
    (LINK, "911 built in 2020", ["pairing-settings"]),
    (ROAMING, "911 r.v. 2018", ["phone-opt", "set-device-manager"]),
    (ROAMING, "911 r.v. 2011", Missing.GENERATION),
    # 718 and what was before it
    (ROAMING, "718", ["phone-opt"]),
    (LINK, "718", ["pairing-apps-opt"]),
    (ROAMING, "718 z roku 2016", ["phone-opt"]),
    (ROAMING, "718 z roku 2012", Missing.CONSISTENT_YEAR),
    (ROAMING, "718 Spyder", ["phone-opt"]),
    (ROAMING, "Boxster", Missing.YEAR_OR_GENERATION),
    (ROAMING, "Cayman", Missing.YEAR_OR_GENERATION),
    (ROAMING, "Boxster 2018", ["phone-opt"]),
    (ROAMING, "Boxster 2015", NOT_COVERED),
    (ROAMING, "Boxster r.v. 2016", Missing.GENERATION),
    (ROAMING, "Cayman 981", NOT_COVERED),
    (PIN, "electric 718", NOT_COVERED),
    (ROAMING, "918 Spyder", NOT_COVERED),
    (ROAMING, "Carrera GT", NOT_COVERED),
    (ROAMING, "Porsche 944", NOT_COVERED),
    # Cayenne
    (ROAMING, "Cayenne", Missing.YEAR_OR_GENERATION),
    (LINK, "Cayenne", Missing.YEAR),
    (ROAMING, "Cayenne 2016", ["phone-opt"]),
    (ROAMING, "Cayenne 2017", Missing.GENERATION),
    (LINK, "Cayenne 2017", Missing.GENERATION),
    (ROAMING, "Cayenne r.v. 2017", ["phone-opt", "set-device-manager"]),
    (ROAMING, "Cayenne 2018", ["set-device-manager"]),
    (ROAMING, "Cayenne E3", ["set-device-manager"]),
    (LINK, "Cayenne E3", Missing.YEAR),
    (LINK, "Cayenne Coupé 2020", ["pairing-settings"]),
    (LINK, "Cayenne 2021", ["porsche-id-in-pcm", "pairing-settings"]),
    (LINK, "Cayenne ročník 2021", ["pairing-settings"]),
    (LINK, "Cayenne koupené v roce 2020", ["pairing-settings"]),
    (ROAMING, "Cayenne 958", ["phone-opt"]),
    (LINK, "958", ["pairing-apps-opt"]),
    (ROAMING, "Cayenne 2008", NOT_COVERED),
    (ROAMING, "Cayenne 955", NOT_COVERED),
    (ROAMING, "Cayenne Electric", NOT_COVERED),
    (LINK, "Cayenne 2002", Missing.CONSISTENT_YEAR),
    # Panamera
    (ROAMING, "Panamera", Missing.YEAR),
    (PIN, "Panamera", Missing.YEAR_OR_GENERATION),
    (ROAMING, "971", Missing.YEAR),
    (OFF, "971", Missing.YEAR),
    (PIN, "971", ["device-manager"]),
    (LINK, "971", Missing.YEAR),
    (ROAMING, "Panamera 2016", NOT_COVERED),
    (ROAMING, "Panamera 2017", ["device-manager"]),
    (LINK, "Panamera 2017", ["pairing-settings"]),
    (ROAMING, "Panamera 2019", ["device-manager"]),
    (ROAMING, "Panamera 2020", ["set-device-manager"]),
    (PIN, "Panamera 2020", ["device-manager"]),
    (ROAMING, "Panamera r.v. 2019", ["device-manager", "set-device-manager"]),
    (ROAMING, "Panamera r.v. 2016", Missing.GENERATION),
    (ROAMING, "Panamera Sport Turismo 2018", ["device-manager"]),
    (ROAMING, "Panamera 2024", NOT_COVERED),
    (OFF, "976", NOT_COVERED),
    (PIN, "976", NOT_COVERED),
    (LINK, "976", ["porsche-id-in-pcm"]),
    (LINK, "Panamera 2024", ["porsche-id-in-pcm"]),
    (LINK, "Panamera 2021", ["porsche-id-in-pcm", "pairing-settings"]),
    (LINK, "Panamera MY 2021", ["pairing-settings"]),
    (ROAMING, "Panamera r.v. 2023", Missing.GENERATION),
    (LINK, "Panamera r.v. 2023", ["porsche-id-in-pcm"]),
    # Macan
    (ROAMING, "Macan", Missing.YEAR),
    (ROAMING, "Macan 2017", ["phone-opt"]),
    (ROAMING, "Macan 2018", ["phone-opt", "set-device-manager"]),
    (PIN, "Macan 2018", ["device-manager", "phone-opt"]),
    (LINK, "Macan 2018", ["pairing-apps-opt", "pairing-settings"]),
    (ROAMING, "Macan 2019", ["set-device-manager"]),
    (LINK, "Macan 2021", ["pairing-settings"]),
    (ROAMING, "Macan r.v. 2016", ["phone-opt"]),
    (ROAMING, "Macan r.v. 2017", ["phone-opt", "set-device-manager"]),
    (ROAMING, "Macan r.v. 2018", ["phone-opt", "set-device-manager"]),
    (ROAMING, "Macan 2013", ["phone-opt"]),
    (ROAMING, "Macan 2010", Missing.CONSISTENT_YEAR),
    (ROAMING, "Macan 2024", Missing.DRIVE),
    (LINK, "Macan 2025", Missing.DRIVE),
    (ROAMING, "Macan r.v. 2023", Missing.DRIVE),
    (ROAMING, "benzínový Macan 2024", ["set-device-manager"]),
    (ROAMING, "Macan Electric", NOT_COVERED),
    (LINK, "elektrický Macan", NOT_COVERED),
    (ROAMING, "Macan 2014-2017", ["phone-opt"]),
    (ROAMING, "Macan 2016-2020", Missing.YEAR),
    (ROAMING, "Macan starší než 2018", ["phone-opt"]),
    # Taycan
    (ROAMING, "Taycan", ["taycan"]),
    (OFF, "Taycan", ["taycan"]),
    (PIN, "Taycan", ["taycan"]),
    (LINK, "Taycan", ["porsche-id-in-pcm"]),
    (ROAMING, "Taycan 2019", ["taycan"]),
    (ROAMING, "Taycan Cross Turismo 2022", ["taycan"]),
    (LINK, "Taycan 2021", ["porsche-id-in-pcm"]),
    (ROAMING, "Taycan 2015", Missing.CONSISTENT_YEAR),
    (ROAMING, "Taycan 2035", Missing.CONSISTENT_YEAR),
    # a name of two models
    (ROAMING, "Sport Turismo", Missing.MODEL),
    (LINK, "Sport Turismo 2018", ["pairing-settings"]),
    (LINK, "Sport Turismo 2021", Missing.GENERATION),
]


@pytest.mark.parametrize(("procedure", "text", "expected"), HARD_CASES)
def test_a_hard_case_of_the_source_is_decided_as_written_down(
    reader: Reader, base: KnowledgeBase, procedure: str, text: str, expected: list[str] | str
) -> None:
    reading = reader.read(text).vehicles
    slot = reading.cars[0] if reading.cars else None
    if reading.loose_year:
        slot = VehicleSlot((), reading.loose_year.first_year, reading.loose_year.last_year, reading.loose_year.kind)
    resolution = resolve(base.vehicles, base.entry_of[procedure], slot)
    match resolution:
        case Show():
            assert list(resolution.variants) == expected
        case NotCovered():
            assert expected == NOT_COVERED
        case Ask():
            assert resolution.missing == expected


@pytest.mark.parametrize(
    ("procedure", "text", "expected", "not_for_all"),
    [
        (ROAMING, "Macan", ["phone-opt", "set-device-manager"], True),
        (ROAMING, "911", ["phone-opt", "set-device-manager"], True),
        (ROAMING, "Boxster", ["phone-opt"], True),
        (ROAMING, "971", ["device-manager", "set-device-manager"], False),
        (LINK, "992", ["porsche-id-in-pcm", "pairing-settings"], False),
        (LINK, "Cayenne", ["porsche-id-in-pcm", "pairing-apps-opt", "pairing-settings"], True),
        (PIN, "Panamera", ["device-manager"], True),
    ],
)
def test_who_does_not_know_is_shown_all_that_is_possible(
    reader: Reader, base: KnowledgeBase, procedure: str, text: str, expected: list[str], not_for_all: bool
) -> None:
    slot = reader.read(text).vehicles.cars[0]
    shown = show_possible(base.vehicles, base.entry_of[procedure], slot)
    assert isinstance(shown, Show)
    assert list(shown.variants) == expected
    assert shown.not_for_all is not_for_all


def test_who_does_not_know_the_drive_of_an_electric_car_only_is_told_there_is_nothing(base: KnowledgeBase) -> None:
    assert show_possible(base.vehicles, base.entry_of[ROAMING], VehicleSlot(("J1-II",))) == NotCovered()


def test_who_does_not_know_which_of_a_car_and_its_year_holds_is_shown_what_the_car_has(base: KnowledgeBase) -> None:
    slot = VehicleSlot(("992",), 2012, 2012)
    shown = show_possible(base.vehicles, base.entry_of[ROAMING], slot)
    assert isinstance(shown, Show)
    assert shown.variants == ("set-device-manager",)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_without_a_car_every_variant_is_possible(base: KnowledgeBase, procedure: str) -> None:
    entry = base.entry_of[procedure]
    shown = show_possible(base.vehicles, entry, None)
    assert isinstance(shown, Show)
    assert shown.variants == tuple(variant.id for variant in entry.variants)
