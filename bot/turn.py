"""The decision of a turn: what kind of reply, and which events it leaves behind."""

from dataclasses import dataclass
from typing import TypedDict

from bot.blocks import Paragraph
from bot.replies import Outcome, Replies, Resolved, country_set
from bot.reply import ContactCard, KnownVehicle, ReplyKind, Suggestion
from bot.resolution import Resolution, Show, resolve, show, show_possible
from bot.slots import country_events, vehicle_events
from bot.small_talk import Intent
from bot.state import Asked, DialogueState, Event, PendingDropped, StartedOver, VehicleSet, VehicleSlot
from bot.understanding import Understanding
from index.retriever import SearchResult
from kb.knowledge_base import CONTACT_ENTRY, KnowledgeBase
from kb.model import Entry

# From which confidence on a message in a third language is answered: the search was not fitted for any. Of the "fit"
# rows of tests/eval/language/other.jsonl the wrong entries reach 0.54 at most, 6 of the 9 right ones 0.72 and more.
OTHER_LANGUAGE_SURE = 0.7
# Content words.
LONGEST_REMARK = 3
# More probable than everything else together.
PROBABLE = 0.5


class Known(TypedDict):
    """What every reply tells of the state after it."""

    contact: ContactCard | None
    vehicle: KnownVehicle | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One message being answered, in one language."""

    replies: Replies
    read: Understanding

    @property
    def base(self) -> KnowledgeBase:
        """The knowledge base that answers."""
        return self.replies.index.base

    @property
    def threshold(self) -> float:
        """From which confidence on an entry is shown."""
        threshold = self.replies.index.retriever.scoring.answer_threshold
        return max(threshold, OTHER_LANGUAGE_SURE) if self.read.language.other else threshold

    def known(self, state: DialogueState) -> Known:
        """What the reply tells of the state."""
        return Known(
            contact=self.replies.composer.contact_card(state.country),
            vehicle=self.replies.clarifier.known(state.vehicle),
            country=state.country,
        )

    def take(self, state: DialogueState) -> Outcome:
        """The reply, and the events of the turn."""
        if self._says_nothing() and state.pending_asked is not Asked.VEHICLE:
            return self.replies.phrase(ReplyKind.NO_ANSWER, "empty")
        small_talk = self.read.small_talk
        if small_talk.intent and small_talk.intent is not Intent.HANDOFF:
            return self._small_talk(small_talk.intent)
        if small_talk.wish_alone and small_talk.intent is None:
            return self.replies.phrase(ReplyKind.SMALLTALK, "language_switched")
        events = [*vehicle_events(self.read, state, self.base.vehicles), *country_events(self.read)]
        after = state.replay(events)
        names_car = any(isinstance(event, VehicleSet) for event in events)
        reply, more = self._handoff(after) if small_talk.intent else self._answer(after, names_car=names_car)
        return reply, [*events, *more]

    def _says_nothing(self) -> bool:
        """Whether there are only signs and numbers, and no car among them."""
        letters = any(sign.isalpha() for word in self.read.words for sign in word.folded)
        return not letters and not self.read.vehicles.words

    # ---- what is answered

    def _answer(self, state: DialogueState, *, names_car: bool) -> Outcome:
        if not self.read.content:
            outcome = self._answer_to_question(state, names_car) or self._without_question(state, names_car)
            if outcome:
                return outcome
        result = self.replies.index.retriever.search(self.read.query)
        best = result.candidates[0]
        if self._is_contact_question(result):
            return self._contact(state, best.confidence)
        if best.confidence >= self.threshold:
            suggestions = self.replies.suggestions(best.entry_id, result)
            unknown = self.read.unknown_car
            return self.entry(state, best.entry_id, best.confidence, unknown=unknown, suggestions=suggestions)
        return self._answer_in_other_words(state, names_car) or self.replies.no_answer(
            state, result, other_language=self.read.language.other
        )

    def _answer_to_question(self, state: DialogueState, names_car: bool) -> Outcome | None:
        """The entry that waits, where the message says what it waits for, or that the customer does not know."""
        pending = state.pending_entry
        if pending is None:
            return None
        if state.pending_asked is Asked.VEHICLE:
            if names_car or self.read.unknown:
                return self.entry(state, pending, state.pending_confidence, unknown=self.read.unknown)
            return None
        if self.read.countries.named:
            return self._country_answered(state, pending)
        return self._contact(state, state.pending_confidence) if self.read.unknown else None

    def _without_question(self, state: DialogueState, names_car: bool) -> Outcome | None:
        """A message of mentions and fillers with nothing open: a follow-up, or a car or country alone."""
        if self.read.countries.named:
            return self._contact(state, 1.0)
        last = self.base.entry_of.get(state.last_entry or "")
        if names_car and last and last.variants:
            return self.entry(state, last.id, state.last_confidence)
        if names_car and state.vehicle:
            return self.replies.vehicle_noted(state.vehicle)
        if self.read.unknown:
            return self.replies.no_answer(state, None)
        if state.pending_entry and state.pending_asked is Asked.VEHICLE:
            return self.entry(state, state.pending_entry, state.pending_confidence)
        return None

    def _answer_in_other_words(self, state: DialogueState, names_car: bool) -> Outcome | None:
        """The entry that waits, or the last one, where the words besides the car or country ask nothing else."""
        if not self.read.asks:
            outcome = self._answer_to_question(state, names_car)
            if outcome:
                return outcome
        last = self.base.entry_of.get(state.last_entry or "")
        if self.read.follows_up and names_car and last and last.variants:
            return self.entry(state, last.id, state.last_confidence)
        if state.pending_entry and state.pending_asked is Asked.VEHICLE and self._is_remark():
            return self.entry(state, state.pending_entry, state.pending_confidence)
        return None

    def _is_remark(self) -> bool:
        """Few words that ask nothing: what was asked back is then asked once more."""
        return not self.read.asks and len(self.read.content) <= LONGEST_REMARK

    # ---- entries

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
        entry = self.base.entry_of[entry_id]
        resolved: Resolved = [(None, Show(()))]
        if entry.variants:
            resolved = [(slot, self._resolution(entry, slot, unknown=unknown)) for slot in self._cars(state, entry)]
        return self.replies.entry(state, entry, confidence, resolved, suggestions)

    def _cars(self, state: DialogueState, entry: Entry) -> list[VehicleSlot | None]:
        """The cars that are asked about: those of the message, or those of the question that waits."""
        if len(self.read.vehicles.cars) > 1:
            return list(self.read.vehicles.cars)
        others = state.pending_cars if state.pending_entry == entry.id else ()
        return [*others, state.vehicle]

    def _resolution(self, entry: Entry, slot: VehicleSlot | None, *, unknown: bool) -> Resolution:
        if entry.ask_vehicle and not unknown:
            return resolve(self.base.vehicles, entry, slot)
        if slot is None:
            return show(entry, frozenset(variant.id for variant in entry.variants))
        return show_possible(self.base.vehicles, entry, slot)

    # ---- contacts

    def _is_contact_question(self, result: SearchResult) -> bool:
        best = result.candidates[0]
        if best.entry_id == CONTACT_ENTRY and best.confidence >= self.threshold:
            return True
        asks_address = bool(self.read.countries.named) and self.read.contact_words
        shows_address = self.base.entry_of[best.entry_id].show_contact
        return asks_address and best.confidence < (self.threshold if shows_address else max(self.threshold, PROBABLE))

    def _contact(self, state: DialogueState, confidence: float) -> Outcome:
        """The address of the country that is named or known."""
        named = self.read.countries.meant
        countries = named or ((state.country,) if state.country else ())
        reply, events = self.replies.contact(countries, confidence, phone=self.read.phone_words)
        return reply, [*events, *self._country_of_contact(state, named), *self._answered(state, bool(named))]

    def _country_of_contact(self, state: DialogueState, named: tuple[str, ...]) -> list[Event]:
        """The country is the customer's where a contact was asked for, not where it is all that was said."""
        last = self.base.entry_of.get(state.last_entry or "")
        asked = bool(self.read.content) or state.pending_asked is Asked.COUNTRY or last is None or last.show_contact
        return country_set(named) if asked else []

    def _answered(self, state: DialogueState, named: bool) -> list[Event]:
        return [PendingDropped()] if named and state.pending_asked is Asked.COUNTRY else []

    def _country_answered(self, state: DialogueState, pending: str) -> Outcome:
        """The answer to "which country are you in?"."""
        named = self.read.countries.meant
        if pending == CONTACT_ENTRY or len(named) > 1:
            return self._contact(state, state.pending_confidence)
        events = country_set(named)
        reply, more = self.entry(state.replay(events), pending, state.pending_confidence)
        return reply, [*events, *more]

    # ---- small talk

    def _handoff(self, state: DialogueState) -> Outcome:
        named = self.read.countries.meant
        countries = named or ((state.country,) if state.country else ())
        lead = (Paragraph(self.replies.composer.phrases("handoff")),)
        reply, events = self.replies.contact(countries, 1.0, lead=lead, phone=self.read.phone_words)
        return reply, [*events, *country_set(named)]

    def _small_talk(self, intent: Intent) -> Outcome:
        brand, phrases = self.replies.composer.brand, self.replies.composer.phrases
        texts: dict[Intent, tuple[str, ...]] = {
            Intent.GREETING: (brand.greeting,),
            Intent.IDENTITY: (brand.disclaimer, brand.scope),
            Intent.CAPABILITIES: (brand.scope,),
        }
        blocks = tuple(map(Paragraph, texts.get(intent) or (phrases(intent.value),)))
        events: list[Event] = [StartedOver()] if intent is Intent.START_OVER else []
        return self.replies.plain(ReplyKind.SMALLTALK, blocks), events
