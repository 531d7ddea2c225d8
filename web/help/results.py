"""What a search of the help shows: questions with what of them matches, or that there is no answer."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.search import EntrySearch, FoundEntry, SearchPage
from index.passages import PassageKind, searchable
from kb.model import Entry
from web.help.edition import Edition
from web.help.typography import marked
from web.parameters import SearchParameters

# More probable than all entries together. Of 25 queries tried, "počasí v Brně" (1.0), "výměna oleje" (1.0) and single
# words that mean nothing by themselves ("cena", 0.98) are above it, "faktura" (0.2) and "heslo" (0.08) below.
_PROBABLE = 0.5


@dataclass(frozen=True, slots=True)
class Result:
    """A question that was found, its topic, and a part of its answer, words of the query marked.

    No part of an answer that depends on the vehicle: they would hold for some vehicles only.
    """

    entry: Entry
    topic: str
    snippet: Markup | None


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results; `answered`: not where it is probable that nothing here answers the query."""

    query: str
    answered: bool
    total: int
    rows: tuple[Result, ...]
    next_offset: int | None
    previous_offset: int | None


def results(edition: Edition, searcher: EntrySearch, asked: SearchParameters) -> Results:
    """What the search finds, in the language of the edition."""
    page = searcher.search(asked.request())
    after, before = asked.offset + asked.limit, asked.offset - asked.limit
    return Results(
        asked.q,
        _is_answered(page),
        page.total,
        tuple(_result(edition, found) for found in page.entries),
        after if after < page.total else None,
        max(0, before) if asked.offset else None,
    )


def _is_answered(page: SearchPage) -> bool:
    return page.scored is not None and page.total > 0 and float(page.scored.probabilities[-1]) < _PROBABLE


def _result(edition: Edition, found: FoundEntry) -> Result:
    topic = next(row for row in edition.base.topics if row.id == found.entry.topic)
    return Result(found.entry, edition.topic(topic), None if found.entry.variants else _telling(edition, found))


def _telling(edition: Edition, found: FoundEntry) -> Markup:
    """The part of the answer that matches best; its first one, where only questions match."""
    best = next((row for row in found.passages if row.passage.kind is PassageKind.ANSWER), None)
    if best:
        return marked(best.passage.text, best.highlights, edition.language)
    shown = (searchable(part, edition.language) for part in found.entry.parts() if not part.hidden)
    return marked(next(shown, ""), (), edition.language)
