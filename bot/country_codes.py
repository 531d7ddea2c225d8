"""Finding two-letter codes of countries where they are meant as such."""

import re
from collections.abc import Iterator

from bot.country_names import COUNTRY_CODES
from bot.lexicon import Lexicon
from bot.residence import behind_article
from bot.words import Found, PhraseTable, Word
from kb.knowledge_base import KnowledgeBase

_CAPITALS = re.compile(r"[A-Z]{2}")
# Two regional indicators make a flag; one beside a word or a third is none.
_FLAG = re.compile(r"(?<![\w\U0001F1E6-\U0001F1FF])[\U0001F1E6-\U0001F1FF]{2}(?![\w\U0001F1E6-\U0001F1FF])")
_FIRST_INDICATOR = 0x1F1E6

# Words: in so short a message a country is to be expected.
SHORTEST_MESSAGE = 2
# "In the US".
_WITH_ARTICLE = frozenset({"UK", "US"})
# Two capitals that are also words, units or names of things: a country only behind "for", "pro", "from".
_ALSO_WORDS = frozenset({"BE", "ES", "GB", "IS", "IT", "NO", "SE", "US"})


def spell_flags(text: str) -> str:
    """The text with each flag that stands alone as the code of its country; every sign keeps its place."""
    return _FLAG.sub(lambda flag: "".join(chr(ord(sign) - _FIRST_INDICATOR + ord("A")) for sign in flag[0]), text)


class CountryCodes:
    """Finds two-letter codes where they are meant as such."""

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon, known_words: frozenset[str]) -> None:
        self._codes = {code: code for code in COUNTRY_CODES} | {"UK": "GB"}
        self._listed = frozenset(base.contact_of) | {"UK"}
        self._known_words = known_words
        self._before = PhraseTable(
            (phrase, phrase) for key in ("before", "origin") for phrase in lexicon.of_language("residence", key)
        )
        self._before_code = frozenset(lexicon.phrases("country_before_code"))

    def expected(self, words: tuple[Word, ...]) -> frozenset[int]:
        """The places where a country is to be expected: behind "for", "I live in", and in a message of two words."""
        if len(words) <= SHORTEST_MESSAGE:
            return frozenset(range(len(words)))
        behind = {place + 1 for place, word in enumerate(words) if word.folded in self._before_code}
        places = behind | {marker.end for marker in self._before.find(words)}
        return frozenset(behind_article(words, place) for place in places) | places

    def find(self, text: str, words: tuple[Word, ...]) -> Iterator[Found[str]]:
        """Codes in capitals (in a message all in capitals two letters are a word), listed ones also as "cz"."""
        shouting = text.isupper() and len(words) > 1
        expected, places = {marker.end for marker in self._before.find(words)}, self.expected(words)
        for place, word in enumerate(words):
            code = self._codes.get(word.typed.upper()) if len(word.typed) == 2 else None
            if code is None or "-" in text[max(0, word.start - 1) : word.end + 1]:
                continue
            capitals = _CAPITALS.fullmatch(word.typed) and not shouting
            is_code = capitals and (place in expected or self._is_code(words, place))
            if is_code or self._is_small_code(words, place, expected=place in places):
                yield Found(code, place, place + 1)

    def _is_code(self, words: tuple[Word, ...], place: int) -> bool:
        code, before = words[place].typed, words[place - 1].folded if place else ""
        expected = before in self._before_code or (before == "the" and code in _WITH_ARTICLE)
        return len(words) == 1 or expected or (code in self._listed and code not in _ALSO_WORDS)

    def _is_small_code(self, words: tuple[Word, ...], place: int, *, expected: bool) -> bool:
        """Whether a word in small letters is a code of the list, and no word of either language."""
        word = words[place]
        listed = word.typed.islower() and word.typed.upper() in self._listed
        return listed and expected and word.folded not in self._known_words
