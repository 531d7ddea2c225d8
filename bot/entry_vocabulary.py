"""Which words an entry's own texts have, whatever their endings."""

from collections.abc import Iterable

from index.passages import PassageKind, passages
from index.text import Tokenizer
from kb.knowledge_base import KnowledgeBase


class EntryVocabulary:
    """The stems of every entry's questions and answers. Not shared between threads."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._tokenizer = Tokenizer()
        self._stems: dict[str, set[str]] = {}
        for passage in passages(base):
            if passage.kind is not PassageKind.OUTSIDE:
                self._stems.setdefault(passage.entry_id, set()).update(self._tokenizer.stems(passage.text))

    def holds(self, entry_id: str, words: Iterable[str]) -> bool:
        """Whether the entry has every one of the words."""
        return all(self._stems[entry_id].intersection(self._tokenizer.stems(word)) for word in words)
