"""Cars that are told by the age of another: "and the older Boxster?", "a předchozí generace?", "911 before the 992"."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.lexicon import Lexicon
from bot.pointing import Place
from bot.resolution import possible_cars
from bot.state import VehicleSlot
from bot.words import Found, PhraseTable, Word
from bot.year_words import EARLIEST, LATEST
from kb.vehicles import Vehicles, YearKind

Codes = frozenset[str]


class Of(StrEnum):
    """What a word like "older" is said of."""

    NAME = "name"
    GENERATION = "generation"
    CAR = "car"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class OtherAge:
    """Another car by its age. `certain`: by comparison ("older"), not only contrast ("my old Macan")."""

    place: Place
    of: Of
    certain: bool = True


class AgeReader:
    """Finds words that tell a car by the age of another."""

    def __init__(self, vehicles: Vehicles, lexicon: Lexicon) -> None:
        self._vehicles = vehicles
        self._of_cars = _table(lexicon, "other_age")
        self._compared = _table(lexicon, "other_age", "other_generation")
        self._contrasted = _table(lexicon, "old_or_new")
        self._behind = _table(lexicon, "age_behind")
        self._than = _table(lexicon, "age_than")
        self._either = frozenset(lexicon.of_language("alternatives", "or"))
        self._joining = frozenset(lexicon.phrases("alternatives"))
        self._than_words = lexicon.single_words("than")
        self._car_nouns = frozenset(lexicon.phrases("car_nouns"))
        self._generation_nouns = frozenset(lexicon.phrases("generation_nouns"))
        self._years = lexicon.single_words("model_year") | lexicon.single_words("short_year_behind")
        self._skipped = self._car_nouns | self._generation_nouns | frozenset(lexicon.phrases("before_name"))

    def read(self, words: tuple[Word, ...], names: list[Found[Codes]]) -> OtherAge | None:
        """The first word of age that is said of a name, a generation, a car or nothing; None: there is none."""
        firsts, ends = {name.first for name in names}, {name.end for name in names}
        if row := next((row for row in self._behind.find(words) if row.first in ends), None):
            return OtherAge(row.value, Of.NAME)
        compared = self._comparisons(words)
        if len({row.value for row in compared}) > 1:  # "an older or a newer one"
            return OtherAge(compared[0].value, Of.NAME if names else Of.CAR, certain=not names)
        for row in compared:
            of = self._said_of(words, row, firsts, ends)
            if of is not Of.NOTHING or not names:
                return OtherAge(row.value, of)
        for row in self._contrasted.find(words):
            if self._name_behind(words, row.end) in firsts:
                return OtherAge(row.value, Of.NAME, certain=False)
        return None

    def named_by_age(self, words: tuple[Word, ...], names: list[Found[Codes]]) -> frozenset[int]:
        """The first places of names with a word like "older" before them."""
        firsts = {name.first for name in names}
        places = {self._name_behind(words, row.end) for row in self._comparisons(words)}
        return frozenset(place for place in places if place in firsts)

    def opened(self, words: tuple[Word, ...], name: Found[Codes]) -> Found[Codes]:
        """The name of one generation with those before (after) it, where "or older" stands behind it."""
        row = next((row for row in self._compared.find(words) if row.first == name.end + 1), None)
        fuelled = [code for code in name.value if not self._vehicles.generation_of[code].explicit]
        if row is None or not self._is_joined(words, row) or len(fuelled) != 1:
            return name
        codes = self._vehicles.of_model(self._vehicles.generation_of[fuelled[0]].model)
        wider = beyond(self._vehicles, fuelled[0], codes, row.value)
        return Found(name.value.union(wider), name.first, name.end)

    def _is_joined(self, words: tuple[Word, ...], row: Found[Place]) -> bool:
        """Whether "or" stands before, or "and" and the clause ends behind: not in "my 991 and an older phone"."""
        joint = words[row.first - 1].folded
        ends = row.end == len(words) or words[row.end].start - words[row.end - 1].end > 1
        return joint in self._either or (joint in self._joining and ends)

    def than(self, words: tuple[Word, ...], name: Found[Codes], codes: Codes | None) -> Codes:
        """What is older or newer than the one generation that the name means, behind "older than"; none: nothing.

        `codes`: those that a name before it means; None: there is none, and the whole model is meant.
        """
        row = next((row for row in self._than.find(words) if self._name_behind(words, row.end) == name.first), None)
        fuelled = [code for code in name.value if not self._vehicles.generation_of[code].explicit]
        is_compared = row is not None and (codes is not None or row.end - row.first > 1)
        if (
            row is None or not is_compared or len(fuelled) != 1
        ):  # "before" alone compares nothing: "before my Macan trip"
            return frozenset()
        model = self._vehicles.generation_of[fuelled[0]].model
        wider = frozenset(self._vehicles.of_model(model)) if codes is None else codes
        return frozenset(beyond(self._vehicles, fuelled[0], tuple(wider), row.value))

    def _comparisons(self, words: tuple[Word, ...]) -> list[Found[Place]]:
        """The words like "older" but those of "older than"."""
        return [
            row
            for row in self._compared.find(words)
            if row.end == len(words) or words[row.end].folded not in self._than_words
        ]

    def _said_of(self, words: tuple[Word, ...], row: Found[Place], firsts: set[int], ends: set[int]) -> Of:
        if self._name_behind(words, row.end) in firsts or row.first in ends:
            return Of.NAME
        behind, next_one = (words[place].folded if place < len(words) else "" for place in (row.end, row.end + 1))
        if behind in self._generation_nouns:
            return Of.GENERATION
        # "My previous car" is the customer's no longer: the known one stays.
        is_car = behind in self._car_nouns and next_one not in self._years and words[row.first].folded in self._of_cars
        return Of.CAR if is_car else Of.NOTHING

    def _name_behind(self, words: tuple[Word, ...], place: int) -> int:
        """The place behind words such as "generation" and "Porsche"."""
        while place < len(words) and words[place].folded in self._skipped:
            place += 1
        return place


def _table(lexicon: Lexicon, *names: str) -> PhraseTable[Place]:
    rows = [(name, key) for name in names for key in lexicon.keys(name)]
    return PhraseTable((phrase, Place(key)) for name, key in rows for phrase in lexicon.of_language(name, key))


def beyond(vehicles: Vehicles, code: str, codes: tuple[str, ...], place: Place) -> tuple[str, ...]:
    """Those of the codes whose generation began before (after) the one of `code`."""
    first = vehicles.generation_of[code].first
    begun = {other: vehicles.generation_of[other].first for other in codes}
    return tuple(other for other in codes if (begun[other] < first if place is Place.OLDER else begun[other] > first))


def of_other_age(vehicles: Vehicles, known: VehicleSlot, named: VehicleSlot, place: Place) -> VehicleSlot | None:
    """What is older (newer) than the known car among what was named; None: nothing, or the known car is not one.

    Of a car of a known year it is what was built before (after) that, of any other the generations before (after) it.
    """
    codes = {car.generation for car in possible_cars(vehicles, known)} & set(known.generations)
    code = next(iter(codes), "")
    if len(codes) != 1 or code not in named.generations:
        return None
    generations = beyond(vehicles, code, named.generations, place)
    if named.first_year is not None:
        slot = replace(named, generations=generations)
        return slot if generations and possible_cars(vehicles, slot) else named
    if known.first_year is not None and known.last_year is not None:
        return _beyond_year(vehicles, known, named, place)
    if not generations:
        return None
    if all(vehicles.generation_of[other].electric for other in generations):
        generations = (code, *generations)  # another car of the same name: a newer one of the known kind may be meant
    return VehicleSlot(generations)


def _beyond_year(vehicles: Vehicles, known: VehicleSlot, named: VehicleSlot, place: Place) -> VehicleSlot | None:
    first, last = known.first_year or EARLIEST, known.last_year or LATEST
    until = last if known.year_kind is YearKind.CALENDAR else last - 1
    bounds = (EARLIEST, until) if place is Place.OLDER else (first + 1, LATEST)
    possible = {car.generation for car in possible_cars(vehicles, VehicleSlot(named.generations, *bounds))}
    return VehicleSlot(tuple(code for code in named.generations if code in possible), *bounds) if possible else None
