"""What a message asks for where nothing was found: searched once more in plain words."""

from dataclasses import dataclass, replace

from bot.leaning import is_near
from bot.plain_words import PlainWords
from bot.understanding import Understanding
from index.retriever import Candidate, Query, Retriever
from kb.knowledge_base import KnowledgeBase
from kb.model import Entry, Language

# So certain an entry must be in plain words.
SURE = 0.85


@dataclass(frozen=True, slots=True)
class PlainSearch:
    """Finds the entry of a message that names or means a car; `car_nouns`: the words for one."""

    base: KnowledgeBase
    retriever: Retriever
    words: PlainWords
    car_nouns: frozenset[str]

    def find(self, read: Understanding, language: Language, last: Entry | None, *, has_car: bool) -> Candidate | None:
        """The entry; None: nothing surely. `last`: the entry before; `has_car`: the conversation knows the car."""
        if read.is_story or read.is_elliptic or read.language.other:
            return None
        if read.vehicles.cars:
            # What holds for all cars is found whatever the car is called; "selling my 911" asks for nothing.
            found = self._found(read, self.words.of_named(read, language))
            return found if found and self.base.entry_of[found.entry_id].variants else None
        if last is None and not has_car:
            return None
        found = self._found(read, self.words.of_pronoun(read, language))
        return found if found and self._may_be_the_car(self.base.entry_of[found.entry_id], last) else None

    def _found(self, read: Understanding, text: str | None) -> Candidate | None:
        if text is None:
            return None
        best = self.retriever.search(Query(text, replace(read.query.cues, vehicle=True))).candidates[0]
        return best if best.confidence >= SURE else None

    def _may_be_the_car(self, entry: Entry, last: Entry | None) -> bool:
        """Whether "it" can be the car: the entry is about one, not about something in it, and near the last one."""
        about = f"{entry.about.cs} {entry.about.en}" if entry.about else ""
        is_about_car = not self.car_nouns.isdisjoint(about.casefold().split())
        return is_about_car and (last is None or is_near(last, entry))
