"""Answering with contacts: the address of a country, the question for it, and whom to ask where nothing helped."""

from dataclasses import dataclass

from bot.asked_entries import answer_threshold
from bot.blocks import Paragraph
from bot.replies import Outcome, Replies, country_set
from bot.reply import ReplyKind
from bot.state import Asked, Declined, DialogueState, EntryShown, Event, PendingDropped
from bot.understanding import Understanding
from index.retriever import SearchResult
from kb.knowledge_base import CONTACT_ENTRY
from kb.model import Entry

# More probable than everything else together.
PROBABLE = 0.5


@dataclass(frozen=True, slots=True)
class ContactTurn:
    """Contacts in answer to one message."""

    replies: Replies
    read: Understanding

    def is_asked_for(self, result: SearchResult) -> bool:
        """Whether the message asks for an address and nothing that is more probable."""
        threshold = answer_threshold(self.replies.index.retriever, self.read)
        best = result.candidates[0]
        if best.entry_id == CONTACT_ENTRY and best.confidence >= threshold:
            return True
        asks_address = bool(self.read.countries.named or self.read.countries.unsure) and self.read.contact_words
        shows_address = self.replies.index.base.entry_of[best.entry_id].show_contact
        return asks_address and best.confidence < (threshold if shows_address else max(threshold, PROBABLE))

    def reply(self, state: DialogueState, confidence: float) -> Outcome:
        """The address of the country that is named or known."""
        named = self.read.countries.meant
        reply, events = self.replies.contact(self._countries(state), confidence, phone=self.read.phone_words)
        return reply, [*events, *self._country_of(state, named), *self._answered(state, bool(named))]

    def handoff(self, state: DialogueState) -> Outcome:
        """The reply to the wish for a person."""
        lead = (Paragraph(self.replies.composer.phrases("handoff")),)
        countries = self._countries(state)
        reply, events = self.replies.contact(countries, 1.0, lead=lead, phone=self.read.phone_words)
        return reply, [*events, *country_set(self.read.countries.meant)]

    def refused(self) -> Outcome:
        """Whom to ask where the customer does not want to name the country; it is not asked for any more."""
        composer = self.replies.composer
        blocks = (Paragraph(composer.phrases("country_refused")), *composer.whom_to_ask(None))
        reply = self.replies.plain(ReplyKind.CONTACT, blocks, entry_id=CONTACT_ENTRY)
        return reply, [PendingDropped()]

    def not_helped(self, state: DialogueState, last: Entry) -> Outcome:
        """Whom to ask where an answer did not help; the topic stays, with what is related to it."""
        lead = (Paragraph(self.replies.composer.phrases("not_helped_again" if state.declines else "not_helped")),)
        reply, events = self.replies.contact(self._countries(state), 1.0, lead=lead)
        kept: list[Event] = [event for event in events if not isinstance(event, EntryShown)]
        return self.replies.with_person(reply, self.replies.related(last)), [*kept, Declined()]

    def _countries(self, state: DialogueState) -> tuple[str, ...]:
        return self.read.countries.meant or ((state.country,) if state.country else ())

    def _country_of(self, state: DialogueState, named: tuple[str, ...]) -> list[Event]:
        """The country is the customer's where a contact was asked for, not where it is all that was said."""
        last = self.replies.index.base.entry_of.get(state.last_entry or "")
        asked = bool(self.read.content) or state.pending_asked is Asked.COUNTRY or last is None or last.show_contact
        answers = state.pending_asked is Asked.COUNTRY and not self.read.contact_words
        return country_set(named, stated=answers) if asked else []

    def _answered(self, state: DialogueState, named: bool) -> list[Event]:
        return [PendingDropped()] if named and state.pending_asked is Asked.COUNTRY else []
