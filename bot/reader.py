"""Reading a message, before anything is searched: one reader each for cars, countries, small talk and language."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bot.cities import CityReader
from bot.content_words import ContentWords
from bot.country_codes import spell_flags
from bot.country_reader import CountryReader, CountryReading
from bot.emergency import EmergencyReader
from bot.language import LanguageReader, LanguageReading
from bot.lexicon import is_asked_though_short, load_lexicon
from bot.personal import Blanked, blank_personal
from bot.queries import Named, QueryReader
from bot.small_talk import SmallTalkReader
from bot.told_cars import ToldCars
from bot.understanding import Understanding
from bot.vehicle_names import car_codes
from bot.vehicle_reader import VehicleReader, VehicleReading
from bot.words import Found, PhraseTable, Word, frozen, split_words
from kb.knowledge_base import KnowledgeBase
from kb.model import Language

# "and in the My Porsche app", with the preposition.
LONGEST_CIRCUMSTANCE = 5
# "in the My Porsche app", without it.
LONGEST_PLACE = 4
# So many messages last read are kept as they were understood, each of so many characters at most: texts of buttons and
# completions, and questions that many ask, come again.
REMEMBERED_MESSAGES = 2_500
LONGEST_REMEMBERED = 200

# Lists whose phrases are looked for in every message.
_OF_CARS = ("other_car", "first_car", "anothers", "unknown", "unknown_car", "refusal", "no_car", "other_makes")
_OF_TURNS = ("contact_words", "phone", "follow_up", "same_again", "detail", "reversal", "linking", "counted")


class Reader:
    """Reads messages for one knowledge base."""

    def __init__(self, base: KnowledgeBase, kept: Path | None = None) -> None:
        """`kept`: the index folder that may have the content's words, counted."""
        lexicon = load_lexicon()
        content = ContentWords.kept(kept, base, lexicon) if kept else ContentWords.of(base, lexicon)
        known = content.known
        self._remembered = lru_cache(REMEMBERED_MESSAGES)(self._read)
        self._vehicles = VehicleReader(base.vehicles, lexicon, known)
        self._countries = CountryReader(base, lexicon, known)
        self._small_talk = SmallTalkReader(lexicon)
        self._language = LanguageReader(base, lexicon, content)
        self._emergency = EmergencyReader(lexicon)
        self._cities = CityReader(lexicon)
        self._car_codes = car_codes(base.vehicles)
        self._addresses = frozenset(contact.email.casefold() for contact in base.contacts)
        other_names = PhraseTable((name, name) for name in base.other_names)
        self._queries = QueryReader(lexicon, self._vehicles, self._countries, other_names)
        self._question_words = frozenset(lexicon.phrases("question_words"))
        self._question_openers = frozenset(lexicon.phrases("question_openers"))
        self._own = {
            name: {language: lexicon.part(name, language) for language in Language} for name in ("leans", "refers")
        }
        self._courtesies = lexicon.single_words("thanks") | lexicon.single_words("acknowledged")
        self._circumstances = frozenset(lexicon.phrases("circumstances"))
        self._pronouns = frozenset(lexicon.phrases("pronouns"))
        self._no = frozenset(lexicon.phrases("plain_no"))
        self._no_thanks = self._no | lexicon.single_words("thanks")
        self._car_nouns = frozenset(lexicon.phrases("car_nouns"))
        self._doing = frozenset(lexicon.phrases("doing"))
        self._told_cars = ToldCars(lexicon)
        self._forgotten = frozenset(lexicon.of_language("families", "forgotten"))
        self._answer_openers = frozenset(lexicon.phrases("answer_openers"))
        self._same_again_around = frozenset(lexicon.phrases("same_again_around"))
        self._tables = {name: lexicon.table(name) for name in (*_OF_CARS, *_OF_TURNS)}

    def without_personal(self, text: str) -> Blanked:
        """The message without personal data; the knowledge base's own addresses stay."""
        return blank_personal(text, self._addresses, car_codes=self._car_codes)

    def read(self, text: str) -> Understanding:
        """The message, read; of a short one without personal data that was read lately it is known."""
        text = spell_flags(text)
        blanked = self.without_personal(text)
        if blanked.kinds or len(text) > LONGEST_REMEMBERED:
            return self._read(text, blanked)
        return self._remembered(text, blanked)

    def _read(self, text: str, blanked: Blanked) -> Understanding:
        words = split_words(blanked.text)
        countries = self._countries.read(blanked.text, words)
        if blanked.kinds and not countries.named:  # the own number or address may tell the country
            countries = self._with_signs(countries, text, words)
        text = blanked.text
        vehicles = self._vehicles.read(text, words)
        small_talk = self._small_talk.read(text, words)
        mentions = vehicles.words | countries.words
        found = {name: table.find(words) for name, table in self._tables.items()}
        unknown = {place for row in found["unknown"] for place in range(row.first, row.end)}
        silent = mentions | vehicles.narrowing_words | unknown | countries.sign_words
        content = self._content(words, silent, vehicles)
        language = self._language.read(text, words, mentions)
        likely = language.language or language.leaning or Language.CS
        query = self._queries.query(Named(text, words, vehicles, countries), likely)
        linking = frozen(row.value for row in found["linking"])
        opening = self._opening(words, self._found_in("leans", words, language))
        asks = "?" in text or (not unknown and not vehicles.pointing and self._asks(words))
        answers = "?" not in text and bool(words) and words[0].folded in self._answer_openers
        refers = bool(self._found_in("refers", words, language))
        matter = self._matter(words[opening:], content, linking)
        asks_on = opening > 0 and (asks or self._asks(words[opening:]))
        return Understanding(
            text=text,
            words=words,
            vehicles=vehicles,
            countries=countries,
            small_talk=small_talk,
            language=language,
            content=content,
            unknown=bool(unknown),
            unknown_car=bool(found["unknown_car"]),
            asks=asks,
            asks_surely=asks and not (answers and not self._has_question_word(words)),
            same_again=self._is_same_again(words, content, [*found["same_again"], *found["other_car"]]),
            follows_up=any(row.first == 0 for row in found["follow_up"]),
            contact_words=bool(found["contact_words"]),
            phone_words=bool(found["phone"]),
            other_car=any(not _overlap(row, vehicles.narrowing_words) for row in found["other_car"]),
            query=query,
            questions=self._queries.questions(query, likely),
            leans=opening > 0,
            refers=refers,
            detail=bool(found["detail"]),
            reversal=frozen(row.value for row in found["reversal"]),
            linking=linking,
            matter=matter,
            circumstance=opening > 0 and not found["counted"] and self._is_circumstance(words[opening:]),
            placed=self._place(words, matter) if refers and asks_on else frozen(()),
            about_it=asks_on and self._is_about_it(words, matter),
            doing=frozen(self._doing.intersection(word.folded for word in matter)),
            counted=frozen(row.value for row in found["counted"]),
            forgotten=frozen(self._forgotten.intersection(word.folded for word in words)),
            emergency=self._emergency.is_told(words, vehicles.words),
            refuses=bool(found["refusal"]) or self._is_no(words),
            no_car=bool(found["no_car"]),
            other_make=bool(found["other_makes"]),
            city_country=self._cities.country(words),
            first_car=bool(found["first_car"]),
            anothers=bool(found["anothers"]),
            tells_car=bool(vehicles.cars) and not asks and self._told_cars.little_more_than_that(words, content),
            personal=blanked.kinds,
        )

    def _content(self, words: tuple[Word, ...], silent: frozenset[int], vehicles: VehicleReading) -> tuple[Word, ...]:
        """The words that ask something: none where all that is told is whose car it is and where it comes from."""
        content = self._queries.content(words, silent)
        if self._asks(words):
            short = {place for place, word in enumerate(words) if place not in silent and is_asked_though_short(word)}
            return tuple(word for place, word in enumerate(words) if word in content or place in short)
        return () if vehicles.cars and self._told_cars.no_more_than_that(words, content) else content

    def _with_signs(self, countries: CountryReading, typed: str, words: tuple[Word, ...]) -> CountryReading:
        """The reading with the countries of what was blanked out; places are those of the words that are left."""
        typed_words = split_words(typed)
        reading = self._countries.read(typed, typed_words)
        starts = {typed_words[place].start for place in reading.sign_words}
        left = frozenset(place for place, word in enumerate(words) if word.start in starts)
        return replace(countries, named=reading.named, sign_words=left)

    def _asks(self, words: tuple[Word, ...]) -> bool:
        opens = any(word.folded in self._question_openers for word in words[:1])
        return opens or self._has_question_word(words)

    def _has_question_word(self, words: tuple[Word, ...]) -> bool:
        return any(word.folded in self._question_words for word in words)

    def _found_in(self, name: str, words: tuple[Word, ...], language: LanguageReading) -> list[Found[str]]:
        """The phrases of a list in the message's language: "to" and "i" say in English what they don't in Czech."""
        spoken = language.language or language.leaning
        return [row for key in ([spoken] if spoken else list(Language)) for row in self._own[name][key].find(words)]

    def _opening(self, words: tuple[Word, ...], leans: list[Found[str]]) -> int:
        """The place behind the word that the message leans by, as in "ok thanks and"; 0: it does not lean."""
        for row in leans:
            if all(word.folded in self._courtesies for word in words[: row.first]):
                return row.end
        return 0

    def _matter(self, words: tuple[Word, ...], content: tuple[Word, ...], linking: frozenset[str]) -> tuple[Word, ...]:
        silent = linking | self._question_words | self._question_openers
        said = {word.start for word in content if word.folded not in silent}
        return tuple(word for word in words if word.start in said or word.folded in self._forgotten)

    def _is_circumstance(self, behind: tuple[Word, ...]) -> bool:
        """Whether a preposition and a word or two are all that is said: "and in the app?", "a co na portálu?"."""
        said = behind[1:] if behind and behind[0].folded in {"co", "what"} else behind
        said = said[1:] if said and said[0].folded in {"about"} else said
        return 2 <= len(said) <= LONGEST_CIRCUMSTANCE and said[0].folded in self._circumstances

    def _place(self, words: tuple[Word, ...], matter: tuple[Word, ...]) -> frozenset[str]:
        """The words that matter, where all stand behind a preposition but for "see", "do" and the like; else none."""
        said = frozenset(word.folded for word in matter if word.folded not in self._doing)
        behind = {
            words[place + step].folded
            for place, word in enumerate(words)
            if word.folded in self._circumstances
            for step in range(1, min(LONGEST_PLACE, len(words) - 1 - place) + 1)
        }
        return said if said <= behind else frozenset()

    def _is_about_it(self, words: tuple[Word, ...], matter: tuple[Word, ...]) -> bool:
        """Whether one word is asked of "it", or one that can be asked of anything, and no car, place or other topic."""
        folded = [word.folded for word in words]
        if len(matter) != 1:
            return False
        names = (
            self._car_nouns.intersection(folded)
            or self._circumstances.intersection(folded[1:])
            or {"co", "about"}.intersection(folded)
        )
        says_nothing = not self._pronouns.isdisjoint(folded) or matter[0].folded in self._doing
        return says_nothing and not names

    def _is_no(self, words: tuple[Word, ...]) -> bool:
        folded = [word.folded for word in words]
        return bool(self._no.intersection(folded[:1])) and self._no_thanks.issuperset(folded)

    def _is_same_again(self, words: tuple[Word, ...], content: tuple[Word, ...], found: list[Found[str]]) -> bool:
        said = {words[place] for row in found for place in range(row.first, row.end)}
        besides = [word for word in content if word not in said and word.folded not in self._same_again_around]
        return self._tables["same_again"].find(words) != [] and not besides


def _overlap(found: Found[str], places: frozenset[int]) -> bool:
    return any(place in places for place in range(found.first, found.end))
