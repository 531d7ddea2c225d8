"""What a message says, before anything is searched: words, cars, countries, small talk, language."""

from dataclasses import dataclass, replace

from bot.country_reader import CountryReading
from bot.language import LanguageReading
from bot.personal import PersonalKind
from bot.queries import AskedQuestion
from bot.questions import LONGEST_PLAIN
from bot.small_talk import SmallTalk
from bot.vehicle_reader import VehicleReading
from bot.words import Word
from index.retriever import Query


@dataclass(frozen=True, slots=True)
class Understanding:
    """A message, read; personal data is blanked out of `text`.

    `content` are the words that are neither mentions nor fillers. `unknown_car`: the customer does not know the year or
    generation. `asks`: it has the form of a question; `asks_surely`: and can be no answer such as "je černý";
    `follows_up`: of one like "and what about"; `leans`: it opens with a word like "and"; `refers`: it has one like
    "it"; `detail`: it asks how many or why; `same_again`: it says "the same" and asks nothing besides;
    `reversal`: its words such as "off" and "again"; `linking`: such as "then" and "them"; `matter`: the content words
    that are neither linking nor words of a question, and "forgot"; `circumstance`: it is no more than "and in the app";
    `placed`: the words of the place where "it" is seen or done, where no more is asked: "and can I see it in the app?";
    `about_it`: one word is all that is asked, as in "and can I delete it?"; `doing`: of such words those that are done
    with anything, as "see";
    `counted`: its words such as "many"; `forgotten`: such as "forgot".
    `query`: what is searched; `questions`: of a message with several questions, or with words around its question, each
    of them. `phone_words`: it asks for a telephone; `other_car`: it is about another car than the one that was named
    before. `refuses`: the customer does not want to tell, or says no more than "no"; `no_car`: has no such car;
    `other_make`: a car of another make is named; `city_country`: the country of the city that is all that the
    message names; `tells_car`: all that is told is that somebody has or had a car;
    `first_car`: it is about the car that was named before another one: "and mine?"; `anothers`: about somebody else's.
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
    query: Query
    questions: tuple[AskedQuestion, ...] = ()
    leans: bool = False
    refers: bool = False
    detail: bool = False
    asks_surely: bool = False
    same_again: bool = False
    reversal: frozenset[str] = frozenset()
    linking: frozenset[str] = frozenset()
    matter: tuple[Word, ...] = ()
    circumstance: bool = False
    placed: frozenset[str] = frozenset()
    about_it: bool = False
    doing: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    forgotten: frozenset[str] = frozenset()
    emergency: bool = False
    refuses: bool = False
    no_car: bool = False
    other_make: bool = False
    city_country: str | None = None
    personal: frozenset[PersonalKind] = frozenset()
    tells_car: bool = False
    first_car: bool = False
    anothers: bool = False

    def of_city(self) -> "Understanding":
        """The message with its city's country in place of the city; the same where it is no city alone."""
        if self.city_country is None or self.countries.named:
            return self
        countries = replace(self.countries, named=(self.city_country,))
        return replace(self, countries=countries, content=(), language=replace(self.language, other=False))

    def query_of(self, text: str) -> Query:
        """Other words for the message, in which its own may stand, as what is searched."""
        plain = self.query.unnamed
        return replace(self.query, text=text, unnamed=plain and text.replace(self.text, plain, 1))

    @property
    def is_elliptic(self) -> bool:
        """Whether it takes what it asks from the question before it: "and what about …?", "and in the app?"."""
        return self.leans and (self.follows_up or self.circumstance)

    @property
    def is_story(self) -> bool:
        """Whether it is so long that it tells more than it asks."""
        return len(self.words) > LONGEST_PLAIN
