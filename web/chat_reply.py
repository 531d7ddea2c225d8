"""A reply as the API tells it: the fields of the public contract, and no others."""

from dataclasses import fields
from typing import TYPE_CHECKING, TypedDict

from bot.reply import KnownVehicle, Reply

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


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
        blocks=[_fields(block) for block in reply.blocks],
        entry_id=reply.entry_id,
        variants=list(reply.variants),
        confidence=round(reply.confidence, 4),
        sources=[_fields(source) for source in reply.sources],
        kb_version=reply.kb_version,
        quick_replies=[_fields(row) for row in reply.quick_replies],
        suggestions=[_fields(row) for row in reply.suggestions],
        contact=_fields(reply.contact) if reply.contact else None,
        vehicle=_vehicle_fields(reply.vehicle) if reply.vehicle else None,
        country=reply.country,
    )


def _fields(row: "DataclassInstance") -> dict[str, object]:
    """The fields as they stand: there are no dataclasses inside, which `asdict` would look for in every value."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def _vehicle_fields(vehicle: KnownVehicle) -> dict[str, object]:
    fields = _fields(vehicle)
    if vehicle.model_years is None:
        del fields["model_years"]
    return fields
