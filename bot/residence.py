"""Which of the countries in a message are the customer's own, and which are only travelled to."""

import re

from bot.country_names import COUNTRY_CODES, country_name
from bot.lexicon import Lexicon
from bot.words import Found, Word
from index.text import fold
from kb.model import Language

SENTENCE_END = re.compile(r"[.?!;\n]")


def behind_article(words: tuple[Word, ...], place: int) -> int:
    """The place, or the one behind "the"."""
    return place + 1 if place < len(words) and words[place].folded == "the" else place


class OwnCountry:
    """Tells the countries that the customer calls his own: "I live in Austria", "I'm Austrian", "Austrian plates"."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._before, self._after, self._origin, self._nationality = (
            lexicon.part("residence", key) for key in ("before", "after", "origin", "nationality")
        )
        self._inside = frozenset(lexicon.of_language("homes", "inside"))
        # "I'm Jordan" tells a name.
        self._plain_names = frozenset(
            fold(country_name(code, language)) for code in COUNTRY_CODES for language in Language
        )

    def among(self, words: tuple[Word, ...], found: list[Found[str]]) -> list[Found[str]]:
        """The names among those found that tell the customer's own country.

        Where one lives counts more than where one comes from: "I'm French and live in Italy".
        """
        return self.homes(words, found) or [
            name for name in self.origins(words, found) if not self._is_abroad(words, name, found)
        ]

    def homes(self, words: tuple[Word, ...], found: list[Found[str]]) -> list[Found[str]]:
        """The names that tell where the customer lives."""
        ends = {behind_article(words, marker.end) for marker in self._before.find(words)}
        starts = {marker.first for marker in self._after.find(words)}
        return [name for name in found if name.first in ends or name.end in starts]

    def origins(self, words: tuple[Word, ...], found: list[Found[str]]) -> list[Found[str]]:
        """The names that tell where the customer comes from."""
        ends = {behind_article(words, marker.end) for marker in self._origin.find(words)}
        people = self._nationality.find(words)
        before_people, at_people = {row.end for row in people}, {row.first for row in people}
        return [
            name
            for name in found
            if name.first in ends
            or name.first in at_people
            or (name.first in before_people and not self._is_plain(words, name))
        ]

    def _is_abroad(self, words: tuple[Word, ...], name: Found[str], found: list[Found[str]]) -> bool:
        """Whether it is followed by "in" and another country: "a German in Czechia" may live in either."""
        is_in = name.end < len(words) and words[name.end].folded in self._inside
        return is_in and any(row.first == name.end + 1 and row.value != name.value for row in found)

    def _is_plain(self, words: tuple[Word, ...], name: Found[str]) -> bool:
        return " ".join(word.folded for word in words[name.first : name.end]) in self._plain_names


class Elsewhere:
    """Tells the countries that are denied, or only travelled to or spoken of."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._denied = lexicon.table("not_residence")
        self._travel, self._spoken_of, self._behind = (
            lexicon.part("travel", key) for key in ("before", "spoken_of", "behind")
        )
        self._contact = lexicon.table("contact_words")
        self._others = lexicon.table("residence_of_others")

    def not_denied(self, words: tuple[Word, ...], found: list[Found[str]]) -> list[Found[str]]:
        """The names without those right behind "I'm not from"."""
        denied = {behind_article(words, marker.end) for marker in self._denied.find(words)}
        return [name for name in found if name.first not in denied]

    def not_of_others(self, words: tuple[Word, ...], found: list[Found[str]]) -> list[Found[str]]:
        """The names without those of countries where others live, "my friend lives in"; all where only such are."""
        return [name for name in found if not self.is_of_others(words, name)] or found

    def is_of_others(self, words: tuple[Word, ...], name: Found[str]) -> bool:
        """Whether others live in the country."""
        return name.first in {behind_article(words, marker.end) for marker in self._others.find(words)}

    def is_visited(self, text: str, words: tuple[Word, ...], name: Found[str]) -> bool:
        """Whether the sentence speaks of a journey to the country, and asks for no contact behind it."""
        first, end = _sentence(text, words, name)
        before, behind = words[first : name.first], words[name.end : end]
        contact = self._contact.find(before)
        travel = self._travel.find(before)
        if travel:
            return not contact or contact[-1].first < travel[-1].end
        if self._behind.find(behind):
            return not contact
        return bool(self._spoken_of.find(words[first:end])) and not self._contact.find(words[first:end])


def _sentence(text: str, words: tuple[Word, ...], name: Found[str]) -> tuple[int, int]:
    """The first and past-the-last word of the sentence that the name stands in."""
    first, end = name.first, name.end
    while first and not SENTENCE_END.search(text, words[first - 1].end, words[first].start):
        first -= 1
    while end < len(words) and not SENTENCE_END.search(text, words[end - 1].end, words[end].start):
        end += 1
    return first, end
