"""Messages that only tell which car somebody has: "manželka má Taycan", "just picked up a new 992"."""

from bot.lexicon import Lexicon
from bot.words import Word

# So many content words of a message that tells a car may be unknown: "pradědeček má Taycan".
MOST_UNKNOWN = 1


class ToldCars:
    """Tells what is said of having a car from what is asked."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._having = frozenset(lexicon.phrases("having"))
        self._around = frozenset(lexicon.phrases("car_told"))

    def no_more_than_that(self, words: tuple[Word, ...], content: tuple[Word, ...]) -> bool:
        """Whether a message that names a car tells no more than whose it is and where it comes from."""
        return self._has(words) and all(word.folded in self._around for word in content)

    def little_more_than_that(self, words: tuple[Word, ...], content: tuple[Word, ...]) -> bool:
        """The same with a word that is not known, or of a car that was sold."""
        others = [word for word in content if word.folded not in self._around | self._having]
        return self._has(words) and len(others) <= MOST_UNKNOWN

    def _has(self, words: tuple[Word, ...]) -> bool:
        return any(word.folded in self._having for word in words)
