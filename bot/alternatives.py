"""Alternatives, which leave a car open between both: "2. nebo 3. generace", "from 2018 or from 2020"."""

import re
from collections.abc import Callable

from bot.lexicon import Lexicon
from bot.mentions import Mention
from bot.words import Found, Word
from bot.year_words import YearMention
from kb.vehicles import YearKind

Codes = frozenset[str]

_SIGN = re.compile(r"\.?\s*[/,&+–-]\s*")
_GAP = re.compile(r"[.,\s]*")
# Of two kinds of years the one that leaves more open holds for both.
_OPENNESS = (YearKind.MODEL_YEAR, YearKind.BARE, YearKind.CALENDAR)


class Alternatives:
    """Joins two mentions with "or", "and" or "/" between them to one that means either."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._either = frozenset(lexicon.of_language("alternatives", "or"))
        self._joining = self._either | frozenset(lexicon.of_language("alternatives", "and"))
        self._around = frozenset(lexicon.of_language("alternatives", "around"))
        markers = ("before_year", "model_year", "calendar_year", "open_range", "months")
        self._of_years = self._around | frozenset(word for name in markers for word in lexicon.single_words(name))

    def extended(
        self,
        text: str,
        words: tuple[Word, ...],
        name: Found[Codes],
        codes_of: Callable[[tuple[str, ...]], Codes | None],
    ) -> Found[Codes]:
        """The name with those that share a word with it: "2. nebo 3. generace", "generation 2 or 3".

        `codes_of` gives what a whole name means.
        """
        folded = tuple(word.folded for word in words)
        head, tail = folded[name.first : name.end - 1], folded[name.first + 1 : name.end]
        while tail and (place := self._before(text, words, name.first)) is not None:
            codes = codes_of((folded[place], *tail))
            if codes is None:
                break
            name = Found(name.value | codes, place, name.end)
        while head and (place := self._behind(text, words, name.end)) is not None:
            codes = codes_of((*head, folded[place])) or codes_of((folded[place], *tail))
            if codes is None:
                break
            name = Found(name.value | codes, name.first, place + 1)
        return name

    def joined_names(
        self, text: str, words: tuple[Word, ...], names: list[Found[Codes]], drives: frozenset[int]
    ) -> list[Found[Codes]]:
        """The names with neighbours as one that means either; at `drives` ("electric and petrol") only for an "or"."""
        joined: list[Found[Codes]] = []
        for name in names:
            before = joined[-1] if joined else None
            allowed = self._either if name.first in drives else self._joining
            if before and (name.first < before.end or self._stands_between(text, words, (before, name), allowed)):
                joined[-1] = Found(before.value | name.value, before.first, max(before.end, name.end))
            else:
                joined.append(name)
        return joined

    def joined_years(self, text: str, words: tuple[Word, ...], years: list[YearMention]) -> list[YearMention]:
        """The years of one car with neighbours as one range."""
        joined: list[YearMention] = []
        for year in years:
            if joined and self._are_alternatives(text, words, joined[-1], year):
                joined[-1] = _either(joined[-1], year)
            else:
                joined.append(year)
        return joined

    def are_named(self, text: str, words: tuple[Word, ...], one: Mention, other: Mention) -> bool:
        """Whether only "or" or "and" stands between two names of cars: "718 nebo Boxster", not "my 911, a 992"."""
        between = text[words[one.end - 1].end : words[other.first].start]
        return "," not in between and self._stands_between(text, words, (one, other), self._joining)

    def _are_alternatives(self, text: str, words: tuple[Word, ...], one: YearMention, other: YearMention) -> bool:
        allowed = self._joining if one.kind is other.kind else self._either
        between = [word.folded for word in words[one.end : other.first]]
        if not between:
            return (
                one.kind is other.kind
                and _SIGN.fullmatch(text[words[one.end - 1].end : words[other.first].start]) is not None
            )
        return not allowed.isdisjoint(between) and all(word in self._joining | self._of_years for word in between)

    def _stands_between(
        self,
        text: str,
        words: tuple[Word, ...],
        names: tuple[Mention, Mention],
        allowed: frozenset[str],
    ) -> bool:
        before, name = names
        between = [word.folded for word in words[before.end : name.first]]
        if not between:
            return "/" in text[words[before.end - 1].end : words[name.first].start]
        return not allowed.isdisjoint(between) and all(word in allowed | self._around for word in between)

    def _before(self, text: str, words: tuple[Word, ...], first: int) -> int | None:
        """The place of the alternative before a place; None: there is none."""
        place = first - 1
        while place >= 0 and words[place].folded in self._around:
            place -= 1
        if place >= 1 and words[place].folded in self._joining and _gap(text, words, place - 1):
            return place - 1
        is_listed = place == first - 1 and place >= 0
        return place if is_listed and _SIGN.fullmatch(text[words[place].end : words[first].start]) else None

    def _behind(self, text: str, words: tuple[Word, ...], end: int) -> int | None:
        """The place of the alternative behind a past-the-last word; None: there is none."""
        if end >= len(words):
            return None
        if "/" in text[words[end - 1].end : words[end].start]:
            return end
        if words[end].folded not in self._joining or not _gap(text, words, end - 1):
            return None
        place = end + 1
        while place < len(words) and words[place].folded in self._around:
            place += 1
        return place if place < len(words) else None


def _gap(text: str, words: tuple[Word, ...], place: int) -> bool:
    """Whether nothing but spaces and a dot or comma stands between a word and the next one."""
    return _GAP.fullmatch(text[words[place].end : words[place + 1].start]) is not None


def _either(one: YearMention, other: YearMention) -> YearMention:
    kind = max(one.kind, other.kind, key=_OPENNESS.index)
    first, last = min(one.first_year, other.first_year), max(one.last_year, other.last_year)
    return YearMention(first, last, kind, one.first, other.end)
