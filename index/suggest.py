"""Completion of what is being typed: the questions that have every typed word, at the beginning of a word if possible.

Nothing is encoded. For every typed word each word of the content gets a cost; a question's cost for the typed word is
that of its best word, so that all questions are judged by a few array operations.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.highlights import WORD, Span
from index.text import fold
from kb.knowledge_base import KnowledgeBase
from kb.model import Language

Numbers = npt.NDArray[np.int64]

# How a word of a question meets a typed one, best first.
WHOLE, BEGINNING, INSIDE, SLIP, NONE = range(5)
# A word of so many letters may hide a slip of the keyboard.
SLIP_LETTERS = 4
# Behind every letter in the order of words.
_END = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class EntryQuestion:
    """A question of an entry, as it is suggested."""

    entry_id: str
    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class Completion:
    """A question that completes what is typed, and where the typed words stand in it (characters)."""

    entry_id: str
    question: str
    language: Language
    highlights: tuple[Span, ...]


@dataclass(frozen=True)
class Suggester:
    """All questions by their words. May be shared between threads: nothing in it changes.

    `texts`: each question folded, a space before each word. `words`: the folded words of all questions, in order;
    `places`: the numbers of the words of each question, one question after the other, each beginning at its place in
    `starts`. `asked` and `english` are of each question; `rank`: its place among all questions, titles before
    alternates and short ones before long ones.
    """

    questions: tuple[EntryQuestion, ...]
    texts: tuple[str, ...]
    words: tuple[str, ...]
    places: Numbers
    starts: Numbers
    asked: Numbers
    english: npt.NDArray[np.bool_]
    rank: Numbers

    @classmethod
    def of(cls, base: KnowledgeBase) -> "Suggester":
        """The suggester of a knowledge base's titles and alternate questions."""
        rows = [
            (EntryQuestion(entry.id, language, text), number, entry.asked)
            for entry in base.entries
            for language in Language
            for number, text in enumerate((entry.question.text(language), *entry.alternates.texts(language)))
        ]
        folded = lru_cache(None)(fold)  # most words come again
        split = [[*filter(None, map(folded, WORD.findall(question.text)))] for question, _, _ in rows]
        # A question without any letter or digit can't be typed for.
        rows, split = [row for row, words in zip(rows, split, strict=True) if words], [*filter(None, split)]
        words = tuple(sorted(set(chain.from_iterable(split))))
        numbers = {word: number for number, word in enumerate(words)}
        order = sorted(range(len(rows)), key=lambda row: (rows[row][1] > 0, len(rows[row][0].text)))
        return cls(
            questions=tuple(question for question, _, _ in rows),
            texts=tuple(map(_phrase, split)),
            words=words,
            places=np.array([numbers[word] for word in chain.from_iterable(split)], dtype=np.int64),
            starts=np.cumsum([0, *map(len, split)], dtype=np.int64)[:-1],
            asked=np.array([asked for _, _, asked in rows], dtype=np.int64),
            english=np.array([question.language is Language.EN for question, _, _ in rows], dtype=np.bool_),
            rank=np.argsort(np.array(order, dtype=np.int64)),
        )

    def suggest(self, typed: str, *, language: Language | None = None, limit: int = 8) -> tuple[Completion, ...]:
        """The entries' best questions for what is typed, best first, one an entry; none for no word.

        First come questions whose worst word matches best, then by all words, then those that have the words side by
        side, then those in `language`, then by how often the entry is asked, then titles, then short questions.
        """
        wanted = _folded_words(typed)
        if not wanted or not self.questions:
            return ()
        # Behind a space or a full stop the last word is finished, too.
        last = "" if WORD.findall(typed[-1]) == [] else wanted[-1]
        worst = np.zeros(len(self.questions), dtype=np.int64)
        total = np.zeros(len(self.questions), dtype=np.int64)
        for word in dict.fromkeys(wanted):
            costs = self._costs(word, finished=word != last)
            worst, total = np.maximum(worst, costs), total + costs
            if worst.min() == NONE:
                return ()
        phrase = _phrase(wanted)
        apart = np.array([phrase not in text for text in self.texts])
        foreign = np.zeros_like(self.english) if language is None else self.english != (language is Language.EN)
        order = np.lexsort((self.rank, -self.asked, foreign, apart, total, worst))
        best = self._first_of_entries(order[worst[order] < NONE], limit)
        return tuple(_completion(question, wanted) for question in best)

    def _first_of_entries(self, numbers: Numbers, limit: int) -> list[EntryQuestion]:
        """The first question of each entry, of so many entries."""
        best: dict[str, EntryQuestion] = {}
        for number in numbers:
            question = self.questions[number]
            best.setdefault(question.entry_id, question)
            if len(best) == limit:
                break
        return list(best.values())

    def _costs(self, typed: str, *, finished: bool) -> Numbers:
        """How each question meets one typed word; of one that is not finished any beginning is as good as the whole."""
        costs = np.full(len(self.words), NONE, dtype=np.int64)
        for number in self._slips(typed):
            costs[number] = SLIP
        costs[[number for number, word in enumerate(self.words) if typed in word]] = INSIDE
        first, end = self._beginning(typed)
        costs[first:end] = BEGINNING if finished else WHOLE
        costs[first : bisect_right(self.words, typed)] = WHOLE
        return np.asarray(np.minimum.reduceat(costs[self.places], self.starts))

    def _beginning(self, typed: str) -> tuple[int, int]:
        """The words that begin with the typed one: the first, and the one past the last."""
        return bisect_left(self.words, typed), bisect_left(self.words, typed + _END)

    def _slips(self, typed: str) -> list[int]:
        """The words that are one slip away from one that begins no word."""
        first, end = self._beginning(typed)
        if first < end or len(typed) < SLIP_LETTERS:
            return []
        near = process.extract(typed, self.words, scorer=OSA.distance, score_cutoff=1, limit=None)
        return [number for _, _, number in near]


def _completion(question: EntryQuestion, wanted: Sequence[str]) -> Completion:
    spans = [_best_span(word, question.text) for word in wanted]
    return Completion(question.entry_id, question.text, question.language, _joined(spans))


def _phrase(words: Sequence[str]) -> str:
    return "".join(f" {word}" for word in words)


def _folded_words(text: str) -> list[str]:
    return [word for word in map(fold, WORD.findall(text)) if word]


def _best_span(typed: str, text: str) -> Span:
    """Where the typed word stands in a text that has it: the letters typed, or a word with a slip as a whole."""
    spans = []
    for match in WORD.finditer(text):
        cost, (start, end) = _meeting(typed, match[0])
        spans.append((cost, match.start() + start, match.start() + end))
    _, start, end = min(spans)
    return start, end


def _meeting(typed: str, word: str) -> tuple[int, Span]:
    """How a word as it stands meets the typed one, and where."""
    folded = fold(word)
    if folded == typed:
        return WHOLE, (0, len(word))
    place = folded.find(typed)
    if place >= 0:
        return BEGINNING if place == 0 else INSIDE, _typed_letters(word, place, place + len(typed))
    return SLIP if OSA.distance(folded, typed) == 1 else NONE, (0, len(word))


def _typed_letters(word: str, first: int, end: int) -> Span:
    """From places in the folded word to places in the word: "ß" folds to two letters, an accent to none."""
    lengths = [len(fold(word[:place])) for place in range(len(word) + 1)]
    start = max(place for place, length in enumerate(lengths[:-1]) if length <= first)
    return start, max(place for place, length in enumerate(lengths) if length <= end or place == start + 1)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, those that overlap as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
