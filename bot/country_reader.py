"""Reading countries: which are named, and whether one is the customer's own."""

import re
from dataclasses import dataclass

from babel import Locale

from bot.lexicon import Lexicon
from bot.words import Found, PhraseTable, Word
from kb.knowledge_base import KnowledgeBase
from kb.model import Language

_CAPITALS = re.compile(r"[A-Z]{2}")
_EMAIL_DOMAIN = re.compile(r"@[\w.-]+\.([a-z]{2})\b", re.IGNORECASE)

# Two capitals that are words of this subject: never a country inside a sentence.
_NEVER_CODES = frozenset({"MY", "ID", "TV", "PC", "GT", "RS", "AI", "OK", "TT", "MM", "VE", "NA", "DO", "PA", "SO", "TO", "IN", "CO", "ME", "NO", "IS", "BE"})
# Two capitals that are a country only where one is expected: behind "for", "pro", "my country is".
_SOME_CODES = frozenset({"AT", "DE", "IT", "SE", "ES", "GB", "MA", "KE", "JE", "SK", "PL"})
_BEFORE_CODE = frozenset({"for", "pro", "in", "from", "v", "ve", "z", "ze", "do", "country", "zeme", "zemi", "is", "je", "stat"})


@dataclass(frozen=True, slots=True)
class CountryReading:
    """The countries that a message names, those said to be the customer's own, and the words that name them."""

    named: tuple[str, ...]
    own: tuple[str, ...]
    words: frozenset[int]


class CountryReader:
    """Finds countries in the words of a message."""

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon) -> None:
        self._names = PhraseTable(_names(base))
        self._before = PhraseTable((phrase, phrase) for phrase in lexicon.of_language("residence", "before"))
        self._after = PhraseTable((phrase, phrase) for phrase in lexicon.of_language("residence", "after"))
        self._codes = frozenset(code for code in Locale("en").territories if len(code) == 2 and code.isalpha())

    def read(self, text: str, words: tuple[Word, ...]) -> CountryReading:
        """The countries of a message."""
        found = self._names.find(words)
        taken = {place for name in found for place in range(name.first, name.end)}
        found += [code for code in self._iso_codes(text, words) if code.first not in taken]
        found.sort(key=lambda name: name.first)
        named = tuple(dict.fromkeys(name.value for name in found))
        ends = {marker.end for marker in self._before.find(words)}
        starts = {marker.first for marker in self._after.find(words)}
        own = [name.value for name in found if name.first in ends or name.end in starts]
        own += [match[1].upper() for match in _EMAIL_DOMAIN.finditer(text) if match[1].upper() in self._codes]
        used = {place for name in found for place in range(name.first, name.end)}
        return CountryReading(named, tuple(dict.fromkeys(own)), frozenset(used))

    def _iso_codes(self, text: str, words: tuple[Word, ...]) -> list[Found[str]]:
        """Codes in capitals; in a message all in capitals, two letters are a word."""
        if text.isupper() and len(words) > 1:
            return []
        found = []
        for place, word in enumerate(words):
            code = "GB" if word.typed == "UK" else word.typed
            if _CAPITALS.fullmatch(word.typed) and code in self._codes and _is_code(code, words, place):
                found.append(Found(code, place, place + 1))
        return found


def _is_code(code: str, words: tuple[Word, ...], place: int) -> bool:
    if len(words) == 1:
        return True
    if code in _SOME_CODES:
        return place > 0 and words[place - 1].folded in _BEFORE_CODE
    return code not in _NEVER_CODES


def _names(base: KnowledgeBase) -> list[tuple[str, str]]:
    names = [
        (name, code)
        for language in Language
        for code, name in Locale(language.value).territories.items()
        if len(code) == 2 and code.isalpha() and code not in {"EU", "UN", "EZ", "ZZ", "XA", "XB", "QO"}
    ]
    for code, forms in base.countries.items():
        names += [(form, code) for form in (*forms.cs, *forms.en)]
    names += [(contact.name, contact.country) for contact in base.contacts]
    return names


def country_name(code: str, language: Language) -> str:
    """The country's CLDR name; the code itself where CLDR has none."""
    return str(Locale(language.value).territories.get(code, code))
