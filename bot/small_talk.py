"""What a message says besides a question: greetings, thanks, who are you, a wish for a person or a language."""

from dataclasses import dataclass
from enum import StrEnum

from bot.lexicon import Lexicon
from bot.words import PhraseTable, Word
from kb.model import Language


class Intent(StrEnum):
    """What the customer does, where it is no question to the knowledge base."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    IDENTITY = "identity"
    CAPABILITIES = "capabilities"
    HANDOFF = "handoff"
    START_OVER = "start_over"
    INSULT = "insult"


# Said in passing, these are an intent only where nothing else is said.
_POLITE = (Intent.THANKS, Intent.GOODBYE, Intent.GREETING)
# These are told by a phrase, whatever stands around it.
_TELLING = (Intent.HANDOFF, Intent.IDENTITY, Intent.CAPABILITIES, Intent.START_OVER)


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """The intent (None: a question, or nothing known), and the language that the customer wishes for."""

    intent: Intent | None
    wish: Language | None


class SmallTalkReader:
    """Finds intents by the phrases of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._telling = {intent: lexicon.table(intent.value) for intent in _TELLING}
        self._insult = lexicon.table(Intent.INSULT.value)
        self._cores = {intent: lexicon.table(f"{intent}_core") for intent in _POLITE}
        self._polite = {intent: _words(lexicon.phrases(intent.value)) for intent in _POLITE}
        self._wishes = PhraseTable(
            (phrase, language) for language in Language for phrase in lexicon.of_language("wish_language", language)
        )
        self._fillers = lexicon.fillers

    def read(self, words: tuple[Word, ...]) -> SmallTalk:
        """The intent and the wish of a message."""
        wishes = self._wishes.find(words)
        wish = wishes[-1].value if wishes else None
        return SmallTalk(self._intent(words), wish)

    def wish_words(self, words: tuple[Word, ...]) -> frozenset[int]:
        """The places of the words that wish for a language."""
        return frozenset(place for found in self._wishes.find(words) for place in range(found.first, found.end))

    def _intent(self, words: tuple[Word, ...]) -> Intent | None:
        for intent in _POLITE:
            if self._cores[intent].find(words) and all(word.folded in self._polite[intent] for word in words):
                return intent
        if len(words) > 25:  # a story that mentions a person or a robot is a story
            return None
        for intent, table in self._telling.items():
            if table.find(words):
                return intent
        insults = self._insult.find(words)
        spoken = {place for found in insults for place in range(found.first, found.end)}
        rest = [word for place, word in enumerate(words) if place not in spoken]
        if insults and len([word for word in rest if word.folded not in self._fillers]) <= 1:
            return Intent.INSULT
        return None


def _words(phrases: list[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in phrase.split())
