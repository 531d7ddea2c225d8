"""Which entries have a word of a query that tells them from others."""

from collections.abc import Mapping

from index.text import Tokenizer

# A word that more than this share of the entries has ("jak", "the", "Porsche") tells none of them from the others.
# Of the 46 entries 15 have a telling word of a question of the question sets (tests/eval); with 0.5 it were 26, with
# 0.1 it were 5, but then "aplikace" or "účet" told nothing.
MOST_ENTRIES = 0.25


class EntryWords:
    """The stems of every entry, without those that most entries have. Not shared between threads."""

    def __init__(self, having: Mapping[str, frozenset[str]]) -> None:
        """`having`: the ids of the entries that have each stem."""
        self._tokenizer = Tokenizer()
        most = MOST_ENTRIES * len(frozenset[str]().union(*having.values()))
        self._having = {stem: entries for stem, entries in having.items() if len(entries) <= most}

    def sharing(self, text: str) -> frozenset[str]:
        """The ids of the entries that have a telling word of the text, whatever its ending and accents."""
        return frozenset[str]().union(*(self._having.get(stem, ()) for stem in self._tokenizer.stems(text)))
