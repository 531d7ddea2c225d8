"""The names of vehicles as customers write them, and what each can mean: a set of generations."""

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from bot.alternatives import Alternatives, Codes
from bot.numbers import NumberReader
from bot.words import Found, PhraseTable, Word
from index.text import fold
from kb.model import Language
from kb.vehicles import Vehicles

# A name of so many letters is recognised with so many slips.
SLIPS = ((8, 2), (5, 1))
FEWEST_LETTERS = 5
# What is written onto a name: "911S", "Taycan4S", "718ku".
_TRIMS = (
    "s",
    "t",
    "r",
    "4",
    "4s",
    "gts",
    "turbo",
    "rs",
    "e",
    "gt3",
    "gt4",
    "c2",
    "c4",
    "c4s",
    "ka",
    "ku",
    "ce",
    "ky",
    "kou",
)
# A name that so many models share names no car: it only narrows one that is named ("electric", "2. generace").
MODELS_OF_A_WORD = 4


def car_codes(vehicles: Vehicles) -> frozenset[str]:
    """The names of cars that are numbers, such as "911" and "992"."""
    return frozenset(name for name, _ in _names(vehicles) if name.isdigit())


class VehicleNames:
    """Finds names in words. A name is a car's own, or a word that only narrows a car."""

    def __init__(
        self, vehicles: Vehicles, numbers: NumberReader, alternatives: Alternatives, known_words: frozenset[str]
    ) -> None:
        names = list(_names(vehicles))
        models = {code: generation.model for code, generation in vehicles.generation_of.items()}
        wide = {codes for _, codes in names if len({models[code] for code in codes}) >= MODELS_OF_A_WORD}
        own = [row for row in names if row[1] not in wide]
        self._own = PhraseTable(own)
        labels = _label_words(vehicles)
        self._fused = dict(_fused(own, labels))
        self._narrowing = PhraseTable([row for row in names if row[1] in wide] + list(_drives(vehicles)))
        self._spelt = list(_spelt(own, labels))
        self._drives = PhraseTable(_drives(vehicles))
        self._numbers = numbers
        self._alternatives = alternatives
        self._known_words = known_words

    def own(self, text: str, words: tuple[Word, ...]) -> list[Found[Codes]]:
        """The names of cars, left to right."""
        skipped = self._numbers.no_names(text, words)
        plain = [name for name in self._own.find(words) if name.first not in skipped]
        found = [self._extended(text, words, name, plain) for name in plain]
        taken = skipped | {place for name in found for place in range(name.first, name.end)}
        for place, word in enumerate(words):
            codes = None if place in taken else self._fused.get(word.folded) or self._misspelt(word.folded)
            if codes:
                found.append(Found(codes, place, place + 1))
        return sorted(found, key=lambda name: name.first)

    def narrowing(self, text: str, words: tuple[Word, ...], own: list[Found[Codes]]) -> list[Found[Codes]]:
        """The words that narrow a car, outside the names; alternatives ("second or third") as one."""
        taken = {place for name in own for place in range(name.first, name.end)}
        found = [name for name in self._narrowing.find(words) if name.first not in taken]
        extended = [self._extended(text, words, name, [*own, *found]) for name in found]
        drives = frozenset(row.first for row in self._drives.find(words))
        return self._alternatives.joined_names(text, words, extended, drives)

    def _extended(
        self, text: str, words: tuple[Word, ...], name: Found[Codes], names: list[Found[Codes]]
    ) -> Found[Codes]:
        """The name with its alternatives, where these are none of the other `names`."""
        wider = self._alternatives.extended(text, words, name, self._meaning)
        others = {place for row in names if row is not name for place in range(row.first, row.end)}
        return name if others & set(range(wider.first, wider.end)) else wider

    def _meaning(self, parts: tuple[str, ...]) -> Codes | None:
        return self._own.get(parts) or self._narrowing.get(parts)

    def _misspelt(self, word: str) -> Codes | None:
        """What a misspelt name means; None where two cars are equally near."""
        if len(word) < FEWEST_LETTERS or word in self._known_words or not word.isalpha():
            return None
        near: dict[int, set[Codes]] = {}
        for name, slips, codes in self._spelt:
            if word[0] == name[0] and (distance := OSA.distance(word, name, score_cutoff=slips)) <= slips:
                near.setdefault(distance, set()).add(codes)
        nearest = near[min(near)] if near else set()
        return nearest.pop() if len(nearest) == 1 else None


def _names(vehicles: Vehicles) -> Iterator[tuple[str, Codes]]:
    for model in vehicles.models:
        codes = frozenset(row.code for row in vehicles.generations if row.model == model.id)
        for form in model.written:
            yield form, codes
    for generation in vehicles.generations:
        for form in (generation.code, *generation.codes, *generation.written):
            yield form, frozenset({generation.code})
    for name in vehicles.names:
        for form in name.written:
            yield form, frozenset(name.generations)


def _drives(vehicles: Vehicles) -> Iterator[tuple[str, Codes]]:
    electric = frozenset(row.code for row in vehicles.generations if row.electric)
    others = frozenset(row.code for row in vehicles.generations if not row.electric)
    for form in vehicles.drives.electric:
        yield form, electric
    for form in vehicles.drives.combustion:
        yield form, others


def _label_words(vehicles: Vehicles) -> frozenset[str]:
    """The words of the models' names in the maker's spelling, folded."""
    labels = [fold(model.label().text(language)) for model in vehicles.models for language in Language]
    return frozenset(word for label in labels for word in label.split() if len(word) >= FEWEST_LETTERS)


def _fused(names: list[tuple[str, Codes]], labels: frozenset[str]) -> Iterator[tuple[str, Codes]]:
    """Names with a trim level or an ending written onto them."""
    for form, codes in names:
        number = form[-1].isdigit()
        for trim in _TRIMS:
            if " " not in form and (number or fold(form) in labels) and not (number and trim[0].isdigit()):
                yield fold(form) + trim, codes


def _spelt(names: list[tuple[str, Codes]], labels: frozenset[str]) -> Iterator[tuple[str, int, Codes]]:
    """Names of one word in the maker's spelling, with their endings, and how many slips each may have."""
    for form, codes in names:
        folded = fold(form)
        label = next((label for label in labels if folded[:5] == label[:5] and len(folded) >= len(label) - 1), "")
        if label and folded.isalpha():
            yield folded, next(slips for letters, slips in SLIPS if len(label) >= letters), codes
