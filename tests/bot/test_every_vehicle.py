"""Every procedure for every vehicle in every year, against a table of the source that knows nothing of the product."""

from collections.abc import Iterator

import pytest

from bot.resolution import Ask, Missing, NotCovered, Show, resolve, show_possible
from bot.state import VehicleSlot
from kb.knowledge_base import KnowledgeBase
from kb.model import Language
from kb.vehicles import YearKind
from tests.bot.source_table import (
    GENERATIONS,
    NAMED_ONLY,
    PATHS,
    PROCEDURES,
    VARIANTS,
    Years,
    allowed,
    of_model,
    outcomes,
    possible,
)

YEARS = (None, *range(2008, 2028))
MODELS = tuple(dict.fromkeys(model for model, _, _ in GENERATIONS.values()))
# Every generation, every model without one, and the names that two models share.
CARS = (
    *((code,) for code in GENERATIONS),
    *(codes for codes in map(of_model, MODELS) if len(codes) > 1),
    ("982", "986", "987", "981"),
    ("982", "987", "981"),
    ("J1", "971"),
)


def sayings() -> Iterator[VehicleSlot]:
    """Every car in every year, in every way to say it."""
    for codes in CARS:
        for year in YEARS:
            for kind in YearKind if year else (YearKind.BARE,):
                yield VehicleSlot(codes, year, year, kind)


SAYINGS = tuple(sayings())


def said(slot: VehicleSlot) -> Years | None:
    """The model years that the year of a slot can mean."""
    if slot.year is None:
        return None
    return Years(slot.year, slot.year + (slot.year_kind is YearKind.CALENDAR))


def facts(procedure: str, slot: VehicleSlot) -> set[frozenset[str]]:
    return outcomes(procedure, slot.generations, said(slot), bare=slot.year_kind is YearKind.BARE)


def is_one_model_built_in_one_year(slot: VehicleSlot) -> bool:
    models = {GENERATIONS[code][0] for code in slot.generations}
    return slot.year is not None and slot.year_kind is YearKind.CALENDAR and len(models) == 1


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_procedure_shows_exactly_the_variants_of_the_car_or_asks(base: KnowledgeBase, procedure: str) -> None:
    entry = base.entry_of[procedure]
    for slot in SAYINGS:
        different = facts(procedure, slot)
        union = frozenset[str]().union(*different)
        resolution = resolve(base.vehicles, entry, slot)
        together = is_one_model_built_in_one_year(slot) and frozenset() not in different
        if not different:
            assert isinstance(resolution, Ask), slot
            assert resolution.missing is Missing.CONSISTENT_YEAR, slot
        elif not union:
            assert resolution == NotCovered(), slot
        elif len(different) == 1 or together:
            assert isinstance(resolution, Show), slot
            assert set(resolution.variants) == union, slot
        else:
            assert isinstance(resolution, Ask), slot


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_of_several_variants_the_reply_says_how_to_tell_them(base: KnowledgeBase, procedure: str) -> None:
    for slot in SAYINGS:
        resolution = resolve(base.vehicles, base.entry_of[procedure], slot)
        if isinstance(resolution, Show) and len(resolution.variants) > 1:
            assert resolution.how_to_tell or resolution.by_model_year, slot


@pytest.mark.parametrize("procedure", VARIANTS)
def test_who_does_not_know_is_shown_every_variant_that_is_possible_and_no_other(
    base: KnowledgeBase, procedure: str
) -> None:
    for slot in SAYINGS:
        expected = facts(procedure, slot) or outcomes(procedure, slot.generations, None)
        union = frozenset[str]().union(*expected)
        resolution = show_possible(base.vehicles, base.entry_of[procedure], slot)
        if union:
            assert isinstance(resolution, Show), slot
            assert set(resolution.variants) == union, slot
            assert resolution.not_for_all is (frozenset() in expected), slot
        else:
            assert resolution == NotCovered(), slot


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_without_a_model_the_model_is_asked_for_where_any_car_of_the_year_has_steps(
    base: KnowledgeBase, procedure: str
) -> None:
    every_car = tuple(code for code in GENERATIONS if code not in NAMED_ONLY)
    for year in YEARS:
        for kind in YearKind:
            slot = VehicleSlot((), year, year, kind)
            resolution = resolve(base.vehicles, base.entry_of[procedure], slot)
            if allowed(procedure, every_car, said(slot)):
                assert isinstance(resolution, Ask), slot
                assert resolution.missing is Missing.MODEL, slot
            else:
                assert resolution == NotCovered(), slot


def needed(procedure: str, slot: VehicleSlot) -> set[str]:
    """Of year, generation and drive, those that the table says would each be enough to decide, or to lead on."""
    cars = possible(slot.generations, said(slot))
    codes = {code for code, _ in cars}
    enough = set()
    if len({year for _, year in cars}) > 1:
        enough.add("year")
    if len(codes) > 1:
        enough |= {"generation", "drive"} if codes == {"95B", "J1-II"} else {"generation"}
    return enough


ASKS = {
    Missing.YEAR: {"year"},
    Missing.GENERATION: {"generation"},
    Missing.DRIVE: {"drive"},
    Missing.YEAR_OR_GENERATION: {"year", "generation"},
}


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_only_what_can_decide_is_asked_for(base: KnowledgeBase, procedure: str) -> None:
    for slot in SAYINGS:
        resolution = resolve(base.vehicles, base.entry_of[procedure], slot)
        if isinstance(resolution, Ask) and resolution.missing in ASKS:
            assert ASKS[resolution.missing] <= needed(procedure, slot), slot


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_each_answer_to_a_question_back_brings_the_customer_nearer(base: KnowledgeBase, procedure: str) -> None:
    for slot in SAYINGS:
        resolution = resolve(base.vehicles, base.entry_of[procedure], slot)
        if isinstance(resolution, Ask):
            for car in resolution.cars:
                narrower = VehicleSlot((car.generation,), car.year, car.year, YearKind.MODEL_YEAR)
                answer = resolve(base.vehicles, base.entry_of[procedure], narrower)
                assert not isinstance(answer, Ask), (slot, car)


def test_the_table_and_the_content_know_the_same_cars(base: KnowledgeBase) -> None:
    assert {row.code for row in base.vehicles.generations} == set(GENERATIONS)
    assert {row.code for row in base.vehicles.generations if row.explicit} == NAMED_ONLY


def test_the_table_and_the_content_know_the_same_procedures(base: KnowledgeBase) -> None:
    assert {entry.id for entry in base.entries if entry.ask_vehicle} == set(PROCEDURES)
    assert {entry.id for entry in base.entries if entry.variants} == set(VARIANTS)
    for procedure, variants in VARIANTS.items():
        assert {variant.id for variant in base.entry_of[procedure].variants} == set(variants)


def test_the_menu_words_of_the_table_stand_in_their_own_variant_alone(base: KnowledgeBase) -> None:
    for procedure, paths in PATHS.items():
        entry = base.entry_of[procedure]
        for variant in entry.variants:
            text = " ".join(str(part.text(language)) for language in Language for part in variant.answer)
            for other, words in paths.items():
                assert any(path in text for path in words) is (other == variant.id), (procedure, variant.id, other)


def test_the_table_holds_something_for_a_car_of_each_variant() -> None:
    for procedure, variants in VARIANTS.items():
        shown = {variant for codes in CARS for variant in allowed(procedure, codes, None)}
        assert shown == set(variants)
