"""Which of several mentions hold: in "2016, sorry, 2017" the second, in "not a Macan but a Taycan" the Taycan."""

from typing import Protocol, TypeVar

from bot.lexicon import Lexicon
from bot.words import Word

# "No, from the UK": so many words at most stand between the no and the name.
MOST_BETWEEN = 2


class Mention(Protocol):
    """A name or a year in a message: its first and past-the-last word."""

    @property
    def first(self) -> int:
        """The first word."""

    @property
    def end(self) -> int:
        """The word behind the last one."""


M = TypeVar("M", bound=Mention)


class Corrections:
    """Finds the words that take back what was said before them, or right behind them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._places = frozenset(lexicon.phrases("before_city"))
        self._taken_back = lexicon.table("correction")
        self._negation = lexicon.table("negation")
        self._between = frozenset(lexicon.phrases("between_negation"))

    def not_negated(self, words: tuple[Word, ...], mentions: list[M]) -> list[M]:
        """The mentions that are not denied; all of them where every one is."""
        return [row for row in mentions if not self.is_negated(words, row)] or mentions

    def is_negated(self, words: tuple[Word, ...], mention: Mention) -> bool:
        """Whether the mention is denied: "not the electric one"."""
        denied = {found.end for found in self._negation.find(words)}
        return bool(denied & self._reached_from(words, mention.first))

    def _reached_from(self, words: tuple[Word, ...], place: int) -> set[int]:
        """The place itself, and those before it with only words like "in the" between, and no comma."""
        places = {place} if place and _touch(words[place - 1], words[place]) else set()
        while place > 1 and words[place - 1].folded in self._between and _touch(words[place - 2], words[place - 1]):
            place -= 1
            places.add(place)
        return places

    def last_said(self, words: tuple[Word, ...], mentions: list[M]) -> list[M]:
        """The mentions behind the last correction that stands between two of them."""
        for marker in reversed(self._taken_back.find(words)):
            behind = [mention for mention in mentions if mention.first >= marker.end]
            before = [mention for mention in mentions if mention.end <= marker.first]
            if behind and before:
                return behind
        return mentions

    def take_back(self, words: tuple[Word, ...], mentions: list[M]) -> bool:
        """Whether what was said in the message before is taken back: "sorry, Canada", "ne, Rakousko"."""
        first = min((mention.first for mention in mentions), default=0)
        opening = words[1:first]
        short = len(opening) <= MOST_BETWEEN and all(word.folded in self._places for word in opening)
        denied = first > 0 and short and bool(self._negation.find(words[:1]))
        return denied or any(row.end <= first for row in self._taken_back.find(words))


def _touch(one: Word, other: Word) -> bool:
    """Whether no sign stands between two words: "no, the 991" denies nothing."""
    return other.start - one.end <= 1
