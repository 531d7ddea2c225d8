"""Numbers that name neither a car nor a year: amounts, telephone numbers, codes, parts of addresses."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from bot.lexicon import Lexicon
from bot.words import Word
from bot.written_numbers import ADDRESS, telephones

_CURRENCY_BEFORE = "€$£"
_SIGN_BEHIND = "€$£%°"


def address_places(text: str, words: tuple[Word, ...]) -> frozenset[int]:
    """The words that belong to e-mail and web addresses."""
    return _inside(ADDRESS.finditer(text), words)


def _inside(matches: Iterable[re.Match[str]], words: tuple[Word, ...]) -> frozenset[int]:
    inside: set[int] = set()
    for start, end in [match.span() for match in matches]:
        inside.update(place for place, word in enumerate(words) if start <= word.start and word.end <= end)
    return frozenset(inside)


class NumberReader:
    """Tells numbers that look like a car or a year, and are neither; three `car_codes` are no telephone number."""

    def __init__(self, lexicon: Lexicon, car_codes: AbstractSet[str] = frozenset()) -> None:
        self._car_codes = car_codes
        self._units = frozenset(lexicon.phrases("units"))
        self._counted = frozenset(lexicon.phrases("numbered"))
        self._dialled = frozenset(lexicon.phrases("dialled"))
        self._copula = frozenset(lexicon.phrases("copula"))

    def no_years(self, text: str, words: tuple[Word, ...]) -> frozenset[int]:
        """The places of numbers that are no years: "2000 Kč", "PIN 2019"."""
        return self._amounts(text, words) | self._numbers_behind(self._counted, words)

    def no_names(self, text: str, words: tuple[Word, ...]) -> frozenset[int]:
        """The places of numbers that are no cars: "911 EUR", "call 911"."""
        return self._amounts(text, words) | (self._numbers_behind(self._dialled, words) - _behind_sim(words))

    def _numbers_behind(self, markers: frozenset[str], words: tuple[Word, ...]) -> frozenset[int]:
        """The numbers right behind a marker, or with "is" between: "PIN 2019", "my code is 2019"."""
        places = {place for place, word in enumerate(words) if word.folded in markers}
        places |= {place + 1 for place in places if place + 1 < len(words) and words[place + 1].folded in self._copula}
        return frozenset(
            place + 1 for place in places if words[place + 1 : place + 2] and words[place + 1].folded.isdigit()
        )

    def _amounts(self, text: str, words: tuple[Word, ...]) -> frozenset[int]:
        numbers = [place for place, word in enumerate(words) if word.folded.isdigit()]
        amounts = {place for place in numbers if self._is_amount(text, words, place)}
        return frozenset(amounts) | _inside(telephones(text, self._car_codes), words) | address_places(text, words)

    def _is_amount(self, text: str, words: tuple[Word, ...], place: int) -> bool:
        word = words[place]
        if place + 1 < len(words) and words[place + 1].folded in self._units:
            return True
        return text[: word.start].rstrip()[-1:] in tuple(_CURRENCY_BEFORE) or text[word.end :].lstrip()[:1] in tuple(
            _SIGN_BEHIND
        )


def _behind_sim(words: tuple[Word, ...]) -> frozenset[int]:
    """The places behind "SIM PIN": nobody tells the PIN there, but the car."""
    folded = [word.folded for word in words]
    return frozenset(
        place for place in range(2, len(words)) if folded[place - 1] == "pin" and folded[place - 2] in {"sim", "store"}
    )
