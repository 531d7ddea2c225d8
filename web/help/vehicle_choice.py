"""The vehicle of an entry's page: what the address says of it, and the form that chooses it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.slots import generation_code, slot_of_field
from bot.state import VehicleSlot
from kb.knowledge_base import KnowledgeBase
from kb.model import Language
from kb.vehicles import Generation, Vehicles
from web.parameters import VehicleParameters


class VehicleChoice(VehicleParameters):
    """The vehicle of an address; `unsure`: the visitor can't tell more of it."""

    unsure: bool = False

    def slot(self, vehicles: Vehicles) -> VehicleSlot | None:
        """What the choice leaves possible; None where nothing is chosen."""
        field = self.vehicle()
        return None if field is None else slot_of_field(field, vehicles)

    def query(self) -> dict[str, str]:
        """The parameters of an address that makes the same choice."""
        rows = {"model": self.model, "generation": self.generation, "model_year": self.model_year}
        given = {name: str(value) for name, value in rows.items() if value is not None}
        return given | ({"unsure": "1"} if given and self.unsure else {})


@dataclass(frozen=True, slots=True)
class Option:
    """A row of a select field."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class VehicleForm:
    """The rows of the form's fields; no generations where the model is not chosen, or has only one."""

    models: tuple[Option, ...]
    generations: tuple[Option, ...]
    years: tuple[Option, ...]


def chosen_vehicle(base: KnowledgeBase, parameters: Mapping[str, str]) -> VehicleChoice:
    """The choice of an address. Raises ValidationError for what is no vehicle.

    A form sends fields that are left empty, and with another model the generation that was chosen for the last one.
    """
    given = {name: value.strip() for name, value in parameters.items() if value.strip()}
    model, generation = given.get("model"), given.get("generation")
    if model and generation and _is_of_another(base.vehicles, model, generation):
        del given["generation"]
    return VehicleChoice.model_validate(given, context=base)


def _is_of_another(vehicles: Vehicles, model: str, generation: str) -> bool:
    is_known = generation_code(vehicles, None, generation) is not None
    return is_known and generation_code(vehicles, model.casefold(), generation) is None


def vehicle_form(vehicles: Vehicles, choice: VehicleChoice, language: Language) -> VehicleForm:
    """The form, filled in with the choice."""
    code = generation_code(vehicles, choice.model, choice.generation) if choice.generation else None
    model = choice.model or (vehicles.generation_of[code].model if code else None)
    generations = [row for row in vehicles.generations if row.model == model]
    return VehicleForm(
        tuple(Option(row.id, row.label().text(language), row.id == model) for row in vehicles.models),
        tuple(Option(row.code, row.name.text(language), row.code == code) for row in generations)
        if len(generations) > 1
        else (),
        _years(vehicles, choice, [row for row in generations if code in {None, row.code}]),
    )


def _years(vehicles: Vehicles, choice: VehicleChoice, generations: list[Generation]) -> tuple[Option, ...]:
    """The model years of these generations (none: of all), the newest first, with the one that is chosen."""
    codes = {row.code for row in generations or vehicles.generations}
    years = {car.year for car in vehicles.cars if car.generation in codes}
    if choice.model_year is not None:
        years.add(choice.model_year)
    return tuple(Option(str(year), str(year), year == choice.model_year) for year in sorted(years, reverse=True))
