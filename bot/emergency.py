"""Whether a message tells of an accident, a fire or an injury."""

from collections.abc import Set as AbstractSet

from bot.lexicon import Lexicon
from bot.words import Word

# Between "hoří" and the car that burns.
NEAR = 2


class EmergencyReader:
    """Finds emergencies by the phrases of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._told = lexicon.table("emergency")
        self._burning = lexicon.table("burning")
        self._crash = lexicon.table("crash")
        self._programs = lexicon.table("program")

    def is_told(self, words: tuple[Word, ...], cars: AbstractSet[int]) -> bool:
        """Whether the words tell of one; `cars`: the places of words that name a car."""
        if self._told.find(words) or self._burns(words, cars):
            return True
        # "The app crashed the other day" is none.
        return bool(self._crash.find(words)) and not self._programs.find(words)

    def _burns(self, words: tuple[Word, ...], cars: AbstractSet[int]) -> bool:
        return any(place in cars for row in self._burning.find(words) for place in range(row.end, row.end + NEAR))
