"""The decision of a turn: what kind of reply, and which events it leaves behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from bot.blocks import Block, Paragraph
from bot.clarify import Clarifier
from bot.compose import Composer
from bot.reply import ContactCard, KnownVehicle, Reply, ReplyKind, Suggestion
from bot.resolution import Ask, NotCovered, Resolution, Show, resolve, show, show_possible
from bot.slots import country_events, vehicle_events
from bot.small_talk import Intent
from bot.state import (
    Asked,
    CountrySet,
    DialogueState,
    EntryPending,
    EntryShown,
    Event,
    PendingDropped,
    VehicleSet,
    VehicleSlot,
)
from bot.understanding import Understanding
from index.retriever import Candidate, SearchResult
from index.store import SearchIndex
from kb.knowledge_base import CONTACT_ENTRY
from kb.model import Entry

Outcome = tuple[Reply, list[Event]]

MOST_SUGGESTIONS = 3


class Known(TypedDict):
    """What every reply tells of the state after it."""

    contact: ContactCard | None
    vehicle: KnownVehicle | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message being answered, in one language."""

    index: SearchIndex
    composer: Composer
    clarifier: Clarifier
    read: Understanding

    def known(self, state: DialogueState) -> Known:
        """What the reply tells of the state."""
        return Known(
            contact=self.composer.contact_card(state.country),
            vehicle=self.clarifier.known(state.vehicle),
            country=state.country,
        )

    def take(self, state: DialogueState) -> Outcome:
        """The reply, and the events of the turn."""
        if not self.read.words:
            return self._phrase(ReplyKind.NO_ANSWER, "empty"), []
        small_talk = self._small_talk(state)
        if small_talk:
            return small_talk
        events = vehicle_events(self.read, state, self.index.base.vehicles)
        events += country_events(self.read, asked=state.pending_asked is Asked.COUNTRY)
        after = state.replay(events)
        reply, more = self._answer(after)
        return reply, [*events, *more]

    # ---- what is answered

    def _answer(self, state: DialogueState) -> Outcome:
        if not self.read.content:
            outcome = self._without_question(state)
            if outcome:
                return outcome
        result = self.index.retriever.search(self.read.query)
        best = result.candidates[0]
        if self._is_contact_question(result):
            return self._contact(state, best.confidence)
        if best.confidence < self.index.retriever.scoring.answer_threshold:
            return self._no_answer(state, result)
        suggestions = self._suggestions(best.entry_id, result)
        return self.entry(state, best.entry_id, best.confidence, suggestions=suggestions)

    def _without_question(self, state: DialogueState) -> Outcome | None:
        """A message of mentions, fillers and "I don't know": it answers a question back, or follows up."""
        pending = state.pending_entry
        said_vehicle = bool(self.read.vehicles.cars or self.read.vehicles.loose_year)
        if pending and state.pending_asked is Asked.VEHICLE and (said_vehicle or self.read.unknown):
            return self.entry(state, pending, state.pending_confidence, unknown=self.read.unknown)
        if self.read.countries.named:
            return self._country_named(state)
        if pending and state.pending_asked is Asked.COUNTRY and self.read.unknown:
            return self._contact(state, state.pending_confidence)
        last = self.index.base.entry_of.get(state.last_entry or "")
        if said_vehicle and last and last.variants:
            return self.entry(state, last.id, state.last_confidence)
        if said_vehicle and state.vehicle:
            return self._vehicle_noted(state.vehicle)
        if self.read.unknown:
            return self._no_answer(state, None)
        return None

    def _country_named(self, state: DialogueState) -> Outcome:
        entry_id = state.pending_entry if state.pending_asked is Asked.COUNTRY else None
        if entry_id and entry_id != CONTACT_ENTRY:
            return self.entry(state, entry_id, state.pending_confidence)
        return self._contact(state, state.pending_confidence or 1.0)

    def _is_contact_question(self, result: SearchResult) -> bool:
        if self.read.countries.named and self.read.contact_words and not self._asks_entry(result):
            return True
        best = result.candidates[0]
        threshold = self.index.retriever.scoring.answer_threshold
        return best.entry_id == CONTACT_ENTRY and best.confidence >= threshold

    def _asks_entry(self, result: SearchResult) -> bool:
        """Whether the words ask for an entry that has nothing to do with contacts."""
        best = result.candidates[0]
        shows_contact = self.index.base.entry_of[best.entry_id].show_contact
        return not shows_contact and best.confidence >= self.index.retriever.scoring.answer_threshold

    # ---- kinds of reply

    def entry(
        self,
        state: DialogueState,
        entry_id: str,
        confidence: float,
        *,
        unknown: bool = False,
        suggestions: tuple[Suggestion, ...] = (),
    ) -> Outcome:
        """The entry for what is known of the car, or the question for what is missing."""
        entry = self.index.base.entry_of[entry_id]
        resolution = self._resolution(entry, state.vehicle, unknown=unknown)
        if isinstance(resolution, NotCovered):
            return self._not_covered(state)
        if isinstance(resolution, Ask):
            return self._ask(entry, resolution, state.vehicle, confidence)
        blocks = list(self.composer.entry(entry, resolution))
        events: list[Event] = [PendingDropped(), EntryShown(entry_id, confidence)]
        if entry.show_contact:
            blocks += self._entry_contact(state)
            if state.country is None:
                events.append(EntryPending(entry_id, Asked.COUNTRY, confidence))
        reply = Reply(
            language=self.composer.language,
            kind=ReplyKind.ANSWER,
            blocks=tuple(blocks),
            kb_version=self.index.base.version,
            entry_id=entry_id,
            variants=resolution.variants if entry.procedure else (),
            confidence=confidence,
            sources=(self.composer.source(entry, resolution),),
            suggestions=suggestions or self._related(entry),
        )
        return reply, events

    def _resolution(self, entry: Entry, slot: VehicleSlot | None, *, unknown: bool) -> Resolution:
        vehicles = self.index.base.vehicles
        if not entry.variants:
            return Show(())
        if len(self.read.vehicles.cars) > 1:
            return self._several_cars(entry)
        if entry.ask_vehicle and not unknown:
            return resolve(vehicles, entry, slot)
        if slot is None:
            return show(entry, frozenset(variant.id for variant in entry.variants))
        return show_possible(vehicles, entry, slot)

    def _several_cars(self, entry: Entry) -> Resolution:
        """The variants of all cars named; what is missing of the first of them is asked for."""
        vehicles = self.index.base.vehicles
        resolutions = [resolve(vehicles, entry, car) for car in self.read.vehicles.cars]
        asked = next((row for row in resolutions if isinstance(row, Ask)), None)
        if asked and entry.ask_vehicle:
            return asked
        shown = {variant for row in resolutions if isinstance(row, Show) for variant in row.variants}
        return show(entry, frozenset(shown)) if shown else NotCovered()

    def _entry_contact(self, state: DialogueState) -> Iterable[Block]:
        if state.country is None:
            return [Paragraph(self.composer.phrases("ask_country"))]
        return self.composer.address(state.country)

    def _ask(self, entry: Entry, ask: Ask, slot: VehicleSlot | None, confidence: float) -> Outcome:
        texts = self.clarifier.question(ask, slot)
        reply = Reply(
            language=self.composer.language,
            kind=ReplyKind.CLARIFY,
            blocks=tuple(map(Paragraph, texts)),
            kb_version=self.index.base.version,
            entry_id=entry.id,
            confidence=confidence,
            quick_replies=self.clarifier.quick_replies(entry, ask, slot),
        )
        return reply, [EntryPending(entry.id, Asked.VEHICLE, confidence)]

    def _not_covered(self, state: DialogueState) -> Outcome:
        vehicle = self.clarifier.describe(state.vehicle)
        blocks = (
            Paragraph(self.composer.phrases("not_covered", vehicle=vehicle)),
            *self.composer.whom_to_ask(state.country),
        )
        return self._reply(ReplyKind.NO_ANSWER, blocks), [PendingDropped()]

    def _no_answer(self, state: DialogueState, result: SearchResult | None) -> Outcome:
        blocks = (
            Paragraph(self.composer.phrases("no_answer")),
            *self.composer.whom_to_ask(state.country),
        )
        suggestions = self._suggestions("", result) if result else ()
        confidence = result.outside if result else 1.0
        return self._reply(ReplyKind.NO_ANSWER, blocks, confidence, suggestions), [PendingDropped()]

    def _contact(self, state: DialogueState, confidence: float, lead: tuple[Block, ...] = ()) -> Outcome:
        named = self.read.countries.own or self.read.countries.named
        countries = named or ((state.country,) if state.country else ())
        blocks = (*lead, *self.composer.contact(countries, phone=self.read.phone_words))
        reply = self._reply(ReplyKind.CONTACT, blocks, confidence, entry_id=CONTACT_ENTRY)
        if not countries:
            return reply, [EntryPending(CONTACT_ENTRY, Asked.COUNTRY, confidence)]
        return reply, [PendingDropped(), CountrySet(countries[-1])]

    def _vehicle_noted(self, slot: VehicleSlot) -> Outcome:
        text = self.composer.phrases("ask_topic", vehicle=self.clarifier.describe(slot))
        return self._reply(ReplyKind.CLARIFY, (Paragraph(text),)), []

    # ---- small talk

    def _small_talk(self, state: DialogueState) -> Outcome | None:
        intent = self.read.small_talk.intent
        if intent is None:
            if self.read.small_talk.wish and not self.read.content:
                return self._phrase(ReplyKind.SMALLTALK, "language_switched"), []
            return None
        brand = self.composer.brand
        texts = {
            Intent.GREETING: (brand.greeting,),
            Intent.THANKS: (self.composer.phrases("thanks"),),
            Intent.GOODBYE: (self.composer.phrases("goodbye"),),
            Intent.IDENTITY: (brand.disclaimer, brand.scope),
            Intent.CAPABILITIES: (brand.scope,),
            Intent.START_OVER: (self.composer.phrases("start_over"),),
            Intent.INSULT: (self.composer.phrases("insult"),),
        }
        if intent is Intent.HANDOFF:
            events = country_events(self.read, asked=False)
            lead = (Paragraph(self.composer.phrases("handoff")),)
            reply, more = self._contact(state.replay(events), 1.0, lead)
            return reply, [*events, *more]
        blocks = tuple(map(Paragraph, texts[intent]))
        events = [VehicleSet(None), CountrySet(None), PendingDropped()] if intent is Intent.START_OVER else []
        return self._reply(ReplyKind.SMALLTALK, blocks), events

    # ---- helpers of the above

    def _phrase(self, kind: ReplyKind, name: str) -> Reply:
        return self._reply(kind, (Paragraph(self.composer.phrases(name)),))

    def _reply(
        self,
        kind: ReplyKind,
        blocks: tuple[Block, ...],
        confidence: float = 1.0,
        suggestions: tuple[Suggestion, ...] = (),
        *,
        entry_id: str | None = None,
    ) -> Reply:
        return Reply(
            language=self.composer.language,
            kind=kind,
            blocks=blocks,
            kb_version=self.index.base.version,
            entry_id=entry_id,
            confidence=confidence,
            suggestions=suggestions,
        )

    def _suggestions(self, shown: str, result: SearchResult) -> tuple[Suggestion, ...]:
        """Other candidates that are probable enough to be offered."""
        least = self.index.retriever.scoring.suggest_threshold
        near = [row for row in result.candidates if row.entry_id != shown and row.confidence >= least]
        return tuple(self._suggestion(row) for row in near[:MOST_SUGGESTIONS])

    def _suggestion(self, candidate: Candidate) -> Suggestion:
        entry = self.index.base.entry_of[candidate.entry_id]
        return Suggestion(entry.id, entry.question.text(self.composer.language))

    def _related(self, entry: Entry) -> tuple[Suggestion, ...]:
        rows = [self.index.base.entry_of[related] for related in entry.related[:MOST_SUGGESTIONS]]
        return tuple(Suggestion(row.id, row.question.text(self.composer.language)) for row in rows)
