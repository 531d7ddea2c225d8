"""Reading years: as a model year, as a bare number, or as the year of building or buying."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.event_years import EventYears
from bot.lexicon import Lexicon
from bot.mentions import Corrections
from bot.numbers import NumberReader
from bot.spelt_years import SpeltYears
from bot.words import Word
from bot.year_words import YearMention, YearWords
from kb.vehicles import YearKind

_YEAR = re.compile(r"19[4-9]\d|20[0-4]\d")
_MODEL_YEAR_WORD = re.compile(r"my(\d{2}|20\d{2})")
_TWO_DIGITS = re.compile(r"\d{2}")
_DAY = re.compile(r"\d{1,2}")
_DAY_BEFORE = re.compile(r"\b\d{1,2}\s?[/.-]\s?(0?[1-9]|1[0-2])\s?[/.-]\s?$")
_DAY_BEHIND = re.compile(r"-\d{2}-\d{2}\b")
_MONTH_BEFORE = re.compile(r"\b(0?[1-9]|1[0-2])\s?[/.-]\s?$")
_MONTH_BEHIND = re.compile(r"[/-](0[1-9]|1[0-2])\b")
_RANGE_WORDS = frozenset({"az", "do", "to", "till", "until", "through", "and", "a", "nebo", "or"})
_RANGE_SIGN = re.compile(r"\s*[-–/]\s*")


class YearReader:
    """Finds the years of a message."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._around = YearWords(lexicon)
        self._events = EventYears(lexicon)
        self._spelt = SpeltYears(lexicon)
        self._short = lexicon.table("short_year_behind")
        self._months = frozenset(lexicon.phrases("months"))
        self._numbers = NumberReader(lexicon)
        self._corrections = Corrections(lexicon)

    def read(self, text: str, words: tuple[Word, ...], names: frozenset[int] = frozenset()) -> list[YearMention]:
        """The years, left to right; `names` are the places of names of cars."""
        skipped = self._numbers.no_years(text, words) | names
        short = {row.end for row in self._short.find(words)} | self._around.short_behind(text, words, names)
        found = list(self._found(text, words, skipped, short))
        marked = self._events.without(text, words, self._around.with_kinds(words, found, names), names)
        # The date on which something happened is no year of a car.
        years = [year for year in marked if not year.is_date or year.kind is YearKind.CALENDAR]
        holding = self._corrections.last_said(words, self._corrections.not_negated(words, years))
        return [self._around.opened(text, words, year) for year in holding]

    def _found(
        self, text: str, words: tuple[Word, ...], skipped: frozenset[int], short: set[int]
    ) -> Iterator[YearMention]:
        spelt = self._spelt.find(words, short)
        place = 0
        while place < len(words):
            mention = None
            if place not in skipped:
                mention = self._at(text, words, place) or _short_year(text, words[place], place, short)
            if place in spelt and place not in skipped:
                mention = _single(spelt[place].value, YearKind.BARE, place, spelt[place].end)
            if mention:
                yield mention
            place = mention.end if mention else place + 1

    def _at(self, text: str, words: tuple[Word, ...], place: int) -> YearMention | None:
        word = words[place]
        if match := _MODEL_YEAR_WORD.fullmatch(word.folded):
            return _single(_full(match[1]), YearKind.MODEL_YEAR, place, place + 1)
        if word.typed == "MY" and place + 1 < len(words) and (year := _year(words[place + 1])):
            shouted = (text[: word.start] + text[word.end :]).isupper()  # then it may be the word "my"
            return _single(year, YearKind.BARE if shouted else YearKind.MODEL_YEAR, place, place + 2)
        if not _YEAR.fullmatch(word.folded):
            return None
        before, behind = text[: word.start], text[word.end :]
        if _DAY_BEFORE.search(before) or _DAY_BEHIND.match(behind) or self._is_day(words, place):
            return replace(_single(int(word.folded), YearKind.BARE, place, place + 1), is_date=True)
        if span := _range(text, words, place):
            return span
        month = _MONTH_BEFORE.search(before) or _MONTH_BEHIND.match(behind) or self._is_month(words, place - 1)
        return _single(int(word.folded), YearKind.CALENDAR if month else YearKind.BARE, place, place + 1)

    def _is_month(self, words: tuple[Word, ...], place: int) -> bool:
        return place >= 0 and words[place].folded in self._months

    def _is_day(self, words: tuple[Word, ...], place: int) -> bool:
        """Whether "12. března" or "March 12," stands before."""
        if place < 2:
            return False
        before, last = words[place - 2], words[place - 1]
        return (last.folded in self._months and _DAY.fullmatch(before.folded) is not None) or (
            before.folded in self._months and _TWO_DIGITS.fullmatch(last.folded) is not None
        )


def _range(text: str, words: tuple[Word, ...], place: int) -> YearMention | None:
    """Two years that stand for all between them: "2014-2017", "2016 nebo 2017", "2017/18"."""
    end = place + 1
    if end < len(words) and words[end].folded in _RANGE_WORDS:
        end += 1
    if end >= len(words):
        return None
    sign = _RANGE_SIGN.fullmatch(text[words[place].end : words[end].start])
    first, last = int(words[place].folded), words[end].folded
    if (sign or end > place + 1) and _YEAR.fullmatch(last) and int(last) > first:
        return YearMention(first, int(last), YearKind.BARE, place, end + 1)
    if sign and _TWO_DIGITS.fullmatch(last) and int(last) == (first + 1) % 100:
        return YearMention(first, first + 1, YearKind.BARE, place, end + 1)
    return None


def _short_year(text: str, word: Word, place: int, short: set[int]) -> YearMention | None:
    """A year of two digits, behind an apostrophe or behind "ročník"."""
    if not _TWO_DIGITS.fullmatch(word.folded):
        return None
    if place in short or (word.start > 0 and text[word.start - 1] in "'’‘´`"):
        return _single(_full(word.folded), YearKind.BARE, place, place + 1)
    return None


def _single(year: int, kind: YearKind, first: int, end: int) -> YearMention:
    return YearMention(year, year, kind, first, end)


def _year(word: Word) -> int | None:
    if _YEAR.fullmatch(word.folded):
        return int(word.folded)
    return _full(word.folded) if _TWO_DIGITS.fullmatch(word.folded) else None


def _full(digits: str) -> int:
    """A year of two digits in full: 48 and later belong to the last century."""
    if len(digits) == 4:
        return int(digits)
    return (1900 if int(digits) >= 48 else 2000) + int(digits)
