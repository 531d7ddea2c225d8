"""The names of countries, and finding them in a message: as they are written, and with one slip."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, product

from babel import Locale
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.lexicon import Lexicon
from bot.words import Found, PhraseTable, Word, folded_word, typed_words
from index.text import fold
from kb.knowledge_base import KnowledgeBase
from kb.model import Language

# Groups of countries and private codes of CLDR.
_NO_COUNTRIES = frozenset({"EU", "UN", "EZ", "ZZ", "XA", "XB", "QO"})
COUNTRY_CODES = (
    frozenset(code for code in Locale("en").territories if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES
)
# CLDR's code for no country: that of phrases which hold a country's name, such as "South America".
NO_COUNTRY = "ZZ"
# A name as short as this is also an ordinary word ("mali"): it needs its capital.
LONGEST_ORDINARY_WORD = 4
# A name of so many letters is recognised with one slip; of six only where a country is to be expected ("contact for
# Polnd"): a shorter one with a slip is too often another word.
FEWEST_LETTERS = 7
FEWEST_EXPECTED = 6
# "Ch ina".
FEWEST_TORN = 5
# A name of five words with one of them torn apart.
MOST_WORDS = 6


def country_name(code: str, language: Language) -> str:
    """The country's CLDR name; the code itself where CLDR has none."""
    return str(Locale(language.value).territories.get(code, code))


def country_names(base: KnowledgeBase, language: Language) -> list[tuple[str, str]]:
    """All names and forms of all countries, each with its country's code."""
    names = [(name, code) for code, name in Locale(language.value).territories.items() if code in COUNTRY_CODES]
    for code, forms in base.countries.items():
        names += [(form, code) for form in forms.texts(language)]
    if language is Language.EN:
        names += [(contact.name, contact.country) for contact in base.contacts]
    return names


def country_words(base: KnowledgeBase) -> frozenset[str]:
    """The folded words of all names of countries."""
    forms = [name for language in Language for name, _ in country_names(base, language)]
    return frozenset(folded_word(part) for form in forms for part in typed_words(form))


class CountryNames:
    """Finds countries by their names, in both languages."""

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon, known_words: frozenset[str]) -> None:
        by_language = {language: country_names(base, language) for language in Language}
        names = [row for rows in by_language.values() for row in rows]
        self._by_language = {language: PhraseTable(rows) for language, rows in by_language.items()}
        self._exact = PhraseTable(names)
        self._listed = frozenset(base.contact_of)
        self._known_words = known_words
        self._near = _NearNames(names)
        self._homographs = frozenset(lexicon.phrases("country_homographs"))
        self._before_homograph = frozenset(lexicon.phrases("before_country_homograph"))
        self._languages = frozenset(fold(str(name)) for name in Locale("en").languages.values())
        self._before_language = frozenset(lexicon.phrases("before_language"))
        self._no_country_behind = frozenset(lexicon.phrases("behind_no_country"))

    def find(self, words: tuple[Word, ...], expected: frozenset[int]) -> list[Found[str]]:
        """The names in a message, NO_COUNTRY's among them; `expected`: the places where a country is to be expected."""
        exact = [name for name in self._exact.find(words) if self._is_name(words, name)]
        misspelt = list(self._misspelt(words, exact, expected))
        covered = {place for name in misspelt for place in range(name.first, name.end)}
        found = [name for name in exact if name.first not in covered]
        found += [Found(name.value, name.first, name.end) for name in misspelt if name.value]
        return [name for name in found if self._is_country(words, name)]

    def language(self, words: tuple[Word, ...], found: list[Found[str]]) -> Language | None:
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

    def _is_name(self, words: tuple[Word, ...], name: Found[str]) -> bool:
        """Whether it is no ordinary word: "mali" and "chad" need their capital."""
        word = words[name.first]
        short = name.end - name.first == 1 and len(word.typed) <= LONGEST_ORDINARY_WORD
        return not short or name.value in self._listed or not word.typed.islower()

    def _is_country(self, words: tuple[Word, ...], name: Found[str]) -> bool:
        """Whether it is the country, not a language ("in German"), a thing ("Swiss francs") or a word ("an island")."""
        before = words[name.first - 1].folded if name.first else ""
        behind = words[name.end].folded if name.end < len(words) else ""
        word = words[name.first].folded if name.end - name.first == 1 else ""
        if behind in self._no_country_behind or (word in self._languages and before in self._before_language):
            return False
        return word not in self._homographs or not before or before in self._before_homograph

    def _misspelt(
        self, words: tuple[Word, ...], exact: list[Found[str]], expected: frozenset[int]
    ) -> Iterator[Found[str | None]]:
        """Names with one slip, the longest first; None where two countries are so near."""
        taken: set[int] = set()
        # Known words without a name among them are near no name: most of a message is passed over at once.
        named = {place for name in exact for place in range(name.first, name.end)}
        telling = [place in named or word.folded not in self._known_words for place, word in enumerate(words)]
        before = [0, *accumulate(telling)]
        folded = [word.folded for word in words]
        starts, text = [0, *accumulate(map(len, folded))], "".join(folded)
        for size, first in product(range(MOST_WORDS, 0, -1), range(len(words) if any(telling) else 0)):
            end = first + size
            if end > len(words) or before[first] == before[end]:
                continue
            inside = [name for name in exact if name.first < end and first < name.end] if exact else []
            if not inside and not self._near.has_like(text[starts[first] : starts[end]]):
                continue
            if not taken.isdisjoint(range(first, end)):
                continue
            near = self._read_with_slip(words[first:end], inside, first in expected)
            if near is None or not _explains_more(inside, first, end):
                continue
            taken |= {*range(first, end)}
            yield Found(min(near) if len(near) == 1 else None, first, end)

    def _read_with_slip(
        self, part: tuple[Word, ...], inside: list[Found[str]], expected: bool
    ) -> frozenset[str] | None:
        """The countries that a part of a message may name with a slip; None where it is no such name."""
        known = all(word.folded in self._known_words for word in part)
        if (known and not inside) or any(not word.folded.isalpha() for word in part):
            return None
        fewest = FEWEST_EXPECTED if expected else FEWEST_LETTERS
        near = self._near.countries("".join(word.folded for word in part), fewest, several_words=bool(inside))
        # "V Hongkongu" is Hongkong with an ordinary word, not a name with a slip.
        ordinary = known and 1 in {len(part[0].folded), len(part[-1].folded)}
        return None if ordinary and near == frozenset(name.value for name in inside) else near


