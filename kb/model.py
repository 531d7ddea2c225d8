"""The types of the knowledge base: entries, their parts and variants, topics, contacts.

They are plain frozen dataclasses; pydantic validates YAML straight into them (`kb.validation`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from kb.errors import FieldPath
from kb.fields import (
    Condition,
    CountryCode,
    CountryPhrase,
    EmailAddress,
    Identifier,
    LineNumbers,
    ModelYear,
    NonEmpty,
    Text,
)

STRICT = ConfigDict(extra="forbid")


class Language(StrEnum):
    """A language of the knowledge base."""

    CS = "cs"
    EN = "en"


class Origin(StrEnum):
    """Where a text comes from: the source itself, a translation of it, or the editors."""

    SOURCE = "source"
    TRANSLATION = "translation"
    EDITORIAL = "editorial"


class PartType(StrEnum):
    """How a part is shown."""

    PARAGRAPH = "paragraph"
    NOTE = "note"
    STEPS = "steps"
    LIST = "list"
    MENU_PATH = "menu_path"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A short text in both languages."""

    __pydantic_config__ = STRICT
    cs: NonEmpty
    en: NonEmpty

    def text(self, language: Language) -> str:
        """The text in that language."""
        return self.cs if language is Language.CS else self.en


@dataclass(frozen=True, slots=True)
class BilingualLists:
    """Alternate questions in both languages, ten or more each."""

    __pydantic_config__ = STRICT
    cs: Annotated[tuple[NonEmpty, ...], Field(min_length=10)]
    en: Annotated[tuple[NonEmpty, ...], Field(min_length=10)]

    def texts(self, language: Language) -> tuple[str, ...]:
        """The questions in that language."""
        return self.cs if language is Language.CS else self.en


@dataclass(frozen=True, slots=True)
class Mend:
    """A slip of the source and the text that puts it right."""

    __pydantic_config__ = STRICT
    source: NonEmpty
    text: NonEmpty


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an answer in both languages, with the source lines that it holds."""

    __pydantic_config__ = STRICT
    cs: Text | None = None
    en: Text | None = None
    type: PartType = PartType.PARAGRAPH
    lines: LineNumbers = ()
    original: Language | None = None
    repeats: LineNumbers = ()
    hidden: bool = False
    mends: tuple[Mend, ...] = ()
    only_with: Condition = ()

    def text(self, language: Language) -> Text:
        """The text in that language; of a hidden part, "" where it has none."""
        return (self.cs if language is Language.CS else self.en) or ""

    def origin(self, language: Language) -> Origin:
        """Where the text in that language comes from."""
        if self.original is None:
            return Origin.EDITORIAL
        return Origin.SOURCE if self.original is language else Origin.TRANSLATION


def _list_of_one(value: object) -> object:
    return [value] if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class VehicleRow:
    """The vehicles that a variant holds for: a generation, a model, or all but some models."""

    __pydantic_config__ = STRICT
    generation: NonEmpty | None = None
    model: NonEmpty | None = None
    every_model_but: Annotated[tuple[NonEmpty, ...], BeforeValidator(_list_of_one)] = ()
    first: Annotated[ModelYear | None, Field(alias="from")] = None
    last: Annotated[ModelYear | None, Field(alias="to")] = None
    year_first: Annotated[ModelYear | None, Field(alias="year_from")] = None
    year_last: Annotated[ModelYear | None, Field(alias="year_to")] = None


@dataclass(frozen=True, slots=True)
class Variant:
    """The steps of a procedure for a set of vehicles."""

    __pydantic_config__ = STRICT
    id: Identifier
    vehicles: Annotated[tuple[VehicleRow, ...], Field(min_length=1)]
    label: Part
    answer: Annotated[tuple[Part, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Variants that the same vehicles satisfy, declared, and how to tell which one holds."""

    __pydantic_config__ = STRICT
    variants: Annotated[tuple[Identifier, ...], Field(min_length=2)]
    vehicles: Annotated[tuple[VehicleRow, ...], Field(min_length=1)]
    how_to_tell: Bilingual


