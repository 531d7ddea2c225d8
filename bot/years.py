"""Reading years: as a model year, as a bare number, or as the year of building or buying."""

import re
from dataclasses import dataclass

from bot.lexicon import Lexicon
from bot.words import Found, PhraseTable, Word
from kb.vehicles import YearKind

_YEAR = re.compile(r"19[4-9]\d|20[0-4]\d")
_MODEL_YEAR_WORD = re.compile(r"my(\d{2}|20\d{2})")
_TWO_DIGITS = re.compile(r"\d{2}")
_RANGE_WORDS = frozenset({"az", "do", "to", "till", "until", "through", "and", "a"})

# How many words may stand between "built in" or "ročník" and its year: "vyrobeno někdy v roce 2016".
MARKER_REACH = 4


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year or a range of years in a message, and its first and past-the-last word."""

    first_year: int
    last_year: int
    kind: YearKind
    first: int
    end: int


class YearReader:
    """Finds the years of a message."""

    def __init__(self, lexicon: Lexicon) -> None:
        markers = [(phrase, YearKind.MODEL_YEAR) for phrase in lexicon.phrases("model_year")]
        markers += [(phrase, YearKind.CALENDAR) for phrase in lexicon.phrases("calendar_year")]
        self._markers = PhraseTable(markers)

    def read(self, text: str, words: tuple[Word, ...]) -> list[YearMention]:
        """The years, left to right."""
        markers = self._markers.find(words)
        shouting = text.isupper()
        mentions: list[YearMention] = []
        place = 0
        while place < len(words):
            mention = self._at(text, words, place, shouting=shouting)
            if mention is None:
                place += 1
                continue
            mentions.append(self._with_marker(mention, markers))
            place = mention.end
        return mentions

    def _at(self, text: str, words: tuple[Word, ...], place: int, *, shouting: bool) -> YearMention | None:
        word = words[place]
        if match := _MODEL_YEAR_WORD.fullmatch(word.folded):
            return _single(_full(match[1]), YearKind.MODEL_YEAR, place, place + 1)
        if word.typed == "MY" and place + 1 < len(words) and (year := _year(words[place + 1])):
            kind = YearKind.BARE if shouting else YearKind.MODEL_YEAR
            return _single(year, kind, place, place + 2)
        if _YEAR.fullmatch(word.folded):
            return self._year_or_range(text, words, place)
        short = _TWO_DIGITS.fullmatch(word.folded)
        if short and word.start > 0 and text[word.start - 1] in "'’‘´`":
            return _single(_full(word.folded), YearKind.BARE, place, place + 1)
        return None

    def _year_or_range(self, text: str, words: tuple[Word, ...], place: int) -> YearMention:
        year = int(words[place].folded)
        before = text[: words[place].start]
        kind = YearKind.CALENDAR if re.search(r"\b(0?[1-9]|1[0-2])\s?[/.]\s?$", before) else YearKind.BARE
        end = place + 1
        if end < len(words) and words[end].folded in _RANGE_WORDS:
            end += 1
        gap = text[words[place].end : words[end].start] if end < len(words) else ""
        joined = end > place + 1 or re.fullmatch(r"\s*[-–]\s*", gap)
        if joined and end < len(words) and _YEAR.fullmatch(words[end].folded) and int(words[end].folded) > year:
            return YearMention(year, int(words[end].folded), kind, place, end + 1)
        return _single(year, kind, place, place + 1)

    def _with_marker(self, mention: YearMention, markers: list[Found[YearKind]]) -> YearMention:
        """The mention with the kind that a marker shortly before it, or right behind it, gives it."""
        kind = mention.kind
        for marker in markers:
            before = 0 <= mention.first - marker.end <= MARKER_REACH
            behind = 0 <= marker.first - mention.end <= 1
            if before or behind:
                kind = marker.value
        return YearMention(mention.first_year, mention.last_year, kind, mention.first, mention.end)


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
