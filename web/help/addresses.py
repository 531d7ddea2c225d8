"""The addresses of the help pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from kb.knowledge_base import KnowledgeBase
from kb.model import Language

ROOT = "/help"
SEARCH = "search"
CONTACTS = "contacts"
# Pages that have an address in each language, beside entries; the first is the list of topics.
NAMED = ("", CONTACTS, SEARCH)


@dataclass(frozen=True, slots=True)
class Place:
    """A page in any language: "" for the topics, "contacts", "search" or an entry's id, and the page's parameters."""

    name: str = ""
    query: str = ""

    @classmethod
    def of(cls, name: str, parameters: Mapping[str, str]) -> "Place":
        """The place with these parameters."""
        return cls(name, urlencode(parameters))

    def path(self, language: Language | None = None) -> str:
        """The path in a language; without one it leads to the visitor's."""
        path = "/".join(filter(None, (ROOT, language.value if language else "", self.name)))
        return f"{path}?{self.query}" if self.query else path

    @property
    def canonical(self) -> "Place":
        """The place without parameters."""
        return Place(self.name)


def places(base: KnowledgeBase) -> tuple[Place, ...]:
    """Every page that search engines may list: topics, contacts, entries."""
    return (Place(), Place(CONTACTS), *(Place(entry.id) for entry in base.entries))
