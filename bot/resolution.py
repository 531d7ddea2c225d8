"""Which variants of a procedure to show for what is known of the car, or what to ask for.

Everything follows from one step: list every car (generation and model year) that the customer's words leave possible,
and look which variants the content has for each.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.state import VehicleSlot
from kb.model import Bilingual, Entry
from kb.variants import applicable_variants, declared_overlap
from kb.vehicles import Car, Vehicles, YearKind

Outcome = frozenset[str]


class Missing(StrEnum):
    """The one fact that is missing."""

    MODEL = "model"
    YEAR = "year"
    GENERATION = "generation"
    YEAR_OR_GENERATION = "year_or_generation"
    CONSISTENT_YEAR = "consistent_year"


@dataclass(frozen=True, slots=True)
class Show:
    """Show these variants; with more than one, `how_to_tell` says which one holds."""

    variants: tuple[str, ...]
    how_to_tell: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class NotCovered:
    """The content has no procedure for this car."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for the missing fact; the cars are those that are still possible."""

    missing: Missing
    cars: tuple[Car, ...]


Resolution = Show | NotCovered | Ask


def possible_cars(vehicles: Vehicles, slot: VehicleSlot | None) -> tuple[Car, ...]:
    """Every car that the slot leaves possible; none where its generation and year contradict each other."""
    slot = slot or VehicleSlot()
    codes = slot.generations or tuple(row.code for row in vehicles.generations if not row.explicit)
    if slot.first_year is None or slot.last_year is None:
        return tuple(car for car in vehicles.cars() if car.generation in codes)
    last = slot.last_year + (1 if slot.year_kind is YearKind.CALENDAR else 0)
    cars = [car for car in vehicles.cars() if car.generation in codes and slot.first_year <= car.year <= last]
    if not cars and len(codes) == 1:
        cars = _one_year_off(vehicles, codes[0], slot.first_year, last)
    return tuple(cars)


def _one_year_off(vehicles: Vehicles, code: str, first: int, last: int) -> list[Car]:
    """The generation's first or last year, where the year said lies just outside."""
    generation = vehicles.generation_of[code]
    if last == generation.first - 1:
        return [Car(code, generation.first)]
    if first == vehicles.last_year(code) + 1:
        return [Car(code, vehicles.last_year(code))]
    return []


def outcomes(vehicles: Vehicles, entry: Entry, slot: VehicleSlot | None) -> dict[Car, Outcome]:
    """The variants that hold for every car that is possible."""
    bare = slot.year if slot and slot.year_kind is YearKind.BARE else None
    return {
        car: applicable_variants(vehicles, entry, car, bare_year=bare) for car in possible_cars(vehicles, slot)
    }


def resolve(vehicles: Vehicles, entry: Entry, slot: VehicleSlot | None) -> Resolution:
    """What to show, or to ask, for a procedure (an entry with `ask_vehicle`)."""
    held = outcomes(vehicles, entry, slot)
    if not held:
        return Ask(Missing.CONSISTENT_YEAR, ())
    distinct = set(held.values())
    shown = frozenset[str]().union(*distinct)
    if not shown:
        return NotCovered()
    by_calendar = slot is not None and slot.year_kind is YearKind.CALENDAR and slot.first_year is not None
    if len(distinct) == 1 or (by_calendar and frozenset() not in distinct):
        return show(entry, shown)
    return Ask(_missing(slot, held), tuple(held))


def show(entry: Entry, variants: Outcome) -> Show:
    """Show the variants in the order of the entry, with how to tell them apart where that is declared."""
    ordered = tuple(variant.id for variant in entry.variants if variant.id in variants)
    overlap = declared_overlap(entry, variants) if len(ordered) > 1 else None
    return Show(ordered, overlap.how_to_tell if overlap else None)


def show_possible(vehicles: Vehicles, entry: Entry, slot: VehicleSlot | None) -> Show | NotCovered:
    """Every variant that is still possible: the answer to "I don't know", and where nothing is asked."""
    held = outcomes(vehicles, entry, slot) or outcomes(vehicles, entry, None)
    shown = frozenset[str]().union(*held.values())
    return show(entry, shown) if shown else NotCovered()


def _missing(slot: VehicleSlot | None, held: dict[Car, Outcome]) -> Missing:
    if slot is None or not slot.generations:
        return Missing.MODEL
    codes = {car.generation for car in held}
    if slot.first_year is not None:
        return Missing.GENERATION if len(codes) > 1 else Missing.YEAR
    if len(codes) == 1:
        return Missing.YEAR
    decided = all(len({held[car] for car in held if car.generation == code}) == 1 for code in codes)
    return Missing.YEAR_OR_GENERATION if decided else Missing.YEAR
