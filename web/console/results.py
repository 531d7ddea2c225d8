"""The entries that an agent may mean, as rows of a list: fast ones while he types, ranked ones when he pauses."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.assistant import Assistant
from bot.search import EntrySearch, FoundEntry, FoundPassage
from index.highlights import WORD, Highlighter, Span
from index.text import fold
from kb.model import Entry, Language
from web.console.coverage import Fit, Holdings
from web.console.desk import MOST_ROWS, Desk
from web.thinking import Thinking

# A text in pieces, each with whether it is marked.
Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in the list: its question, what else of it matches (in its language), whether it holds for the car."""

    entry_id: str
    question: Pieces
    fit: Fit
    passage: Pieces = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of a list; `searched`: the query as it was searched; `unsure`: probably no entry answers it."""

    rows: tuple[Row, ...]
    total: int
    searched: str = ""
    unsure: bool = False


class Finder:
    """Finds entries. `thinking` is held while the searcher is used, and not for completions."""

    def __init__(self, assistant: Assistant, searcher: EntrySearch, holdings: Holdings, *, thinking: Thinking) -> None:
        self._holdings = holdings
        self._base = assistant.index.base
        self._suggester = assistant.index.suggester
        self._search = searcher
        self._highlighter = Highlighter()
        self._threshold = assistant.index.retriever.scoring.answer_threshold
        self._thinking = thinking

    def ranked(self, desk: Desk, interface: Language) -> Listing:
        """The entries that the query may mean, the most probable first; without one, those of the topic."""
        if not desk.q:
            rows = [self._row(entry, desk, interface) for entry in self._base.entries if entry.topic == desk.topic]
            return Listing(tuple(rows), len(rows))
        if self._is_half_typed(desk.q) and (completed := self.completed(desk, interface)).rows:
            return completed
        found = self._searched(desk, interface)
        if not found.rows and (completed := self.completed(desk, interface)).rows:
            return completed
        return found

    def _searched(self, desk: Desk, interface: Language) -> Listing:
        with self._thinking:
            page = self._search.search(desk.request())
            searched = page.scored.text if page.scored else desk.q
            rows = [self._found(row, searched, desk, interface) for row in page.entries]
        unsure = page.scored is None or float(page.scored.probabilities[:-1].max()) < self._threshold
        return Listing(tuple(rows), page.total, searched, unsure)

    def _is_half_typed(self, typed: str) -> bool:
        """Whether the last word begins words of questions and is none itself: a search would take it for a slip."""
        words = self._suggester.words
        last = fold(WORD.findall(typed)[-1]) if WORD.search(typed) else ""
        place = bisect_left(words, last)
        return bool(last) and place < len(words) and words[place] != last and words[place].startswith(last)

    def completed(self, desk: Desk, interface: Language) -> Listing:
        """The entries with a question that completes what is typed."""
        # Of a topic's entries the best may come late.
        most = len(self._base.entries) if desk.topic else MOST_ROWS
        found = self._suggester.suggest(desk.q, language=desk.language or interface, limit=most)
        rows = []
        for row in found:
            entry = self._base.entry_of[row.entry_id]
            if desk.topic in {None, entry.topic}:
                rows.append(Row(entry.id, pieces(row.question, row.highlights), self._fit(entry, desk)))
        return Listing(tuple(rows[:MOST_ROWS]), len(rows), desk.q)

    def _fit(self, entry: Entry, desk: Desk) -> Fit:
        return self._holdings.of(entry, desk.caller.vehicle).fit

    def _row(self, entry: Entry, desk: Desk, interface: Language) -> Row:
        return Row(entry.id, pieces(entry.question.text(interface), ()), self._fit(entry, desk))

    def _found(self, found: FoundEntry, searched: str, desk: Desk, interface: Language) -> Row:
        """The row of an entry. Needs the lock: stemmers have state."""
        question = found.entry.question.text(desk.language or interface)
        marked = pieces(question, self._highlighter.spans(searched, question))
        telling = next(_telling(found.passages, question), None)
        row = Row(found.entry.id, marked, self._fit(found.entry, desk))
        if telling is None:
            return row
        text = pieces(telling.passage.text, telling.highlights)
        return Row(row.entry_id, row.question, row.fit, text, telling.passage.language)


def _telling(passages: Iterable[FoundPassage], question: str) -> Iterator[FoundPassage]:
    """The passages that say more than the question does."""
    return (row for row in passages if row.highlights and row.passage.text != question)


def pieces(text: str, spans: Iterable[Span]) -> Pieces:
    """The text in pieces, those of the spans marked."""
    cut: list[tuple[str, bool]] = []
    end = 0
    for first, last in spans:
        cut += [(text[end:first], False), (text[first:last], True)]
        end = last
    return tuple((piece, marked) for piece, marked in [*cut, (text[end:], False)] if piece)
