"""Reading vehicles: every name stands for the set of generations that it can mean, and names narrow each other."""

from dataclasses import dataclass

from bot.alternatives import Alternatives, Codes
from bot.lexicon import Lexicon
from bot.mentions import Corrections, Mention
from bot.numbers import NumberReader
from bot.other_age import AgeReader, OtherAge
from bot.pointing import Pointing, PointingReader
from bot.state import VehicleSlot
from bot.vehicle_names import VehicleNames, car_codes
from bot.words import Found, Word, frozen
from bot.year_assignment import NamedCar, YearsBesideCars
from bot.year_words import YearMention
from bot.years import YearReader
from kb.vehicles import Vehicles


@dataclass(frozen=True, slots=True)
class VehicleReading:
    """What a message says of cars: the cars (mostly one), and the words that said it.

    `narrowing`: the generations that words such as "electric" leave, said without a car (none: no such words).
    `narrowing_words` are their places; `words` those of names and years. `pointing`: which of several is meant;
    `age`: that it is an older or newer one than the car that was named before.
    """

    cars: tuple[VehicleSlot, ...]
    narrowing: Codes
    loose_year: YearMention | None
    words: frozenset[int]
    narrowing_words: frozenset[int]
    pointing: Pointing
    age: OtherAge | None = None


class VehicleReader:
    """Finds cars and years in the words of a message."""

    def __init__(self, vehicles: Vehicles, lexicon: Lexicon, known_words: frozenset[str]) -> None:
        self._vehicles = vehicles
        self._alternatives = Alternatives(lexicon)
        numbers = NumberReader(lexicon, car_codes(vehicles))
        self._names = VehicleNames(vehicles, numbers, self._alternatives, known_words)
        self._years = YearReader(lexicon)
        self._beside = YearsBesideCars(lexicon)
        self._ages = AgeReader(vehicles, lexicon)
        self._pointing = PointingReader(vehicles, lexicon)
        self._corrections = Corrections(lexicon)
        self._conjunctions = frozenset(lexicon.phrases("conjunctions"))
        self._equipment = lexicon.table("equipment")

    def read(self, text: str, words: tuple[Word, ...]) -> VehicleReading:
        """The cars and years of a message."""
        names = [self._ages.opened(words, name) for name in self._names.own(text, words)]
        equipment = {row.first for row in self._equipment.find(words)}
        said = [found for found in self._names.narrowing(text, words, names) if found.end not in equipment]
        narrowing = [self._as_meant(words, found) for found in said]
        names = [_with_drive(name, narrowing) for name in names]
        years = self._years.read(text, words, _places(names))
        cars = self._cars(text, words, self._corrections.not_negated(words, names), years=len(years))
        if len(cars) < 2:
            years = self._alternatives.joined_years(text, words, years)
        for found in narrowing:
            _narrow_nearest(cars, found)
        self._beside.assign(text, words, cars, years)
        cars = [car for car in cars if car.year or not car.again]
        holding = self._corrections.last_said(words, cars)
        loose = frozenset.intersection(*(found.value for found in narrowing)) if narrowing and not cars else frozen(())
        return VehicleReading(
            cars=tuple(self._slot(car) for car in holding),
            narrowing=loose,
            loose_year=years[-1] if years and not cars else None,
            words=frozen({*_places(names), *_places(years), *(_places(narrowing) if cars else ())}),
            narrowing_words=_places(narrowing),
            pointing=self._pointing.read(words, placed=not narrowing),
            age=self._ages.read(words, names),
        )

    def _cars(self, text: str, words: tuple[Word, ...], names: list[Found[Codes]], *, years: int) -> list[NamedCar]:
        """The cars that the names stand for: a name that fits a car named before narrows it."""
        joined = frozenset(place for place, word in enumerate(words) if word.folded in self._conjunctions)
        by_age = self._ages.named_by_age(words, names)
        cars: list[NamedCar] = []
        for name in names:
            same = next((car for car in reversed(cars) if car.codes & name.value), None)
            if codes := self._ages.than(words, name, same.codes if same else None):
                # "older than the 992", "a Boxster before the 718"
                _compare(cars, same, NamedCar(codes, name.first, name.end))
            elif same is None:
                cars.append(NamedCar(name.value, name.first, name.end))
            elif name.first in by_age and same.codes <= name.value:
                # "the 992 and the older 911"
                cars.append(NamedCar(name.value - same.codes or name.value, name.first, name.end))
            elif years > 1 and same.codes <= name.value and name.first > same.end:
                # "a Macan of 2016 and a Macan of 2020": a car of its own if a year is left for it
                cars.append(NamedCar(same.codes, name.first, name.end, again=True))
            elif not (years and same.codes < name.value) and self._alternatives.are_named(text, words, same, name):
                # "718 nebo Boxster": either
                same.codes |= name.value
                same.end = name.end
            elif same.codes < name.value and joined.intersection(range(same.end, name.first)):
                # "a Macan Electric and a 2016 Macan", "718 nebo Boxster 2014": as with several years
                cars.append(NamedCar(name.value, name.first, name.end, again=True))
            else:
                same.codes &= name.value
                same.end = name.end
        return cars

    def _as_meant(self, words: tuple[Word, ...], found: Found[Codes]) -> Found[Codes]:
        """The word with all other generations where it is denied: "not electric"."""
        if not self._corrections.is_negated(words, found):
            return found
        return Found(frozenset(self._vehicles.generation_of) - found.value, found.first, found.end)

    def _slot(self, car: NamedCar) -> VehicleSlot:
        explicit = {code for code in car.codes if self._vehicles.generation_of[code].explicit}
        codes = (car.codes - explicit) or car.codes
        ordered = tuple(row.code for row in self._vehicles.generations if row.code in codes)
        return year_slot(car.year, ordered) if car.year else VehicleSlot(ordered)


def year_slot(year: YearMention, generations: tuple[str, ...] = ()) -> VehicleSlot:
    """The slot of a year that was said of these generations (none: of no car)."""
    return VehicleSlot(generations, year.first_year, year.last_year, year.kind)


def _places(mentions: list[Found[Codes]] | list[YearMention]) -> frozenset[int]:
    return frozen(place for mention in mentions for place in range(mention.first, mention.end))


def _with_drive(name: Found[Codes], narrowing: list[Found[Codes]]) -> Found[Codes]:
    """The name with the word right beside it that narrows it: "Macan Electric"."""
    for found in narrowing:
        if name.first == found.end or name.end == found.first:
            name = Found(name.value & found.value or name.value, name.first, name.end)
    return name


def _compare(cars: list[NamedCar], same: NamedCar | None, compared: NamedCar) -> None:
    """Read the car named before, if there is one, as what was compared; else it is a car of its own."""
    if same is None:
        cars.append(compared)
    else:
        same.codes, same.end = compared.codes, compared.end


def _narrow_nearest(cars: list[NamedCar], found: Found[Codes]) -> None:
    fitting = [car for car in cars if car.codes & found.value]
    if fitting:
        nearest = min(fitting, key=lambda car: _gap(car, found))
        nearest.codes &= found.value


def _gap(one: Mention, other: Mention) -> int:
    """How many words stand between two mentions."""
    first, second = (one, other) if one.end <= other.first else (other, one)
    return max(0, second.first - first.end)
