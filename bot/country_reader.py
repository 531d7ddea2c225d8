"""Reading countries: which are named, and whether one is the customer's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.lexicon import Lexicon
from bot.mentions import Corrections
from bot.numbers import address_places
from bot.words import Found, PhraseTable, Word, split_words
from index.text import fold
from kb.knowledge_base import KnowledgeBase
from kb.model import Language

# A name of so many letters is recognised with one slip.
FEWEST_LETTERS = 7
# A name as short as this is also an ordinary word ("mali"): it needs its capital.
LONGEST_ORDINARY_WORD = 4

_CAPITALS = re.compile(r"[A-Z]{2}")

# Groups of countries and private codes of CLDR.
_NO_COUNTRIES = frozenset({"EU", "UN", "EZ", "ZZ", "XA", "XB", "QO"})
COUNTRY_CODES = (
    frozenset(code for code in Locale("en").territories if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES
)
# "In the US".
_WITH_ARTICLE = frozenset({"UK", "US"})
# Two capitals that are also words, units or names of things: a country only behind "for", "pro", "from".
_ALSO_WORDS = frozenset({"BE", "ES", "GB", "IS", "IT", "NO", "SE", "US"})


@dataclass(frozen=True, slots=True)
class CountryReading:
    """The countries that a message names, those said to be the customer's own, and the words that name them.

    `language` is that of the names, where all of them belong to one.
    """

    named: tuple[str, ...]
    own: tuple[str, ...]
    words: frozenset[int]
    language: Language | None = None

    @property
    def meant(self) -> tuple[str, ...]:
        """The customer's own countries where there are any, else all that are named."""
        return self.own or self.named


