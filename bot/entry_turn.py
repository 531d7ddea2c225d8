"""Answering with entries: for the car that is known, or with the question for what is missing."""

from dataclasses import dataclass, replace

from bot.blocks import Paragraph
from bot.joined import joined
from bot.replies import Outcome, Replies, Resolved, country_set
from bot.reply import ReplyKind, Suggestion
from bot.resolution import Ask, Show, resolve, resolve_entry, show_possible
from bot.state import Asked, DialogueState, VehicleSlot
from bot.understanding import Understanding
from kb.knowledge_base import KnowledgeBase
from kb.model import Entry


@dataclass(frozen=True, slots=True)
class EntryTurn:
    """Entries in answer to one message."""

    replies: Replies
    read: Understanding

    @property
    def _base(self) -> KnowledgeBase:
        return self.replies.index.base

    def reply(
        self,
        state: DialogueState,
        entry_id: str,
        confidence: float,
        *,
        unknown: bool = False,
        suggestions: tuple[Suggestion, ...] = (),
    ) -> Outcome:
        """The entry for what is known of the car, or the question for what is missing."""
        entry = self._base.entry_of[entry_id]
        # "Revoke my consent, I'm in Sweden": a country beside what needs its address is the customer's.
        told = country_set(self.read.countries.meant) if entry.show_contact else []
        resolved: Resolved = [(None, Show(()))]
        if entry.variants:
            vehicles = self._base.vehicles
            cars = self._cars(state, entry)
            resolved = [(slot, resolve_entry(vehicles, entry, slot, unknown=unknown)) for slot in cars]
        reply, events = self.replies.entry(state.replay(told), entry, confidence, resolved, suggestions)
        return reply, [*told, *events]

    def waiting(self, state: DialogueState, *, unknown: bool = False) -> Outcome:
        """What waits for the car, with what was asked for together with it. Something must be waiting."""
        ids = [state.pending_entry or "", *state.pending_also]
        confidence = state.pending_confidence
        rows = [(self._base.entry_of[name], self.reply(state, name, confidence, unknown=unknown)) for name in ids]
        return joined(rows, self.replies.composer.language) if len(rows) > 1 else rows[0][1]

    def without_car(self, state: DialogueState) -> Outcome | None:
        """What waits for the car, where the customer does not want to name one, or has none: every variant.

        For a car of another make there is nothing: the question once more. None: nothing waits, or it is not said.
        """
        if state.pending_asked is not Asked.VEHICLE:
            return None
        if self.read.refuses or self.read.no_car:
            return self._led("car_refused", self.waiting(state, unknown=True))
        return self._led("other_make", self.waiting(state)) if self.read.other_make else None

    def _led(self, phrase: str, outcome: Outcome) -> Outcome:
        reply, events = outcome
        return replace(reply, blocks=(Paragraph(self.replies.composer.phrases(phrase)), *reply.blocks)), events

    def shown(self, state: DialogueState, entry: Entry, confidence: float) -> Outcome:
        """An entry that was shown already, with the same variants; none is asked for that was not known then."""
        outcome = self.reply(state, entry.id, confidence)
        is_asked = outcome[0].kind is ReplyKind.CLARIFY
        return self.reply(state, entry.id, confidence, unknown=True) if is_asked else outcome

    def asked(self, state: DialogueState) -> Ask | None:
        """What the entry that waits for a car asks for."""
        entry = self._base.entry_of.get(state.pending_entry or "")
        resolution = resolve(self._base.vehicles, entry, state.vehicle) if entry else None
        return resolution if isinstance(resolution, Ask) else None

    def possible(self, state: DialogueState, entry: Entry) -> tuple[str, ...]:
        """The entry's variants that what is known of the car leaves possible."""
        resolution = show_possible(self._base.vehicles, entry, state.vehicle)
        return resolution.variants if isinstance(resolution, Show) else ()

    def chosen(self, state: DialogueState, entry: Entry, variant_id: str, confidence: float) -> Outcome:
        """The entry with the one variant that the customer chose."""
        return self.replies.entry(state, entry, confidence, [(state.vehicle, Show((variant_id,)))])

    def last(self, state: DialogueState) -> Entry | None:
        """The entry that the conversation is about: the one that waits for a car, or the last one shown."""
        return self._base.entry_of.get(state.topic or "")

    def _cars(self, state: DialogueState, entry: Entry) -> list[VehicleSlot | None]:
        """The cars that are asked about: those that were named last, or those of the question that waits."""
        is_answer = state.pending_entry == entry.id and len(self.read.vehicles.cars) < 2
        return list(dict.fromkeys((*state.pending_cars, state.vehicle) if is_answer else state.cars))
