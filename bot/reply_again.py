"""Messages about the last reply itself: "again, please", "I don't understand", "why do you ask?"."""

from dataclasses import dataclass, replace

from bot.blocks import Paragraph
from bot.contact_turn import ContactTurn
from bot.entry_turn import EntryTurn
from bot.replies import Outcome, Replies
from bot.reply import ReplyKind
from bot.resolution import Missing
from bot.small_talk import Intent
from bot.state import Asked, DialogueState
from kb.knowledge_base import CONTACT_ENTRY

# Without a reply that they can be about they are read like any other message.
ABOUT_THE_REPLY = frozenset({Intent.REPEAT, Intent.NOT_UNDERSTOOD, Intent.WHY_ASKED, Intent.WHERE_FOUND})

_YEARS = frozenset({Missing.YEAR, Missing.YEAR_OR_GENERATION, Missing.CONSISTENT_YEAR})
# How to tell these stands in the question itself.
_DESCRIBED = frozenset({Missing.GENERATION, Missing.DRIVE})


@dataclass(frozen=True, slots=True)
class ReplyAgain:
    """Gives the last reply once more, and says what can be said of it."""

    replies: Replies
    entries: EntryTurn
    contacts: ContactTurn

    def reply(self, state: DialogueState, intent: Intent) -> Outcome | None:
        """The reply to the intent; None where nothing was said that it can be about."""
        if state.pending_asked is Asked.VEHICLE:
            return self.led(self._about_car(state, intent), self.entries.waiting(state))
        if intent is Intent.WHY_ASKED and state.pending_asked is Asked.COUNTRY:
            return self.led("why_country", self.contacts.reply(state, state.pending_confidence))
        if self.entries.last(state) is None or state.declines or intent not in {Intent.REPEAT, Intent.NOT_UNDERSTOOD}:
            return None
        return self._not_understood(state) if intent is Intent.NOT_UNDERSTOOD else self.last(state)

    def last(self, state: DialogueState) -> Outcome | None:
        """The last reply once more: an entry, a contact or a question back; None where it was something else."""
        if state.pending_asked is Asked.VEHICLE:
            return self.entries.waiting(state)
        if state.pending_entry == CONTACT_ENTRY:
            return self.contacts.reply(state, state.pending_confidence)
        last = self.entries.last(state)
        if last is None or state.declines:
            return None
        if last.id == CONTACT_ENTRY:
            return self.contacts.reply(state, state.last_confidence)
        return self.entries.shown(state, last, state.last_confidence)

    def _about_car(self, state: DialogueState, intent: Intent) -> str | None:
        """The phrase before the question for the car is asked once more."""
        if intent is Intent.WHY_ASKED:
            return "why_car"
        asked = self.entries.asked(state)
        if intent is not Intent.WHERE_FOUND or asked is None or asked.missing in _DESCRIBED:
            return None
        return "where_year" if asked.missing in _YEARS else "where_model"

    def led(self, phrase: str | None, outcome: Outcome) -> Outcome:
        """The reply behind a phrase."""
        if phrase is None:
            return outcome
        reply, events = outcome
        return replace(reply, blocks=(Paragraph(self.replies.composer.phrases(phrase)), *reply.blocks)), events

    def _not_understood(self, state: DialogueState) -> Outcome:
        """That there are no other words for it, and the offer of a person; the topic stays."""
        phrases = self.replies.composer.phrases
        blocks = tuple(Paragraph(phrases(name)) for name in ("not_understood", "offer_person"))
        last = self.entries.last(state)
        related = self.replies.related(last) if last else ()
        return self.replies.with_person(self.replies.plain(ReplyKind.CLARIFY, blocks, suggestions=related)), []
