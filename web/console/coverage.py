"""What of an entry holds for the caller's car, as `bot.resolution` says, and what is to be asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.resolution import Ask, NotCovered, Show, possible_cars, resolve_entry, show_all, show_possible
from bot.state import VehicleSlot
from kb.model import Entry, VehicleRow
from kb.vehicles import Vehicles, YearKind

# Entries by cars: a hundred callers' cars with all entries of a small knowledge base; a few megabytes.
MOST_KEPT = 5000


class Fit(StrEnum):
    """Whether an entry holds for the caller's car.

    `every`: for every car. `unknown`: it depends on the car, of which nothing is known. `covered`: for this one.
    `open`: it depends on what is not known yet. `not_covered`: not for this one.
    """

    EVERY = "every"
    UNKNOWN = "unknown"
    COVERED = "covered"
    OPEN = "open"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class Holding:
    """Whether the entry holds, the variants that may, and the question that is left."""

    fit: Fit
    shown: Show
    ask: Ask | None = None


class Holdings:
    """What of each entry holds for a car; answers are kept, for the same is asked for every row of a list."""

    def __init__(self, vehicles: Vehicles) -> None:
        self._vehicles = vehicles
        self._kept: dict[tuple[str, VehicleSlot | None], Holding] = {}

    def of(self, entry: Entry, slot: VehicleSlot | None) -> Holding:
        """All of the entry that is possible for the car (None: nothing is known of it), and what is left to ask."""
        key = (entry.id, slot)
        found = self._kept.get(key)
        if found is None:
            found = _holding(self._vehicles, entry, slot)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found


def may_concern(vehicles: Vehicles, rows: Sequence[VehicleRow], slot: VehicleSlot | None) -> bool:
    """Whether any of the rows (none: every vehicle) may hold for the car (None: nothing is known of it).

    Of a car whose year contradicts it, the car is believed.
    """
    if not rows or slot is None:
        return True
    cars = possible_cars(vehicles, slot) or possible_cars(vehicles, VehicleSlot(slot.generations))
    bare = slot.year if slot.year_kind is YearKind.BARE else None
    return any(vehicles.satisfies(car, row, bare) for car in cars for row in rows)


def _holding(vehicles: Vehicles, entry: Entry, slot: VehicleSlot | None) -> Holding:
    if not entry.variants:
        return Holding(Fit.EVERY, show_all(entry))
    resolution = resolve_entry(vehicles, entry, slot)
    match resolution:
        case NotCovered():
            return Holding(Fit.NOT_COVERED, Show(()))
        case Show():
            return Holding(Fit.COVERED if slot else Fit.UNKNOWN, resolution)
    possible = show_possible(vehicles, entry, slot)
    shown = possible if isinstance(possible, Show) else Show(())
    return Holding(Fit.OPEN if slot else Fit.UNKNOWN, shown, resolution)
