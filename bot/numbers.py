"""Numbers that name neither a car nor a year: amounts, telephone numbers, codes, parts of addresses."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from bot.lexicon import Lexicon
from bot.words import Word
from bot.written_numbers import ADDRESS, telephones

_CURRENCY_BEFORE = "€$£"
_SIGN_BEHIND = "€$£%°"
_PIN = frozenset({"pin", "pinu", "pinem"})
_STORED = frozenset({"sim", "store"})


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
        self._question_words = frozenset(lexicon.phrases("question_words"))
        self._copula = frozenset(lexicon.phrases("copula"))

    def no_years(self, text: str, words: tuple[Word, ...]) -> frozenset[int]:
        """The places of numbers that are no years: "2000 Kč", "PIN 2019"."""
        return self._amounts(text, words) | self._numbers_behind(text, self._counted, words)

    def no_names(self, text: str, words: tuple[Word, ...]) -> frozenset[int]:
        """The places of numbers that are no cars: "911 EUR", "call 911"."""
        return self._amounts(text, words) | (
            self._numbers_behind(text, self._dialled, words) - self._behind_named_pin(words)
        )

    def _numbers_behind(self, text: str, markers: frozenset[str], words: tuple[Word, ...]) -> frozenset[int]:
        """The numbers right behind a marker, or with "is" between ("my code is 2019"); not behind a comma."""
        places = {place for place, word in enumerate(words) if word.folded in markers}
        places |= {place + 1 for place in places if place + 1 < len(words) and words[place + 1].folded in self._copula}
        return frozenset(
            place + 1
            for place in places
            if words[place + 1 : place + 2]
            and words[place + 1].folded.isdigit()
            and "," not in text[words[place].end : words[place + 1].start]
        )

    def _behind_named_pin(self, words: tuple[Word, ...]) -> frozenset[int]:
        """The places behind a PIN that is only named, "SIM PIN" or "where is the PIN kept": the car is told there."""
        folded = [word.folded for word in words]
        asked = next((place for place, word in enumerate(folded) if word in self._question_words), len(folded))
        return frozenset(
            place
            for place in range(1, len(words))
            if folded[place - 1] in _PIN and (place - 1 > asked or (place > 1 and folded[place - 2] in _STORED))
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
