"""Reading vehicles: every name stands for the set of generations that it can mean, and names narrow each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.lexicon import Lexicon
from bot.state import VehicleSlot
from bot.words import Found, PhraseTable, Word
from bot.years import YearMention, YearReader
from index.text import fold
from kb.vehicles import Vehicles

# A name of so many letters is recognised with so many slips.
SLIPS = ((8, 2), (5, 1))

Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class VehicleReading:
    """What a message says of cars: the cars (mostly one), and the words that said it."""

    cars: tuple[VehicleSlot, ...]
    loose_year: YearMention | None
    words: frozenset[int]


@dataclass(slots=True)
class _Car:
    codes: Codes
    end: int
    year: YearMention | None = None


class VehicleReader:
    """Finds cars and years in the words of a message."""

    def __init__(self, vehicles: Vehicles, lexicon: Lexicon, known_words: frozenset[str]) -> None:
        self._vehicles = vehicles
        self._names = PhraseTable(_names(vehicles))
        self._drives = PhraseTable(_drives(vehicles))
        self._years = YearReader(lexicon)
        self._negation = lexicon.table("negation")
        self._fuzzy = _fuzzy_names(vehicles)
        self._known_words = known_words

    def read(self, text: str, words: tuple[Word, ...]) -> VehicleReading:
        """The cars and years of a message."""
        names = self._found_names(words)
        years = self._years.read(text, words)
        cars = self._cars(words, names)
        loose = _assign(cars, years)
        used = {place for mention in (*names, *years) for place in range(mention.first, mention.end)}
        slots = tuple(self._slot(car) for car in cars)
        return VehicleReading(slots, loose, frozenset(used))

    def _found_names(self, words: tuple[Word, ...]) -> list[Found[Codes]]:
        found = self._names.find(words)
        taken = {place for name in found for place in range(name.first, name.end)}
        for place, word in enumerate(words):
            if place not in taken and (codes := self._misspelt(word.folded)):
                found.append(Found(codes, place, place + 1))
        if found:
            found += [drive for drive in self._drives.find(words) if drive.first not in taken]
        return sorted(found, key=lambda name: name.first)

    def _misspelt(self, word: str) -> Codes | None:
        slips = next((slips for letters, slips in SLIPS if len(word) >= letters), 0)
        if not slips or word in self._known_words or not word.isalpha():
            return None
        for name, codes in self._fuzzy:
            if word[0] == name[0] and OSA.distance(word, name, score_cutoff=slips) <= slips:
                return codes
        return None

    def _cars(self, words: tuple[Word, ...], names: list[Found[Codes]]) -> list[_Car]:
        cars: list[_Car] = []
        negated = {found.end for found in self._negation.find(words)}
        for name in names:
            if name.first in negated and len(names) > 1:
                continue
            narrowed = cars[-1].codes & name.value if cars else frozenset()
            if narrowed:
                cars[-1] = _Car(narrowed, name.end)
            elif not any(car.codes & name.value for car in cars):
                cars.append(_Car(name.value, name.end))
        return [car for car in cars if self._is_car(car)]

    def _is_car(self, car: _Car) -> bool:
        """Whether a model was named: words for a drive alone are no car."""
        return car.codes not in {codes for _, codes in _drives(self._vehicles)}

    def _slot(self, car: _Car) -> VehicleSlot:
        explicit = {code for code in car.codes if self._vehicles.generation_of[code].explicit}
        codes = (car.codes - explicit) or car.codes
        ordered = tuple(row.code for row in self._vehicles.generations if row.code in codes)
        if car.year is None:
            return VehicleSlot(ordered)
        return VehicleSlot(ordered, car.year.first_year, car.year.last_year, car.year.kind)


def _assign(cars: list[_Car], years: list[YearMention]) -> YearMention | None:
    """Give each car the year that stands nearest to it; the last year of all where there is no car."""
    for year in years:
        free = [car for car in cars if car.year is None]
        if free:
            nearest = min(free, key=lambda car: abs(car.end - year.first))
            nearest.year = year
    return years[-1] if years and not cars else None


def year_slot(year: YearMention, generations: tuple[str, ...] = ()) -> VehicleSlot:
    """The slot of a year that was said without a car."""
    return VehicleSlot(generations, year.first_year, year.last_year, year.kind)


def _names(vehicles: Vehicles) -> Iterator[tuple[str, Codes]]:
    for model in vehicles.models:
        codes = frozenset(row.code for row in vehicles.generations if row.model == model.id)
        for form in model.written:
            yield form, codes
    for generation in vehicles.generations:
        for form in (generation.code, *generation.codes, *generation.written):
            yield form, frozenset({generation.code})
    for name in vehicles.names:
        for form in name.written:
            yield form, frozenset(name.generations)


def _drives(vehicles: Vehicles) -> Iterator[tuple[str, Codes]]:
    electric = frozenset(row.code for row in vehicles.generations if row.electric)
    others = frozenset(row.code for row in vehicles.generations if not row.electric)
    for form in vehicles.drives.electric:
        yield form, electric
    for form in vehicles.drives.combustion:
        yield form, others


def _fuzzy_names(vehicles: Vehicles) -> list[tuple[str, Codes]]:
    """Names of one word and five letters or more, folded."""
    return [(fold(form), codes) for form, codes in _names(vehicles) if form.isalpha() and len(form) >= 5]
