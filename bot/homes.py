"""Origins that don't count, since the customer lives in a place that is not read: "I'm German, I live in Smalltown"."""

from bot.lexicon import Lexicon
from bot.words import Found, Word

# "I live just outside of": so many words at most stand between the word for living and the preposition of its place.
MOST_BETWEEN = 3


class Homes:
    """Tells whether a message says that the customer lives somewhere, whatever place that is."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._living = lexicon.part("homes", "living")
        self._place = frozenset(lexicon.of_language("homes", "prepositions"))
        self._inside = frozenset(lexicon.of_language("homes", "inside"))
        self._near = frozenset(lexicon.of_language("homes", "near"))
        self._same = frozenset(lexicon.of_language("homes", "same"))
        self._denied = lexicon.table("not_residence")

    def doubtful(
        self, words: tuple[Word, ...], found: list[Found[str]], origins: list[Found[str]], cities: list[Found[str]]
    ) -> list[Found[str]]:
        """Of the names found those that don't tell the customer's country. Where one lives must not be among them.

        They are origins, people right before the word for living ("an American living in …"), and what one lives near;
        and people in one of the `cities` ("a German in Prague").
        """
        homes = self._somewhere(words)
        starts = {home.first for home in homes}
        people = [name for name in found if name.end in starts or self._is_in(words, name, cities)]
        near = [name for home in homes for name in found if self._is_near(words, home, name)]
        return [*origins, *people, *near] if homes else people

    def _somewhere(self, words: tuple[Word, ...]) -> list[Found[str]]:
        """The words for living with a place behind them: not "and I live there", which is the origin."""
        denied = {place for row in self._denied.find(words) for place in range(row.first, row.end)}
        return [
            row
            for row in self._living.find(words)
            if row.first not in denied and not self._same.intersection(_folded(words, row.end, row.end + 1))
            if self._place.intersection(_folded(words, row.end - 1, row.end + MOST_BETWEEN))
        ]

    def _is_in(self, words: tuple[Word, ...], name: Found[str], cities: list[Found[str]]) -> bool:
        """Whether the name is followed by "in" and a city of another country."""
        behind = name.end + 1
        is_in = name.end < len(words) and words[name.end].folded in self._inside
        return is_in and any(city.first == behind and city.value != name.value for city in cities)

    def _is_near(self, words: tuple[Word, ...], home: Found[str], name: Found[str]) -> bool:
        between = _folded(words, home.end, name.first)
        return 0 <= name.first - home.end <= MOST_BETWEEN and bool(self._near.intersection(between))


def _folded(words: tuple[Word, ...], first: int, end: int) -> list[str]:
    return [word.folded for word in words[first:end]]
