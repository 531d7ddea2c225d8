"""A turn as it is stored: what the customer wrote and what the bot made of it."""

import json
from dataclasses import dataclass

from bot.reply import Reply, ReplyKind


@dataclass(frozen=True, slots=True)
class TurnIds:
    """The ids that a reply carries."""

    conversation_id: str
    message_id: str


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One turn. `message` is without personal data, `reply` the JSON as it is sent."""

    message: str
    reply: str
    kind: str
    language: str
    entry_id: str | None = None
    variants: tuple[str, ...] = ()
    confidence: float = 0.0
    country: str | None = None
    model: str | None = None
    model_year: int | None = None
    milliseconds: int = 0

    @classmethod
    def of(cls, message: str, reply: Reply, told: str, milliseconds: int) -> "TurnRecord":
        """The record of a reply that is told as that JSON."""
        vehicle = reply.vehicle
        return cls(
            message=message,
            reply=told,
            kind=reply.kind.value,
            language=reply.language.value,
            entry_id=reply.entry_id,
            variants=reply.variants,
            confidence=round(reply.confidence, 4),
            country=reply.country,
            model=vehicle.model if vehicle else None,
            model_year=vehicle.model_year if vehicle else None,
            milliseconds=milliseconds,
        )

    def known(self) -> dict[str, object]:
        """What the conversation knows after the turn: columns of both tables."""
        return {
            "language": self.language,
            "country": self.country,
            "model": self.model,
            "model_year": self.model_year,
        }

    def came_of_it(self) -> dict[str, object]:
        """What the conversation has come to: columns of its row. Small talk changes nothing."""
        return {} if self.kind == ReplyKind.SMALLTALK else {"last_kind": self.kind, "last_entry": self.entry_id}

    def columns(self) -> dict[str, object]:
        """The record's columns in the table of turns."""
        return {
            **self.known(),
            "message": self.message,
            "reply": self.reply,
            "kind": self.kind,
            "entry_id": self.entry_id,
            "variants": json.dumps(self.variants),
            "confidence": self.confidence,
            "milliseconds": self.milliseconds,
        }
