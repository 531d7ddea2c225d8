"""Where the words of a query stand in a text: positions of characters, never markup."""

import re
import unicodedata

from index.text import Tokenizer

# First character and the one past the last.
Span = tuple[int, int]

# A word with the accents that stand apart from their letters.
WORD = re.compile(r"\w[\w\u0300-\u036f]*", re.UNICODE)


class Highlighter:
    """Finds words by their stems, accents and case ignored. Not shared between threads: stemmers have state."""

    def __init__(self) -> None:
        self._tokenizer = Tokenizer()

    def spans(self, query: str, text: str) -> tuple[Span, ...]:
        """The places of the text's words that share a stem with a word of the query, left to right."""
        wanted = frozenset[str]().union(*map(self._stems, WORD.findall(query)))
        return tuple(match.span() for match in WORD.finditer(text) if wanted & self._stems(match[0]))

    def _stems(self, word: str) -> frozenset[str]:
        # Stemmers know letters with their accents, not letters and accents.
        return frozenset(self._tokenizer.stems(unicodedata.normalize("NFC", word)))
