"""Ways to name a car, from a table that an editor can read: vehicle-names.tsv says what must be read of each."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.reader import Reader
from bot.slots import generation_code
from bot.state import VehicleSlot
from bot.vehicle_reader import year_slot
from bot.year_words import EARLIEST, LATEST
from kb.knowledge_base import KnowledgeBase
from kb.vehicles import Vehicles, YearKind

TABLE = Path(__file__).parent / "vehicle-names.tsv"
FEWEST = 150
NOTHING = "-"
KINDS = {"MY": YearKind.MODEL_YEAR, "built": YearKind.CALENDAR}


class Row(NamedTuple):
    language: str
    message: str
    car: str
    year: str


def table() -> Iterator[Row]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield Row(*line.split("\t"))


ROWS = list(table())


def expected(row: Row, vehicles: Vehicles) -> list[VehicleSlot]:
    """The cars of a row; a year without a car is one slot without generations."""
    cars, years = row.car.split(" + "), row.year.split(" + ")
    slots = [slot(car, year, vehicles) for car, year in zip(cars, years, strict=True)]
    return [named for named in slots if named != VehicleSlot()]


def slot(car: str, year: str, vehicles: Vehicles) -> VehicleSlot:
    *marker, said = year.split(" ")
    first, last = span(said)
    kind = KINDS[marker[0]] if marker else YearKind.BARE
    return VehicleSlot(codes(car, vehicles), first, last, kind)


def span(said: str) -> tuple[int | None, int | None]:
    if said == NOTHING:
        return None, None
    first, _, last = said.partition("-")
    if not _:
        return int(first), int(first)
    return int(first or EARLIEST), int(last or LATEST)


def codes(car: str, vehicles: Vehicles) -> tuple[str, ...]:
    if car == NOTHING:
        return ()
    if car in vehicles.model_of:
        return vehicles.of_model(car)
    found = {generation_code(vehicles, None, code) for code in car.split("/")}
    return tuple(row.code for row in vehicles.generations if row.code in found)


def read(reader: Reader, message: str) -> list[VehicleSlot]:
    reading = reader.read(message).vehicles
    loose = [year_slot(reading.loose_year)] if reading.loose_year else []
    return [*reading.cars, *loose]


@pytest.mark.parametrize("row", ROWS, ids=[row.message for row in ROWS])
def test_a_car_is_read_as_the_table_says(reader: Reader, base: KnowledgeBase, row: Row) -> None:
    assert read(reader, row.message) == expected(row, base.vehicles)


def test_the_table_is_large_and_has_both_languages() -> None:
    languages = [row.language for row in ROWS]
    assert len(ROWS) >= FEWEST
    assert min(languages.count(language) for language in ("cs", "en")) >= FEWEST // 3


def test_every_car_of_the_table_is_one_of_the_content(base: KnowledgeBase) -> None:
    for row in ROWS:
        for car in row.car.split(" + "):
            assert car == NOTHING or codes(car, base.vehicles), row
