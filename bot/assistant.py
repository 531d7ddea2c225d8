"""One turn: from a message and the state before it to the reply and the state after it."""

from dataclasses import dataclass, replace

from bot.clarify import Clarifier
from bot.compose import Composer
from bot.message import Message
from bot.phrases import load_phrases
from bot.replies import Replies
from bot.reply import Reply
from bot.slots import fields_events
from bot.state import DialogueState, LanguageSet
from bot.turn import Turn
from bot.understanding import Reader, Understanding
from index.store import SearchIndex
from kb.model import Language

DEFAULT_LANGUAGE = Language.CS


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers messages from one knowledge base. `reply` reads no clock and stores nothing."""

    index: SearchIndex
    reader: Reader
    composers: dict[Language, Composer]
    clarifiers: dict[Language, Clarifier]

    @classmethod
    def of(cls, index: SearchIndex) -> "Assistant":
        """The assistant of an open index."""
        phrases = load_phrases()
        base = index.base
        return cls(
            index,
            Reader(base),
            {language: Composer(base, phrases[language], language) for language in Language},
            {language: Clarifier(base.vehicles, phrases[language], language) for language in Language},
        )

    def reply(self, message: Message, state: DialogueState) -> tuple[Reply, DialogueState]:
        """The reply to the message, and the state after the turn."""
        read = self.reader.read(message.text)
        state = state.replay(fields_events(message, self.index.base.vehicles))
        state = state.apply(choose_language(message, read, state))
        language = state.language or DEFAULT_LANGUAGE
        turn = Turn(Replies(self.index, self.composers[language], self.clarifiers[language]), read)
        reply, events = turn.take(state)
        after = state.replay(events)
        return replace(reply, **turn.known(after)), after


def choose_language(message: Message, read: Understanding, state: DialogueState) -> LanguageSet:
    """The language of the turn: the wish, the page's field, the words, the conversation, the page."""
    wish = read.small_talk.wish
    if wish:
        return LanguageSet(wish, wished=True)
    if message.language:
        return LanguageSet(message.language)
    if state.language_wished and state.language:
        return LanguageSet(state.language)
    if read.language.other:
        return LanguageSet(state.language or message.page_language or Language.EN)
    said = read.language.language
    if state.language and not read.language.certain:
        said = state.language
    leaning = read.countries.language or message.page_language or read.language.leaning
    return LanguageSet(said or leaning or DEFAULT_LANGUAGE)