class CountryReader:
    """Finds countries in the words of a message."""

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon, known_words: frozenset[str]) -> None:
        names = {language: PhraseTable(_names(base, language)) for language in Language}
        self._by_language = names
        self._names = PhraseTable([*_names(base, Language.CS), *_names(base, Language.EN)])
        self._before = PhraseTable((phrase, phrase) for phrase in lexicon.of_language("residence", "before"))
        self._after = PhraseTable((phrase, phrase) for phrase in lexicon.of_language("residence", "after"))
        self._not_own = PhraseTable(
            (phrase, phrase) for name in ("not_residence", "travel") for phrase in lexicon.phrases(name)
        )
        self._corrections = Corrections(lexicon)
        self._before_code = frozenset(lexicon.phrases("country_before_code"))
        self._codes = {code: code for code in COUNTRY_CODES} | {"UK": "GB"}
        self._listed = frozenset(base.contact_of) | {"UK"}
        self._known_words = known_words
        self._long_names = {
            fold(name): code
            for language in Language
            for name, code in _names(base, language)
            if len(name) >= FEWEST_LETTERS and name.isalpha()
        }

    def read(self, text: str, words: tuple[Word, ...]) -> CountryReading:
        """The countries of a message."""
        skipped = address_places(text, words)
        found = [name for name in self._names.find(words) if name.first not in skipped and self._is_name(words, name)]
        taken = skipped | {place for name in found for place in range(name.first, name.end)}
        found += [code for code in self._iso_codes(text, words) if code.first not in taken]
        found += [name for name in self._misspelt(words) if name.first not in taken]
        found.sort(key=lambda name: name.first)
        found = self._holding(words, found)
        ends = {_behind_article(words, marker.end) for marker in self._before.find(words)}
        starts = {marker.first for marker in self._after.find(words)}
        own = [name.value for name in found if name.first in ends or name.end in starts]
        return CountryReading(
            named=tuple(dict.fromkeys(name.value for name in found)),
            own=tuple(dict.fromkeys(own)),
            words=frozenset(place for name in found for place in range(name.first, name.end)),
            language=self._language(words, found),
        )

    def _holding(self, words: tuple[Word, ...], found: list[Found[str]]) -> list[Found[str]]:
        """The names that are neither denied nor taken back ("in Austria, sorry, Germany"), nor travelled to."""
        denied = {_behind_article(words, marker.end) for marker in self._not_own.find(words)}
        found = [name for name in found if name.first not in denied]
        return self._corrections.last_said(words, self._corrections.not_negated(words, found))

    def _is_name(self, words: tuple[Word, ...], name: Found[str]) -> bool:
        """Whether it is no ordinary word: "mali" and "chad" need their capital."""
        word = words[name.first]
        short = name.end - name.first == 1 and len(word.typed) <= LONGEST_ORDINARY_WORD
        return not short or name.value in self._listed or not word.typed.islower()

    def _language(self, words: tuple[Word, ...], found: list[Found[str]]) -> Language | None:
        """The one language whose names these are."""
        named = {
            (name.first, name.end) for name in found if name.end - name.first > 1 or len(words[name.first].folded) > 3
        }
        fitting = [
            language
            for language, table in self._by_language.items()
            if named and named <= {(name.first, name.end) for name in table.find(words)}
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _misspelt(self, words: tuple[Word, ...]) -> Iterator[Found[str]]:
        """Long names with one slip, where only one country is so near."""
        for place, word in enumerate(words):
            if len(word.folded) < FEWEST_LETTERS or not word.typed.isalpha() or word.folded in self._known_words:
                continue
            near = process.extract(
                word.folded, self._long_names.keys(), scorer=OSA.distance, score_cutoff=1, limit=None
            )
            codes = {self._long_names[name] for name, _, _ in near if name[0] == word.folded[0]}
            if len(codes) == 1:
                yield Found(codes.pop(), place, place + 1)

    def _iso_codes(self, text: str, words: tuple[Word, ...]) -> Iterator[Found[str]]:
        """Codes in capitals (in a message all in capitals two letters are a word), listed ones also as "cz"."""
        shouting = text.isupper() and len(words) > 1
        expected = {marker.end for marker in self._before.find(words)}
        for place, word in enumerate(words):
            code = self._codes.get(word.typed.upper()) if len(word.typed) == 2 else None
            if code is None or "-" in text[max(0, word.start - 1) : word.end + 1]:
                continue
            capitals = _CAPITALS.fullmatch(word.typed) and not shouting
            is_code = capitals and (place in expected or self._is_code(words, place))
            if is_code or self._is_small_code(words, place):
                yield Found(code, place, place + 1)

    def _is_code(self, words: tuple[Word, ...], place: int) -> bool:
        code, before = words[place].typed, words[place - 1].folded if place else ""
        expected = before in self._before_code or (before == "the" and code in _WITH_ARTICLE)
        return len(words) == 1 or expected or (code in self._listed and code not in _ALSO_WORDS)

    def _is_small_code(self, words: tuple[Word, ...], place: int) -> bool:
        """Whether a word in small letters is a code of the list, and no word of either language."""
        word = words[place]
        listed = word.typed.islower() and word.typed.upper() in self._listed
        return listed and len(words) <= 4 and word.folded not in self._known_words


def _behind_article(words: tuple[Word, ...], place: int) -> int:
    return place + 1 if place < len(words) and words[place].folded == "the" else place


def _names(base: KnowledgeBase, language: Language) -> list[tuple[str, str]]:
    names = [(name, code) for code, name in Locale(language.value).territories.items() if code in COUNTRY_CODES]
    for code, forms in base.countries.items():
        names += [(form, code) for form in forms.texts(language)]
    if language is Language.EN:
        names += [(contact.name, contact.country) for contact in base.contacts]
    return names


def country_words(base: KnowledgeBase) -> frozenset[str]:
    """The folded words of all names of countries."""
    forms = [name for language in Language for name, _ in _names(base, language)]
    return frozenset(part.folded for form in forms for part in split_words(form))


def country_name(code: str, language: Language) -> str:
    """The country's CLDR name; the code itself where CLDR has none."""
    return str(Locale(language.value).territories.get(code, code))
