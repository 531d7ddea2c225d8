"""What a message says, before anything is searched: words, cars, countries, small talk, language."""

from dataclasses import dataclass, replace

from bot.country_names import country_words
from bot.country_reader import CountryReader, CountryReading
from bot.emergency import EmergencyReader
from bot.language import LanguageReader, LanguageReading
from bot.lexicon import Lexicon, is_content, load_lexicon
from bot.personal import Blanked, PersonalKind, blank_personal
from bot.questions import LONGEST_PLAIN, QuestionReader
from bot.small_talk import SmallTalk, SmallTalkReader
from bot.vehicle_reader import VehicleReader, VehicleReading
from bot.words import Found, PhraseTable, Word, split_words
from index.features import Cues
from index.retriever import Query
from index.text import fold, words
from kb.knowledge_base import KnowledgeBase
from kb.model import Language


@dataclass(frozen=True, slots=True)
class Understanding:
    """A message, read; personal data is blanked out of `text`.

    `content` are the words that are neither mentions nor fillers. `unknown_car`: the customer does not know the year or
    generation. `asks`: it has the form of a question; `follows_up`:
    of one like "and what about"; `leans`: it opens with a word like "and"; `refers`: it has one like "it"; `detail`: it
    asks how many or why; `reversal`: its words such as "off" and "again"; `linking`: such as "then" and "them".
    `questions`: of a story, or of a message with several questions, each of them. `phone_words`: it asks for a
    telephone; `other_car`: it is about another car than the one that was named before.
    """

    text: str
    words: tuple[Word, ...]
    vehicles: VehicleReading
    countries: CountryReading
    small_talk: SmallTalk
    language: LanguageReading
    content: tuple[Word, ...]
    unknown: bool
    unknown_car: bool
    asks: bool
    follows_up: bool
    contact_words: bool
    phone_words: bool
    other_car: bool
    other_name: bool
    questions: tuple[Query, ...] = ()
    leans: bool = False
    refers: bool = False
    detail: bool = False
    reversal: frozenset[str] = frozenset()
    linking: frozenset[str] = frozenset()
    emergency: bool = False
    personal: frozenset[PersonalKind] = frozenset()

    @property
    def query(self) -> Query:
        """What is searched, and what the message mentions besides."""
        return self.query_of(self.text)

    def query_of(self, text: str) -> Query:
        """Other words for the message as what is searched."""
        return Query(text, _cues(self.vehicles, self.countries, other_name=self.other_name))

    @property
    def is_story(self) -> bool:
        """Whether it is so long that it tells more than it asks."""
        return len(self.words) > LONGEST_PLAIN


