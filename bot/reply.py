"""What comes out of a turn."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from bot.blocks import Block, plain_text
from kb.model import Language, Origin


class ReplyKind(StrEnum):
    """What a reply is (design: the chat API)."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    CONTACT = "contact"
    NO_ANSWER = "no_answer"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True, slots=True)
class Source:
    """The entry that a reply shows, and where its text comes from in the reply's language."""

    entry_id: str
    question: str
    language: Language
    origin: Origin


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A button: what it says, and the message that it sends."""

    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another entry that the customer may have meant, or that is related."""

    entry_id: str
    question: str


@dataclass(frozen=True, slots=True)
class ContactCard:
    """The address of the customer's country."""

    country: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class KnownVehicle:
    """What the conversation knows of the car; `model_years`: where only a range is known, its ends (None: open)."""

    model: str
    generation: str | None
    model_year: int | None
    model_years: tuple[int | None, int | None] | None = None


class Known(TypedDict):
    """What every reply tells of the state after it."""

    contact: ContactCard | None
    vehicle: KnownVehicle | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply. Its text is made of sentences of the knowledge base and fixed phrases only."""

    language: Language
    kind: ReplyKind
    blocks: tuple[Block, ...]
    kb_version: str
    entry_id: str | None = None
    variants: tuple[str, ...] = ()
    confidence: float = 1.0
    sources: tuple[Source, ...] = ()
    quick_replies: tuple[QuickReply, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    contact: ContactCard | None = None
    vehicle: KnownVehicle | None = None
    country: str | None = None

    @property
    def text(self) -> str:
        """The blocks as plain text."""
        return plain_text(self.blocks)
