"""Search for agents: every entry that a query may mean, with what of it matches and what holds for a car."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.assistant import DEFAULT_LANGUAGE, Assistant, choose_language
from bot.compose import visible_parts
from bot.message import Message, VehicleField
from bot.resolution import NotCovered, Show, show, show_possible
from bot.slots import slot_of_field
from bot.state import DialogueState, VehicleSlot
from index.entry_words import EntryWords
from index.highlights import Highlighter, Span
from index.passages import Passage, PassageKind, searchable
from index.retriever import Scored
from kb.model import Entry, Language

# Below this an entry is listed only where it has a telling word of the query. Of 817 answerable questions of the
# question sets (tests/eval) 4 have their entry below it, and all 4 share a word with it: none is lost.
LEAST_CONFIDENCE = 0.01
MOST_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is searched. `language`: of questions and passages (None: the query's, and passages in both).

    `vehicle`: the car as a page names it, or as a message was read.
    """

    text: str
    language: Language | None = None
    vehicle: VehicleField | VehicleSlot | None = None
    topic: str | None = None
    limit: int = 10
    offset: int = 0


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that matches, where the query's words stand in it, and its number among all passages."""

    passage: Passage
    highlights: tuple[Span, ...]
    number: int


class Coverage(StrEnum):
    """Whether an entry holds for the car: for every one, for it, for some that it may be, for none of them."""

    EVERY_VEHICLE = "every_vehicle"
    COVERED = "covered"
    PARTLY_COVERED = "partly_covered"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry, its row among all entries, what of it holds for the car, and its best passages."""

    entry: Entry
    row: int
    confidence: float
    coverage: Coverage
    shown: Show
    passages: tuple[FoundPassage, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of what was found, how much was found in all, the numbers behind it (None: nothing to search)."""

    language: Language
    total: int
    entries: tuple[FoundEntry, ...]
    scored: Scored | None


class EntrySearch:
    """Searches entries. Not shared between threads without the assistant's lock: encoders and stemmers have state."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._base = assistant.index.base
        self._retriever = assistant.index.retriever
        self._passages = assistant.index.passages
        self._numbers: dict[str, list[int]] = {entry.id: [] for entry in self._base.entries}
        for number, passage in enumerate(self._passages):
            if passage.kind is not PassageKind.OUTSIDE:
                self._numbers[passage.entry_id].append(number)
        self._words = EntryWords(assistant.index.entries_having)
        self._highlighter = Highlighter()

    def search(self, request: SearchRequest) -> SearchPage:
        """The entries that the query may mean, the most probable first; none for one of signs and fillers only."""
        read = self._assistant.reader.read(request.text)
        language = request.language or choose_language(Message(request.text), read, DialogueState()).language
        language = language or DEFAULT_LANGUAGE
        if not (read.content or read.vehicles.words or read.countries.named):
            return SearchPage(language, 0, (), None)
        scored = self._retriever.score(read.query)
        rows = list(self._listed(scored, request.topic))
        page = rows[request.offset : request.offset + request.limit]
        return SearchPage(language, len(rows), tuple(self._found(row, scored, request) for row in page), scored)

    def _listed(self, scored: Scored, topic: str | None) -> Iterator[int]:
        """The rows of the entries that are listed, the most probable first."""
        sharing = self._words.sharing(scored.text)
        for row in map(int, np.argsort(-scored.probabilities[:-1], kind="stable")):
            entry = self._base.entry_of[self._retriever.entry_ids[row]]
            if topic is not None and entry.topic != topic:
                continue
            if entry.id in sharing or scored.probabilities[row] >= LEAST_CONFIDENCE:
                yield row

    def _found(self, row: int, scored: Scored, request: SearchRequest) -> FoundEntry:
        entry = self._base.entry_of[self._retriever.entry_ids[row]]
        variants = self._variants(entry, request.vehicle)
        shown = variants if isinstance(variants, Show) else Show(())
        found = tuple(self._best_passages(entry, shown, scored, request.language))
        return FoundEntry(entry, row, float(scored.probabilities[row]), _coverage(entry, variants), shown, found)

    def _variants(self, entry: Entry, vehicle: VehicleField | VehicleSlot | None) -> Show | NotCovered:
        """Every variant that is possible for the car, as after "I don't know" in a conversation."""
        if vehicle is None or not entry.variants:
            return show(entry, frozenset(variant.id for variant in entry.variants))
        slot = vehicle if isinstance(vehicle, VehicleSlot) else slot_of_field(vehicle, self._base.vehicles)
        return show_possible(self._base.vehicles, entry, slot)

    def _best_passages(
        self, entry: Entry, shown: Show, scored: Scored, language: Language | None
    ) -> Iterator[FoundPassage]:
        scores = self._retriever.scoring.of_passages(scored.scores)
        numbers = [
            number
            for number in self._numbers[entry.id]
            if language in {None, self._passages[number].language} and _is_shown(self._passages[number], entry, shown)
        ]
        for number in sorted(numbers, key=lambda number: -scores[number])[:MOST_PASSAGES]:
            passage = self._passages[number]
            yield FoundPassage(passage, self._highlighter.spans(scored.text, passage.text), number)


def _coverage(entry: Entry, variants: Show | NotCovered) -> Coverage:
    if isinstance(variants, NotCovered):
        return Coverage.NOT_COVERED
    if not entry.variants:
        return Coverage.EVERY_VEHICLE
    return Coverage.PARTLY_COVERED if variants.not_for_all else Coverage.COVERED


def _is_shown(passage: Passage, entry: Entry, shown: Show) -> bool:
    """Whether a passage is a question, or a text that an answer with these variants has."""
    if passage.kind is PassageKind.VARIANT:
        return passage.variant_id in shown.variants
    if passage.kind is PassageKind.ANSWER:
        parts = visible_parts(entry, (*entry.answer, *entry.closing), shown)
        return passage.text in {searchable(part, passage.language) for part in parts}
    return True
