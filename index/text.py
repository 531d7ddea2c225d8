"""Words of a text: folding of accents, tokens, stems and character n-grams."""

import re
import unicodedata
from collections.abc import Iterator

import Stemmer

from kb.model import Language

_WORD = re.compile(r"\w+", re.UNICODE)
_STEMMERS = {Language.CS: "czech", Language.EN: "english"}


def fold(text: str) -> str:
    """The text in lower case and without accents; folding twice changes nothing."""
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

    def stems(self, text: str) -> list[str]:
        """Folded stems: each word by the stemmer of each language, with its accents and without."""
        tokens: list[str] = []
        for word in words(text):
            tokens += dict.fromkeys(self._stems_of(word))
        return tokens

    def _stems_of(self, word: str) -> Iterator[str]:
        for stemmer in self._stemmers.values():
            for form in (word, fold(word)):
                yield fold(stemmer.stemWord(form))

    def accented(self, text: str) -> list[str]:
        """The words that carry accents, exactly as they stand."""
        return [word for word in words(text) if word != fold(word)]


def character_ngrams(text: str, size: int = 4) -> list[str]:
    """The n-grams of the folded words, with `_` at both ends of a word."""
    grams: list[str] = []
    for word in words(fold(text)):
        framed = f"_{word}_"
        grams += [framed[start : start + size] for start in range(max(1, len(framed) - size + 1))]
    return grams
