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
    DRIVE = "drive"
    YEAR_OR_GENERATION = "year_or_generation"
    CONSISTENT_YEAR = "consistent_year"


@dataclass(frozen=True, slots=True)
class Show:
    """Show these variants; with more than one, `how_to_tell` says which one holds.

    `by_model_year`: a year of building or buying leaves two model years. `not_for_all`: other cars that are
    possible have no variant.
    """

    variants: tuple[str, ...]
    how_to_tell: Bilingual | None = None
    by_model_year: bool = False
    not_for_all: bool = False


@dataclass(frozen=True, slots=True)
class NotCovered:
    """The content has no procedure for this car."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for the missing fact of a car; `cars` are those that are still possible."""

    missing: Missing
    cars: tuple[Car, ...]
    slot: VehicleSlot | None


Resolution = Show | NotCovered | Ask


def possible_cars(vehicles: Vehicles, slot: VehicleSlot | None) -> tuple[Car, ...]:
    """Every car that the slot leaves possible; none where its generation and year contradict each other."""
    slot = slot or VehicleSlot()
    codes = slot.generations or tuple(row.code for row in vehicles.generations if not row.explicit)
    if slot.first_year is None or slot.last_year is None:
        return tuple(car for car in vehicles.cars if car.generation in codes)
    last = slot.last_year + (1 if slot.year_kind is YearKind.CALENDAR else 0)
    cars = [car for car in vehicles.cars if car.generation in codes and slot.first_year <= car.year <= last]
    return tuple(cars or _one_year_off(vehicles, codes, slot.first_year, last))


def _one_year_off(vehicles: Vehicles, codes: tuple[str, ...], first: int, last: int) -> list[Car]:
    """The first or last year of the one generation, where the year said lies just outside.

    An electric generation beside it is another car of the same name.
    """
    fuelled = [code for code in codes if not vehicles.generation_of[code].electric] or list(codes)
    if len(fuelled) != 1:
        return []
    generation = vehicles.generation_of[fuelled[0]]
    if last == generation.first - 1:
        return [Car(generation.code, generation.first)]
    if first == vehicles.last_year(generation.code) + 1:
        return [Car(generation.code, vehicles.last_year(generation.code))]
    return []


def outcomes(vehicles: Vehicles, entry: Entry, slot: VehicleSlot | None) -> dict[Car, Outcome]:
    """The variants that hold for every car that is possible."""
    bare = slot.year if slot and slot.year_kind is YearKind.BARE else None
    return {car: applicable_variants(vehicles, entry, car, bare_year=bare) for car in possible_cars(vehicles, slot)}


def resolve(vehicles: Vehicles, entry: Entry, slot: VehicleSlot | None) -> Resolution:
    """What to show, or to ask, for a procedure (an entry with `ask_vehicle`)."""
    held = outcomes(vehicles, entry, slot)
    if not held:
        if slot is None or not slot.generations:
            return Ask(Missing.MODEL, vehicles.cars, slot)
        return Ask(Missing.CONSISTENT_YEAR, (), slot)
    distinct = set(held.values())
    shown = frozenset[str]().union(*distinct)
    if not shown:
        return NotCovered()
    if len(distinct) == 1:
        return show(entry, shown)
    if _is_built_in_one_year(vehicles, slot) and frozenset() not in distinct:
        return show(entry, shown, by_model_year=True)
    return Ask(_missing(vehicles, slot, held), tuple(held), slot)


def _is_built_in_one_year(vehicles: Vehicles, slot: VehicleSlot | None) -> bool:
    """Whether the year of building or buying of one model is known: nobody can tell more."""
    if slot is None or slot.year is None or slot.year_kind is not YearKind.CALENDAR:
        return False
    return len({vehicles.generation_of[code].model for code in slot.generations}) == 1


def show(entry: Entry, variants: Outcome, *, by_model_year: bool = False, not_for_all: bool = False) -> Show:
    """Show the variants in the order of the entry, with how to tell them apart where that is declared."""
    ordered = tuple(variant.id for variant in entry.variants if variant.id in variants)
    if len(ordered) < 2:
        return Show(ordered, not_for_all=not_for_all)
    overlap = declared_overlap(entry, variants)
    return Show(ordered, overlap.how_to_tell if overlap else None, by_model_year, not_for_all)


def show_possible(vehicles: Vehicles, entry: Entry, slot: VehicleSlot | None) -> Show | NotCovered:
    """Every variant that is still possible: the answer to "I don't know", and where nothing is asked.

    Of a car whose year contradicts it, the car is believed.
    """
    car = VehicleSlot(slot.generations) if slot else None
    held = outcomes(vehicles, entry, slot) or outcomes(vehicles, entry, car)
    shown = frozenset[str]().union(*held.values())
    return show(entry, shown, not_for_all=frozenset() in held.values()) if shown else NotCovered()


def resolve_entry(vehicles: Vehicles, entry: Entry, slot: VehicleSlot | None, *, unknown: bool = False) -> Resolution:
    """What to show of an entry with variants, or to ask; `unknown`: whoever asks can't tell more of the car."""
    if entry.ask_vehicle and not unknown:
        return resolve(vehicles, entry, slot)
    return show_all(entry) if slot is None else show_possible(vehicles, entry, slot)


def show_all(entry: Entry) -> Show:
    """Every variant of the entry."""
    return show(entry, frozenset(variant.id for variant in entry.variants))


def show_together(entry: Entry, shows: list[Show]) -> Show:
    """The variants of several cars in one answer."""
    if len(shows) == 1:
        return shows[0]
    together = show(entry, frozenset(variant for row in shows for variant in row.variants))
    how_to_tell = next((row.how_to_tell for row in shows if row.how_to_tell), None)
    return Show(together.variants, how_to_tell, not_for_all=any(row.not_for_all for row in shows))


def _missing(vehicles: Vehicles, slot: VehicleSlot | None, held: dict[Car, Outcome]) -> Missing:
    if slot is None or not slot.generations:
        return Missing.MODEL
    codes = {car.generation for car in held}
    models = {vehicles.generation_of[code].model for code in codes}
    decided = all(len({held[car] for car in held if car.generation == code}) == 1 for code in codes)
    if len(codes) == 1:
        return Missing.YEAR
    if not decided:
        return Missing.YEAR if len(models) == 1 else Missing.MODEL
    drives = {vehicles.generation_of[code].electric for code in codes}
    if len(models) == 1 and len(drives) > 1:
        return Missing.DRIVE
    return Missing.YEAR_OR_GENERATION if slot.first_year is None else Missing.GENERATION
