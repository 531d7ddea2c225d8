"""Reading countries: which are named, and whether one is the customer's own."""

from dataclasses import dataclass

from bot.country_codes import CountryCodes
from bot.country_names import NO_COUNTRY, CountryNames
from bot.country_signs import CountrySigns
from bot.homes import Homes
from bot.lexicon import Lexicon
from bot.mentions import Corrections
from bot.numbers import address_places
from bot.residence import Elsewhere, OwnCountry
from bot.told_cities import ToldCities
from bot.words import Found, Word, frozen
from kb.knowledge_base import KnowledgeBase
from kb.model import Language


@dataclass(frozen=True, slots=True)
class CountryReading:
    """The countries that a message names, those said to be the customer's own, and the words that name them.

    A city that says where the customer lives names its country.
    `words` are also those of countries that are only travelled to. `language` is that of the names, where all that
    hold belong to one. `sign_words` tell the country by the customer's own telephone number or e-mail address.
    `denied`: countries that are denied or taken back ("not Ireland, Iceland"). `unsure`: of what is named something
    does not count, since it may be another place ("Athens, Georgia") or is an origin of one who lives elsewhere.
    `corrects`: words before the countries take back what was said in the message before. `placed`: all countries stand
    behind a preposition of place ("in Germany").
    """

    named: tuple[str, ...]
    own: tuple[str, ...]
    words: frozenset[int]
    language: Language | None = None
    sign_words: frozenset[int] = frozenset()
    denied: tuple[str, ...] = ()
    unsure: bool = False
    corrects: bool = False
    placed: bool = False

    @property
    def meant(self) -> tuple[str, ...]:
        """The customer's own countries where there are any, else all that are named."""
        return self.own or self.named


class CountryReader:
    """Finds countries in the words of a message."""

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon, known_words: frozenset[str]) -> None:
        self._names = CountryNames(base, lexicon, known_words)
        self._codes = CountryCodes(base, lexicon, known_words)
        self._cities = ToldCities(lexicon, known_words, frozenset(model.id for model in base.vehicles.models))
        self._own = OwnCountry(lexicon)
        self._homes = Homes(lexicon)
        self._elsewhere = Elsewhere(lexicon)
        self._place = frozenset(lexicon.phrases("before_place"))
        self._corrections = Corrections(lexicon)
        self._signs = CountrySigns(base, lexicon)

    def read(self, text: str, words: tuple[Word, ...]) -> CountryReading:
        """The countries of a message."""
        skipped = address_places(text, words)
        found = [name for name in self._names.find(words, self._codes.expected(words)) if name.first not in skipped]
        taken = skipped | _places(found)
        found += [code for code in self._codes.find(text, words) if code.first not in taken]
        found = [name for name in found if name.value != NO_COUNTRY]
        cities = self._cities.find(text, words, found)
        found = sorted([*found, *cities], key=lambda name: name.first)
        places = _places(found)
        found = self._sure(words, _without_torn(found, cities))
        unsure = _places(found) != places
        own = [name for name in self._own.among(words, found) if not self._elsewhere.is_of_others(words, name)]
        meant = [name for name in found if name in own or not self._elsewhere.is_visited(text, words, name)]
        found = self._holding(words, meant)
        signs = self._signs.read(text, words)
        return CountryReading(
            named=_codes_of(found) or signs.countries,
            own=_codes_of([name for name in found if name in own]),
            words=places,
            language=self._names.language(words, found),
            sign_words=signs.words,
            denied=_codes_of([name for name in meant if name not in found]),
            unsure=unsure,
            placed=bool(found) and all(self._is_placed(words, name) for name in found),
            corrects=self._corrections.take_back(words, found),
        )

    def _sure(self, words: tuple[Word, ...], found: list[Found[str]]) -> list[Found[str]]:
        """The names without an origin where the customer lives in a place that is not read."""
        if not found or self._own.homes(words, found):
            return found
        doubtful = self._homes.doubtful(words, found, self._own.origins(words, found), self._cities.named(words))
        return [name for name in found if name not in doubtful]

    def _is_placed(self, words: tuple[Word, ...], name: Found[str]) -> bool:
        before = words[: name.first]
        before = before[:-1] if before and before[-1].folded == "the" else before
        return bool(before) and before[-1].folded in self._place

    def _holding(self, words: tuple[Word, ...], found: list[Found[str]]) -> list[Found[str]]:
        """The names that are neither denied nor taken back ("in Austria, sorry, Germany")."""
        found = self._elsewhere.not_of_others(words, self._elsewhere.not_denied(words, found))
        return self._corrections.last_said(words, self._corrections.not_negated(words, found))


def _without_torn(found: list[Found[str]], cities: list[Found[str]]) -> list[Found[str]]:
    """The names without a city and another country right behind it: "Athens, Georgia" is in neither."""
    torn = [(city, name) for city in cities for name in found if name.first == city.end and name.value != city.value]
    return [name for name in found if not any(name in pair for pair in torn)]


def _places(found: list[Found[str]]) -> frozenset[int]:
    return frozen(place for name in found for place in range(name.first, name.end))


def _codes_of(found: list[Found[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.value for name in found))
