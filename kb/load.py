"""Loading a content folder: everything is read and checked, and all faults are told at once."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from kb.coverage import coverage_faults
from kb.draft import Draft, Source, Unread
from kb.errors import Fault, KbError
from kb.fields import NonEmpty
from kb.knowledge_base import BUNDLED_CONTENT, KnowledgeBase, content_files, content_version
from kb.model import (
    BrandPhrases,
    Contact,
    Contradiction,
    CountryForms,
    Entry,
    Language,
    OutOfScope,
    SourceNotes,
    Topic,
)
from kb.relations import relation_faults
from kb.validation import validate
from kb.vehicles import Vehicles
from kb.yaml_file import YamlFile, read_text, read_yaml

T = TypeVar("T")

_NUMBERS = re.compile(r"\b(\d{1,4})(?:\s*-\s*(\d{1,4}))?\b")


def load(content: Path = BUNDLED_CONTENT) -> KnowledgeBase:
    """The knowledge base of a content folder. Raises KbError with every fault that it has."""
    if not content.is_dir():
        raise KbError([Fault(str(content), 1, "folder", "is missing", "set RADCE_CONTENT to a content folder")])
    reader = _Reader(content)
    draft = reader.read()
    faults = [*reader.faults, *relation_faults(draft), *coverage_faults(draft)]
    base = draft.base(content_version(content))
    if faults or base is None:
        raise KbError(faults)
    return base


class _Reader:
    def __init__(self, content: Path) -> None:
        self.content = content
        self.faults: list[Fault] = []
        self.files: dict[str, YamlFile] = {}
        self.seen: set[str] = set()

    def read(self) -> Draft:
        """Everything that can be read; `faults` then has what can't."""
        phrases = TypeAdapter(BrandPhrases)
        draft = Draft(
            files=self.files,
            entries=self._entries(),
            topics=self._read("topics.yaml", TypeAdapter(tuple[Topic, ...])),
            vehicles=self._read("vehicles.yaml", TypeAdapter(Vehicles)),
            contacts=self._read("contacts.yaml", TypeAdapter(tuple[Contact, ...])),
            countries=self._read("countries.yaml", TypeAdapter(dict[str, CountryForms])),
            out_of_scope=self._read("out_of_scope.yaml", TypeAdapter(tuple[OutOfScope, ...])),
            other_names=self._read("other_names.yaml", TypeAdapter(tuple[NonEmpty, ...])),
            synonyms=self._read("synonyms.yaml", TypeAdapter(dict[Language, dict[NonEmpty, tuple[NonEmpty, ...]]])),
            contradictions=self._read("contradictions.yaml", TypeAdapter(tuple[Contradiction, ...])),
            phrases={language: self._read(f"phrases.{language}.yaml", phrases) for language in Language},
            source=self._source(),
        )
        self._strangers()
        return replace(draft, unread=self._unread(draft))

    def _read(self, name: str, kind: TypeAdapter[T]) -> T | None:
        self.seen.add(name)
        file = read_yaml(self.content / name, name, self.faults)
        if file is None:
            return None
        self.files[name] = file
        return validate(file, kind, self.faults)

    def _entries(self) -> dict[str, Entry]:
        adapter = TypeAdapter(Entry)
        names = [f"entries/{path.name}" for path in sorted((self.content / "entries").glob("[!.]*.yaml"))]
        found = {name: self._read(name, adapter) for name in names}
        return {name: entry for name, entry in found.items() if entry is not None}

    def _source(self) -> Source | None:
        """The one source text, with what is noted of it."""
        notes = self._read("source.yaml", TypeAdapter(SourceNotes))
        paths = sorted((self.content / "source").glob("[!.]*.txt"))
        self.seen |= {f"source/{path.name}" for path in paths}
        if len(paths) != 1:
            remedy = "keep exactly one source text (.txt) there"
            self.faults.append(Fault("source/", 1, "folder", f"holds {len(paths)} texts", remedy))
            return None
        name = f"source/{paths[0].name}"
        text = read_text(paths[0], name, self.faults)
        if text is None or notes is None:
            return None
        return Source(name, tuple(text.split("\n")), notes.not_held, notes.edited)

    def _strangers(self) -> None:
        """Files that nothing reads, such as an entry named .yml."""
        for path in content_files(self.content):
            name = path.relative_to(self.content).as_posix()
            if name not in self.seen:
                remedy = "give it a name that docs/content.md lists, or move it away"
                self.faults.append(Fault(name, 1, "file", "is read by nothing", remedy))

    def _unread(self, draft: Draft) -> Unread:
        names = {name for name in self.seen if name.startswith("entries/") and name not in draft.entries}
        lines = frozenset(line for name in names for line in _numbers(self.content / name))
        return Unread(frozenset(Path(name).stem for name in names), lines)


def _numbers(path: Path) -> set[int]:
    """Every number that stands in a file, and those within ranges: "82-83"."""
    text = path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else ""
    found: set[int] = set()
    for first, last in _NUMBERS.findall(text):
        found |= set(range(int(first), int(last or first) + 1))
    return found
