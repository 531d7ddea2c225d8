"""Which entries a message asks for: one, or two where it has two whole questions."""

from dataclasses import dataclass

from bot.queries import AskedQuestion
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
# has 0.70 at most; of two sentences of one story it has 0.90 since the content has blunt questions.
SURE_OF_TWO = 0.92
# Less is needed of the other one where one is so sure, and the second opens with "and": "how do I cancel a service and
# how do I delete my account?". No "fit" row of tests/eval has another answer; alone, either would be answered.
SURE_OF_JOINED = 0.75
# A question among other words that is not found with them. Of the out-of-scope "fit" rows of tests/eval, plain and
# within letters, complaints and stories (339), one more is answered than without; at 0.5 three.
SURE_OF_PART = 0.65
# From here on a message is not searched once more without the words around its one question.
CERTAIN = 0.95
# A message that is less certain is believed only where its one question, searched alone, is not so probably out of
# scope: of a story, and of any other message, where it keeps 4 out-of-scope ones of those rows out and one right one.
OUTSIDE_OF_STORY = 0.7
OUTSIDE_OF_OTHERS = 0.9
# A question of so few content words with an "it" says nothing by itself: "where is it stowed?".
FEWEST_CONTENT = 2
# Two entries between which a question lies are no reason to say nothing: the other one is suggested beside the answer.
OUTSIDE_OF_CLOSE = 0.02
LEAST_OF_CLOSE = 0.4
# So probably out of scope is a question beside an answered one of which it is told that it has no answer.
UNANSWERED = 0.9


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What a message asks for, what the search for all of it gave, and how many of its questions have no answer."""

    entries: tuple[Candidate, ...]
    result: SearchResult
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class AskedEntries:
    """Finds the entries of one message."""

    retriever: Retriever
    read: Understanding

    def find(self) -> AskedFor:
        """The entries that are asked for; none: no answer is certain enough."""
        result = self.retriever.search(self.read.query, limit=len(self.retriever.entry_ids))
        best = result.candidates[0]
        is_found = best.confidence >= answer_threshold(self.retriever, self.read) or self._is_close(result)
        parts = self._parts(best, is_found=is_found)
        sure = _sure(parts)
        unanswered = sum(_has_no_answer(question, row) for question, row in parts) if sure else 0
        if len(sure) >= MOST_ANSWERS or unanswered:
            return AskedFor(sure[:MOST_ANSWERS], result, unanswered)
        if is_found:
            return AskedFor(() if self._is_about_else(parts) else (_surer(best, parts),), result)
        said = [row.candidates[0] for question, row in parts if self._is_found(question, row.candidates[0])]
        found = max(said, key=lambda row: row.confidence, default=None)
        return AskedFor((found,) if found else (), result)

    def _is_close(self, result: SearchResult) -> bool:
        """Whether the answer is surely there, and two entries share it so evenly that none has much for itself."""
        best = result.candidates[0].confidence
        return result.outside <= OUTSIDE_OF_CLOSE and best >= LEAST_OF_CLOSE and not self.read.language.other

    def _is_found(self, question: AskedQuestion, alone: Candidate) -> bool:
        """Whether a question answers a message that is not found as a whole."""
        if question.refers and question.content < FEWEST_CONTENT:
            return False
        leans = question.refers or self.read.query.cues.other_name
        least = max(SURE_OF_PART, answer_threshold(self.retriever, self.read))
        return alone.confidence >= (SURE_OF_TWO if leans else least)

    def _parts(self, best: Candidate, *, is_found: bool) -> list[tuple[AskedQuestion, SearchResult]]:
        """What the questions give one by one, where that can change what the message gives as a whole."""
        questions = self.read.questions[:MOST_QUESTIONS]
        if not self._may_change(questions, best, is_found=is_found):
            return []
        return [(question, self.retriever.search(question.query)) for question in questions]

    def _may_change(self, questions: tuple[AskedQuestion, ...], best: Candidate, *, is_found: bool) -> bool:
        """Whether anything that the questions find by themselves can change the answer; each search costs an encoding.

        Two answers need two questions that stand alone. One question answers in place of the message, or keeps it from
        being believed, only where it needs no other words; a story is checked by any.
        """
        if len(questions) >= MOST_ANSWERS:
            return not is_found or sum(question.stands_alone for question in questions) >= MOST_ANSWERS
        if not questions or best.confidence >= CERTAIN:
            return False
        (question,) = questions
        if is_found:
            return not question.refers or self.read.is_story
        return not (question.refers and question.content < FEWEST_CONTENT)

    def _is_about_else(self, parts: list[tuple[AskedQuestion, SearchResult]]) -> bool:
        """Whether what was found lies in the words around the message's one question, and not in the question."""
        if len(parts) != 1:
            return False
        question, alone = parts[0]
        if self.read.is_story:
            return alone.outside >= OUTSIDE_OF_STORY
        return not question.refers and alone.outside >= OUTSIDE_OF_OTHERS


def _surer(best: Candidate, parts: list[tuple[AskedQuestion, SearchResult]]) -> Candidate:
    """What a message's one question finds more surely than all of it, or else what all of it finds."""
    if len(parts) != 1:
        return best
    question, alone = parts[0]
    found = alone.candidates[0]
    is_surer = found.confidence >= max(SURE_OF_TWO, best.confidence) and not question.refers
    return found if is_surer else best


def _sure(parts: list[tuple[AskedQuestion, SearchResult]]) -> tuple[Candidate, ...]:
    """The entries of the whole questions that are found surely; of two, joined by "and", one may be less sure."""
    whole = [question for question, _ in parts if question.stands_alone]
    own = [row.candidates[0] for question, row in parts if question.stands_alone]
    sure = _distinct([row for row in own if row.confidence >= SURE_OF_TWO])
    is_joined = len(whole) == MOST_ANSWERS and whole[-1].joins and not any(question.refers for question in whole)
    joined = _distinct([row for row in own if row.confidence >= SURE_OF_JOINED])
    return joined if sure and is_joined else sure


def _has_no_answer(question: AskedQuestion, alone: SearchResult) -> bool:
    """Whether it is clearly a question of its own that is out of scope."""
    is_whole = question.stands_alone and not question.refers and question.content >= FEWEST_CONTENT
    return is_whole and alone.outside >= UNANSWERED


def answer_threshold(retriever: Retriever, read: Understanding) -> float:
    """From which confidence on an entry answers the message."""
    threshold = retriever.scoring.answer_threshold
    return max(threshold, OTHER_LANGUAGE_SURE) if read.language.other else threshold


def _distinct(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    first: dict[str, Candidate] = {}
    for row in candidates:
        first.setdefault(row.entry_id, row)
    return tuple(first.values())
