"""A message beside the entry that was answered before it, and what is found by itself and together with that entry."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from bot.entry_vocabulary import EntryVocabulary
from bot.understanding import Understanding
from index.retriever import Candidate, SearchResult
from kb.knowledge_base import KnowledgeBase
from kb.model import Entry

# What the last entry is about finds it again: of an entry that was just read only this share counts beside another.
# With it "and where do I enter it?" finds the procedure after the pairing code.
READ_ALREADY = 0.4


@dataclass(frozen=True)
class Leaning:
    """One message after an entry; `alone` is what it finds by itself.

    `search_together` searches it with what the entry is about in front of it: only where that is looked at, since it
    costs an encoding.
    """

    base: KnowledgeBase
    vocabulary: EntryVocabulary
    last: Entry
    read: Understanding
    alone: SearchResult
    search_together: Callable[[], SearchResult]

    @cached_property
    def together(self) -> SearchResult:
        """What it finds with what the entry is about in front of it."""
        return self.search_together()

    @property
    def best_together(self) -> Candidate:
        """The most probable entry of the search together with the last one."""
        return self.together.candidates[0]

    @property
    def again(self) -> Candidate:
        """The last entry, as probable as it is together with the message."""
        return _row(self.together, self.last.id)

    def alone_of(self, entry_id: str) -> float:
        """How probable an entry is by the message alone."""
        return _row(self.alone, entry_id).confidence

    def is_near(self, entry_id: str) -> bool:
        """Whether an entry is of the last one's topic or related to it."""
        return is_near(self.last, self.base.entry_of[entry_id])

    def holds(self, entry_id: str, own: frozenset[str] = frozenset()) -> bool:
        """Whether the entry has every word that matters, but for those that are its `own` anyway."""
        words = [word.typed for word in self.read.matter if word.folded not in own]
        return self.vocabulary.holds(entry_id, words)

    def nearest(self) -> tuple[Candidate, float]:
        """The most probable of the near entries, where the last one counts less, and its share of all that is left."""
        weights = [
            (row.confidence * (READ_ALREADY if row.entry_id == self.last.id else 1.0), row)
            for row in self.together.candidates
        ]
        weight, best = max(((w, row) for w, row in weights if self.is_near(row.entry_id)), key=lambda pair: pair[0])
        return best, weight / (sum(w for w, _ in weights) + self.together.outside)


def is_near(last: Entry, other: Entry) -> bool:
    """Whether an entry is of another one's topic or related to it."""
    return last.topic == other.topic or other.id in last.related or last.id in other.related


def _row(result: SearchResult, entry_id: str) -> Candidate:
    return next(row for row in result.candidates if row.entry_id == entry_id)
