"""Which variants hold for which car."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.knowledge_base import KnowledgeBase
from kb.model import VehicleRow
from kb.variants import applicable_variants, declared_overlap
from kb.vehicles import Car

ROAMING = ("roaming-activate", "data-connection-off")

# Entry, generation, years, variants: a table written by hand from the source.
HOLDS = [
    *((entry, "991", (2012, 2019), {"phone-opt"}) for entry in (*ROAMING, "sim-pin")),
    *((entry, "992", (2019, 2024), {"set-device-manager"}) for entry in ROAMING),
    *((entry, "982", (2017, 2024), {"phone-opt"}) for entry in (*ROAMING, "sim-pin")),
    *((entry, "95B", (2014, 2017), {"phone-opt"}) for entry in (*ROAMING, "sim-pin")),
    *((entry, "95B", (2018, 2018), {"phone-opt", "set-device-manager"}) for entry in ROAMING),
    *((entry, "95B", (2019, 2024), {"set-device-manager"}) for entry in ROAMING),
    *((entry, "958", (2011, 2017), {"phone-opt"}) for entry in (*ROAMING, "sim-pin")),
    *((entry, "9Y0", (2017, 2024), {"set-device-manager"}) for entry in ROAMING),
    *((entry, "971", (2017, 2019), {"device-manager"}) for entry in ROAMING),
    *((entry, "971", (2020, 2023), {"set-device-manager"}) for entry in ROAMING),
    *((entry, "J1", (2020, 2025), {"taycan"}) for entry in (*ROAMING, "sim-pin", "data-connection")),
    *((entry, "976", (2024, 2025), set()) for entry in (*ROAMING, "sim-pin")),
    *(
        (entry, code, years, set())
        for entry in (*ROAMING, "sim-pin", "link-porsche-id", "pairing-code")
        for code, years in (
            ("970", (2010, 2016)), ("955", (2003, 2010)), ("997", (2005, 2012)), ("987", (2005, 2012)),
            ("981", (2012, 2016)), ("918-spyder", (2014, 2015)), ("J1-II", (2024, 2026)),
        )
    ),
    *(("sim-pin", code, years, {"device-manager"}) for code, years in (
        ("971", (2017, 2023)), ("9Y0", (2017, 2024)), ("992", (2019, 2024)), ("95B", (2019, 2024)),
    )),
    ("sim-pin", "95B", (2018, 2018), {"device-manager", "phone-opt"}),
    *(("link-porsche-id", code, years, {"porsche-id-in-pcm"}) for code, years in (
        ("J1", (2020, 2025)), ("992", (2022, 2025)), ("9Y0", (2022, 2025)), ("971", (2022, 2023)),
        ("976", (2024, 2025)),
    )),
    *(("link-porsche-id", code, years, {"pairing-settings"}) for code, years in (
        ("992", (2019, 2021)), ("9Y0", (2017, 2021)), ("971", (2017, 2021)), ("95B", (2019, 2025)),
    )),
    *(("link-porsche-id", code, years, {"pairing-apps-opt"}) for code, years in (
        ("991", (2012, 2019)), ("982", (2017, 2025)), ("958", (2011, 2017)), ("95B", (2014, 2017)),
    )),
    ("link-porsche-id", "95B", (2018, 2018), {"pairing-apps-opt", "pairing-settings"}),
    *(("pairing-code", code, years, {"no-code"}) for code, years in (("J1", (2020, 2025)), ("992", (2022, 2025)))),
    *(("pairing-code", code, years, {"code"}) for code, years in (("982", (2017, 2025)), ("971", (2017, 2021)))),
    *(("pairing-code", code, years, {"code-older"}) for code, years in (("991", (2012, 2019)), ("958", (2011, 2017)))),
    *(("data-connection", code, years, {"other"}) for code, years in (("955", (2003, 2010)), ("J1-II", (2024, 2026)))),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "code", "years", "variants"), HOLDS)
def test_the_variants_of_a_car_are_those_of_the_table(
    entry: str, code: str, years: tuple[int, int], variants: set[str], base: KnowledgeBase
) -> None:
    for year in range(years[0], years[1] + 1):
        assert applicable_variants(base.vehicles, base.entry_of[entry], Car(code, year)) == variants


@pytest.mark.parametrize("code", ["992", "9Y0", "971"])
@pytest.mark.parametrize(
    ("entry", "model_year_2021", "bare_2021"),
    [
        ("link-porsche-id", {"pairing-settings"}, {"pairing-settings", "porsche-id-in-pcm"}),
        ("pairing-code", {"code"}, {"code", "no-code"}),
        ("sim-pin", {"device-manager"}, {"device-manager"}),
    ],
)
def test_a_bare_2021_may_be_either_way_of_linking_and_a_model_year_2021_only_one(
    code: str, entry: str, model_year_2021: set[str], bare_2021: set[str], base: KnowledgeBase
) -> None:
    of, car = base.entry_of[entry], Car(code, 2021)
    assert applicable_variants(base.vehicles, of, car) == model_year_2021
    assert applicable_variants(base.vehicles, of, car, bare_year=2021) == bare_2021


@pytest.mark.parametrize(
    ("row", "generation", "year", "bare_year", "holds"),
    [
        ({"generation": "991"}, "991", 2015, None, True),
        ({"generation": "991"}, "992", 2019, None, False),
        ({"model": "911"}, "997", 2010, None, True),
        ({"model": "911"}, "958", 2011, None, False),
        ({"every_model_but": ("taycan",)}, "958", 2011, None, True),
        ({"every_model_but": ("taycan",)}, "J1", 2021, None, False),
        ({"generation": "95B", "first": 2018}, "95B", 2017, None, False),
        ({"generation": "95B", "first": 2018}, "95B", 2018, None, True),
        ({"generation": "95B", "last": 2018}, "95B", 2018, None, True),
        ({"generation": "95B", "last": 2018}, "95B", 2019, None, False),
        ({"generation": "992", "first": 2022, "year_first": 2021}, "992", 2021, None, False),
        ({"generation": "992", "first": 2022, "year_first": 2021}, "992", 2021, 2021, True),
        ({"generation": "992", "first": 2022, "year_first": 2021}, "992", 2020, 2020, False),
        ({"generation": "992", "last": 2021, "year_last": 2020}, "992", 2021, 2021, True),
    ],
)
def test_a_row_holds_for_the_cars_that_it_names(
    row: dict[str, Any], generation: str, year: int, bare_year: int | None, holds: bool, base: KnowledgeBase
) -> None:
    assert base.vehicles.satisfies(Car(generation, year), VehicleRow(**row), bare_year) is holds


def test_a_car_never_has_two_variants_that_no_overlap_tells_apart(base: KnowledgeBase) -> None:
    for entry in base.entries:
        for car in base.vehicles.cars:
            variants = applicable_variants(base.vehicles, entry, car, bare_year=car.year)
            assert len(variants) < 2 or declared_overlap(entry, variants) is not None


years = st.none() | st.integers(2010, 2027)


@given(st.data(), years, years, years, years)
def test_a_bare_year_shows_more_and_never_less(
    base: KnowledgeBase, data: st.DataObject, first: int | None, last: int | None, year_first: int, year_last: int
) -> None:
    cars = list(base.vehicles.cars)
    car = data.draw(st.sampled_from(cars))
    row = VehicleRow(generation=car.generation, first=first, last=last, year_first=year_first, year_last=year_last)
    if base.vehicles.satisfies(car, row):
        assert base.vehicles.satisfies(car, row, car.year)
    if year_first is None and year_last is None:
        assert base.vehicles.satisfies(car, row, car.year) == base.vehicles.satisfies(car, row)


def test_an_electric_car_that_must_be_named_is_not_meant_by_its_model(base: KnowledgeBase) -> None:
    assert "cayenne-electric" not in base.vehicles.of_model("cayenne")
    assert base.vehicles.of_model("cayenne") == ("955", "958", "9Y0")


def test_a_generation_that_is_still_built_ends_with_the_latest_model_year(base: KnowledgeBase) -> None:
    assert base.vehicles.last_year("992") == base.vehicles.latest_model_year
    assert base.vehicles.last_year("991") == 2019
