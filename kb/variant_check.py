"""Checks of an entry's variants: the vehicles that they hold for exist, and overlaps are declared."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.draft import Draft
from kb.errors import Fault, FieldPath
from kb.model import Entry, Overlap, VehicleRow
from kb.variants import applicable_variants
from kb.vehicle_row_check import VehicleRowCheck
from kb.vehicles import Car, Vehicles


@dataclass(frozen=True, slots=True)
class VariantCheck:
    """Checks the variants of one entry, which stands in the file of that name."""

    draft: Draft
    name: str
    entry: Entry
    vehicles: Vehicles

    def faults(self) -> Iterator[Fault]:
        """Everything that is wrong with the entry's variants."""
        yield from self._ids()
        wrong = [fault for path, row in self._rows() for fault in self._row_check().faults(path, row)]
        yield from wrong
        if not wrong:
            yield from self._undeclared()

    def _fault(self, path: FieldPath, what: str, remedy: str) -> Fault:
        return self.draft.fault(self.name, path, what, remedy)

    def _ids(self) -> Iterator[Fault]:
        known: set[str] = set()
        for number, variant in enumerate(self.entry.variants):
            if variant.id in known:
                yield self._fault(("variants", number, "id"), f"{variant.id} stands twice", "use another id")
            known.add(variant.id)
        for number, overlap in enumerate(self.entry.overlaps):
            for unknown in sorted(set(overlap.variants) - known):
                path = ("overlaps", number, "variants")
                yield self._fault(path, f"there is no variant {unknown}", "name a variant's id")

    def _rows(self) -> Iterator[tuple[FieldPath, VehicleRow]]:
        for at, variant in enumerate(self.entry.variants):
            for number, row in enumerate(variant.vehicles):
                yield ("variants", at, "vehicles", number), row
        for at, overlap in enumerate(self.entry.overlaps):
            for number, row in enumerate(overlap.vehicles):
                yield ("overlaps", at, "vehicles", number), row

    def _undeclared(self) -> Iterator[Fault]:
        """One fault for each set of variants that overlap for some car without saying so."""
        told: set[frozenset[str]] = set()
        for car in self.vehicles.cars:
            shown = applicable_variants(self.vehicles, self.entry, car, bare_year=car.year)
            if len(shown) < 2 or shown in told or any(self._declares(row, shown, car) for row in self.entry.overlaps):
                continue
            told.add(shown)
            what = f"{' and '.join(sorted(shown))} hold for the same vehicle, {car.generation} of {car.year}"
            field = "overlaps" if self.entry.overlaps else "variants"
            yield self._fault((field,), what, "correct the years, or declare it in overlaps")

    def _declares(self, overlap: Overlap, shown: frozenset[str], car: Car) -> bool:
        return shown <= set(overlap.variants) and any(self._row_check().holds(car, row) for row in overlap.vehicles)

    def _row_check(self) -> VehicleRowCheck:
        return VehicleRowCheck(self.draft, self.name, self.vehicles)
