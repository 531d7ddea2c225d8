"""Reading countries: which are named, and whether one is the customer's own."""

from dataclasses import dataclass

from bot.country_codes import CountryCodes
from bot.country_names import NO_COUNTRY, CountryNames
from bot.country_signs import CountrySigns
from bot.lexicon import Lexicon
from bot.mentions import Corrections
from bot.numbers import address_places
from bot.residence import Elsewhere, OwnCountry
from bot.words import Found, Word, frozen
from kb.knowledge_base import KnowledgeBase
from kb.model import Language


@dataclass(frozen=True, slots=True)
class CountryReading:
    """The countries that a message names, those said to be the customer's own, and the words that name them.

    `words` are also those of countries that are only travelled to. `language` is that of the names, where all that
    hold belong to one. `sign_words` tell the country by the customer's own telephone number or e-mail address.
    `denied`: countries that are denied or taken back ("not Ireland, Iceland").
    """

    named: tuple[str, ...]
    own: tuple[str, ...]
    words: frozenset[int]
    language: Language | None = None
    sign_words: frozenset[int] = frozenset()
    denied: tuple[str, ...] = ()

    @property
    def meant(self) -> tuple[str, ...]:
        """The customer's own countries where there are any, else all that are named."""
        return self.own or self.named


class CountryReader:
    """Finds countries in the words of a message."""

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon, known_words: frozenset[str]) -> None:
        self._names = CountryNames(base, lexicon, known_words)
        self._codes = CountryCodes(base, lexicon, known_words)
        self._own = OwnCountry(lexicon)
        self._elsewhere = Elsewhere(lexicon)
        self._corrections = Corrections(lexicon)
        self._signs = CountrySigns(base, lexicon)

    def read(self, text: str, words: tuple[Word, ...]) -> CountryReading:
        """The countries of a message."""
        skipped = address_places(text, words)
        found = [name for name in self._names.find(words, self._codes.expected(words)) if name.first not in skipped]
        taken = skipped | _places(found)
        found += [code for code in self._codes.find(text, words) if code.first not in taken]
        found = sorted((name for name in found if name.value != NO_COUNTRY), key=lambda name: name.first)
        places = _places(found)
        own = self._own.among(words, found)
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
        )

    def _holding(self, words: tuple[Word, ...], found: list[Found[str]]) -> list[Found[str]]:
        """The names that are neither denied nor taken back ("in Austria, sorry, Germany")."""
        found = self._elsewhere.not_of_others(words, self._elsewhere.not_denied(words, found))
        return self._corrections.last_said(words, self._corrections.not_negated(words, found))


def _places(found: list[Found[str]]) -> frozenset[int]:
    return frozen(place for name in found for place in range(name.first, name.end))


def _codes_of(found: list[Found[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.value for name in found))
