"""What a message says besides a question: greetings, thanks, complaints, a wish for a person or a language."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile

from bot.lexicon import Lexicon
from bot.words import Found, PhraseTable, Word, Words
from kb.model import Language


class Intent(StrEnum):
    """What the customer does, where it is no question to the knowledge base."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    IDENTITY = "identity"
    CAPABILITIES = "capabilities"
    HANDOFF = "handoff"
    FORGET_CAR = "forget_car"
    START_OVER = "start_over"
    INSULT = "insult"
    TAMPERING = "tampering"
    NOT_HELPED = "not_helped"
    WHAT_NEXT = "what_next"
    ACKNOWLEDGED = "acknowledged"
    NEVER_MIND = "never_mind"
    PRESENT = "present"
    HOW_ARE_YOU = "how_are_you"
    REPEAT = "repeat"
    NOT_UNDERSTOOD = "not_understood"
    WHY_ASKED = "why_asked"
    WHERE_FOUND = "where_found"
    WHO_HELPS = "who_helps"


# Said in passing, these are an intent only where nothing else is said; the list of words that may be said
# besides has the name of the first, and the words that must be have "_core" behind it.
_POLITE = {
    "thanks": Intent.THANKS,
    "goodbye": Intent.GOODBYE,
    "greeting": Intent.GREETING,
    "help": Intent.CAPABILITIES,
    "not_helped": Intent.NOT_HELPED,
    "what_next": Intent.WHAT_NEXT,
    "acknowledged": Intent.ACKNOWLEDGED,
    "never_mind": Intent.NEVER_MIND,
    "person": Intent.HANDOFF,
    "repeat": Intent.REPEAT,
    "not_understood": Intent.NOT_UNDERSTOOD,
    "why_asked": Intent.WHY_ASKED,
    "where_found": Intent.WHERE_FOUND,
    "who_helps": Intent.WHO_HELPS,
}
# These are told by a phrase, whatever stands around it.
_TELLING = (Intent.HANDOFF, Intent.IDENTITY, Intent.CAPABILITIES)
# These are told by a phrase with next to nothing around it.
_TELLING_ALONE = (Intent.FORGET_CAR, Intent.START_OVER, Intent.INSULT)
# And these with nothing around it, since "how are they …?" goes on to a question.
_ALL_THAT_IS_SAID = (Intent.PRESENT, Intent.HOW_ARE_YOU)

# A longer message that mentions a person or a robot is a story; a question who answers is short.
LONGEST_WISH = 25
LONGEST_IDENTITY = 14
MOST_BESIDES = 2
# "Speak to one of your agents": so many words at most stand between the verb and the person.
BETWEEN_VERB_AND_PERSON = 4
# Words of a person's name.
LONGEST_NAME = 2
_REPEATED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """The intent (None: a question, or nothing known), and the language that the customer wishes for.

    `wish_alone`: nothing but the wish was said.
    """

    intent: Intent | None
    wish: Language | None
    wish_alone: bool = False

    def without_wish(self) -> "SmallTalk":
        """The same where a language that is all that is named is no wish to be answered in it."""
        return replace(self, wish=None, wish_alone=False) if self.wish_alone else self


