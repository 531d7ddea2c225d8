"""Messages that lean on what was said before: searched once more with what "it" stands for in front of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from bot.asked_again import asks_again
from bot.asked_entries import answer_threshold
from bot.entry_vocabulary import EntryVocabulary
from bot.leaning import Leaning
from bot.plain_search import PlainSearch
from bot.understanding import Understanding
from bot.unnamed import unnamed
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

# A message that was found by itself is searched again only below this confidence, where it opens with "and" or has an
# "it", and at most so many content words; then another entry must be as certain as this.
# Of the 748 answerable "fit" rows that were asked after other entries none became wrong.
UNSURE = 0.85
CERTAIN = 0.9
ALONE_TOO = 0.01
MOST_CONTENT_UNSURE = 3
# From there to this one the other entry must be found more surely, and by the message alone, too. Of 1,452 answerable
# "fit" rows that were asked after other entries none became wrong by what follows; of 1,030 out-of-scope ones one is
# answered, as before it.
SURE = 0.95
MORE_CERTAIN = 0.98
ALONE_MORE = 0.05
# A message that is found by itself with less than this may lean as one that is not found at all.
HARDLY_FOUND = 0.6
# An entry near the last one with all the words that matter, where nothing is certain: its share of what is left.
SHARE = 0.5
ALONE_NEAR = 0.02
MOST_MATTER = 3
# Less is needed of an entry that is the first by the message alone, too.
SHARE_OF_FIRST = 0.3
ALONE_FIRST = 0.2
# The same by the message alone, where it names the topic by a word: "and pairing?".
NAMED = 0.4
OUTSIDE = 0.3
TWICE = 2.0
# What was told before a question must find an entry with it so surely ("I sold my Panamera." - "And my Porsche ID?"),
# and the question by itself must not be so probably out of scope: "and the weather?" is after every story.
SURE_WITH_TOLD = 0.9
OUTSIDE_OF_TOLD = 0.5
# More is needed where the question by itself finds another entry ("will my account be deleted?"), or where it is out of
# scope by itself, but not surely ("and Functions on Demand?"): what was told must find it almost certainly, and the
# question alone must think of it, too. Of the 334 out-of-scope "fit" rows of tests/eval none is answered after
# "I am selling my car" or "I bought a car"; of 562 answerable ones one has another answer, a right one.
SURER_WITH_TOLD = 0.985
ALONE_BESIDE = 0.004
ALONE_OUTSIDE = 0.01
OUTSIDE_SURELY = 0.97


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Finds the entry that a message asks for after another one. `car`: the word for one that was named.

    `plain`: what it asks for where neither it nor what was said before is enough.
    """

    base: KnowledgeBase
    retriever: Retriever
    vocabulary: EntryVocabulary
    car: Mapping[Language, str]
    plain: PlainSearch

    def find(self, last: Entry, read: Understanding, alone: SearchResult, language: Language) -> Candidate | None:
        """The last entry or one near it; None: the message says too little of it. `alone`: what it finds by itself."""
        best = alone.candidates[0]
        is_last = best.entry_id == last.id and not self._is_found(alone, read)
        may_lean = read.leans or read.refers or len(read.content) <= SHORT or is_last
        is_sure = best.confidence >= SURE and not (read.is_elliptic or read.placed)
        if not may_lean or is_sure or len(read.words) > MOST_WORDS:
            return None
        query = read.query_of(f"{self._about(last, language)}: {read.text}")
        together = partial(self.retriever.search, query, limit=len(alone.candidates))
        message = Leaning(self.base, self.vocabulary, last, read, alone, together)
        found = next((found for find in self._ways(message) if (found := find(message))), None)
        # What shows the entry is the last answer, too: it is not less sure than one that the message alone shows.
        least = answer_threshold(self.retriever, read)
        return replace(found, confidence=max(found.confidence, least)) if found else None

    def told(self, read: Understanding, language: Language) -> str:
        """What a message tells without asking, with "car" for the name of one; empty: it asks, or is a story."""
        if read.asks or read.is_story or read.language.other:
            return ""
        return unnamed(read.text, read.words, read.vehicles.words, self.car[language]) or read.text

    def after_told(self, told: str, read: Understanding, alone: SearchResult) -> Candidate | None:
        """What a question, or a message that opens with "and", asks for together with what was told before it.

        None: nothing surely.
        """
        may_ask = read.leans or (read.asks and not read.vehicles.cars)
        if not told or not may_ask or len(read.words) > MOST_WORDS or alone.outside >= OUTSIDE_SURELY:
            return None
        found = self.retriever.search(read.query_of(f"{told.rstrip('.!')}. {read.text}")).candidates[0]
        by_itself = next(row.confidence for row in alone.candidates if row.entry_id == found.entry_id)
        best = alone.candidates[0]
        is_less_sure = read.leans or best.entry_id == found.entry_id or best.confidence < HARDLY_FOUND
        if is_less_sure and alone.outside < OUTSIDE_OF_TOLD:
            return found if found.confidence >= SURE_WITH_TOLD else None
        least = ALONE_OUTSIDE if alone.outside >= OUTSIDE_OF_TOLD else ALONE_BESIDE
        return found if found.confidence >= SURER_WITH_TOLD and by_itself >= least else None

    def _ways(self, message: Leaning) -> Iterator[Callable[[Leaning], Candidate | None]]:
        """How the entry may be found, the surest way first."""
        best = message.alone.candidates[0].confidence
        is_found = self._is_found(message.alone, message.read)
        yield lambda row: asks_again(row, is_found=is_found)
        yield _found_by_itself if is_found else _found_together
        hardly = UNSURE if message.read.about_it else HARDLY_FOUND
        if not (message.read.circumstance or message.read.placed) and (not is_found or best < hardly):
            yield _near
            if not message.read.about_it:
                yield _named

    def _is_found(self, result: SearchResult, read: Understanding) -> bool:
        return result.candidates[0].confidence >= answer_threshold(self.retriever, read)

    def _about(self, entry: Entry, language: Language) -> str:
        topic = next(topic for topic in self.base.topics if topic.id == entry.topic)
        return entry.about.text(language) if entry.about else (topic.cs if language is Language.CS else topic.en)


