"""Answers that point at one of the generations that were asked about: "the newer one", "it has round gauges"."""

from dataclasses import dataclass
from enum import StrEnum

from bot.lexicon import Lexicon
from bot.mentions import Corrections
from bot.words import PhraseTable, Word, frozen
from kb.vehicles import Generation, Vehicles


class Place(StrEnum):
    """Where the one that is meant stands: by age, or in the question."""

    OLDER = "older"
    NEWER = "newer"
    OLDEST = "oldest"
    NEWEST = "newest"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Pointing:
    """What a message says of the one that is meant; `signed`: the generations that have what it describes."""

    place: Place | None = None
    signed: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.place or self.signed)

    def one_of(self, generations: tuple[Generation, ...]) -> str | None:
        """The code of the one that is meant of those asked about, in the question's order; None: it stays open."""
        signed = [row.code for row in generations if row.code in self.signed]
        if len(signed) == 1:
            return signed[0]
        # An electric car beside a fuelled one is another car of the same name, and neither older nor newer.
        fuelled = [row for row in generations if not row.electric] or list(generations)
        if self.place is None or len(fuelled) < 2:
            return None
        by_age = sorted(fuelled, key=lambda row: row.first)
        if self.place in {Place.OLDER, Place.NEWER} and len(by_age) > 2:
            return None
        ordered = fuelled if self.place in {Place.FIRST, Place.LAST} else by_age
        return ordered[0 if self.place in {Place.OLDER, Place.OLDEST, Place.FIRST} else -1].code


class PointingReader:
    """Finds words that point at a generation."""

    def __init__(self, vehicles: Vehicles, lexicon: Lexicon) -> None:
        self._places = PhraseTable(
            (phrase, place) for place in Place for phrase in lexicon.of_language("which_one", place.value)
        )
        self._corrections = Corrections(lexicon)
        self._signs = PhraseTable((form, sign.generations) for sign in vehicles.signs for form in sign.written)

    def read(self, words: tuple[Word, ...], *, placed: bool) -> Pointing:
        """What the words point at; not `placed`: words such as "the second" count a generation, not the choices."""
        places = self._places.find(words) if placed else []
        signs = [found for found in self._signs.find(words) if not self._corrections.is_negated(words, found)]
        signed = [frozenset(found.value) for found in signs]
        return Pointing(places[0].value if places else None, frozenset.intersection(*signed) if signed else frozen(()))
