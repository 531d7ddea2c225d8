"""A country that is all that a message says: the customer's own, a circumstance of the last answer, or asked for."""

from dataclasses import dataclass

from bot.contact_turn import ContactTurn
from bot.entry_turn import EntryTurn
from bot.replies import Outcome, Replies
from bot.state import Asked, DialogueState
from bot.understanding import Understanding
from kb.knowledge_base import CONTACT_ENTRY


@dataclass(frozen=True, slots=True)
class CountryAlone:
    """Replies to one message of a country and fillers."""

    replies: Replies
    read: Understanding
    entries: EntryTurn
    contacts: ContactTurn

    def reply(self, state: DialogueState, *, names_car: bool) -> Outcome | None:
        """The address of the country, unless it is told or asked for in another way; None: the car says what is asked.

        A name alone ("Germany") asks for the address: the bot says that it finds one, and no word says anything else.
        """
        is_told = len(self.read.countries.own) == 1
        if state.declines or self.read.contact_words or self._is_of_contact(state, is_told=is_told):
            return self.contacts.reply(state, 1.0)
        if names_car and (is_told or self._is_circumstance()):
            return None
        if not is_told and not self._is_circumstance():
            return self.contacts.reply(state, 1.0)
        if state.pending_asked is Asked.VEHICLE:
            return self.entries.waiting(state)
        last = self.entries.last(state)
        if last is None or is_told:
            return self.replies.country_noted(self.read.countries.own[0])
        return self.entries.shown(state, last, state.last_confidence)

    def _is_of_contact(self, state: DialogueState, *, is_told: bool) -> bool:
        """Whether the conversation is about addresses, or about nothing that a country could be a circumstance of."""
        last = self.entries.last(state)
        if last is None:
            return not is_told
        return last.id == CONTACT_ENTRY or last.show_contact

    def _is_circumstance(self) -> bool:
        """Whether it goes on with what was said: "in Germany?", "a Německo?"."""
        return self.read.countries.placed or self.read.leans
