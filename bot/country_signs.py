"""The country that a customer's own telephone number or e-mail address tells.

A number tells it by its plan. An address tells it by a country's domain, unless people everywhere register that domain,
or the mailbox is a provider's: such a mailbox is kept when its owner moves.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from bot.country_names import COUNTRY_CODES
from bot.lexicon import Lexicon, is_content
from bot.words import Word, frozen
from bot.written_numbers import EMAIL, telephones
from kb.knowledge_base import KnowledgeBase

# Domains of listed countries that are sold for what they spell, or used in other countries as well.
_NO_SIGN = frozenset({"IS", "LI", "RU"})
_TOP_LEVEL = {"uk": "GB"}
# "My phone number is", "call me on": so many words at most stand between what says whose it is and the number.
MOST_BETWEEN = 2


@dataclass(frozen=True, slots=True)
class SignReading:
    """The countries that the customer's own numbers and addresses tell, and all words that belong to them."""

    countries: tuple[str, ...] = ()
    words: frozenset[int] = frozenset()


class CountrySigns:
    """Finds telephone numbers and e-mail addresses that are said to be the customer's own."""

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon) -> None:
        self._listed = frozenset(base.contact_of) - _NO_SIGN
        self._own = lexicon.table("own_number")
        self._providers = frozenset(lexicon.phrases("mailbox_providers"))
        self._fillers = lexicon.fillers

    def read(self, text: str, words: tuple[Word, ...]) -> SignReading:
        """What the numbers and addresses of a message tell."""
        countries: list[str] = []
        read: set[int] = set()
        for country, start, end in (*self._numbers(text), *self._addresses(text)):
            places = {place for place, word in enumerate(words) if start <= word.start and word.end <= end}
            marker = self._marker(words, min(places))
            if marker or self._is_alone(words, places):
                countries += [country] if country else []
                read |= places | marker
        return SignReading(tuple(dict.fromkeys(countries)), frozen(read))

    def _marker(self, words: tuple[Word, ...], place: int) -> set[int]:
        """The words before the place that say that it is the customer's own."""
        near = [row for row in self._own.find(words[:place]) if place - row.end <= MOST_BETWEEN]
        return {*range(near[-1].first, place)} if near else set()

    def _is_alone(self, words: tuple[Word, ...], places: set[int]) -> bool:
        return not any(is_content(word, self._fillers) for place, word in enumerate(words) if place not in places)

    def _numbers(self, text: str) -> Iterator[tuple[str | None, int, int]]:
        for match in telephones(text):
            if match["international"]:
                yield _country_of_number("+" + match["international"]), *match.span()

    def _addresses(self, text: str) -> Iterator[tuple[str | None, int, int]]:
        for match in EMAIL.finditer(text):
            labels = match["domain"].casefold().rstrip(".").split(".")
            country = _TOP_LEVEL.get(labels[-1], labels[-1].upper())
            tells = country in self._listed and self._providers.isdisjoint(labels)
            yield (country if tells else None), *match.span()


def _country_of_number(number: str) -> str | None:
    """The country of an international number; None where several share the prefix and the number does not decide."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_valid_number(parsed):
        country = phonenumbers.region_code_for_number(parsed)
    else:
        regions = phonenumbers.region_codes_for_country_code(parsed.country_code or 0)
        country = regions[0] if len(regions) == 1 and phonenumbers.is_possible_number(parsed) else None
    return country if country in COUNTRY_CODES else None
