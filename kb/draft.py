"""A content folder as far as it could be read: what the checks across files work on."""

from dataclasses import dataclass
from datetime import date

from kb.errors import Fault, FieldPath, field_name
from kb.knowledge_base import KnowledgeBase
from kb.model import (
    BrandPhrases,
    Contact,
    Contradiction,
    CountryForms,
    Entry,
    Language,
    OutOfScope,
    Topic,
)
from kb.vehicles import Vehicles
from kb.yaml_file import YamlFile


@dataclass(frozen=True, slots=True)
class Source:
    """The source text; entries refer to its lines, counted from 1, and hold all but those that answer nothing."""

    name: str
    lines: tuple[str, ...]
    not_held: tuple[int, ...]
    edited: date | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """What entries with faults of their own may hold, so that these faults are told once.

    `ids` are theirs by their files' names; `lines` every number in their files: each may be a line that they hold.
    """

    ids: frozenset[str] = frozenset()
    lines: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of a content folder, entries by their file's name; None: a file with faults of its own."""

    files: dict[str, YamlFile]
    entries: dict[str, Entry]
    topics: tuple[Topic, ...] | None
    vehicles: Vehicles | None
    contacts: tuple[Contact, ...] | None
    countries: dict[str, CountryForms] | None
    out_of_scope: tuple[OutOfScope, ...] | None
    other_names: tuple[str, ...] | None
    synonyms: dict[Language, dict[str, tuple[str, ...]]] | None
    contradictions: tuple[Contradiction, ...] | None
    phrases: dict[Language, BrandPhrases | None]
    source: Source | None
    unread: Unread = Unread()

    def base(self, version: str) -> KnowledgeBase | None:
        """The knowledge base; None where a part is missing."""
        if (
            self.topics is None or self.vehicles is None or self.contacts is None or self.countries is None
            or self.out_of_scope is None or self.contradictions is None or self.source is None
            or self.other_names is None or self.synonyms is None
        ):  # fmt: skip
            return None
        return KnowledgeBase(
            version=version,
            entries=tuple(self.entries.values()),
            topics=self.topics,
            vehicles=self.vehicles,
            contacts=self.contacts,
            countries=self.countries,
            out_of_scope=self.out_of_scope,
            other_names=self.other_names,
            synonyms=self.synonyms,
            contradictions=self.contradictions,
            phrases={language: brand for language, brand in self.phrases.items() if brand},
            source_lines=self.source.lines,
            edited=self.source.edited,
        )

    def known_ids(self) -> set[str]:
        """The ids of all entries, and those that their files' names promise."""
        named = {name.removeprefix("entries/").removesuffix(".yaml") for name in self.entries}
        return {entry.id for entry in self.entries.values()} | named | self.unread.ids

    def fault(self, name: str, path: FieldPath, what: str, remedy: str) -> Fault:
        """A fault in that file at that field."""
        file = self.files.get(name)
        return file.fault(path, what, remedy) if file else Fault(name, 1, field_name(path), what, remedy)