def _explains_more(inside: list[Found[str]], first: int, end: int) -> bool:
    """Whether a name with a slip holds all names in it, and more: "Nothern Ireland" is not Ireland."""
    return all(first <= name.first and name.end <= end and name.end - name.first < end - first for name in inside)


class _NearNames:
    """Names by their first letters and lengths: finds those one slip away."""

    def __init__(self, names: list[tuple[str, str]]) -> None:
        self._countries: dict[str, set[str]] = {}
        self._of_several_words: set[str] = set()
        for name, code in names:
            parts = [*map(folded_word, typed_words(name))]
            joined = "".join(parts)
            self._countries.setdefault(joined, set()).add(code)
            # "In Ireland" is not "N. Ireland".
            if len(parts) > 1 and min(len(parts[0]), len(parts[-1])) > 1 and len(joined) >= FEWEST_LETTERS:
                self._of_several_words.add(joined)
        # By the first letter, and by how long what is one slip away may be: most words are passed over at once.
        self._like: dict[tuple[str, int], list[str]] = {}
        for name in self._countries:
            for slip in (-1, 0, 1):
                self._like.setdefault((name[:1], len(name) + slip), []).append(name)

    def has_like(self, typed: str) -> bool:
        """Whether a name with the same first letter may be one slip away; a yes may be wrong.

        Of a name with a slip among its first three letters the last two are as they should be.
        """
        like, beginning, ending = self._like.get((typed[:1], len(typed)), ()), typed[:3], typed[-2:]
        return any(name[:3] == beginning or name[-2:] == ending for name in like)

    def countries(self, typed: str, fewest: int, *, several_words: bool) -> frozenset[str] | None:
        """The countries whose names are one slip away from what was typed, with spaces left out.

        None where there is no such name of `fewest` letters or more that begins with the same letter; with
        `several_words`, of such names whatever their first letter. A name with a space too much may be shorter.
        """
        if len(typed) < FEWEST_TORN:
            return None
        if not several_words:
            like = _one_slip_away(typed, self._like.get((typed[0], len(typed)), ()))
            if not any(name == typed or len(name) >= fewest for name in like):
                return None
        near = {
            name
            for (_, letters), names in self._like.items()
            if letters == len(typed)
            for name in _one_slip_away(typed, names)
        }
        if several_words and near.isdisjoint(self._of_several_words):
            return None
        return frozenset(code for name in near for code in self._countries[name])


def _one_slip_away(typed: str, names: Sequence[str]) -> list[str]:
    return [row[0] for row in process.extract(typed, names, scorer=OSA.distance, score_cutoff=1, limit=None)]
