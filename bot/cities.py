"""Cities by their names: those that name CLDR's time zones, and big ones of the lexicon."""

from collections import defaultdict
from collections.abc import Iterator

from babel import Locale
from babel.core import get_global

from bot.country_names import COUNTRY_CODES
from bot.lexicon import Lexicon, is_content
from bot.words import Found, PhraseTable, Word, split_words
from kb.model import Language


class CityReader:
    """Finds cities and tells their countries; never that of a city whose name several countries have."""

    def __init__(self, lexicon: Lexicon) -> None:
        countries: dict[str, set[str]] = defaultdict(set)
        for name, code in (*_zone_cities(), *_listed(lexicon)):
            countries[" ".join(word.folded for word in split_words(name))].add(code)
        for name in lexicon.phrases("cities_of_several"):
            countries.pop(name, None)
        self._cities = PhraseTable((name, codes.pop()) for name, codes in countries.items() if len(codes) == 1)
        self._around = lexicon.fillers | lexicon.single_words("residence") | lexicon.single_words("around_city")

    def find(self, words: tuple[Word, ...]) -> list[Found[str]]:
        """The names of cities in a message, each with its country's code; they may be ordinary words, too."""
        return self._cities.find(words)

    def country(self, words: tuple[Word, ...]) -> str | None:
        """The code of the country of the one city of a message; None where there is none, or where it says more."""
        found = self.find(words)
        if len({row.value for row in found}) != 1:
            return None
        named = {place for row in found for place in range(row.first, row.end)}
        besides = (word for place, word in enumerate(words) if place not in named)
        return None if any(is_content(word, self._around) for word in besides) else found[0].value


def _zone_cities() -> Iterator[tuple[str, str]]:
    """The cities after which time zones are named, each with its country's code."""
    names = [Locale(language.value).time_zones for language in Language]
    for zone, code in get_global("zone_territories").items():
        if code in COUNTRY_CODES:
            plain = zone.rpartition("/")[2].replace("_", " ")
            yield from ((str(name.get(zone, {}).get("city", plain)), code) for name in names)


def _listed(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    return ((city, code) for code in lexicon.keys("cities") for city in lexicon.of_language("cities", code))