def _placed(place: FieldPath, parts: tuple[Part, ...]) -> Iterator[tuple[FieldPath, Part]]:
    return (((*place, number), part) for number, part in enumerate(parts))


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One topic of the knowledge base: the questions it answers and the answer in parts. Equal only to itself."""

    __pydantic_config__ = STRICT
    id: Identifier
    topic: Identifier
    question: Bilingual
    alternates: BilingualLists
    answer: tuple[Part, ...] = ()
    variants: tuple[Variant, ...] = ()
    ask_vehicle: bool = False
    procedure: bool = True
    overlaps: tuple[Overlap, ...] = ()
    closing: tuple[Part, ...] = ()
    related: tuple[Identifier, ...] = ()
    show_contact: bool = False
    about: Bilingual | None = None
    asked: Annotated[int, Field(ge=0)] = 1

    def parts(self) -> Iterator[Part]:
        """Every part, labels of variants included, in the order in which they are shown."""
        return (part for _, part in self.placed_parts())

    def placed_parts(self) -> Iterator[tuple[FieldPath, Part]]:
        """Every part with its place in the entry's file, such as ("variants", 0, "label")."""
        yield from _placed(("answer",), self.answer)
        for number, variant in enumerate(self.variants):
            yield ("variants", number, "label"), variant.label
            yield from _placed(("variants", number, "answer"), variant.answer)
        yield from _placed(("closing",), self.closing)

    def variant(self, variant_id: str) -> Variant:
        """The variant of that id. Raises StopIteration where there is none."""
        return next(variant for variant in self.variants if variant.id == variant_id)


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of entries."""

    __pydantic_config__ = STRICT
    id: Identifier
    cs: NonEmpty
    en: NonEmpty


@dataclass(frozen=True, slots=True)
class Contact:
    """The e-mail address of a country, as its source line has it."""

    __pydantic_config__ = STRICT
    country: CountryCode
    line: Annotated[int, Field(ge=1)]
    name: NonEmpty
    email: EmailAddress


@dataclass(frozen=True, slots=True)
class CountryForms:
    """How people write a country, beyond its CLDR names: inflections, aliases, adjectives."""

    __pydantic_config__ = STRICT
    cs: tuple[NonEmpty, ...] = ()
    en: tuple[NonEmpty, ...] = ()

    def texts(self, language: Language) -> tuple[str, ...]:
        """The forms in that language."""
        return self.cs if language is Language.CS else self.en


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """Examples of a subject that customers ask about and the knowledge base does not hold."""

    __pydantic_config__ = STRICT
    id: Identifier
    cs: tuple[NonEmpty, ...] = ()
    en: tuple[NonEmpty, ...] = ()

    def texts(self, language: Language) -> tuple[str, ...]:
        """The examples in that language."""
        return self.cs if language is Language.CS else self.en


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Source lines that contradict each other, and which of them the entries follow.

    `vehicles`: those that it concerns; none: every vehicle.
    """

    __pydantic_config__ = STRICT
    lines: LineNumbers
    entries: tuple[Identifier, ...]
    what: Bilingual
    followed: Bilingual
    vehicles: tuple[VehicleRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceNotes:
    """What is to be known of the source text: the lines that answer nothing, such as its title.

    `edited`: the day on which an editor last changed what the content says.
    """

    __pydantic_config__ = STRICT
    not_held: LineNumbers = ()
    edited: Annotated[date | None, Field(strict=True)] = None


@dataclass(frozen=True, slots=True)
class BrandPhrases:
    """The brand's own phrases in one language; two of them have a place for a country's name.

    `examples`: questions that customers often ask, shown before the first one is asked.
    """

    __pydantic_config__ = STRICT
    assistant_name: NonEmpty
    knowledge_base_name: NonEmpty
    disclaimer: NonEmpty
    storage_notice: NonEmpty
    greeting: NonEmpty
    scope: NonEmpty
    examples: Annotated[tuple[NonEmpty, ...], Field(min_length=3, max_length=3)]
    partner: NonEmpty
    contact_purpose: CountryPhrase
    no_contact_listed: CountryPhrase
    no_phone: NonEmpty
