"""From entries to passages: every searchable text of an entry, pointing back to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kb.fields import MenuPath, Phrasing
from kb.knowledge_base import KnowledgeBase
from kb.model import Entry, Language, Part


class PassageKind(StrEnum):
    """What a passage is of its entry; `outside` belongs to no entry."""

    TITLE = "title"
    ALTERNATE = "alternate"
    ANSWER = "answer"
    VARIANT = "variant"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Passage:
    """A searchable text. `entry_id` is the entry's; of kind `outside`, the out-of-scope subject's."""

    entry_id: str
    kind: PassageKind
    language: Language
    text: str
    variant_id: str | None = None


def passages(base: KnowledgeBase) -> list[Passage]:
    """All passages of a knowledge base, in a fixed order."""
    found = [passage for entry in base.entries for passage in _of_entry(entry)]
    for subject in base.out_of_scope:
        for language in Language:
            found += [Passage(subject.id, PassageKind.OUTSIDE, language, text) for text in subject.texts(language)]
    return found


def _of_entry(entry: Entry) -> Iterator[Passage]:
    for language in Language:
        yield Passage(entry.id, PassageKind.TITLE, language, entry.question.text(language))
        for text in entry.alternates.texts(language):
            yield Passage(entry.id, PassageKind.ALTERNATE, language, text)
        for part in (*entry.answer, *entry.closing):
            if text := searchable(part, language):
                yield Passage(entry.id, PassageKind.ANSWER, language, text)
        for variant in entry.variants:
            for part in variant.answer:
                if text := searchable(part, language):
                    yield Passage(entry.id, PassageKind.VARIANT, language, text, variant.id)


def searchable(part: Part, language: Language) -> str:
    """The part's text on one line."""
    return plain(part.text(language))


def plain(text: Phrasing) -> str:
    """A part's text as plain text on one line."""
    return str(text) if isinstance(text, (str, MenuPath)) else " ".join(text)
