"""The words around a year: "model year", "built in", "up to", "and later"."""

import re
from dataclasses import dataclass, replace

from bot.lexicon import Lexicon
from bot.words import Found, PhraseTable, Word
from kb.vehicles import YearKind

# "bought a 2017 Macan", "koupil jsem Macan z roku 2017": the year is the car's, not that of buying it.
_OF_THE_CAR = frozenset({"a", "the", "my", "from", "z"})

# Years of two digits that a car without a century can be of.
_PLAUSIBLE = re.compile(r"1\d|2[0-7]")

# How many words may stand between "built in" or "ročník" and its year: "vyrobeno někdy v roce 2016".
MARKER_REACH = 4
# The ends of ranges that are open: "up to 2017", "2020 and later".
EARLIEST = 1948
LATEST = 2100


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year or a range of years in a message, and its first and past-the-last word."""

    first_year: int
    last_year: int
    kind: YearKind
    first: int
    end: int
    is_date: bool = False


class YearWords:
    """Reads what kind of year a year is, and whether it is the end of an open range."""

    def __init__(self, lexicon: Lexicon) -> None:
        kinds = (("model_year", YearKind.MODEL_YEAR), ("calendar_year", YearKind.CALENDAR))
        self._markers = PhraseTable((phrase, kind) for name, kind in kinds for phrase in lexicon.phrases(name))
        self._question_words = frozenset(lexicon.phrases("question_words"))
        self._bounds = PhraseTable(
            (phrase, bound)
            for bound in lexicon.keys("open_range")
            for phrase in lexicon.of_language("open_range", bound)
        )

    def with_kinds(self, words: tuple[Word, ...], years: list[YearMention], names: frozenset[int]) -> list[YearMention]:
        """The years with the kinds that the markers beside them give; a model year wins."""
        kinds: dict[int, YearKind] = {}
        for marker in self._markers.find(words):
            number = _marked(marker, years, words, names)
            if number is not None and kinds.get(number) is not YearKind.MODEL_YEAR:
                kinds[number] = marker.value
        return [replace(year, kind=kinds.get(number, year.kind)) for number, year in enumerate(years)]

    def short_behind(self, text: str, words: tuple[Word, ...], names: frozenset[int]) -> set[int]:
        """The places right behind a car's name, with "z" or "from" between, where no counted thing can follow."""
        places = {place + 1 for place in names} | {
            place + 2 for place in names if words[place + 1 : place + 2] and words[place + 1].folded in _OF_THE_CAR
        }
        return {place for place in places if place < len(words) and self._ends(text, words, place)}

    def _ends(self, text: str, words: tuple[Word, ...], place: int) -> bool:
        """Whether the message or the clause ends behind the word, or a word such as "jak" follows."""
        word = words[place].folded
        if word.isdigit() and not _PLAUSIBLE.fullmatch(word):
            return False
        ends = place + 1 == len(words) or text[words[place].end :].lstrip()[:1] in tuple(",;.?!)")
        return ends or words[place + 1].folded in self._question_words

    def opened(self, text: str, words: tuple[Word, ...], year: YearMention) -> YearMention:
        """The year as a range with one open end, where words such as "up to" or "and later" say so."""
        if year.first_year != year.last_year:
            return year
        marked = {place for row in self._markers.find(words) for place in range(row.first, row.end)}
        bounds = {row.value for row in self._bounds.find(words) if _stands(row, year) and row.first not in marked}
        if "to" in bounds:
            return replace(year, first_year=EARLIEST)
        if "before" in bounds:
            return replace(year, first_year=EARLIEST, last_year=year.last_year - 1)
        if "after" in bounds:
            return replace(year, first_year=year.first_year + 1, last_year=LATEST)
        plus = text[words[year.end - 1].end :].lstrip().startswith("+")
        return replace(year, last_year=LATEST) if plus or bounds & {"from", "later"} else year


def _stands(bound: Found[str], year: YearMention) -> bool:
    return bound.first == year.end if bound.value == "later" else bound.end == year.first


def _marked(
    marker: Found[YearKind], years: list[YearMention], words: tuple[Word, ...], names: frozenset[int]
) -> int | None:
    """The number of the year that a marker belongs to."""
    following = {number: year.first - marker.end for number, year in enumerate(years) if year.first >= marker.end}
    if marker.value is YearKind.CALENDAR:
        following = {
            number: gap for number, gap in following.items() if not gap or not _of_the_car(words, years[number], names)
        }
    preceding = {number: marker.first - year.end for number, year in enumerate(years) if marker.first >= year.end}
    near = [(gap, 0, number) for number, gap in following.items() if gap <= MARKER_REACH]
    beside = [(gap, 1, number) for number, gap in preceding.items() if gap <= 1]
    candidates = [*near, *beside] if marker.value is YearKind.MODEL_YEAR or not near else near
    return min(candidates)[2] if candidates else None


def _of_the_car(words: tuple[Word, ...], year: YearMention, names: frozenset[int]) -> bool:
    before = [word.folded for word in words[max(0, year.first - 2) : year.first]]
    return year.first - 1 in names or (bool(before) and (before[-1] in _OF_THE_CAR or before == ["z", "roku"]))
