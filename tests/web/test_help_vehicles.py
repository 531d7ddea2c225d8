"""A procedure's page shows the steps of the chosen vehicle and never those of another."""

import pytest
from flask.testing import FlaskClient

from bot.message import VehicleField
from bot.resolution import Ask, NotCovered, Show, resolve_entry
from bot.slots import slot_of_field
from kb.load import load
from kb.model import Language
from tests.bot.source_table import GENERATIONS, PATHS, PROCEDURES, VARIANTS, Years, of_model, outcomes
from tests.web.help_reader import HelpPage

BASE = load()
MODELS = tuple(dict.fromkeys(model for model, _, _ in GENERATIONS.values()))
YEARS = (None, 2017, 2018, 2019, 2021, 2022, 2027)
# Every model and every generation, each without a year and in years between which procedures change.
CARS = tuple(
    VehicleField(model, code, year)
    for model in MODELS
    for code in (None, *(code for code, row in GENERATIONS.items() if row[0] == model))
    for year in YEARS
)


def page_of(client: FlaskClient, entry_id: str, car: VehicleField | None, **more: str) -> HelpPage:
    """The entry's page for a car."""
    named = {"model": car.model, "generation": car.generation, "model_year": car.model_year} if car else {}
    given = {name: str(value) for name, value in named.items() if value is not None} | more
    language = more.pop("language", "cs")
    response = client.get(f"/help/{language}/{entry_id}", query_string=given)
    assert response.status_code == 200
    return HelpPage(response.text)


def codes_of(car: VehicleField) -> tuple[str, ...]:
    """The generations that a car can be."""
    return (car.generation,) if car.generation else of_model(car.model or "")


@pytest.mark.slow
@pytest.mark.parametrize("entry_id", VARIANTS)
def test_the_variants_are_those_of_the_chat_and_of_the_source_and_never_others(
    client: FlaskClient, entry_id: str
) -> None:
    entry = BASE.entry_of[entry_id]
    for car in CARS:
        page = page_of(client, entry_id, car)
        resolved = resolve_entry(BASE.vehicles, entry, slot_of_field(car, BASE.vehicles))
        expected = list(resolved.variants) if isinstance(resolved, Show) else []
        assert page.variants == expected, car
        if entry_id in PROCEDURES:
            assert set(expected) == decided(entry_id, car), car
        others = [words for name, words in PATHS[entry_id].items() if name not in expected]
        found = [word for words in others for word in words if word in page.text]
        assert found == [], car
        assert ("tu žádný postup není" in page.text) is isinstance(resolved, NotCovered), car
        assert ('class="asked"' in page.html) is isinstance(resolved, Ask), car


def decided(entry_id: str, car: VehicleField) -> frozenset[str]:
    """The variants that the table of the source has for the car, whichever of those that are possible it is."""
    said = Years(car.model_year, car.model_year) if car.model_year else None
    held = outcomes(entry_id, codes_of(car), said)
    return next(iter(held)) if len(held) == 1 else frozenset()


@pytest.mark.parametrize("entry_id", PROCEDURES)
def test_who_does_not_know_sees_what_is_possible_and_no_more(client: FlaskClient, entry_id: str) -> None:
    for model in MODELS:
        car = VehicleField(model)
        page = page_of(client, entry_id, car, unsure="1")
        held = outcomes(entry_id, codes_of(car), None)
        assert set(page.variants) == frozenset[str]().union(*held), model


def test_a_result_names_the_vehicle_that_it_holds_for(client: FlaskClient) -> None:
    page = page_of(client, "roaming-activate", VehicleField("911", "992", 2021))
    assert "Platí pro vozidlo 911 8. generace (992) 2021" in page.text
    assert page.chosen == {"model": "911", "generation": "992", "model_year": "2021"}


def test_where_two_variants_hold_the_page_says_how_to_tell(client: FlaskClient) -> None:
    page = page_of(client, "roaming-activate", VehicleField("macan", "95B", 2018))
    assert page.variants == ["phone-opt", "set-device-manager"]
    assert "Řiďte se tím, které menu ve svém vozidle najdete" in page.text


def test_without_a_vehicle_all_variants_are_marked_as_such(client: FlaskClient) -> None:
    page = page_of(client, "roaming-activate", None)
    assert "Všechna vozidla" in page.text
    assert "Platí vždy jen ta, u které je uvedeno vaše vozidlo." in page.text
    for variant in BASE.entry_of["roaming-activate"].variants:
        assert str(variant.label.text(Language.CS)).removesuffix(":") in page.text


def test_a_vehicle_that_is_not_covered_is_told_whom_to_ask(client: FlaskClient) -> None:
    page = page_of(client, "roaming-activate", VehicleField("boxster-cayman"))
    assert BASE.phrases[Language.CS].partner in page.text
    assert "/help/cs/contacts" in [link["href"] for link in page.links]
    assert page.things("FAQPage") == []


def test_a_missing_fact_is_asked_for_with_what_can_be_chosen(client: FlaskClient) -> None:
    page = page_of(client, "roaming-activate", VehicleField("macan"))
    assert "Z kterého modelového roku je vaše vozidlo (Macan)?" in page.text
    assert page.options["model_year"] == ["", *(str(year) for year in range(2027, 2013, -1))]
    assert page.options["generation"] == ["", "95B", "J1-II"]
    assert "/help/cs/roaming-activate?unsure=1&model=macan" in [link["href"] for link in page.links]


def test_a_year_that_contradicts_the_model_is_asked_about(client: FlaskClient) -> None:
    page = page_of(client, "roaming-activate", VehicleField("taycan", None, 2010))
    assert "Tento rok k tomuto modelu nepatří" in page.text
    assert page.chosen["model_year"] == "2010"
    assert not [link for link in page.links if "unsure" in link["href"]]


def test_the_generation_of_another_model_is_dropped(client: FlaskClient) -> None:
    page = page_of(client, "roaming-activate", VehicleField("taycan", "95B"))
    assert page.chosen == {"model": "taycan"}
    assert page.variants == ["taycan"]


def test_a_generation_alone_tells_the_model(client: FlaskClient) -> None:
    page = page_of(client, "roaming-activate", VehicleField(None, "992"))
    assert page.chosen == {"model": "911", "generation": "992"}
    assert page.variants == ["set-device-manager"]


def test_an_entry_that_depends_on_no_vehicle_has_no_form_for_one(client: FlaskClient) -> None:
    page = page_of(client, "service-cancel", VehicleField("taycan"))
    assert "model" not in page.options


def test_related_procedures_keep_the_vehicle(client: FlaskClient) -> None:
    page = page_of(client, "roaming-activate", VehicleField("macan", None, 2020))
    links = [link["href"] for link in page.links]
    assert "/help/cs/data-connection-off?model=macan&model_year=2020" in links
    assert "/help/cs/services-by-country" in links
    assert "/help/en/roaming-activate?model=macan&model_year=2020" in links
