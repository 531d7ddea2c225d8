"""Whether a message tells of an accident, a fire or an injury."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.lexicon import Lexicon
from bot.words import Found, Word

# Between the words of a pair, such as "hoří" and what burns, or "airbag" and "went off".
NEAR = 4


class EmergencyReader:
    """Finds emergencies by the phrases of the lexicon, and by pairs of them that stand near each other."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._told = lexicon.table("emergency")
        self._burning, self._burnable = (lexicon.part("fire", key) for key in ("burning", "burnable"))
        self._airbag, self._fired = (lexicon.part("airbag", key) for key in ("airbag", "fired"))
        self._accident, self._happened = (lexicon.part("accident", key) for key in ("accident", "happened"))
        self._alone, self._core = (frozenset(lexicon.phrases(f"emergency_alone{end}")) for end in ("", "_core"))
        self._crash, self._programs = (lexicon.table(name) for name in ("crash", "program"))
        self._none = lexicon.table("no_emergency")

    def is_told(self, words: tuple[Word, ...], cars: AbstractSet[int]) -> bool:
        """Whether the words tell of one; `cars`: the places of words that name a car."""
        if self._none.find(words):  # "the crash last year", "burning through my data"
            return False
        if self._told.find(words) or self._burns(words, cars) or self._is_alone(words):
            return True
        if _is_near(self._airbag.find(words), self._fired.find(words)):
            return True
        # "The app crashed the other day" is none.
        happened = _is_near(self._accident.find(words), self._happened.find(words))
        return (happened or bool(self._crash.find(words))) and not self._programs.find(words)

    def _is_alone(self, words: tuple[Word, ...]) -> bool:
        """Whether a word such as "fire" is all that is said, but for "help" and "please"."""
        said = {word.folded for word in words}
        return said <= self._alone and bool(said & self._core)

    def _burns(self, words: tuple[Word, ...], cars: AbstractSet[int]) -> bool:
        named = [Found("", place, place + 1) for place in sorted(cars)]
        return _is_near([*self._burnable.find(words), *named], self._burning.find(words))


def _is_near(some: Sequence[Found[str]], others: Sequence[Found[str]]) -> bool:
    """Whether one of each stands near the other, in either order."""
    return any(0 <= max(one.first - other.end, other.first - one.end) <= NEAR for one in some for other in others)
