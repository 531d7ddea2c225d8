"""The loaded knowledge base: everything of the content folder, checked."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

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

BUNDLED_CONTENT = Path(__file__).parent / "content"
CONTACT_ENTRY = "contact-by-country"
SUFFIXES = frozenset({".yaml", ".yml", ".txt"})


@dataclass(frozen=True)
class KnowledgeBase:
    """Entries, vehicles, contacts and phrases.

    `version` is a hash of all content files, `edited` the day on which an editor last changed what they say.
    """

    version: str
    entries: tuple[Entry, ...]
    topics: tuple[Topic, ...]
    vehicles: Vehicles
    contacts: tuple[Contact, ...]
    countries: dict[str, CountryForms]
    out_of_scope: tuple[OutOfScope, ...]
    other_names: tuple[str, ...]
    synonyms: dict[Language, dict[str, tuple[str, ...]]]
    contradictions: tuple[Contradiction, ...]
    phrases: dict[Language, BrandPhrases]
    source_lines: tuple[str, ...]
    edited: date | None = None

    @cached_property
    def entry_of(self) -> dict[str, Entry]:
        """Entries by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def contact_of(self) -> dict[str, Contact]:
        """Contacts by country code."""
        return {contact.country: contact for contact in self.contacts}


def content_files(content: Path) -> list[Path]:
    """The files of a content folder that its version depends on, in a fixed order, without hidden ones."""
    return sorted(path for path in content.rglob("[!.]*") if path.suffix in SUFFIXES and path.is_file())


def content_version(content: Path) -> str:
    """The hash of the content folder: 12 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in content_files(content):
        digest.update(path.relative_to(content).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
