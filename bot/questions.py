"""The questions of a message, without what is told around them: sentences, clauses that ask anew, and wishes.

"We love the new car, just tell me: how can I pay?" asks "how can I pay?".
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.lexicon import Lexicon
from bot.words import Word, split_words

# A message of more words than this is a story with a question in it.
LONGEST_PLAIN = 30
# Words of a question; one without a question word, such as "my customer number?", needs more of them to stand alone.
FEWEST_WORDS = 3
FEWEST_WITHOUT = 4

_SENTENCE = re.compile(r"(?<=[.!?…;:])\s+|\s+[-–—]\s+|\n+")
_BEFORE_CLAUSE = tuple(",(")


class QuestionReader:
    """Finds the sentences that ask, where in them the question begins, and splits "how do I …, and where is …?"."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._clause_questions = frozenset(lexicon.phrases("clause_questions"))
        self._embedded = self._clause_questions | frozenset(lexicon.phrases("embedded_questions"))
        self._before_question = frozenset(lexicon.phrases("before_question"))
        self._openers = frozenset(lexicon.phrases("question_openers"))
        self._asking_words = frozenset(lexicon.phrases("question_words")) | self._embedded | self._openers
        self._joining = frozenset(lexicon.phrases("leans"))
        self._leading = self._joining | frozenset(lexicon.phrases("before_clause"))
        self._exclaimed = lexicon.table("exclaimed")
        self._relatives = frozenset(lexicon.phrases("relatives"))
        self._wishes = lexicon.table("wishes")
        self._courtesy = lexicon.fillers | lexicon.single_words("greeting") | lexicon.single_words("thanks")

    def read(self, text: str) -> tuple[str, ...]:
        """The questions of a message, in order; of a message that is one question, itself."""
        sentences = [sentence.strip() for sentence in _SENTENCE.split(text)]
        asked = (self._question(part) for sentence in sentences for part in self._parts(sentence))
        return tuple(question for question in asked if question)

    def _question(self, sentence: str) -> str:
        """The sentence from where its question begins; empty: it asks nothing."""
        words = split_words(sentence)
        begin = self._begin(sentence, words)
        if begin is None:
            return sentence if sentence.endswith("?") and len(words) >= FEWEST_WITHOUT else ""
        asks_little = all(word.folded in self._courtesy for word in words[begin:])
        if len(words) - begin < FEWEST_WORDS or (asks_little and not sentence.endswith("?")):
            return ""
        # "And how" of a sentence that begins with it stays whole: it tells that the question leans on another.
        return (
            sentence if all(word.folded in self._joining for word in words[:begin]) else sentence[words[begin].start :]
        )

    def _begin(self, sentence: str, words: tuple[Word, ...]) -> int | None:
        """The word with which the question begins; a wish only where no clause has a question word."""
        wish = None
        for first, end in pairwise([*self._clause_starts(sentence, words), len(words)]):
            place = self._asking(sentence, words, first, end)
            if place is not None:
                return place
            wish = self._wish(words, first, end) if wish is None else wish
        return wish

    def _asking(self, sentence: str, words: tuple[Word, ...], first: int, end: int) -> int | None:
        """Where a clause begins to ask: at its verb ("can I …?"), or at a word such as "how" and what leads to it."""
        exclaimed = {row.first for row in self._exclaimed.find(words)}
        relative = self._relative(sentence, words, first)
        opening = self._behind_leading(words, first, end)
        if sentence.endswith("?") and opening < end and words[opening].folded in self._openers:
            return opening
        for place in range(first, end):
            if words[place].folded in self._embedded and place not in exclaimed | relative:
                while place > first and words[place - 1].folded in self._before_question:
                    place -= 1
                return place
        return None

    def _relative(self, sentence: str, words: tuple[Word, ...], first: int) -> set[int]:
        """The first word of a clause that only tells more of something: ", where we both work"."""
        follows = first > 0 and words[first].folded in self._relatives and not sentence.endswith("?")
        inverted = words[first + 1 : first + 2] and words[first + 1].folded in self._openers
        return {first} if follows and not inverted else set()

    def _wish(self, words: tuple[Word, ...], first: int, end: int) -> int | None:
        """Where a clause says what is wanted: "I'd like to …" at its beginning, or behind "and"."""
        opening = self._behind_leading(words, first, end)
        places = [row.first for row in self._wishes.find(words) if first <= row.first < end]
        joined = (place for place in places if place == opening or words[place - 1].folded in self._joining)
        return next(joined, None)

    def _behind_leading(self, words: tuple[Word, ...], first: int, end: int) -> int:
        while first < end and words[first].folded in self._leading:
            first += 1
        return first

    def _clause_starts(self, sentence: str, words: tuple[Word, ...]) -> list[int]:
        return [
            place
            for place, word in enumerate(words)
            if place == 0 or any(sign in sentence[words[place - 1].end : word.start] for sign in _BEFORE_CLAUSE)
        ]

    def _parts(self, sentence: str) -> Iterator[str]:
        """The sentence, or its parts around "and how", where each has the words of a question."""
        words = split_words(sentence)
        first = 0
        for place in range(FEWEST_WORDS, len(words) - FEWEST_WORDS):
            if place - first >= FEWEST_WORDS and self._asks_anew(words, first, place):
                yield sentence[words[first].start : words[place - 1].end] + "?"
                first = place
        yield sentence[words[first].start :] if words else ""

    def _asks_anew(self, words: tuple[Word, ...], first: int, place: int) -> bool:
        """Whether "and how" stands here, behind words that ask themselves."""
        asks = any(word.folded in self._asking_words for word in words[first:place])
        return asks and words[place].folded in self._joining and words[place + 1].folded in self._clause_questions
