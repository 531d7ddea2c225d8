"""Answering with entries: for the car that is known, or with the question for what is missing."""

from dataclasses import dataclass

from bot.joined import joined
from bot.replies import Outcome, Replies, Resolved
from bot.reply import Suggestion
from bot.resolution import Show, resolve_entry
from bot.state import DialogueState, VehicleSlot
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
        resolved: Resolved = [(None, Show(()))]
        if entry.variants:
            vehicles = self._base.vehicles
            cars = self._cars(state, entry)
            resolved = [(slot, resolve_entry(vehicles, entry, slot, unknown=unknown)) for slot in cars]
        return self.replies.entry(state, entry, confidence, resolved, suggestions)

    def waiting(self, state: DialogueState, *, unknown: bool = False) -> Outcome:
        """What waits for the car, with what was asked for together with it. Something must be waiting."""
        ids = [state.pending_entry or "", *state.pending_also]
        confidence = state.pending_confidence
        rows = [(self._base.entry_of[name], self.reply(state, name, confidence, unknown=unknown)) for name in ids]
        return joined(rows, self.replies.composer.language) if len(rows) > 1 else rows[0][1]

    def last(self, state: DialogueState) -> Entry | None:
        """The entry that the conversation is about: the one that waits for a car, or the last one shown."""
        return self._base.entry_of.get(state.topic or "")

    def _cars(self, state: DialogueState, entry: Entry) -> list[VehicleSlot | None]:
        """The cars that are asked about: those of the message, or those of the question that waits."""
        if len(self.read.vehicles.cars) > 1:
            return list(self.read.vehicles.cars)
        others = state.pending_cars if state.pending_entry == entry.id else ()
        return [*others, state.vehicle]
