"""Which variant has the menu that a customer names: "mine says PHONE", "I have the Device manager"."""

import re
from collections.abc import Iterator

from bot.lexicon import Lexicon
from bot.understanding import Understanding
from bot.words import PhraseTable
from kb.fields import MenuPath
from kb.knowledge_base import KnowledgeBase
from kb.model import Entry, Language

# "Device manager (under SET or DEVICES, depending on model year)": what the menu is called stands before that.
_REMARK = re.compile(r"\s*\(.*\)")

Variants = dict[str, frozenset[str]]


class Menus:
    """The menus of every variant of every procedure, by their names."""

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon) -> None:
        self._absent = lexicon.table("absent")
        self._around = frozenset(lexicon.phrases("menu_around"))
        self._having = {entry.id: _having(entry) for entry in base.entries if entry.variants}
        self._tables = {
            entry_id: PhraseTable((name, name) for name in having) for entry_id, having in self._having.items()
        }

    def one_of(self, entry: Entry, variants: tuple[str, ...], read: Understanding) -> str | None:
        """The one of the variants that has every menu that is named; None: none is, or it stays open."""
        found = self._tables[entry.id].find(read.words) if entry.id in self._tables else []
        if not found or self._absent.find(read.words):
            return None
        named = {read.words[place] for row in found for place in range(row.first, row.end)}
        if any(word not in named and word.folded not in self._around for word in read.content):
            return None
        left = frozenset(variants).intersection(*(self._having[entry.id][row.value] for row in found))
        return next(iter(left)) if len(left) == 1 else None

    def are_all(self, entry_id: str | None, read: Understanding) -> bool:
        """Whether a message is nothing but names of the entry's menus."""
        found = self._tables[entry_id].find(read.words) if entry_id in self._tables else []
        return bool(found) and sum(row.end - row.first for row in found) == len(read.words)


def _having(entry: Entry) -> Variants:
    """The variants that have a menu, by its name."""
    having: dict[str, set[str]] = {}
    for variant in entry.variants:
        for name in _names(entry, variant.id):
            having.setdefault(name, set()).add(variant.id)
    return {name: frozenset(ids) for name, ids in having.items()}


def _names(entry: Entry, variant_id: str) -> Iterator[str]:
    for part in entry.variant(variant_id).answer:
        for language in Language:
            text = part.text(language)
            if isinstance(text, MenuPath):
                yield from (_REMARK.sub("", name) for name in text.path)
