"""One turn: from a message and the state before it to the reply and the state after it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.blocks import Paragraph
from bot.choices import ChoiceReader
from bot.clarify import Clarifier
from bot.compose import Composer
from bot.entry_vocabulary import EntryVocabulary
from bot.follow_up import FollowUps
from bot.lexicon import Lexicon, load_lexicon
from bot.menus import Menus
from bot.message import Message
from bot.phrases import Phrases, load_phrases
from bot.plain_search import PlainSearch
from bot.plain_words import PlainWords
from bot.reader import Reader
from bot.replies import Replies
from bot.reply import QuickReply, Reply, ReplyKind
from bot.resolution import Ask, resolve
from bot.slots import page_told
from bot.state import Asked, DialogueState, LanguageSet
from bot.turn import Turn
from bot.understanding import Understanding
from bot.words import folded_word, typed_words
from index.store import SearchIndex
from kb.model import Language

# Of a first message that tells no language on a page that names none: the customers are mostly Czech.
DEFAULT_LANGUAGE = Language.CS
_ON_BUTTONS = ("unknown_message", "model_year_message")


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers messages from one knowledge base. `reply` reads no clock and stores nothing."""

    index: SearchIndex
    reader: Reader
    composers: dict[Language, Composer]
    clarifiers: dict[Language, Clarifier]
    buttons: re.Pattern[str]
    follow_ups: FollowUps
    choices: ChoiceReader
    menus: Menus
    languages: frozenset[str]

    @classmethod
    def of(cls, index: SearchIndex) -> "Assistant":
        """The assistant of an open index."""
        phrases, lexicon = load_phrases(), load_lexicon()
        base = index.base
        return cls(
            index,
            Reader(base, index.folder),
            {language: Composer(base, phrases[language], language) for language in Language},
            {language: Clarifier(base.vehicles, phrases[language], language) for language in Language},
            _buttons(phrases.values()),
            _follow_ups(index, lexicon),
            ChoiceReader(lexicon),
            Menus(base, lexicon),
            frozenset(lexicon.phrases("language_words")),
        )

    def reply(self, message: Message, state: DialogueState) -> tuple[Reply, DialogueState]:
        """The reply to the message, and the state after the turn."""
        state = state.apply(page_told(message, self.index.base.vehicles))
        chosen = self._chosen(message.text, state)
        read = self.reader.read(chosen.message if chosen else message.text)
        if state.pending_asked is Asked.COUNTRY:
            read = read.of_city()
        if self._is_of_languages(state) and read.leans:
            read = replace(read, small_talk=read.small_talk.without_wish())
        pressed = chosen is not None or self._is_of_no_language(message.text, read, state)
        state = state.apply(choose_language(message, read, state, pressed=pressed))
        language = state.language or DEFAULT_LANGUAGE
        replies = Replies(self.index, self.composers[language], self.clarifiers[language])
        turn = Turn(replies, read, self.follow_ups, self.menus)
        reply, events = turn.take(state)
        after = state.replay(events)
        if read.language.other and reply.kind is not ReplyKind.NO_ANSWER:  # which says it itself
            reply = replace(reply, blocks=(Paragraph(turn.replies.composer.phrases("other_language")), *reply.blocks))
        return replace(reply, **turn.known(after)), after

    def _is_of_no_language(self, text: str, read: Understanding, state: DialogueState) -> bool:
        """Whether a button's words were sent, or a menu's name, which is the same in both languages."""
        is_button = state.pending_asked is not None and self.buttons.fullmatch(text) is not None
        return is_button or self.menus.are_all(state.topic, read)

    def _is_of_languages(self, state: DialogueState) -> bool:
        """Whether the last entry is about a language, so that "and into English?" goes on with it."""
        last = self.index.base.entry_of.get(state.last_entry or "")
        texts = [last.question.text(language) for language in Language] if last else []
        return any(not self.languages.isdisjoint(map(folded_word, typed_words(text))) for text in texts)

    def _chosen(self, text: str, state: DialogueState) -> QuickReply | None:
        """The button of the question back that the message names by its number."""
        entry = self.index.base.entry_of.get(state.pending_entry or "")
        choice = self.choices.read(text) if state.pending_asked is Asked.VEHICLE and entry else None
        if choice is None or entry is None:
            return None
        asked = resolve(self.index.base.vehicles, entry, state.vehicle)
        clarifier = self.clarifiers[state.language or DEFAULT_LANGUAGE]
        return choice.of(clarifier.quick_replies(entry, asked)) if isinstance(asked, Ask) else None


def _follow_ups(index: SearchIndex, lexicon: Lexicon) -> FollowUps:
    base, retriever, car = index.base, index.retriever, _car_nouns(lexicon)
    plain = PlainSearch(base, retriever, PlainWords(lexicon, car), frozenset(lexicon.phrases("car_nouns")))
    return FollowUps(base, retriever, EntryVocabulary(base, lexicon, index.entries_having), car, plain)


def _car_nouns(lexicon: Lexicon) -> dict[Language, str]:
    return {language: lexicon.of_language("car_noun", language)[0] for language in Language}


def _buttons(phrases: Iterable[Phrases]) -> re.Pattern[str]:
    """What the buttons of all languages say in words; others say no more than a car's name."""
    messages = [re.escape(row(name, years="YEARS")) for row in phrases for name in _ON_BUTTONS]
    return re.compile("|".join(messages).replace("YEARS", r"\d{4}(-\d{4})?"))


def choose_language(
    message: Message, read: Understanding, state: DialogueState, *, pressed: bool = False
) -> LanguageSet:
    """The language of the turn: the wish, the page's field, the words, the conversation, the page, Czech.

    `pressed`: the words are those of a button, which may be one from before the language changed.
    """
    wish = read.small_talk.wish
    if wish:
        return LanguageSet(wish, wished=True)
    if message.language:
        return LanguageSet(message.language)
    if state.language_wished and state.language:
        return LanguageSet(state.language)
    if read.language.other:
        return LanguageSet(state.language or Language.EN)
    said = read.language.language
    if state.language and (pressed or not read.language.certain):
        said = state.language
    leaning = read.countries.language or message.page_language or read.language.leaning
    return LanguageSet(said or leaning or DEFAULT_LANGUAGE)
