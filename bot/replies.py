"""Building replies of every kind, each with the events that it leaves behind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.blocks import Block, Note, Paragraph
from bot.clarify import Clarifier
from bot.compose import Composer
from bot.country_names import country_name
from bot.reply import QuickReply, Reply, ReplyKind, Suggestion
from bot.resolution import Ask, NotCovered, Resolution, Show, show_together
from bot.state import (
    Asked,
    CountrySet,
    Declined,
    DialogueState,
    EntryPending,
    EntryShown,
    Event,
    PendingDropped,
    Told,
    VehicleSet,
    VehicleSlot,
)
from index.retriever import SearchResult
from index.store import SearchIndex
from kb.knowledge_base import CONTACT_ENTRY
from kb.model import Entry

Outcome = tuple[Reply, list[Event]]
Resolved = list[tuple[VehicleSlot | None, Resolution]]

MOST_SUGGESTIONS = 3
# Of so many questions there is one "other".
MOST_PAIRED = 2


@dataclass(frozen=True, slots=True)
class Replies:
    """Builds replies in one language."""

    index: SearchIndex
    composer: Composer
    clarifier: Clarifier

    def entry(
        self,
        state: DialogueState,
        entry: Entry,
        confidence: float,
        resolved: Resolved,
        suggestions: tuple[Suggestion, ...] = (),
    ) -> Outcome:
        """The entry for every car that it was resolved for, or the question for what is missing of one."""
        asked = next((row for _, row in resolved if isinstance(row, Ask)), None)
        if asked:
            return self._ask(entry, asked, resolved, confidence)
        shows = [row for _, row in resolved if isinstance(row, Show)]
        uncovered = [slot for slot, row in resolved if isinstance(row, NotCovered)]
        if not shows:
            return self._not_covered(state, entry, confidence, uncovered)
        shown = show_together(entry, shows)
        blocks = [*self.composer.entry(entry, shown), *map(Note, self._without_procedure(uncovered))]
        events: list[Event] = [PendingDropped(), EntryShown(entry.id, confidence)]
        if entry.show_contact:
            blocks += self._entry_contact(state)
            if state.country is None:
                events.append(EntryPending(entry.id, Asked.COUNTRY, confidence))
        reply = Reply(
            language=self.composer.language,
            kind=ReplyKind.ANSWER,
            blocks=tuple(blocks),
            kb_version=self.index.base.version,
            entry_id=entry.id,
            variants=shown.variants if entry.procedure else (),
            confidence=confidence,
            sources=(self.composer.source(entry, shown),),
            suggestions=suggestions or self.related(entry),
        )
        return reply, events

    def _entry_contact(self, state: DialogueState) -> Iterable[Block]:
        if state.country is None:
            return [Paragraph(self.composer.phrases("ask_country"))]
        return self.composer.address(state.country)

    def _ask(self, entry: Entry, ask: Ask, resolved: Resolved, confidence: float) -> Outcome:
        reply = Reply(
            language=self.composer.language,
            kind=ReplyKind.CLARIFY,
            blocks=tuple(map(Paragraph, self.clarifier.question(ask))),
            kb_version=self.index.base.version,
            entry_id=entry.id,
            confidence=confidence,
            quick_replies=self.clarifier.quick_replies(entry, ask),
        )
        others = tuple(slot for slot, row in resolved if row is not ask and slot is not None)
        return reply, [VehicleSet(ask.slot, others), EntryPending(entry.id, Asked.VEHICLE, confidence, others)]

    def _not_covered(
        self, state: DialogueState, entry: Entry, confidence: float, slots: list[VehicleSlot | None]
    ) -> Outcome:
        texts = self._without_procedure(slots)
        blocks = (*map(Paragraph, texts), *self.composer.whom_to_ask(state.country))
        # The topic stays: "and in the Taycan?" asks the same again.
        events: list[Event] = [PendingDropped(), EntryShown(entry.id, confidence), Declined()]
        return self.plain(ReplyKind.NO_ANSWER, blocks), events

    def _without_procedure(self, slots: list[VehicleSlot | None]) -> Iterator[str]:
        for slot in slots:
            yield self.composer.phrases("not_covered", vehicle=self.clarifier.describe(slot))

    def no_answer(
        self, state: DialogueState, result: SearchResult | None, *, other_language: bool = False, told: str = ""
    ) -> Outcome:
        """That the knowledge base has no answer, and whom to ask; the second time in a row, with the offer of a person.

        What was asked back stays open. `told`: the message, where it asks nothing and a question may follow; else what
        was told before stays told.
        """
        is_repeated = state.declines > 0
        blocks = (
            *((Paragraph(self.composer.phrases("other_language")),) if other_language else ()),
            Paragraph(self.composer.phrases("no_answer")),
            *self.composer.whom_to_ask(state.country),
            *((self._offer_of_person(state),) if is_repeated else ()),
        )
        suggestions = self.suggestions("", result) if result else ()
        confidence = result.outside if result else 1.0
        reply = self.plain(ReplyKind.NO_ANSWER, blocks, confidence, suggestions=suggestions)
        waits = is_repeated and state.country is None and state.pending_entry is None
        events: list[Event] = [EntryPending(CONTACT_ENTRY, Asked.COUNTRY, 1.0)] if waits else []
        return self.with_person(reply) if is_repeated else reply, [*events, Declined(told or state.told)]

    def _offer_of_person(self, state: DialogueState) -> Block:
        return Paragraph(self.composer.phrases("offer_person" if state.country else "offer_person_country"))

    def with_unanswered(self, outcome: Outcome, asked: int) -> Outcome:
        """The reply with whom to ask about another of the `asked` questions of the message, which has no answer."""
        reply, events = outcome
        name = "other_unanswered" if asked == MOST_PAIRED else "some_unanswered"
        told = (Paragraph(self.composer.phrases(name)), Paragraph(self.composer.brand.partner))
        return replace(reply, blocks=(*reply.blocks, *told)), events

    def unsure(self, last: Entry | None) -> Outcome:
        """What to write to one who does not know where nothing was asked, with what is related to the last entry."""
        told = (Paragraph(self.composer.phrases("unsure")),)
        if last is None:
            return self.plain(ReplyKind.SMALLTALK, (*told, Paragraph(self.composer.brand.scope))), []
        return self.with_person(self.plain(ReplyKind.CLARIFY, told, suggestions=self.related(last))), []

    def with_person(self, reply: Reply, suggestions: tuple[Suggestion, ...] | None = None) -> Reply:
        """The reply with a button that asks for a person, and with other suggestions where they are given."""
        label = self.composer.phrases("person_label")
        kept = reply.suggestions if suggestions is None else suggestions
        return replace(reply, quick_replies=(QuickReply(label, label),), suggestions=kept)

    def contact(
        self,
        countries: tuple[str, ...],
        confidence: float,
        *,
        lead: tuple[Block, ...] = (),
        phone: bool = False,
    ) -> Outcome:
        """The addresses of countries; without one, the question for it."""
        blocks = (*lead, *self.composer.contact(countries, phone=phone))
        reply = self.plain(ReplyKind.CONTACT, blocks, confidence, entry_id=CONTACT_ENTRY)
        if not countries:
            return reply, [EntryPending(CONTACT_ENTRY, Asked.COUNTRY, confidence)]
        return reply, [EntryShown(CONTACT_ENTRY, confidence)]

    def vehicles_noted(self, slots: tuple[VehicleSlot | None, ...], told: str = "") -> Outcome:
        """That the cars are noted, and the question what about them; `told`: the message that told them."""
        name = "ask_topic" if len(slots) == 1 else "ask_topic_of_several"
        text = self.composer.phrases(name, vehicle=", ".join(map(self.clarifier.describe, slots)))
        return self.plain(ReplyKind.CLARIFY, (Paragraph(text),)), [Told(told)] if told else []

    def country_noted(self, country: str) -> Outcome:
        """That the customer's country is noted, and the question what to look up."""
        text = self.composer.phrases("country_noted", country=country_name(country, self.composer.language))
        return self.plain(ReplyKind.CLARIFY, (Paragraph(text),)), []

    def phrase(self, kind: ReplyKind, name: str) -> Outcome:
        """One of the bot's fixed phrases."""
        return self.plain(kind, (Paragraph(self.composer.phrases(name)),)), []

    def plain(
        self,
        kind: ReplyKind,
        blocks: tuple[Block, ...],
        confidence: float = 1.0,
        *,
        entry_id: str | None = None,
        suggestions: tuple[Suggestion, ...] = (),
    ) -> Reply:
        """A reply of blocks, without variants or sources."""
        return Reply(
            language=self.composer.language,
            kind=kind,
            blocks=blocks,
            kb_version=self.index.base.version,
            entry_id=entry_id,
            confidence=confidence,
            suggestions=suggestions,
        )

    def suggestions(self, shown: str, result: SearchResult) -> tuple[Suggestion, ...]:
        """Other candidates that are probable enough to be offered."""
        least = self.index.retriever.scoring.suggest_threshold
        near = [row.entry_id for row in result.candidates if row.entry_id != shown and row.confidence >= least]
        return self._suggested(near)

    def related(self, entry: Entry) -> tuple[Suggestion, ...]:
        """The entries that are related to one."""
        return self._suggested(entry.related)

    def _suggested(self, entry_ids: Iterable[str]) -> tuple[Suggestion, ...]:
        rows = [self.index.base.entry_of[entry_id] for entry_id in entry_ids][:MOST_SUGGESTIONS]
        return tuple(Suggestion(row.id, row.question.text(self.composer.language)) for row in rows)


def country_set(countries: tuple[str, ...], *, stated: bool = False) -> list[Event]:
    """The event of a country that a contact was asked for; of several none is certain to be the customer's.

    `stated`: it is the answer to the question which country the customer is in.
    """
    return [CountrySet(countries[0], stated)] if len(countries) == 1 else []
