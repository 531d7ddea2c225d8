"""A reply as the API tells it: the fields of the public contract, and no others."""

from dataclasses import asdict
from typing import TypedDict

from bot.reply import KnownVehicle, Reply


class ReplyFields(TypedDict):
    """A reply without the ids that the store gives it."""

    language: str
    kind: str
    text: str
    blocks: list[dict[str, object]]
    entry_id: str | None
    variants: list[str]
    confidence: float
    sources: list[dict[str, object]]
    kb_version: str
    quick_replies: list[dict[str, object]]
    suggestions: list[dict[str, object]]
    contact: dict[str, object] | None
    vehicle: dict[str, object] | None
    country: str | None


def reply_fields(reply: Reply) -> ReplyFields:
    """The reply's fields as plain JSON values."""
    return ReplyFields(
        language=reply.language.value,
        kind=reply.kind.value,
        text=reply.text,
        blocks=[asdict(block) for block in reply.blocks],
        entry_id=reply.entry_id,
        variants=list(reply.variants),
        confidence=round(reply.confidence, 4),
        sources=[asdict(source) for source in reply.sources],
        kb_version=reply.kb_version,
        quick_replies=[asdict(row) for row in reply.quick_replies],
        suggestions=[asdict(row) for row in reply.suggestions],
        contact=asdict(reply.contact) if reply.contact else None,
        vehicle=_vehicle_fields(reply.vehicle) if reply.vehicle else None,
        country=reply.country,
    )


def _vehicle_fields(vehicle: KnownVehicle) -> dict[str, object]:
    fields = asdict(vehicle)
    if vehicle.model_years is None:
        del fields["model_years"]
    return fields
