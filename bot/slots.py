"""What a message changes in what the conversation knows of the car and the country."""

import re
from dataclasses import replace

from bot.message import Absent, Message, VehicleField
from bot.other_age import Of, OtherAge, of_other_age
from bot.pointing import Pointing
from bot.resolution import possible_cars
from bot.state import Asked, CountrySet, DialogueState, Event, PageTold, VehicleSet, VehicleSlot
from bot.understanding import Understanding
from bot.vehicle_reader import year_slot
from bot.year_words import EARLIEST, LATEST, YearMention
from kb.vehicles import Vehicles, YearKind

_TWO_DIGITS = re.compile(r"[0-3][0-9]")


def page_told(message: Message, vehicles: Vehicles) -> PageTold:
    """The event of the page's own fields; a field that is absent changes nothing."""
    country = None if isinstance(message.country, Absent) else message.country or ""
    if isinstance(message.vehicle, Absent):
        return PageTold(country)
    return PageTold(country, slot_of_field(message.vehicle, vehicles) if message.vehicle else VehicleSlot())


def generation_code(vehicles: Vehicles, model: str | None, code: str) -> str | None:
    """The generation of the model (None: of any) that goes by that code, whatever its case; None: there is none."""
    for generation in vehicles.generations:
        names = {generation.code.casefold(), *(name.casefold() for name in generation.codes)}
        if model in {None, generation.model} and code.casefold() in names:
            return generation.code
    return None


def slot_of_field(field: VehicleField, vehicles: Vehicles) -> VehicleSlot:
    """What a vehicle's model, generation and model year leave possible."""
    code = generation_code(vehicles, field.model, field.generation) if field.generation else None
    of_model = vehicles.of_model(field.model) if field.model else ()
    codes = (code,) if code else of_model
    return VehicleSlot(codes, field.model_year, field.model_year, YearKind.MODEL_YEAR)


def vehicle_events(message: Understanding, state: DialogueState, vehicles: Vehicles) -> list[Event]:
    """The event of the car or year that the message names."""
    reading = message.vehicles
    known = None if message.other_car else state.vehicle
    if reading.cars:
        by_age = _told_by_age(message, state, known, vehicles)
        event = VehicleSet(by_age) if by_age else _named(reading.cars, state, known, vehicles)
        first_car = (state.first_car or state.vehicle) if message.other_car or message.anothers else None
        return [replace(event, first_car=first_car)]
    if message.first_car and state.first_car and state.pending_asked is not Asked.VEHICLE:
        return [_back_to(state.first_car, message, state)]
    year = reading.loose_year or (_two_digit_year(message) if known and state.pending_asked is Asked.VEHICLE else None)
    if year is not None:
        slot = _with_year(known, year, vehicles)
        codes = _narrowed(slot.generations, reading.narrowing, vehicles) if reading.narrowing else ()
        return [VehicleSet(replace(slot, generations=codes or slot.generations), state.others)]
    if known and state.pending_asked is Asked.VEHICLE and (code := _pointed_at(known, reading.pointing, vehicles)):
        return [VehicleSet(replace(known, generations=(code,)), state.others)]
    if reading.narrowing and known and not message.content:
        codes = _narrowed(known.generations, reading.narrowing, vehicles)
        return [VehicleSet(replace(known, generations=codes), state.others)] if codes else []
    if known and state.pending_asked is not Asked.VEHICLE and _is_by_age(message, state):
        return [VehicleSet(_of_model_by_age(known, reading.age, vehicles))]
    return [VehicleSet(None)] if message.other_car and state.vehicle else []


def country_events(message: Understanding, state: DialogueState) -> list[Event]:
    """The event of the one country that the customer calls his own, or names in place of the known one; of several
    none is certain.
    """
    read = message.countries
    takes_back = read.corrects and not message.contact_words and not state.other_country_asked
    own = read.named if state.country in read.denied or (state.country and takes_back) else read.own
    return [CountrySet(own[0], stated=True)] if len(own) == 1 else []


def _named(
    named: tuple[VehicleSlot, ...], state: DialogueState, known: VehicleSlot | None, vehicles: Vehicles
) -> VehicleSet:
    """The event of cars that are named, each narrowed by what is known of it.

    Of several that are known one is chosen by its name, but for an answer to a question about one of them.
    """
    before = (*state.others, known) if known else ()
    slots: list[VehicleSlot] = []
    for car in named:
        same = [row for row in before if not set(row.generations).isdisjoint(car.generations)]
        slots += [_merged(row, car, vehicles) for row in same] or [_merged(known, car, vehicles)]
    answers = state.pending_asked is Asked.VEHICLE and len(named) == 1 and known is not None
    codes = {code for car in named for code in car.generations}
    kept = [row for row in state.others if codes.isdisjoint(row.generations)] if answers else []
    *others, last = dict.fromkeys([*kept, *slots])
    return VehicleSet(last, tuple(others))


