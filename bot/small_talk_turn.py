"""Replies to what is no question: greetings, thanks, insults, starting over, "that did not help", "what next?"."""

from dataclasses import dataclass

from bot.blocks import Paragraph
from bot.contact_turn import ContactTurn
from bot.entry_turn import EntryTurn
from bot.replies import Outcome, Replies
from bot.reply import ReplyKind
from bot.reply_again import ABOUT_THE_REPLY, ReplyAgain
from bot.small_talk import Intent
from bot.state import Asked, DialogueState, Event, PendingDropped, StartedOver, VehicleSet

# These are about the answer before them; without one they are read like any other message.
AFTER_AN_ANSWER = frozenset({Intent.NOT_HELPED, Intent.WHAT_NEXT})

_LEAVES: dict[Intent, tuple[Event, ...]] = {
    Intent.START_OVER: (StartedOver(),),
    Intent.FORGET_CAR: (VehicleSet(None),),
    Intent.NEVER_MIND: (PendingDropped(),),
}


@dataclass(frozen=True, slots=True)
class SmallTalkTurn:
    """Replies to one message that is small talk."""

    replies: Replies
    entries: EntryTurn
    contacts: ContactTurn

    def reply(self, state: DialogueState, intent: Intent) -> Outcome | None:
        """The reply to the intent; None where there is nothing that it can be about."""
        if intent in ABOUT_THE_REPLY:
            return ReplyAgain(self.replies, self.entries, self.contacts).reply(state, intent)
        if intent in AFTER_AN_ANSWER:
            return self._after_answer(state, intent)
        if intent is Intent.WHO_HELPS:
            return self.contacts.reply(state, 1.0)
        if intent is Intent.ACKNOWLEDGED and state.pending_asked is Asked.VEHICLE:
            return self.entries.waiting(state)
        brand, phrases = self.replies.composer.brand, self.replies.composer.phrases
        texts: dict[Intent, tuple[str, ...]] = {
            Intent.GREETING: (brand.greeting,),
            Intent.IDENTITY: (brand.disclaimer, brand.scope),
            Intent.CAPABILITIES: (brand.scope,),
            Intent.TAMPERING: (phrases(Intent.TAMPERING.value), brand.scope),
        }
        blocks = tuple(map(Paragraph, texts.get(intent) or (phrases(intent.value),)))
        kind = ReplyKind.NO_ANSWER if intent is Intent.TAMPERING else ReplyKind.SMALLTALK
        reply = self.replies.plain(kind, blocks)
        if intent is Intent.INSULT:
            reply = self.replies.with_person(reply)
        return reply, list(_LEAVES.get(intent, ()))

    def language_switched(self, state: DialogueState) -> Outcome:
        """That the language is another one now, and the last reply in it."""
        again = ReplyAgain(self.replies, self.entries, self.contacts)
        outcome = again.last(state)
        if outcome is None:
            return self.replies.phrase(ReplyKind.SMALLTALK, "language_switched")
        return again.led("language_switched", outcome)

    def _after_answer(self, state: DialogueState, intent: Intent) -> Outcome | None:
        waits_for_car = state.pending_asked is Asked.VEHICLE
        if waits_for_car:
            return self.entries.waiting(state) if intent is Intent.WHAT_NEXT else None
        last = self.entries.last(state)
        if last is None:
            return self.reply(state, Intent.CAPABILITIES) if intent is Intent.WHAT_NEXT else None
        if intent is Intent.NOT_HELPED:
            return self.contacts.not_helped(state, last)
        text = self.replies.composer.phrases("next_steps")
        related = self.replies.related(last)
        return self.replies.plain(ReplyKind.CLARIFY, (Paragraph(text),), suggestions=related), []
