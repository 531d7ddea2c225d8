"""Third languages: whether a message is in none of those that are answered, by words, signs and letters."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.lexicon import Lexicon
from bot.words import Word

# Evidence in log odds, as in bot.language. A word of a third language's grammar, or a letter that neither Czech,
# Slovak nor English has.
TELLING = 3.0
# How seldom customers write each of these languages (log odds), and from where on a message is in one.
PRIOR = -2.0
ENOUGH = 1.0
# How far the letters of one unknown word are believed, and how much of their log odds.
MOST_FOR, MOST_AGAINST = 6.0, 4.0
LETTERS_COUNT = 0.5

_OWN_LETTERS = frozenset("áäčďéěíĺľňóôŕřšťúůýž")
_END_OF_LATIN = "ɏ"

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WeighedWord:
    """A word with what it says for Czech or English (log odds; None: unknown) and its letters.

    `letters`: the logarithms of its probability in each third language, those of the best of the own languages
    taken off (None: not looked at).
    """

    word: Word
    odds: float | None
    letters: Vector | None = None


class OtherLanguages:
    """Recognises messages in the languages that the lexicon lists, and in other scripts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.codes = lexicon.keys("other_languages")
        self._telling = self._vectors(lexicon, "other_languages")
        self._shared = self._vectors(lexicon, "other_languages_shared")

    def _vectors(self, lexicon: Lexicon, name: str) -> dict[str, Vector]:
        """For each word of the lists in which of the languages it is (1) or not (0)."""
        lists = [frozenset(lexicon.of_language(name, code)) for code in self.codes]
        return {word: np.array([float(word in one) for one in lists]) for word in frozenset().union(*lists)}

    def is_other(self, words: Sequence[WeighedWord]) -> bool:
        """Whether the words are in a third language rather than in Czech, Slovak or English."""
        scores = np.full(len(self.codes), PRIOR)
        for word in words:
            scores += self._of_word(word)
        return bool(scores.max() >= ENOUGH)

    def _of_word(self, weighed: WeighedWord) -> Vector:
        """The evidence of one word for each of the languages."""
        scores = np.zeros(len(self.codes))
        telling = self._telling.get(weighed.word.folded)
        if telling is not None:
            return scores + TELLING * telling
        if has_foreign_letter(weighed.word.typed):
            scores += TELLING
        elif weighed.odds is not None:
            shared = self._shared.get(weighed.word.folded, 0.0)
            scores -= abs(weighed.odds) * (1.0 - shared)
        if weighed.letters is not None:
            scores += LETTERS_COUNT * np.clip(weighed.letters, -MOST_AGAINST, MOST_FOR)
        return scores


def has_foreign_letter(word: str) -> bool:
    """Whether the word has a letter that no Czech, Slovak or English word has."""
    return any(
        letter > _END_OF_LATIN or (letter > "\x7f" and letter not in _OWN_LETTERS)
        for letter in word.casefold()
        if letter.isalpha()
    )
