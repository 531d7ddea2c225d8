"""What the routes of the content answer, as models: from them come the schemas of the OpenAPI document."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from bot.reply import ContactCard
from kb.model import Language, Origin


class Both(BaseModel):
    """A text in both languages."""

    cs: str
    en: str


class EntryRow(BaseModel):
    """An entry in a list."""

    entry_id: str
    topic: str
    question: Both
    has_variants: bool


class EntryList(BaseModel):
    """All entries."""

    kb_version: str
    entries: list[EntryRow]


class Sourced(BaseModel):
    """Where a part's text comes from, and with which variants it is shown."""

    origin: Origin
    lines: list[int]
    only_with: list[str] | Literal["all"]


class SourcedParagraph(Sourced):
    """A paragraph."""

    text: str
    type: Literal["paragraph"]


class SourcedNote(Sourced):
    """A text that is set off."""

    text: str
    type: Literal["note"]


class SourcedSteps(Sourced):
    """Steps, in their order."""

    items: list[str]
    type: Literal["steps"]


class SourcedList(Sourced):
    """Texts in a list."""

    items: list[str]
    type: Literal["list"]


class SourcedMenuPath(Sourced):
    """Words of a menu, one inside the other."""

    path: list[str]
    before: str
    after: str
    type: Literal["menu_path"]


SourcedPart = Annotated[
    SourcedParagraph | SourcedNote | SourcedSteps | SourcedList | SourcedMenuPath, Field(discriminator="type")
]


class PartsInBoth(BaseModel):
    """Parts in both languages."""

    cs: list[SourcedPart]
    en: list[SourcedPart]


class VehiclesRow(BaseModel):
    """Vehicles for which a variant holds; a year that is null is open."""

    generation: str | None
    model: str | None
    every_model_but: list[str]
    first: Annotated[int | None, Field(alias="from")]
    last: Annotated[int | None, Field(alias="to")]
    year_from: int | None
    year_to: int | None


class EntryVariant(BaseModel):
    """A variant of a procedure."""

    variant_id: str
    label: Both
    vehicles: list[VehiclesRow]
    blocks: PartsInBoth


class EntryOverlap(BaseModel):
    """Variants that hold for the same vehicles, and how an owner tells which of them is meant."""

    variants: list[str]
    vehicles: list[VehiclesRow]
    how_to_tell: Both


class SourceLine(BaseModel):
    """A line of the source."""

    line: int
    text: str


class RelatedEntry(BaseModel):
    """A related entry."""

    entry_id: str
    question: Both


class Origins(BaseModel):
    """Where an entry's text comes from, by language."""

    cs: Origin
    en: Origin


class WholeEntry(EntryRow):
    """Everything that is shown of an entry for any vehicle."""

    kb_version: str
    origin: Origins
    asks_vehicle: bool
    shows_contact: bool
    answer: PartsInBoth
    variants: list[EntryVariant]
    overlaps: list[EntryOverlap]
    closing: PartsInBoth
    source_lines: list[SourceLine]
    related: list[RelatedEntry]


class ContactList(BaseModel):
    """The contact address of every country."""

    kb_version: str
    language: Language
    contacts: list[ContactCard]


class GenerationRow(BaseModel):
    """A generation of a model."""

    generation: str
    codes: list[str]
    name: Both
    short: Both
    how_to_tell: Both
    first_model_year: int
    last_model_year: int
    still_built: bool
    electric: bool


class ModelRow(BaseModel):
    """A model with its generations."""

    model: str
    name: Both
    generations: list[GenerationRow]


class VehicleList(BaseModel):
    """Models, generations, model years."""

    kb_version: str
    latest_model_year: int
    models: list[ModelRow]
