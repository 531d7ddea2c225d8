"""Which entries a message asks for: one, or two where it has two whole questions."""

from dataclasses import dataclass

from bot.understanding import Understanding
from index.retriever import Candidate, Retriever, SearchResult

# From which confidence on a message in a third language is answered: the search was not fitted for any. Of the "fit"
# rows of tests/eval/language/other.jsonl the wrong entries reach 0.54 at most, 6 of the 9 right ones 0.72 and more.
OTHER_LANGUAGE_SURE = 0.7
# A message is searched for so many questions at most; so many of them are answered.
MOST_QUESTIONS = 4
MOST_ANSWERS = 2

# Chosen on the "fit" rows of tests/eval and tests/eval/dialogue/long-messages.jsonl. There each of two questions is
# found with 0.97 or more; of one question that is said in two sentences, a sentence that is found with another entry
# has 0.70 at most.
SURE_OF_TWO = 0.85
# A question in a story that is not found as a whole. No row needs less, and none is answered wrongly at it.
SURE_OF_PART = 0.85
# Below the first a story is believed only where its one question, searched alone, is not so probably out of scope.
SURE_OF_STORY = 0.8
OUTSIDE = 0.7


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What a message asks for, and what the search for all of it gave."""

    entries: tuple[Candidate, ...]
    result: SearchResult


@dataclass(frozen=True, slots=True)
class AskedEntries:
    """Finds the entries of one message."""

    retriever: Retriever
    read: Understanding

    def find(self) -> AskedFor:
        """The entries that are asked for; none: no answer is certain enough."""
        result = self.retriever.search(self.read.query, limit=len(self.retriever.entry_ids))
        best = result.candidates[0]
        parts = self._parts(best)
        sure = _distinct([row.candidates[0] for row in parts if row.candidates[0].confidence >= SURE_OF_TWO])
        if len(sure) >= MOST_ANSWERS:
            return AskedFor(sure[:MOST_ANSWERS], result)
        if best.confidence >= answer_threshold(self.retriever, self.read):
            is_other = best.confidence < SURE_OF_STORY and len(parts) == 1 and parts[0].outside >= OUTSIDE
            return AskedFor(() if is_other and self.read.is_story else (best,), result)
        found = max((row.candidates[0] for row in parts), key=lambda row: row.confidence, default=None)
        return AskedFor((found,) if found and found.confidence >= SURE_OF_PART else (), result)

    def _parts(self, best: Candidate) -> list[SearchResult]:
        """What the questions give one by one; none where there is one only, in a message that is no story."""
        questions = self.read.questions[:MOST_QUESTIONS]
        if len(questions) < MOST_ANSWERS and not (self.read.is_story and best.confidence < SURE_OF_STORY):
            return []
        return [self.retriever.search(question) for question in questions]


def answer_threshold(retriever: Retriever, read: Understanding) -> float:
    """From which confidence on an entry answers the message."""
    threshold = retriever.scoring.answer_threshold
    return max(threshold, OTHER_LANGUAGE_SURE) if read.language.other else threshold


def _distinct(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    first: dict[str, Candidate] = {}
    for row in candidates:
        first.setdefault(row.entry_id, row)
    return tuple(first.values())
