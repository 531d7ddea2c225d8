"""Years in which something happens or happened, or somebody was born, and which are no year of the car."""

from bot.lexicon import Lexicon
from bot.words import PhraseTable, Word
from bot.year_words import YearMention
from kb.vehicles import YearKind

# How many words may stand between the year and what happens in it: "v roce 2026 s rodinou pojedeme do Itálie".
REACH = 4
# And between "born" and its year: "narozen v roce 1975".
BORN_REACH = 2


class EventYears:
    """Tells the years of events from those of cars."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._since = PhraseTable((phrase, bound) for bound, phrase in _since(lexicon))
        self._born = lexicon.table("born")
        self._owning = lexicon.table("owning")
        self._prepositions = lexicon.table("event_prepositions")
        self._events = lexicon.table("events")
        self._nouns = frozenset(lexicon.phrases("car_nouns"))

    def without(
        self, text: str, words: tuple[Word, ...], years: list[YearMention], names: frozenset[int]
    ) -> list[YearMention]:
        """The years but those of events, births and owning since; `names` are the places of cars' names."""
        cars = names | {place for place, word in enumerate(words) if word.folded in self._nouns}
        others = self._since_when(words) | self._of_births(words)
        return [
            year
            for year in years
            if year.first not in others and not self._is_of_event(text, words, year, frozenset(cars))
        ]

    def _since_when(self, words: tuple[Word, ...]) -> set[int]:
        """The places behind "since", and behind "od" of one who owns: "mám ho od roku 2019"."""
        owned = bool(self._owning.find(words))
        return {row.end for row in self._since.find(words) if row.value == "since" or owned}

    def _of_births(self, words: tuple[Word, ...]) -> set[int]:
        """The places where somebody's year of birth stands: "jsem ročník 1975", "born in 1975"."""
        return {place for row in self._born.find(words) for place in range(row.end, row.end + BORN_REACH + 1)}

    def _is_of_event(self, text: str, words: tuple[Word, ...], year: YearMention, cars: frozenset[int]) -> bool:
        """Whether "in" stands before the bare year, no car before that, and an event in the same clause."""
        before = next((row for row in self._prepositions.find(words) if row.end == year.first), None)
        if year.kind is not YearKind.BARE or before is None or before.first - 1 in cars:
            return False
        places = {place for row in self._events.find(words) for place in range(row.first, row.end)}
        behind = range(year.end, min(len(words), year.end + REACH + 1))
        ahead = range(before.first - 1, max(-1, before.first - 2 - REACH), -1)
        return any(_reaches(text, words, year, place) for place in (*behind, *ahead) if place in places)


def _since(lexicon: Lexicon) -> list[tuple[str, str]]:
    return [(bound, phrase) for bound in ("since", "from") for phrase in lexicon.of_language("open_range", bound)]


def _reaches(text: str, words: tuple[Word, ...], year: YearMention, place: int) -> bool:
    """Whether no sign that ends a clause stands between the year and the word."""
    start, end = sorted((words[year.first].start, words[place].start))
    return not any(sign in text[start:end] for sign in ",;.?!")
