"""A message in plain words: a common noun for the car that is named or meant, and nothing of when it was built."""

from collections.abc import Iterator, Mapping
from itertools import dropwhile

from bot.lexicon import Lexicon
from bot.understanding import Understanding
from bot.words import Word
from kb.model import Language

_ENDS_OF_CLAUSE = tuple(",;.?!\n")


class PlainWords:
    """Says a message in plain words, which are then searched; `car` are the nouns for a car."""

    def __init__(self, lexicon: Lexicon, car: Mapping[Language, str]) -> None:
        self._car = car
        self._pronouns = {language: lexicon.part("car_pronouns", language) for language in Language}
        marked = ("calendar_year", "model_year", "months", "seasons", "dated")
        self._told_of_year = frozenset(word for name in marked for word in lexicon.single_words(name))
        self._around_year = frozenset(lexicon.phrases("around_year"))
        self._joining = frozenset(lexicon.phrases("leans"))

    def of_named(self, read: Understanding, language: Language) -> str | None:
        """The clauses that say more than which car it is, with the noun for its name; None: it names no car."""
        years = {place for place in read.vehicles.words if _is_year(read.words[place])}
        if not read.vehicles.cars or read.query.text != read.text:
            return None
        of_years = years | {place for year in years for place in self._around(read, year)}
        content = {word.start for word in read.content}
        names = read.vehicles.words - years
        said = []
        for clause in _clauses(read):
            places = [place for place in clause if place not in of_years]
            if any(read.words[place].start in content and place not in names for place in places):
                said.append(" ".join(self._spelt(read, places, names, self._car[language])))
        return ", ".join(said) or None

    def of_pronoun(self, read: Understanding, language: Language) -> str | None:
        """The message without "and", and with the noun for "it": "jak ho spáruju", "how do I link it"; else None."""
        found = self._pronouns[language].find(read.words)
        if len(found) != 1 or read.vehicles.words or read.query.text != read.text:
            return None
        row, noun = found[0], self._car[language]
        before = list(dropwhile(lambda word: word.folded in self._joining, read.words[: row.first]))
        # A Czech pronoun stands before the verb, a noun behind it.
        place = row.end + (language is Language.CS)
        words = [*before, *read.words[row.end : place]], read.words[place:]
        return " ".join([*(word.typed for word in words[0]), noun, *(word.typed for word in words[1])])

    def _around(self, read: Understanding, year: int) -> Iterator[int]:
        """The places of the words around a year that tell what happened in it: "koupený na podzim 2021"."""
        place, first = year - 1, None
        while place >= 0 and place not in read.vehicles.words:
            folded = read.words[place].folded
            if folded in self._told_of_year:
                first = place
            elif folded not in self._around_year:
                break
            place -= 1
        yield from range(place + 1, year) if first is not None else ()
        if year + 1 < len(read.words) and read.words[year + 1].folded in self._told_of_year:
            yield year + 1

    @staticmethod
    def _spelt(read: Understanding, places: list[int], names: frozenset[int], noun: str) -> Iterator[str]:
        for number, place in enumerate(places):
            if place not in names:
                yield read.words[place].typed
            elif number == 0 or places[number - 1] not in names:
                yield noun


def _is_year(word: Word) -> bool:
    return word.folded.isdigit() and len(word.folded) == 4


def _clauses(read: Understanding) -> Iterator[list[int]]:
    """The places of the words of each clause."""
    clause: list[int] = []
    for place, word in enumerate(read.words):
        between = read.text[read.words[place - 1].end : word.start] if place else ""
        if clause and any(sign in between for sign in _ENDS_OF_CLAUSE):
            yield clause
            clause = []
        clause.append(place)
    if clause:
        yield clause
