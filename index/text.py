"""Words of a text: folding of accents, tokens, stems and character n-grams."""

import re
import unicodedata
from functools import lru_cache

import Stemmer

from kb.model import Language

# Words of which stems and the like are kept: those that customers use again and again.
REMEMBERED_WORDS = 3_000

_WORD = re.compile(r"\w+", re.UNICODE)
# Czech, Slovak and German letters, of which most texts here are: folding them one by one is ten times as fast.
_PLAIN = str.maketrans("áäčďéěíĺľňóôöŕřšťúůüýž" + "ÁÄČĎÉĚÍĹĽŇÓÔÖŔŘŠŤÚŮÜÝŽ", 2 * "aacdeeillnooorrstuuuyz")
_STEMMERS = {Language.CS: "czech", Language.EN: "english"}


def fold(text: str) -> str:
    """The text in lower case and without accents; folding twice changes nothing."""
    plain = text if text.isascii() else text.translate(_PLAIN)
    if plain.isascii():
        return plain.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFKC", bare)


def words(text: str) -> list[str]:
    """The words of a text as they stand, in lower case."""
    return _WORD.findall(text.casefold())


class Tokenizer:
    """Turns a text into the tokens of the lexical index. Not shared between threads."""

    def __init__(self) -> None:
        self._stemmers = {language: Stemmer.Stemmer(name) for language, name in _STEMMERS.items()}
        self._stems_of = lru_cache(REMEMBERED_WORDS)(self._stemmed)

    def stems(self, text: str) -> list[str]:
        """Folded stems: each word by the stemmer of each language, with its accents and without."""
        tokens: list[str] = []
        for word in words(text):
            tokens += self._stems_of(word)
        return tokens

    def _stemmed(self, word: str) -> tuple[str, ...]:
        forms = (word, fold(word))
        return tuple(dict.fromkeys(fold(row.stemWord(form)) for row in self._stemmers.values() for form in forms))

    def accented(self, text: str) -> list[str]:
        """The words that carry accents, exactly as they stand."""
        return [word for word in words(text) if word != fold(word)]


def character_ngrams(text: str, size: int = 4) -> list[str]:
    """The n-grams of the folded words, with `_` at both ends of a word."""
    return [gram for word in words(fold(text)) for gram in _ngrams_of_word(word, size)]


def _ngrams_of_word(word: str, size: int) -> tuple[str, ...]:
    framed = f"_{word}_"
    return tuple(framed[start : start + size] for start in range(max(1, len(framed) - size + 1)))
