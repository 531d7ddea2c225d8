"""What a message says that it is not about: "an invoice for the services, not for charging"."""

import re

from bot.lexicon import Lexicon
from bot.words import split_words

_CLAUSE = re.compile(r"[^,;.?!\n]+")


class DeniedClauses:
    """Leaves out the clauses that begin with "not for" and the like."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._denying = lexicon.table("denying_clause")

    def without(self, text: str) -> str:
        """The text without what is denied behind a comma; the rest stays as it is."""
        pieces, start = [], 0
        for clause in _CLAUSE.finditer(text):
            if text[: clause.start()].rstrip().endswith(",") and self._denies(clause[0]):
                pieces.append(text[start : clause.start()].rstrip().removesuffix(","))
                start = clause.end()
        return "".join([*pieces, text[start:]])

    def _denies(self, clause: str) -> bool:
        return any(row.first == 0 for row in self._denying.find(split_words(clause)))
