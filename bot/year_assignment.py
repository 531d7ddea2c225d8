"""Which year belongs to which of the cars of a message."""

from dataclasses import dataclass

from bot.lexicon import Lexicon
from bot.mentions import Mention
from bot.words import Word
from bot.year_words import YearMention
from kb.vehicles import YearKind

# Of two years for one car the first of these kinds holds: a car of 2018 can have been bought in 2020.
_RANK = (YearKind.MODEL_YEAR, YearKind.BARE, YearKind.CALENDAR)
# "a Macan from 2016 and a Taycan": "and" and a comma part a year and a car by more than any word does.
PARTING = 3


@dataclass(slots=True)
class NamedCar:
    """A car that is being read: what its name can mean, its first and past-the-last word, its year.

    `again`: its name stands there before; it is a car of its own only with a year of its own.
    """

    codes: frozenset[str]
    first: int
    end: int
    again: bool = False
    year: YearMention | None = None


class YearsBesideCars:
    """Gives years to cars by how near they stand."""

    def __init__(self, lexicon: Lexicon) -> None:
        markers = (word for name in ("model_year", "calendar_year") for word in lexicon.single_words(name))
        self._before_year = frozenset(lexicon.phrases("before_year")) | frozenset(markers)
        self._conjunctions = frozenset(lexicon.phrases("conjunctions"))

    def assign(self, text: str, words: tuple[Word, ...], cars: list[NamedCar], years: list[YearMention]) -> None:
        """Give each car the year that stands nearest to it; a lone car the year that says most."""
        pairs = [
            (0 if len(cars) > 1 else _RANK.index(year.kind), self._distance(text, words, car, year), number, place)
            for number, car in enumerate(cars)
            for place, year in enumerate(years)
        ]
        given: set[int] = set()
        for _, _, number, place in sorted(pairs):
            if cars[number].year is None and place not in given:
                cars[number].year = years[place]
                given.add(place)

    def _distance(self, text: str, words: tuple[Word, ...], car: Mention, year: YearMention) -> int:
        """How far a car and a year are apart; words that lead to the year behind a car count nothing."""
        first, second = (car, year) if car.end <= year.first else (year, car)
        between = [word.folded for word in words[first.end : second.first]]
        signs = text[words[first.end - 1].end : words[second.first].start]
        leading = self._before_year if first is car else frozenset[str]()
        parted = sum(word in self._conjunctions for word in between) + signs.count(",") + signs.count(";")
        return sum(word not in leading for word in between) + PARTING * parted
