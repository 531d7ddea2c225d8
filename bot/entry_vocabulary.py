"""Which words an entry's own texts have, whatever their endings."""

from collections.abc import Iterable, Iterator, Mapping

from bot.lexicon import Lexicon
from bot.words import Word
from index.text import Tokenizer, fold
from kb.fields import MenuPath
from kb.knowledge_base import KnowledgeBase
from kb.model import Entry, Language

COST = "cost"
# Who pays what, and where something is entered, is told by answers alone: a question may well be about the costs of
# something else.
_TOLD = frozenset({COST, "buying", "entering"})
# Families that are one word in other forms.
_NAMES = frozenset({"app", "day", "selling"})


class EntryVocabulary:
    """The stems of every entry's questions and answers. Not shared between threads.

    Words of one family say the same: an entry that has "purchase" has "pay", too.
    """

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon, having: Mapping[str, frozenset[str]]) -> None:
        """`having`: the ids of the entries whose questions and answers have each stem."""
        self._tokenizer = Tokenizer()
        self._having = having
        self._answers = {
            entry.id: frozenset(stem for text in _sentences(entry) for stem in self._tokenizer.stems(text))
            for entry in base.entries
        }
        self._families = {
            name: [phrase for phrase in lexicon.of_language("families", name) if " " not in phrase]
            for name in lexicon.keys("families")
        }
        self._cost = lexicon.part("families", COST)

    def holds(self, entry_id: str, words: Iterable[str]) -> bool:
        """Whether the entry has every one of the words, or one of its family."""
        return all(self._holds(entry_id, word) for word in words)

    def answers_hold(self, entry_id: str, words: Iterable[str]) -> bool:
        """Whether the sentences of the entry's answer have every one of the words, or another name of the same."""
        return all(any(self._answer_has(entry_id, row) for row in (word, *self._same(word))) for word in words)

    def of_cost(self, words: tuple[Word, ...]) -> frozenset[int]:
        """The places of the words that ask what something costs."""
        return frozenset(place for row in self._cost.find(words) for place in range(row.first, row.end))

    def tells_cost(self, entry_id: str) -> bool:
        """Whether the entry's answer has a word of what things cost."""
        return any(self._answer_has(entry_id, word) for word in self._families[COST])

    def answer_has_number(self, entry_id: str) -> bool:
        """Whether the entry's answer has a number."""
        return any(stem.isdigit() for stem in self._answers[entry_id])

    def _same(self, word: str) -> list[str]:
        """The other names of what a word says."""
        return next((rows for name, rows in self._families.items() if name in _NAMES and fold(word) in rows), [])

    def _holds(self, entry_id: str, word: str) -> bool:
        names = [name for name, rows in self._families.items() if fold(word) in rows]
        if _TOLD.isdisjoint(names):
            rows = [other for name in names for other in self._families[name]]
            return any(self._text_has(entry_id, row) for row in (word, *rows))
        return any(self._answer_has(entry_id, row) for name in names for row in self._families[name])

    def _text_has(self, entry_id: str, word: str) -> bool:
        return any(entry_id in self._having.get(stem, ()) for stem in self._tokenizer.stems(word))

    def _answer_has(self, entry_id: str, word: str) -> bool:
        return not self._answers[entry_id].isdisjoint(self._tokenizer.stems(word))


def _sentences(entry: Entry) -> Iterator[str]:
    """What the entry's answer says, without the names of menus."""
    for part in entry.parts():
        for language in Language:
            text = part.text(language)
            if isinstance(text, MenuPath):
                yield f"{text.before} {text.after}"
            else:
                yield text if isinstance(text, str) else " ".join(text)
