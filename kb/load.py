"""Loading a content folder: everything is read and checked, and all faults are told at once."""

from pathlib import Path
from typing import TypeVar

from kb.coverage import coverage_faults
from kb.errors import Fault, KbError
from kb.knowledge_base import KnowledgeBase, content_version
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
from kb.relations import ContentFiles, relation_faults
from kb.validation import validate
from kb.vehicles import Vehicles
from kb.yaml_file import YamlFile, read_yaml

T = TypeVar("T")

BUNDLED_CONTENT = Path(__file__).parent / "content"


def load(content: Path = BUNDLED_CONTENT) -> KnowledgeBase:
    """The knowledge base of a content folder. Raises KbError with every fault that it has."""
    loader = _Loader(content)
    base = loader.load()
    if base is None or loader.faults:
        raise KbError(loader.faults)
    return base


class _Loader:
    def __init__(self, content: Path) -> None:
        self.content = content
        self.faults: list[Fault] = []
        self.files: dict[str, YamlFile] = {}

    def load(self) -> KnowledgeBase | None:
        if not self.content.is_dir():
            self.faults.append(Fault(str(self.content), 1, "folder", "is missing", "set RADCE_CONTENT to a content folder"))
            return None
        entries = self._entries()
        topics = self._read("topics.yaml", tuple[Topic, ...])
        vehicles = self._read("vehicles.yaml", Vehicles)
        contacts = self._read("contacts.yaml", tuple[Contact, ...])
        countries = self._read("countries.yaml", dict[str, CountryForms])
        out_of_scope = self._read("out_of_scope.yaml", tuple[OutOfScope, ...])
        contradictions = self._read("contradictions.yaml", tuple[Contradiction, ...])
        phrases = {language: self._read(f"phrases.{language}.yaml", BrandPhrases) for language in Language}
        source = self._source()
        if (
            topics is None or vehicles is None or contacts is None or countries is None or source is None
            or out_of_scope is None or contradictions is None
        ):  # fmt: skip
            return None
        base = KnowledgeBase(
            version=content_version(self.content),
            entries=entries,
            topics=topics,
            vehicles=vehicles,
            contacts=contacts,
            countries=countries,
            out_of_scope=out_of_scope,
            contradictions=contradictions,
            phrases={language: brand for language, brand in phrases.items() if brand is not None},
            source_lines=source,
        )
        files = ContentFiles(self.files)
        self.faults += relation_faults(base, files)
        if not self.faults:  # a part that is missing leaves lines uncovered: that would be told twice
            self.faults += coverage_faults(base, files)
        return base

    def _read(self, name: str, kind: type[T]) -> T | None:
        file = read_yaml(self.content / name, name, self.faults)
        if file is None:
            return None
        self.files[name] = file
        return validate(file, kind, self.faults)

    def _entries(self) -> tuple[Entry, ...]:
        paths = sorted((self.content / "entries").glob("*.yaml"))
        entries = [self._read(f"entries/{path.name}", Entry) for path in paths]
        return tuple(entry for entry in entries if entry is not None)

    def _source(self) -> tuple[str, ...] | None:
        """The lines of the one source text."""
        paths = sorted((self.content / "source").glob("*.txt"))
        if len(paths) != 1:
            what = f"holds {len(paths)} texts"
            self.faults.append(Fault("source/", 1, "folder", what, "keep exactly one source text (.txt) there"))
            return None
        try:
            return tuple(paths[0].read_text(encoding="utf-8").split("\n"))
        except (OSError, UnicodeDecodeError) as error:
            name = f"source/{paths[0].name}"
            self.faults.append(Fault(name, 1, "file", f"can't be read ({error})", "restore the file as UTF-8"))
            return None
