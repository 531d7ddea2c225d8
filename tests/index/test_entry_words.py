"""Which entries have a telling word of a query."""

import pytest

from index.entry_words import EntryWords
from index.lexical import LexicalIndex
from index.passages import PassageKind, passages
from kb.load import load

FOUND = passages(load())
# Each passage's entry; out-of-scope examples have none.
ENTRIES = [None if row.kind is PassageKind.OUTSIDE else row.entry_id for row in FOUND]
WORDS = EntryWords(LexicalIndex.build([row.text for row in FOUND]).groups_having_stems(ENTRIES))


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [("roamingu", "roaming-activate"), ("faktura", "charging-invoices"), ("INVOICE", "charging-invoices")],
)
def test_a_telling_word_is_shared_whatever_its_ending(query: str, entry_id: str) -> None:
    shared = WORDS.sharing(query)
    assert entry_id in shared
    assert len(shared) < 12


@pytest.mark.parametrize("query", ["", "?!", "jak to je", "how do I", "Porsche", "xyzzy"])
def test_a_word_of_most_entries_or_of_none_tells_nothing(query: str) -> None:
    assert WORDS.sharing(query) == frozenset()