def _back_to(first_car: VehicleSlot, message: Understanding, state: DialogueState) -> VehicleSet:
    """The event of the car that was named before another one: "and mine?". In a question "my car" may be either."""
    if not message.content:
        return VehicleSet(first_car)
    others = tuple(dict.fromkeys((*state.others, first_car)))
    return VehicleSet(state.vehicle, others, first_car)


def _told_by_age(
    message: Understanding, state: DialogueState, known: VehicleSlot | None, vehicles: Vehicles
) -> VehicleSlot | None:
    """The car that is named as an older or newer one than the known one; None: it is not.

    "The older 911" answers which one it is, where that is asked for; "and the old 911?" is another than the known one.
    """
    age, named = message.vehicles.age, message.vehicles.cars[-1]
    leans = message.leans or message.follows_up
    if known is None or age is None or age.of is Of.CAR or len(message.vehicles.cars) > 1:
        return None
    same = [row for row in (known, *state.others) if not set(row.generations).isdisjoint(named.generations)]
    if not same:
        return None
    known = same[0]
    if state.pending_asked is Asked.VEHICLE and not leans:
        code = _pointed_at(known, message.vehicles.pointing, vehicles)
        return replace(known, generations=(code,)) if code else None
    if age.certain:
        return of_other_age(vehicles, known, named, age.place) or _without_known(vehicles, known, named)
    return named if leans else None


def _without_known(vehicles: Vehicles, known: VehicleSlot, named: VehicleSlot) -> VehicleSlot:
    """The named car where nothing is older or newer than the known one: of its generation, if that is known."""
    codes = {car.generation for car in possible_cars(vehicles, known)} & set(known.generations)
    is_one = len(codes) == 1 and named.first_year is None
    return replace(named, generations=tuple(codes)) if is_one and codes <= set(named.generations) else named


def _is_by_age(message: Understanding, state: DialogueState) -> bool:
    """Whether an older or newer car is told without a name: "the previous generation", "an older car", "a novější?"."""
    age = message.vehicles.age
    if age is None or not age.certain:
        return False
    if age.of in {Of.GENERATION, Of.CAR}:
        return True
    is_alone = not message.content and message.vehicles.pointing.place is not None and state.topic is not None
    return age.of is Of.NOTHING and is_alone and (message.leans or message.follows_up)


def _of_model_by_age(known: VehicleSlot, age: OtherAge | None, vehicles: Vehicles) -> VehicleSlot | None:
    """The known model's older or newer generations; None where there are none, or any car can be meant."""
    models = {vehicles.generation_of[code].model for code in known.generations}
    if age is None or age.of is Of.CAR or len(models) != 1:
        return None
    return of_other_age(vehicles, known, VehicleSlot(vehicles.of_model(models.pop())), age.place)


def _merged(known: VehicleSlot | None, named: VehicleSlot, vehicles: Vehicles) -> VehicleSlot:
    """The car named, narrowed by what is known where both can be the same car."""
    if known is None:
        return named
    common = tuple(code for code in known.generations if code in named.generations)
    if known.generations and not common:
        return named
    merged = replace(named if named.first_year is not None else known, generations=common or named.generations)
    return merged if possible_cars(vehicles, merged) else named


def _with_year(known: VehicleSlot | None, year: YearMention, vehicles: Vehicles) -> VehicleSlot:
    """The known car with a year that was said alone.

    A year that does not fit is kept, and asked about; said once more, it holds, and the generation does not.
    """
    slot = year_slot(year, known.generations if known else ())
    if known is None or possible_cars(vehicles, slot) or known.first_year != slot.first_year:
        return slot
    models = {vehicles.generation_of[code].model for code in slot.generations}
    of_models = tuple(code for model in sorted(models) for code in vehicles.of_model(model))
    wider = (replace(slot, generations=of_models), replace(slot, generations=()))
    return next((row for row in wider if possible_cars(vehicles, row)), VehicleSlot())


def _two_digit_year(message: Understanding) -> YearMention | None:
    """The year that two digits alone are, where the car's year is asked for: "19"."""
    if len(message.words) != 1 or not _TWO_DIGITS.fullmatch(message.words[0].folded):
        return None
    year = 2000 + int(message.words[0].folded)
    return YearMention(year, year, YearKind.BARE, 0, 1) if EARLIEST <= year <= LATEST else None


def _pointed_at(known: VehicleSlot, pointing: Pointing, vehicles: Vehicles) -> str | None:
    """The generation that the words point at, of those that are possible."""
    codes = dict.fromkeys(car.generation for car in possible_cars(vehicles, known))
    return pointing.one_of(tuple(vehicles.generation_of[code] for code in codes)) if known.generations else None


def _narrowed(known: tuple[str, ...], said: frozenset[str], vehicles: Vehicles) -> tuple[str, ...]:
    """The known generations that words such as "electric" leave; the model's others, where they leave none."""
    common = tuple(code for code in known if code in said)
    models = {vehicles.generation_of[code].model for code in known}
    others = tuple(row.code for row in vehicles.generations if row.model in models and row.code in said)
    return common or others
