"""Cities that tell the customer's country in any message: "I live in Prague", "kontakt pro Prahu"."""

from collections.abc import Iterator

from bot.cities import CityReader
from bot.lexicon import Lexicon, is_content
from bot.residence import SENTENCE_END
from bot.words import Found, PhraseTable, Word

# "Mail pro Porsche Praha": so many words at most stand between the word for a contact and the city.
MOST_BETWEEN = 2
# "London, ON".
STATE_CODE = 2


class ToldCities:
    """Finds cities where the words before them say that they are meant as the customer's place."""

    def __init__(self, lexicon: Lexicon, known_words: frozenset[str], models: frozenset[str]) -> None:
        """`models`: names of cars, which are no cities here."""
        self._cities = CityReader(lexicon)
        self._homes = PhraseTable(
            (phrase, phrase)
            for key in ("before", "origin")
            for phrase in lexicon.of_language("residence", key)
            # "Na lince" is no city of Linz: no city that is known goes with this preposition.
            if phrase.split()[-1] != "na"
        )
        self._denied = lexicon.table("not_residence")
        self._models = models
        self._contact = lexicon.table("contact_words")
        self._homographs = frozenset(lexicon.phrases("city_homographs"))
        self._between = frozenset(lexicon.phrases("before_city"))
        self._regions = frozenset(lexicon.phrases("regions"))
        self._ordinary = known_words | lexicon.fillers
        self._around = lexicon.fillers | lexicon.single_words("around_city") | lexicon.single_words("contact_words")

    def named(self, words: tuple[Word, ...]) -> list[Found[str]]:
        """All names of cities, whatever is said of them, without those of models."""
        return [row for row in self._cities.find(words) if words[row.first].folded not in self._models]

    def find(self, text: str, words: tuple[Word, ...], countries: list[Found[str]]) -> list[Found[str]]:
        """The cities, each with its country's code; `countries`: the countries that the message names itself."""
        taken = {place for name in countries for place in range(name.first, name.end)}
        cities = [row for row in self.named(words) if taken.isdisjoint(range(row.first, row.end))]
        if not cities:
            return []
        homes = {row.end for row in self._homes.find(words)} - {row.end for row in self._denied.find(words)}
        told = [row for row in cities if row.first in homes and self._is_name(words, row)]
        if not told and len(cities) == 1 and not countries and self._is_asked_for(words, cities[0]):
            told = cities
        return [row for row in told if not self._goes_on(text, words, row, countries)]

    def _is_name(self, words: tuple[Word, ...], city: Found[str]) -> bool:
        """Whether it is no ordinary word or person's name: "Nice" and "Martin" need their capital."""
        word = words[city.first]
        return word.folded not in self._homographs or word.typed[:1].isupper()

    def _is_asked_for(self, words: tuple[Word, ...], city: Found[str]) -> bool:
        """Whether nothing but a contact there is asked for: "e-mail in Prague"."""
        if words[city.first].folded in self._homographs or any(self._besides(words, city)):
            return False
        ends = {row.end for row in self._contact.find(words[: city.first])}
        place, first = city.first, max(0, city.first - MOST_BETWEEN)
        while place > first and place not in ends and words[place - 1].folded in self._between:
            place -= 1
        return place in ends

    def _besides(self, words: tuple[Word, ...], city: Found[str]) -> Iterator[bool]:
        return (is_content(word, self._around) for word in (*words[: city.first], *words[city.end :]))

    def _goes_on(self, text: str, words: tuple[Word, ...], city: Found[str], countries: list[Found[str]]) -> bool:
        """Whether a word behind it may make it another place: "London, Ontario", "Paris TX"."""
        if city.end == len(words) or any(name.first == city.end for name in countries):
            return False
        behind = words[city.end]
        if SENTENCE_END.search(text, words[city.end - 1].end, behind.start) or behind.folded.isdigit():
            return False
        is_code = len(behind.typed) == STATE_CODE and behind.typed.isupper()
        return is_code or behind.folded in self._regions or behind.folded not in self._ordinary
