"""What a message changes in what the conversation knows of the car and the country."""

from bot.message import Absent, Message, VehicleField
from bot.resolution import possible_cars
from bot.state import CountrySet, DialogueState, Event, VehicleSet, VehicleSlot
from bot.understanding import Understanding
from bot.vehicle_reader import year_slot
from kb.vehicles import Vehicles, YearKind


def fields_events(message: Message, vehicles: Vehicles) -> list[Event]:
    """The events of the page's own fields; a field that is absent changes nothing."""
    events: list[Event] = []
    if not isinstance(message.country, Absent):
        events.append(CountrySet(message.country))
    if not isinstance(message.vehicle, Absent):
        events.append(VehicleSet(_slot_of_field(message.vehicle, vehicles) if message.vehicle else None))
    return events


def generation_code(vehicles: Vehicles, model: str, code: str) -> str | None:
    """The generation of the model that goes by that code, whatever its case; None: there is none."""
    for generation in vehicles.generations:
        names = {generation.code.casefold(), *(name.casefold() for name in generation.codes)}
        if generation.model == model and code.casefold() in names:
            return generation.code
    return None


def _slot_of_field(field: VehicleField, vehicles: Vehicles) -> VehicleSlot:
    code = generation_code(vehicles, field.model, field.generation) if field.generation else None
    codes = (code,) if code else vehicles.of_model(field.model)
    return VehicleSlot(codes, field.model_year, field.model_year, YearKind.MODEL_YEAR)


def vehicle_events(message: Understanding, state: DialogueState, vehicles: Vehicles) -> list[Event]:
    """The event of the car or year that the message names."""
    reading = message.vehicles
    if reading.cars:
        named = reading.cars[-1]
        merged = named if message.other_car else _merged(state.vehicle, named)
        return [VehicleSet(merged if possible_cars(vehicles, merged) else named)]
    if reading.loose_year is not None:
        known = state.vehicle.generations if state.vehicle else ()
        return [VehicleSet(year_slot(reading.loose_year, known))]
    return []


def _merged(known: VehicleSlot | None, named: VehicleSlot) -> VehicleSlot:
    """The car named, narrowed by what is known where both can be the same car."""
    if known is None:
        return named
    common = tuple(code for code in known.generations if code in named.generations)
    if not common and known.generations:
        return named
    codes = common or named.generations
    if named.first_year is not None:
        return VehicleSlot(codes, named.first_year, named.last_year, named.year_kind)
    return VehicleSlot(codes, known.first_year, known.last_year, known.year_kind)


def country_events(message: Understanding, *, asked: bool) -> list[Event]:
    """The event of the customer's own country; `asked`: a country named answers the question for it."""
    own = message.countries.own or (message.countries.named if asked else ())
    return [CountrySet(own[-1])] if own else []
