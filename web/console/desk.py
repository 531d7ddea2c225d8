"""What an agent has in front of him: the query, its filters, the caller; all of it stands in the page's address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

from bot.search import SearchRequest
from kb.knowledge_base import KnowledgeBase
from kb.model import Language
from web.chat_request import MOST_CHARACTERS, without_controls
from web.console.caller import Caller, caller_of

# So many are looked through while somebody waits on the telephone.
MOST_ROWS = 12
ROOT = "/console"


@dataclass(frozen=True, slots=True)
class Desk:
    """One page's query, filters and caller. `language`: of the passages that are searched (None: both)."""

    base: KnowledgeBase
    q: str = ""
    topic: str | None = None
    language: Language | None = None
    caller: Caller = field(default_factory=Caller)

    @property
    def parameters(self) -> dict[str, str]:
        """Query, filters and caller as parameters of an address."""
        own = {"q": self.q, "topic": self.topic or "", "language": self.language or ""}
        return {name: str(value) for name, value in own.items() if value} | self.caller.parameters(self.base.vehicles)

    def address(self, path: str = "", **more: str) -> str:
        """An address of the console below its root, with all parameters and some more."""
        told = urlencode(self.parameters | more)
        return ROOT + quote(path) + (f"?{told}" if told else "")

    def entry_address(self, entry_id: str) -> str:
        """The address of an entry."""
        return self.address(f"/entries/{entry_id}")

    def of(self, caller: Caller) -> "Desk":
        """The desk with another caller."""
        return replace(self, caller=caller)

    def about(self, topic: str | None) -> "Desk":
        """The desk with the entries of a topic, without a query."""
        return replace(self, q="", topic=topic)

    def request(self) -> SearchRequest:
        """What is searched."""
        return SearchRequest(self.q, self.language, self.caller.vehicle, self.topic, MOST_ROWS)


def desk_of(parameters: Mapping[str, str], base: KnowledgeBase) -> Desk:
    """The desk of an address's parameters; what can't be read is as good as absent."""
    topic, language = parameters.get("topic"), parameters.get("language", "")
    words = re.sub(r"\s+", " ", without_controls(parameters.get("q", ""))).strip()
    return Desk(
        base,
        q=words[:MOST_CHARACTERS],
        topic=topic if topic in {row.id for row in base.topics} else None,
        language=Language(language) if language in list(Language) else None,
        caller=caller_of(parameters, base.vehicles),
    )
