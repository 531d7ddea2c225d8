"""One reply to two questions: what can be answered first, under its heading, then what is asked back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.blocks import Block, Heading
from bot.replies import Outcome
from bot.reply import Reply, ReplyKind
from bot.state import Asked, EntryPending, Event
from kb.model import Entry, Language


def joined(asked: Sequence[tuple[Entry, Outcome]], language: Language) -> Outcome:
    """The replies as one, of the kind and entry of the first that is an answer, or else of the first.

    Where all ask for the car, the first asks and the others wait with it.
    """
    rows = sorted(asked, key=lambda row: (row[1][0].kind is not ReplyKind.ANSWER, row[1][0].kind is ReplyKind.CLARIFY))
    lead = rows[0][1][0]
    if lead.kind is ReplyKind.CLARIFY:
        waiting = tuple(entry.id for entry, _ in rows[1:])
        return lead, [_with_others(event, waiting) for event in rows[0][1][1]]
    replies = [reply for _, (reply, _) in rows]
    shown = {entry.id for entry, _ in rows}
    reply = replace(
        lead,
        blocks=tuple(block for entry, (row, _) in rows for block in _headed(entry, row, language)),
        confidence=min(row.confidence for row in replies),
        sources=tuple(source for row in replies for source in row.sources),
        quick_replies=next((row.quick_replies for row in replies if row.quick_replies), ()),
        suggestions=tuple(row for row in lead.suggestions if row.entry_id not in shown),
    )
    return reply, _in_order(rows)


def _with_others(event: Event, waiting: tuple[str, ...]) -> Event:
    return replace(event, also=waiting) if isinstance(event, EntryPending) else event


def _headed(entry: Entry, reply: Reply, language: Language) -> tuple[Block, ...]:
    """The reply's blocks under the entry's title question."""
    if reply.blocks and isinstance(reply.blocks[0], Heading):
        return reply.blocks
    return (Heading(entry.question.text(language)), *reply.blocks)


def _in_order(rows: Sequence[tuple[Entry, Outcome]]) -> list[Event]:
    """The events, those of an entry for cars behind the others: "and in the Macan?" then asks for it again.

    Last of all stands what waits for an answer, the car behind the country: only one thing can wait.
    """
    last_first = tuple(reversed(rows))
    by_car = sorted(last_first, key=lambda row: bool(row[0].variants))
    events = [event for _, (_, events) in by_car for event in events]
    return sorted(events, key=lambda event: isinstance(event, EntryPending) + _waits_for_car(event))


def _waits_for_car(event: Event) -> bool:
    return isinstance(event, EntryPending) and event.asked is Asked.VEHICLE
