"""The decision of a turn: what kind of reply, and which events it leaves behind."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.asked_entries import AskedEntries, AskedFor
from bot.blocks import Block, Note, Paragraph
from bot.contact_turn import ContactTurn
from bot.country_alone import CountryAlone
from bot.entry_turn import EntryTurn
from bot.follow_up import FollowUps
from bot.joined import joined
from bot.leaning import is_near
from bot.menus import Menus
from bot.personal import PersonalKind
from bot.replies import Outcome, Replies, country_set
from bot.reply import Known, Reply, ReplyKind
from bot.slots import country_events, vehicle_events
from bot.small_talk import Intent
from bot.small_talk_turn import SmallTalkTurn
from bot.state import Asked, DialogueState, VehicleSet
from bot.understanding import Understanding
from index.retriever import Candidate
from kb.knowledge_base import CONTACT_ENTRY, KnowledgeBase

# Content words.
LONGEST_REMARK = 3
LONGEST_PLACE = 2
# While the car is asked for, what says nothing of it may be longer: "we leave in 14 days, it is urgent".
LONGEST_ASIDE = 4
# A message that answers what was asked back is an answer, unless it is found with more than this.
SURE_OF_NEW = 0.85
# "And in the app?" asks what was asked before, unless it is found by itself with more than this.
SURE_OF_CIRCUMSTANCE = 0.9


@dataclass(frozen=True, slots=True)
class Turn:
    """One message being answered, in one language."""

    replies: Replies
    read: Understanding
    follow_ups: FollowUps
    menus: Menus

    @property
    def base(self) -> KnowledgeBase:
        """The knowledge base that answers."""
        return self.replies.index.base

    @property
    def entries(self) -> EntryTurn:
        """Answers with entries."""
        return EntryTurn(self.replies, self.read)

    @property
    def contacts(self) -> ContactTurn:
        """Answers with contacts."""
        return ContactTurn(self.replies, self.read)

    def known(self, state: DialogueState) -> Known:
        """What the reply tells of the state."""
        return Known(
            contact=self.replies.composer.contact_card(state.country),
            vehicle=self.replies.clarifier.known(state.vehicle),
            country=state.country,
        )

    def take(self, state: DialogueState) -> Outcome:
        """The reply, and the events of the turn."""
        reply, events = self._take(state)
        return self._framed(reply), events

    def _framed(self, reply: Reply) -> Reply:
        """The reply with what comes first in an emergency or of a card number, and what is said about personal data."""
        return replace(reply, blocks=(*self._before(), *reply.blocks, *self._behind()))

    def _before(self) -> Iterator[Block]:
        if self.read.emergency:
            yield Paragraph(self.replies.composer.phrases("emergency"))
        if PersonalKind.CARD in self.read.personal:
            yield Paragraph(self.replies.composer.phrases("card_told"))

    def _behind(self) -> Iterator[Block]:
        if PersonalKind.OTHER in self.read.personal:
            yield Note(self.replies.composer.phrases("personal_told"))

    def _take(self, state: DialogueState) -> Outcome:
        small_talk = self.read.small_talk
        is_handoff = small_talk.intent is Intent.HANDOFF
        talk = SmallTalkTurn(self.replies, self.entries, self.contacts)
        if small_talk.intent and not is_handoff:
            outcome = talk.reply(state, small_talk.intent)
            if outcome:
                return outcome
        if self._says_nothing() and state.pending_asked is not Asked.VEHICLE:
            return self.replies.phrase(ReplyKind.NO_ANSWER, "empty")
        if small_talk.wish_alone and small_talk.intent is None:
            return talk.language_switched(state)
        events = [*vehicle_events(self.read, state, self.base.vehicles), *country_events(self.read, state)]
        after = state.replay(events)
        names_car = any(isinstance(event, VehicleSet) for event in events)
        reply, more = self.contacts.handoff(after) if is_handoff else self._answer(after, names_car=names_car)
        return reply, [*events, *more]

    def _says_nothing(self) -> bool:
        """Whether there are only signs and numbers, and neither a car nor a country among them."""
        letters = any(sign.isalpha() for word in self.read.words for sign in word.folded)
        return not letters and not self.read.vehicles.words and not self.read.countries.named

    # ---- what is answered

    def _answer(self, state: DialogueState, *, names_car: bool) -> Outcome:
        outcome = self._without_search(state, names_car)
        if outcome:
            return outcome
        found = AskedEntries(self.replies.index.retriever, self.read).find()
        outcome = self._untold(state, found, names_car)
        if outcome:
            return outcome
        if found.unanswered:
            return self.replies.with_unanswered(self._answer_each(state, found.entries), len(self.read.questions))
        if len(found.entries) > 1:
            return self._answer_each(state, found.entries)
        if self.contacts.is_asked_for(found.result):
            return self.contacts.reply(state, found.result.candidates[0].confidence)
        outcome = self._answer_besides(state, names_car, found)
        if outcome:
            return outcome
        followed = self.follow_ups.after_told(state.told, self.read, found.result) or self._followed(state, found)
        if found.entries and (followed or not self._is_of_another(state, found)):
            return self._found(state, followed or found.entries[0], found)
        outcome = self._answer_in_other_words(state, names_car)
        if outcome:
            return outcome
        last, language = self.entries.last(state), self.replies.composer.language
        followed = followed or self.follow_ups.plain.find(self.read, language, last, has_car=state.vehicle is not None)
        if followed:
            return self._found(state, followed, found)
        return self._without_answer(state, found, names_car=names_car)

    def _without_answer(self, state: DialogueState, found: AskedFor, *, names_car: bool) -> Outcome:
        """That a car is noted, where no more is told, or that there is no answer."""
        told = self.follow_ups.told(self.read, self.replies.composer.language)
        if names_car and state.vehicle and self.read.tells_car:
            return self.replies.vehicles_noted(state.cars, told)
        return self.replies.no_answer(state, found.result, other_language=self.read.language.other, told=told)

    def _untold(self, state: DialogueState, found: AskedFor, names_car: bool) -> Outcome | None:
        """The reply to one who does not tell the country or the car that is asked for, and asks nothing else."""
        if state.pending_asked is Asked.COUNTRY:
            refuses = self.read.refuses and not self.read.countries.named
            is_all = {candidate.entry_id for candidate in found.entries} <= {CONTACT_ENTRY}
            return self.contacts.refused() if refuses and is_all else None
        is_aside = not found.entries and len(self.read.content) <= LONGEST_ASIDE and not self.read.asks_surely
        return self.entries.without_car(state) if is_aside and not names_car else None

    def _without_search(self, state: DialogueState, names_car: bool) -> Outcome | None:
        """What a message says of the last reply or question back, where nothing has to be searched."""
        is_forgotten = bool(self.read.matter) and state.pending_entry is None
        if not self.read.content and not is_forgotten:
            outcome = self._answer_to_question(state, names_car) or self._without_question(state, names_car)
            if outcome:
                return outcome
        return self._same_again(state, names_car) or self._menu_named(state)

    def _answer_besides(self, state: DialogueState, names_car: bool, found: AskedFor) -> Outcome | None:
        """The answer to the question back in a message whose words resemble another question."""
        is_new = not found.entries or found.entries[0].confidence >= SURE_OF_NEW
        if is_new or self.read.asks:
            return None
        # A VIN or a telephone number answers what was asked back, though not in the way that was meant.
        is_number = bool(self.read.personal) and len(self.read.content) <= LONGEST_PLACE
        if is_number and state.pending_asked is Asked.VEHICLE and not names_car:
            return self.entries.waiting(state)
        return self._answer_to_question(state, names_car)

    def _found(self, state: DialogueState, candidate: Candidate, found: AskedFor) -> Outcome:
        if candidate.entry_id == CONTACT_ENTRY:
            return self.contacts.reply(state, candidate.confidence)
        suggestions = self.replies.suggestions(candidate.entry_id, found.result)
        unknown = self.read.unknown_car
        confidence = candidate.confidence
        return self.entries.reply(state, candidate.entry_id, confidence, unknown=unknown, suggestions=suggestions)

    def _answer_each(self, state: DialogueState, candidates: tuple[Candidate, ...]) -> Outcome:
        rows = []
        for candidate in candidates:
            entry = self.base.entry_of[candidate.entry_id]
            if entry.id == CONTACT_ENTRY:
                rows.append((entry, self.contacts.reply(state, candidate.confidence)))
            else:
                unknown = self.read.unknown_car
                rows.append((entry, self.entries.reply(state, entry.id, candidate.confidence, unknown=unknown)))
        return joined(rows, self.replies.composer.language) if len(rows) > 1 else rows[0][1]

    def _followed(self, state: DialogueState, found: AskedFor) -> Candidate | None:
        """The entry that the message asks for after the one that the conversation is about."""
        last = self.entries.last(state)
        if last is None:
            return None
        return self.follow_ups.find(last, self.read, found.result, self.replies.composer.language)

    def _same_again(self, state: DialogueState, names_car: bool) -> Outcome | None:
        """The last entry for another car: "the next customer, Macan 2016, the same"."""
        last = self.entries.last(state)
        if last is None or last.id == CONTACT_ENTRY or not (self.read.same_again and names_car):
            return None
        return self.entries.reply(state, last.id, state.last_confidence)

    def _menu_named(self, state: DialogueState) -> Outcome | None:
        """Of several variants the one whose menu the customer has: "mine says PHONE"."""
        last = self.entries.last(state)
        is_told = not self.read.asks_surely and not self.read.vehicles.words
        if last is None or not last.procedure or not is_told:
            return None
        possible = self.entries.possible(state, last)
        variant = self.menus.one_of(last, possible, self.read) if len(possible) > 1 else None
        confidence = state.pending_confidence if state.pending_asked is Asked.VEHICLE else state.last_confidence
        return self.entries.chosen(state, last, variant, confidence) if variant else None

    def _is_of_another(self, state: DialogueState, found: AskedFor) -> bool:
        """Whether "and in the workshop?" or "and can I delete it?", which the last entry does not know, hardly names
        what was found.
        """
        last, best = self.entries.last(state), found.entries[0]
        if last is None:
            return False
        is_unsure = best.confidence < SURE_OF_CIRCUMSTANCE
        if self.read.about_it:
            return is_unsure and not is_near(last, self.base.entry_of[best.entry_id])
        if last.id == CONTACT_ENTRY:
            return False
        return (self.read.circumstance and is_unsure) or (bool(self.read.placed) and best.entry_id != last.id)

    def _answer_to_question(self, state: DialogueState, names_car: bool) -> Outcome | None:
        """The entry that waits, where the message says what it waits for, or that the customer does not know."""
        pending = state.pending_entry
        if pending is None:
            return None
        if state.pending_asked is Asked.VEHICLE:
            if names_car or self.read.unknown:
                return self.entries.waiting(state, unknown=self.read.unknown)
            return None
        if self.read.countries.named:
            return self._country_answered(state, pending)
        return self.contacts.reply(state, state.pending_confidence) if self.read.unknown else None

    def _country_answered(self, state: DialogueState, pending: str) -> Outcome:
        """The answer to "which country are you in?"."""
        named = self.read.countries.meant
        if pending == CONTACT_ENTRY or len(named) > 1:
            return self.contacts.reply(state, state.pending_confidence)
        events = country_set(named, stated=True)
        reply, more = self.entries.reply(state.replay(events), pending, state.pending_confidence)
        return reply, [*events, *more]

    def _without_question(self, state: DialogueState, names_car: bool) -> Outcome | None:
        """A message of mentions and fillers with nothing open: a follow-up, or a car or country alone."""
        if self.read.countries.named:
            alone = CountryAlone(self.replies, self.read, self.entries, self.contacts)
            outcome = alone.reply(state, names_car=names_car)
            if outcome:
                return outcome
        last = self.base.entry_of.get(state.last_entry or "")
        if names_car and last and last.variants:
            return self.entries.reply(state, last.id, state.last_confidence)
        if names_car and state.vehicle:
            return self.replies.vehicles_noted(state.cars)
        if self.read.unknown:
            return self.replies.unsure(self.entries.last(state))
        if state.pending_entry and state.pending_asked is Asked.VEHICLE:
            return self.entries.without_car(state) or self.entries.waiting(state)
        return None

    def _answer_in_other_words(self, state: DialogueState, names_car: bool) -> Outcome | None:
        """The entry that waits, or the last one, where the words besides the car or country ask nothing else."""
        if not self.read.asks:
            outcome = self._answer_to_question(state, names_car)
            if outcome:
                return outcome
        last = self.base.entry_of.get(state.last_entry or "")
        is_short = len(self.read.content) <= LONGEST_REMARK
        if self.read.follows_up and is_short and names_car and last and last.variants:
            return self.entries.reply(state, last.id, state.last_confidence)
        # Few words that ask nothing: what was asked back is asked once more.
        is_remark = len(self.read.content) <= LONGEST_ASIDE and not self.read.asks_surely
        if state.pending_entry and state.pending_asked is Asked.VEHICLE and is_remark:
            return self.entries.waiting(state)
        is_place = len(self.read.content) <= LONGEST_PLACE and not self.read.asks and not self.read.about_it
        if state.pending_entry == CONTACT_ENTRY and is_place and not self.read.language.other:
            return self.contacts.reply(state, state.pending_confidence)
        return None