class SmallTalkReader:
    """Finds intents by the phrases of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._telling = {intent: lexicon.table(intent.value) for intent in _TELLING}
        self._telling_alone = {intent: lexicon.table(intent.value) for intent in _TELLING_ALONE}
        self._said = {intent: lexicon.table(intent.value) for intent in _ALL_THAT_IS_SAID}
        # "What do you do with my data?" is about the customer's own things.
        self._capabilities_own = lexicon.table("capabilities_own")
        self._tampering = lexicon.table(Intent.TAMPERING.value)
        self._tampering_opening = lexicon.table("tampering_opening")
        self._handoff_verbs = lexicon.table("handoff_verbs")
        self._handoff_persons = lexicon.table("handoff_persons")
        self._particles = frozenset(lexicon.phrases("particles"))
        self._signs = [(lexicon.of_language("signs", name), Intent(name)) for name in lexicon.keys("signs")]
        self._cores = {name: _squeezed(lexicon.phrases(f"{name}_core")) for name in _POLITE}
        self._polite = {name: frozenset(map(_squeeze, lexicon.single_words(name))) for name in _POLITE}
        self._introduction = lexicon.table("introduction")
        self._address = lexicon.table("identity_address")
        self._nature = lexicon.table("identity_nature")
        self._wanting = lexicon.table("wanting")
        self._wishes = _by_language(lexicon, "wish_language")
        self._told_wishes = _by_language(lexicon, "wish_told")
        self._around_wish = frozenset(lexicon.phrases("wish_around")) | lexicon.fillers
        self._fillers = lexicon.fillers

    def read(self, text: str, words: tuple[Word, ...]) -> SmallTalk:
        """The intent and the wish of a message."""
        intent = self._intent(words) if words else self._of_signs(text)
        told = self._told_wishes.find(words)
        wishes = [*told, *self._wishes.find(words)]
        spoken = {place for found in wishes for place in range(found.first, found.end)}
        rest = [word for place, word in enumerate(words) if place not in spoken]
        alone = bool(wishes) and all(word.folded in self._around_wish for word in rest)
        if not told and not alone:
            return SmallTalk(intent, None)
        return SmallTalk(intent, wishes[0].value, wish_alone=alone)

    def _intent(self, words: tuple[Word, ...]) -> Intent | None:
        unnamed = self._without_names(words)
        squeezed = Words([Word(_squeeze(word.folded), word.typed, word.start, word.end) for word in unnamed])
        if self._is_all(words, self._telling_alone[Intent.INSULT]):  # "thanks for nothing"
            return Intent.INSULT
        for name, intent in _POLITE.items():
            if self._cores[name].find(squeezed) and all(word.folded in self._polite[name] for word in squeezed):
                return intent
        if self._tampering.find(words) or any(row.first == 0 for row in self._tampering_opening.find(words)):
            return Intent.TAMPERING
        if len(words) > LONGEST_WISH:
            return None
        if self._asks_identity(words):
            return Intent.IDENTITY
        if self._wants_person(words):
            return Intent.HANDOFF
        told = self._told(words)
        plain = Words([word for word in words if word.folded not in self._particles])
        return self._told(plain) if told is None and len(plain) < len(words) else told

    def _without_names(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """The words without the name of one who introduces himself or signs: "this is Jane", "zdraví Petr"."""
        names: set[int] = set()
        for row in self._introduction.find(words):
            behind = list(takewhile(lambda word: word.typed[:1].isupper(), words[row.end : row.end + LONGEST_NAME]))
            names |= {*range(row.first, row.end + len(behind))} if behind else set()
        return tuple(word for place, word in enumerate(words) if place not in names)

    def _told(self, words: tuple[Word, ...]) -> Intent | None:
        """The intent of a phrase, where there is one."""
        for intent, table in self._telling.items():
            if table.find(words) and not (intent is Intent.CAPABILITIES and self._capabilities_own.find(words)):
                return intent
        for intent, table in self._said.items():
            if (found := table.find(words)) and all(
                word.folded in self._polite["greeting"] for word in self._besides(words, found)
            ):
                return intent
        return next((intent for intent, table in self._telling_alone.items() if self._is_alone(words, table)), None)

    def _of_signs(self, text: str) -> Intent | None:
        """What a message of pictures alone says, such as a thumb up; the first of them counts."""
        return next((intent for sign in text for signs, intent in self._signs if sign in signs), None)

    def _wants_person(self, words: tuple[Word, ...]) -> bool:
        """Whether a verb such as "talk" stands near a person, in either order: "is there anyone I can talk to?"."""
        verbs, persons = self._handoff_verbs.find(words), self._handoff_persons.find(words)
        gaps = (max(verb.first - person.end, person.first - verb.end) for verb in verbs for person in persons)
        return any(0 <= gap <= BETWEEN_VERB_AND_PERSON for gap in gaps)

    def _asks_identity(self, words: tuple[Word, ...]) -> bool:
        """Whether it asks who answers ("are you a robot or a real person?"), and wishes for no person."""
        if len(words) > LONGEST_IDENTITY or self._wanting.find(words):
            return False
        addresses, natures = self._address.find(words), self._nature.find(words)
        if not any(nature.first >= address.end for address in addresses for nature in natures):
            return False
        return len(self._besides(words, [*addresses, *natures])) <= MOST_BESIDES

    def _is_all(self, words: tuple[Word, ...], table: PhraseTable[str]) -> bool:
        """Whether a phrase of the table is all that is said."""
        found = table.find(words)
        return bool(found) and not self._besides(words, found)

    def _is_alone(self, words: tuple[Word, ...], table: PhraseTable[str]) -> bool:
        """Whether a phrase of the table is said, and next to nothing else."""
        found = table.find(words)
        return bool(found) and len(self._besides(words, found)) < MOST_BESIDES

    def _besides(self, words: tuple[Word, ...], found: list[Found[str]]) -> list[Word]:
        """The words that are neither found nor fillers."""
        spoken = {place for row in found for place in range(row.first, row.end)}
        return [word for place, word in enumerate(words) if place not in spoken and word.folded not in self._fillers]


def _by_language(lexicon: Lexicon, name: str) -> PhraseTable[Language]:
    return PhraseTable((phrase, language) for language in Language for phrase in lexicon.of_language(name, language))


def _squeeze(word: str) -> str:
    """The word without repeated letters: "heyyy" is "hey"."""
    return _REPEATED.sub(r"\1", word)


def _squeezed(phrases: list[str]) -> PhraseTable[str]:
    return PhraseTable((_squeeze(phrase), phrase) for phrase in phrases)
