"""Years said in words: "dva tisíce devatenáct", "twenty nineteen", "osmnáctého roku", "ročník devatenáct"."""

from collections.abc import Iterator

from bot.lexicon import Lexicon
from bot.words import Found, PhraseTable, Word

CENTURY = 2000
# "twenty five" is a number of its own; "twenty ten" is a year.
SHORTEST_AFTER_HUNDREDS = 10


class SpeltYears:
    """Finds years in words; a number below one hundred is one only where a word such as "ročník" says so."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._full = PhraseTable(_full(lexicon))
        self._short = PhraseTable(_phrases(lexicon, "spelt_numbers", least=SHORTEST_AFTER_HUNDREDS))
        self._units = frozenset(lexicon.phrases("units"))

    def find(self, words: tuple[Word, ...], short: set[int]) -> dict[int, Found[int]]:
        """The years by their first word; `short` are the places at which a short one is meant."""
        found = [row for row in self._short.find(words) if row.first in short] + self._full.find(words)
        return {row.first: row for row in found if not self._counts(words, row.end)}

    def _counts(self, words: tuple[Word, ...], place: int) -> bool:
        return place < len(words) and words[place].folded in self._units


def _phrases(lexicon: Lexicon, name: str, *, least: int = 1) -> Iterator[tuple[str, int]]:
    for number in lexicon.keys(name):
        for phrase in lexicon.of_language(name, number):
            if int(number) >= least:
                yield phrase, CENTURY + int(number)


def _full(lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """Thousands or hundreds with every number behind them, and ordinals with the word "year"."""
    for before, least in (("spelt_thousands", 1), ("spelt_hundreds", SHORTEST_AFTER_HUNDREDS)):
        for start in lexicon.phrases(before):
            for phrase, year in _phrases(lexicon, "spelt_numbers", least=least):
                yield f"{start} {phrase}", year
    yield from _phrases(lexicon, "spelt_ordinal_years")
