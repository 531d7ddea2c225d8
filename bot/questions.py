"""The questions of a message that asks several, or one at the end of a story: sentences, and clauses that ask anew."""

import re
from collections.abc import Iterator

from bot.lexicon import Lexicon
from bot.words import Word, split_words

# A message of more words than this is a story with a question in it.
LONGEST_PLAIN = 30
# Words of a question; one without a question word, such as "my customer number?", needs more of them to stand alone.
FEWEST_WORDS = 3
FEWEST_WITHOUT = 4

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


class QuestionReader:
    """Finds the sentences that ask, and splits "how do I …, and where is …?" in two."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._question_words = frozenset(lexicon.phrases("question_words"))
        self._clause_questions = frozenset(lexicon.phrases("clause_questions"))
        self._joining = frozenset(lexicon.phrases("leans"))

    def read(self, text: str) -> tuple[str, ...]:
        """The questions of a message, in order; of a message that is one question, itself."""
        sentences = [sentence.strip() for sentence in _SENTENCE.split(text)]
        return tuple(question for sentence in sentences for question in self._clauses(sentence) if self._asks(question))

    def _asks(self, text: str) -> bool:
        words = split_words(text)
        has_question_word = any(word.folded in self._question_words for word in words)
        if text.endswith("?"):
            return len(words) >= (FEWEST_WORDS if has_question_word else FEWEST_WITHOUT)
        opening = [word.folded for word in words[:2]]
        opens = opening[:1] if opening[:1] and opening[0] not in self._joining else opening[1:]
        return len(words) >= FEWEST_WITHOUT and any(word in self._question_words for word in opens)

    def _clauses(self, sentence: str) -> Iterator[str]:
        """The sentence, or its parts around "and how", where each has the words of a question."""
        words = split_words(sentence)
        first = 0
        for place in range(FEWEST_WORDS, len(words) - FEWEST_WORDS):
            if place - first >= FEWEST_WORDS and self._asks_anew(words, place):
                yield sentence[words[first].start : words[place - 1].end] + "?"
                first = place
        yield sentence[words[first].start :] if words else ""

    def _asks_anew(self, words: tuple[Word, ...], place: int) -> bool:
        return words[place].folded in self._joining and words[place + 1].folded in self._clause_questions
