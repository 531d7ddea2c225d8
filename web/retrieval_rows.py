"""The rows of question sets that measure retrieval alone: questions of one turn, with an entry to be found or none."""

from collections.abc import Callable, Sequence

from bot.assistant import Assistant
from index.calibration import Question as LabelledQuestion
from index.retriever import SearchResult
from web.errors import WebError
from web.evaluation import Question

# Rows that say nothing about which entry is the right one.
LEFT_OUT = frozenset({"not-covered", "emptyish", "insult", "otherlang"})


def retrieval_rows(rows: Sequence[Question], *, what: str) -> list[Question]:
    """The rows that measure retrieval.

    Raises WebError where there are not both answerable and out-of-scope ones; `what` names the rows.
    """
    kept = [
        row
        for row in rows
        if len(row.turns) == 1
        and not LEFT_OUT & set(row.tags)
        and (bool(row.entries) if row.kind in {"answer", "contact", "clarify"} else row.kind == "no_answer")
    ]
    outside = sum(row.kind == "no_answer" for row in kept)
    if not 0 < outside < len(kept):
        found = f"{len(kept) - outside} answerable and {outside} out-of-scope questions of one turn"
        raise WebError(f"{what}: {found}; both kinds are needed: name more files, such as tests/eval/*.jsonl")
    return kept


def labelled(row: Question) -> LabelledQuestion:
    """The row's question and the entries that are right, none where it is out of scope."""
    return LabelledQuestion(row.turns[0], frozenset(row.entries if row.kind != "no_answer" else ()))


def best_first(assistant: Assistant) -> Callable[[str], SearchResult]:
    """The assistant's own search of a message, for the best entry alone."""
    return lambda text: assistant.index.retriever.search(assistant.reader.read(text).query, limit=1)
