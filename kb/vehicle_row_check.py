"""Checks of rows that name vehicles: what they name exists, and some vehicle satisfies them."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.draft import Draft
from kb.errors import Fault, FieldPath
from kb.model import VehicleRow
from kb.vehicles import Car, Vehicles


@dataclass(frozen=True, slots=True)
class VehicleRowCheck:
    """Checks the rows of the file of that name."""

    draft: Draft
    name: str
    vehicles: Vehicles

    def faults(self, path: FieldPath, row: VehicleRow) -> Iterator[Fault]:
        """Everything that is wrong with the row that stands at the path."""
        named = sum(bool(field) for field in (row.generation, row.model, row.every_model_but))
        if named != 1:
            what = f"has {named} of generation, model, every_model_but"
            yield self._fault(path, what, "name the vehicles by exactly one of them")
            return
        unknown = list(self._unknown(path, row))
        yield from unknown
        if not unknown and not any(self.holds(car, row) for car in self.vehicles.cars):
            yield self._fault(path, "no vehicle satisfies this row", "correct the vehicles or the years")

    def holds(self, car: Car, row: VehicleRow) -> bool:
        """Whether the row holds for the car, its year taken in whichever way."""
        return self.vehicles.satisfies(car, row, bare_year=car.year)

    def _unknown(self, path: FieldPath, row: VehicleRow) -> Iterator[Fault]:
        if row.generation and row.generation not in self.vehicles.generation_of:
            what = f"there is no generation {row.generation}"
            yield self._fault((*path, "generation"), what, "name a generation of vehicles.yaml")
        field = "model" if row.model else "every_model_but"
        for model in (row.model,) if row.model else row.every_model_but:
            if model not in self.vehicles.model_of:
                yield self._fault((*path, field), f"there is no model {model}", "name a model of vehicles.yaml")

    def _fault(self, path: FieldPath, what: str, remedy: str) -> Fault:
        return self.draft.fault(self.name, path, what, remedy)
