"""What is searched for a message: all of it, and each of its questions by itself."""

import re
from dataclasses import dataclass, replace

from bot.country_reader import CountryReader, CountryReading
from bot.denied import DeniedClauses
from bot.lexicon import Lexicon, is_content
from bot.questions import LONGEST_PLAIN, QuestionReader
from bot.unnamed import unnamed
from bot.vehicle_reader import VehicleReader, VehicleReading
from bot.words import PhraseTable, Word, split_words
from index.features import Cues
from index.retriever import Query
from kb.model import Language

# So many words may stand before a question in its sentence: "Hello, where …".
MOST_BEFORE = 2
_SENTENCE_BEFORE = re.compile(r".*[.!?…:;\n]", re.DOTALL)
# A message with so many words around its one question is also searched without them.
LEAST_AROUND = 3
# Content words of a message whose names are replaced; with fewer, as in "and in my wife's Macan?", the name is what it
# says.
FEWEST_UNNAMED = 2


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a message, to be searched by itself.

    Of several questions, and in a story, each has the cues of its own words, else that of the message. `refers`: it has
    a word like "it"; `content`: how many words ask, besides question words; `stands_alone`: it is a sentence, or a
    clause behind "and", not part of what is told, and has a question mark if any question of the message has one;
    `joins`: it opens with a word like "and".
    """

    query: Query
    refers: bool
    content: int
    stands_alone: bool
    joins: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A text with the cars and countries that it names."""

    text: str
    words: tuple[Word, ...]
    vehicles: VehicleReading
    countries: CountryReading


class QueryReader:
    """Makes queries of messages."""

    def __init__(
        self, lexicon: Lexicon, vehicles: VehicleReader, countries: CountryReader, other_names: PhraseTable[str]
    ) -> None:
        self._fillers = lexicon.fillers
        self._vehicles = vehicles
        self._countries = countries
        self._other_names = other_names
        self._questions = QuestionReader(lexicon)
        self._denied = DeniedClauses(lexicon)
        self._refers = {language: lexicon.part("refers", language) for language in Language}
        self._determiners = frozenset(lexicon.phrases("determiners"))
        self._question_words = frozenset(lexicon.phrases("question_words"))
        self._joining = frozenset(lexicon.phrases("leans"))
        self._car = {language: lexicon.of_language("car_noun", language)[0] for language in Language}

    def query(self, message: Named, language: Language) -> Query:
        """The message without what it denies, and what it mentions."""
        asked = self._denied.without(message.text)
        row = message if asked == message.text else self._named(asked)
        names = row.vehicles.words | row.countries.words
        says_enough = len(self.content(row.words, names)) >= FEWEST_UNNAMED
        return Query(asked, self._cues(message), self._unnamed(row, language) if says_enough else None)

    def questions(self, query: Query, language: Language) -> tuple[AskedQuestion, ...]:
        """The questions of a message, of which `query` is all; none where it is one plain question."""
        questions = self._questions.read(query.text)
        size = len(split_words(query.text))
        if len(questions) == 1 and size - len(split_words(questions[0])) < LEAST_AROUND:
            return ()
        cues = query.cues if len(questions) == 1 and size <= LONGEST_PLAIN else None
        found = [self._question(query.text, row, language, cues) for row in questions]
        # Whoever marks one question marks all: "what I don't know are the services. Will they stay?" asks once.
        marks = "?" in query.text
        return tuple(
            replace(one, stands_alone=one.stands_alone and (row.endswith("?") or not marks))
            for row, one in zip(questions, found, strict=True)
        )

    def content(self, words: tuple[Word, ...], silent: frozenset[int]) -> tuple[Word, ...]:
        """The words that are neither fillers nor at the places of names."""
        return tuple(
            word for place, word in enumerate(words) if place not in silent and is_content(word, self._fillers)
        )

    def _question(self, message: str, text: str, language: Language, cues: Cues | None) -> AskedQuestion:
        row = self._named(text)
        content = self.content(row.words, row.vehicles.words | row.countries.words)
        return AskedQuestion(
            Query(text, cues or self._cues(row), self._unnamed(row, language)),
            refers=self._has_reference(row.words, language),
            content=sum(word.folded not in self._question_words for word in content),
            stands_alone=self._stands_alone(message, text),
            joins=self._joins(text),
        )

    def _stands_alone(self, message: str, question: str) -> bool:
        before = message[: message.find(question.rstrip("?"))].rstrip()
        told = split_words(_SENTENCE_BEFORE.sub("", before))
        return len(told) <= MOST_BEFORE or self._joins(question)

    def _joins(self, question: str) -> bool:
        return question.split()[0].casefold() in self._joining

    def _has_reference(self, words: tuple[Word, ...], language: Language) -> bool:
        """Whether a word like "it" stands for something that was said; "this" in "this subscription" does not."""
        places = [row.first for row in self._refers[language].find(words)]
        return any(
            words[place].folded not in self._determiners or not self.content(words[place + 1 : place + 2], frozenset())
            for place in places
        )

    def _named(self, text: str) -> Named:
        words = split_words(text)
        return Named(text, words, self._vehicles.read(text, words), self._countries.read(text, words))

    def _unnamed(self, row: Named, language: Language) -> str | None:
        return unnamed(row.text, row.words, row.vehicles.words, self._car[language])

    def _cues(self, row: Named) -> Cues:
        return Cues(
            vehicle=bool(row.vehicles.cars or row.vehicles.loose_year),
            country=bool(row.countries.named or row.countries.unsure),
            other_name=bool(self._other_names.find(row.words)),
        )