def _found_together(message: Leaning) -> Candidate | None:
    """Another entry near the last one that is found surely together with it."""
    return _other(message, least=CONFIDENT, least_alone=ALONE)


def _found_by_itself(message: Leaning) -> Candidate | None:
    """Another entry than the one that was found by itself."""
    read = message.read
    if not (read.leans or read.refers) or len(read.content) > MOST_CONTENT_UNSURE:
        return None
    best = message.alone.candidates[0]
    if read.about_it and best.confidence < UNSURE and not message.is_near(best.entry_id):
        return _other(message, least=CONFIDENT, least_alone=ALONE_TOO)
    if best.confidence < UNSURE:
        return _other(message, least=CERTAIN, least_alone=ALONE_TOO)
    return _other(message, least=MORE_CERTAIN, least_alone=ALONE_MORE) if read.refers else None


def _other(message: Leaning, *, least: float, least_alone: float) -> Candidate | None:
    if not message.read.matter or len(message.read.content) > MOST_CONTENT:
        return None
    found = message.best_together
    if found.entry_id == message.last.id or found.confidence < least:
        return None
    is_likely = message.alone_of(found.entry_id) >= least_alone and message.is_near(found.entry_id)
    return found if is_likely and message.holds(found.entry_id, message.read.doing) else None


def _near(message: Leaning) -> Candidate | None:
    """The entry near the last one, or itself, that has most of what is left where nothing is certain."""
    read = message.read
    is_asked = read.asks and (read.leans or read.refers) and not read.detail
    if not is_asked or not 0 < len(read.matter) <= MOST_MATTER:
        return None
    found, share = message.nearest()
    is_last, alone = found.entry_id == message.last.id, message.alone_of(found.entry_id)
    is_first = message.alone.candidates[0].entry_id == found.entry_id and alone >= ALONE_FIRST
    is_likely = is_last or is_first or alone >= ALONE_NEAR
    least = SHARE_OF_FIRST if is_first else SHARE
    return found if is_likely and share >= least and message.holds(found.entry_id) else None


def _named(message: Leaning) -> Candidate | None:
    """The entry that one word names: "and pairing?"."""
    best, second = message.alone.candidates[:2]
    is_likely = best.confidence >= max(NAMED, TWICE * second.confidence) and message.alone.outside < OUTSIDE
    is_word = message.read.leans and len(message.read.matter) == 1
    return best if is_word and is_likely and message.holds(best.entry_id) else None
