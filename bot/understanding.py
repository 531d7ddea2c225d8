"""What a message says, before anything is searched: words, cars, countries, small talk, language."""

from dataclasses import dataclass

from bot.country_reader import CountryReader, CountryReading
from bot.language import LanguageReader, LanguageReading
from bot.lexicon import Lexicon, load_lexicon
from bot.small_talk import SmallTalk, SmallTalkReader
from bot.vehicle_reader import VehicleReader, VehicleReading
from bot.words import Word, split_words
from index.features import Cues
from index.retriever import Query
from index.text import fold, words
from kb.knowledge_base import KnowledgeBase
from kb.model import Language


@dataclass(frozen=True, slots=True)
class Understanding:
    """A message, read. `content` are the words that are neither mentions nor fillers."""

    text: str
    words: tuple[Word, ...]
    vehicles: VehicleReading
    countries: CountryReading
    small_talk: SmallTalk
    language: LanguageReading
    content: tuple[Word, ...]
    unknown: bool
    contact_words: bool
    phone_words: bool
    other_car: bool

    @property
    def query(self) -> Query:
        """What is searched: the message without its cars, years and countries."""
        left_out = self.vehicles.words | self.countries.words
        kept = self._text_without(left_out)
        cues = Cues(
            vehicle=bool(self.vehicles.cars or self.vehicles.loose_year), country=bool(self.countries.named)
        )
        return Query(kept if kept.strip() else self.text, cues)

    def _text_without(self, places: frozenset[int]) -> str:
        text, start = "", 0
        for place, word in enumerate(self.words):
            if place in places:
                text += self.text[start : word.start]
                start = word.end
        return " ".join((text + self.text[start:]).split())


class Reader:
    """Reads messages for one knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        lexicon = load_lexicon()
        self._lexicon = lexicon
        self._vehicles = VehicleReader(base.vehicles, lexicon, _known_words(base))
        self._countries = CountryReader(base, lexicon)
        self._small_talk = SmallTalkReader(lexicon)
        self._language = LanguageReader(base)
        self._contact = lexicon.table("contact_words")
        self._phone = lexicon.table("phone")
        self._other_car = lexicon.table("other_car")

    def read(self, text: str) -> Understanding:
        """The message, read."""
        words = split_words(text)
        vehicles = self._vehicles.read(text, words)
        countries = self._countries.read(text, words)
        mentions = vehicles.words | countries.words
        rest = tuple(word for place, word in enumerate(words) if place not in mentions)
        unknown = {place for found in self._lexicon.unknown.find(rest) for place in range(found.first, found.end)}
        wish = self._small_talk.wish_words(rest)
        content = tuple(
            word
            for place, word in enumerate(rest)
            if place not in unknown and place not in wish and word.folded not in self._lexicon.fillers
        )
        return Understanding(
            text=text,
            words=words,
            vehicles=vehicles,
            countries=countries,
            small_talk=self._small_talk.read(words),
            language=self._language.read(text, tuple(word for word in rest if not word.folded.isdigit())),
            content=content,
            unknown=bool(unknown),
            contact_words=bool(self._contact.find(words)),
            phone_words=bool(self._phone.find(words)),
            other_car=bool(self._other_car.find(words)),
        )


def _known_words(base: KnowledgeBase) -> frozenset[str]:
    """Folded words of the content: never taken for a misspelt name of a car."""
    texts = [
        text
        for entry in base.entries
        for language in Language
        for text in (entry.question.text(language), *entry.alternates.texts(language))
    ]
    texts += [text for subject in base.out_of_scope for text in (*subject.cs, *subject.en)]
    texts += [form for forms in base.countries.values() for form in (*forms.cs, *forms.en)]
    return frozenset(word for text in texts for word in words(fold(text)))