class Reader:
    """Reads messages for one knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        lexicon = load_lexicon()
        known = known_words(base, lexicon)
        self._lexicon = lexicon
        self._vehicles = VehicleReader(base.vehicles, lexicon, known)
        self._countries = CountryReader(base, lexicon, known)
        self._small_talk = SmallTalkReader(lexicon)
        self._language = LanguageReader(base, lexicon)
        self._emergency = EmergencyReader(lexicon)
        self._questions = QuestionReader(lexicon)
        self._addresses = frozenset(contact.email.casefold() for contact in base.contacts)
        self._other_names = PhraseTable((name, name) for name in base.other_names)
        self._question_words = frozenset(lexicon.phrases("question_words"))
        self._question_openers = frozenset(lexicon.phrases("question_openers"))
        self._tables = {
            name: lexicon.table(name)
            for name in (
                "contact_words",
                "phone",
                "other_car",
                "follow_up",
                "unknown",
                "unknown_car",
                "leans",
                "refers",
                "detail",
                "reversal",
                "linking",
            )
        }

    def without_personal(self, text: str) -> Blanked:
        """The message without personal data; the knowledge base's own addresses stay."""
        return blank_personal(text, self._addresses)

    def read(self, text: str) -> Understanding:
        """The message, read."""
        blanked = self.without_personal(text)
        words = split_words(blanked.text)
        countries = self._countries.read(blanked.text, words)
        if blanked.kinds and not countries.named:  # the own number or address may tell the country
            countries = self._with_signs(countries, text, words)
        text = blanked.text
        vehicles = self._vehicles.read(text, words)
        small_talk = self._small_talk.read(words)
        mentions = vehicles.words | countries.words
        found = {name: table.find(words) for name, table in self._tables.items()}
        unknown = {place for row in found["unknown"] for place in range(row.first, row.end)}
        silent = mentions | vehicles.narrowing_words | unknown | countries.sign_words
        return Understanding(
            text=text,
            words=words,
            vehicles=vehicles,
            countries=countries,
            small_talk=small_talk,
            language=self._language.read(text, words, mentions),
            content=tuple(
                word
                for place, word in enumerate(words)
                if place not in silent and is_content(word, self._lexicon.fillers)
            ),
            unknown=bool(unknown),
            unknown_car=bool(found["unknown_car"]),
            asks="?" in text or (not unknown and not vehicles.pointing and self._asks(words)),
            follows_up=any(row.first == 0 for row in found["follow_up"]),
            contact_words=bool(found["contact_words"]),
            phone_words=bool(found["phone"]),
            other_name=bool(self._other_names.find(words)),
            other_car=any(not _overlap(row, vehicles.narrowing_words) for row in found["other_car"]),
            questions=self._parts(text, is_story=len(words) > LONGEST_PLAIN),
            leans=any(row.first == 0 for row in found["leans"]),
            refers=bool(found["refers"]),
            detail=bool(found["detail"]),
            reversal=frozenset(row.value for row in found["reversal"]),
            linking=frozenset(row.value for row in found["linking"]),
            emergency=self._emergency.is_told(words, vehicles.words),
            personal=blanked.kinds,
        )

    def _parts(self, text: str, *, is_story: bool) -> tuple[Query, ...]:
        """The questions of a message, each with what it mentions itself; none where it is one plain question."""
        questions = self._questions.read(text)
        if len(questions) < 2 and not is_story:
            return ()
        return tuple(self._part(question) for question in questions)

    def _part(self, text: str) -> Query:
        words = split_words(text)
        vehicles, countries = self._vehicles.read(text, words), self._countries.read(text, words)
        return Query(text, _cues(vehicles, countries, other_name=bool(self._other_names.find(words))))

    def _with_signs(self, countries: CountryReading, typed: str, words: tuple[Word, ...]) -> CountryReading:
        """The reading with the countries of what was blanked out; places are those of the words that are left."""
        typed_words = split_words(typed)
        reading = self._countries.read(typed, typed_words)
        starts = {typed_words[place].start for place in reading.sign_words}
        left = frozenset(place for place, word in enumerate(words) if word.start in starts)
        return replace(countries, named=reading.named, sign_words=left)

    def _asks(self, words: tuple[Word, ...]) -> bool:
        first = words[:1]
        return any(word.folded in self._question_words for word in words) or any(
            word.folded in self._question_openers for word in first
        )


def _cues(vehicles: VehicleReading, countries: CountryReading, *, other_name: bool) -> Cues:
    vehicle = bool(vehicles.cars or vehicles.loose_year)
    return Cues(vehicle, country=bool(countries.named), other_name=other_name)


def _overlap(found: Found[str], places: frozenset[int]) -> bool:
    return any(place in places for place in range(found.first, found.end))


def known_words(base: KnowledgeBase, lexicon: Lexicon) -> frozenset[str]:
    """Folded words of the content and the bot's lists: never taken for a misspelt car or a country's code."""
    texts = [
        text
        for entry in base.entries
        for language in Language
        for text in (entry.question.text(language), *entry.alternates.texts(language))
    ]
    texts += [text for subject in base.out_of_scope for text in (*subject.cs, *subject.en)]
    listed = {word for name in ("fillers", "grammar", "greeting", "thanks") for word in lexicon.single_words(name)}
    return frozenset(word for text in texts for word in words(fold(text))) | listed | country_words(base)
