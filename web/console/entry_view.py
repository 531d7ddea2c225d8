"""An entry as an agent sees it: both languages side by side, the caller's variants first, lines of the source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.assistant import Assistant
from bot.blocks import Block
from bot.compose import visible_parts
from bot.resolution import Show, show_all
from bot.state import VehicleSlot
from kb.knowledge_base import KnowledgeBase
from kb.model import Contradiction, Entry, Language, Origin, Part, Topic, Variant
from web.console.coverage import Fit, Holdings, may_concern
from web.console.desk import Desk


@dataclass(frozen=True, slots=True)
class PartView:
    """A part in every language, where each text comes from, and the source lines that it holds."""

    blocks: dict[Language, Block]
    origins: dict[Language, Origin]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class VariantView:
    """A variant: its vehicles in words, its parts, and whether it may hold for the caller."""

    id: str
    label: PartView
    labels: dict[Language, str]
    parts: tuple[PartView, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source and its number."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """Everything of an entry that is shown. `vehicle`: the caller's car in words; `shown`: the variants that are
    copied; `asks`: what to ask the caller; `choices`: what he can answer, each as it is read and as it is shown.
    """

    entry: Entry
    topic: Topic
    fit: Fit
    vehicle: str
    shown: Show
    asks: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    answer: tuple[PartView, ...]
    variants: tuple[VariantView, ...]
    closing: tuple[PartView, ...]
    origins: dict[Language, Origin]
    contradictions: tuple[Contradiction, ...]
    source_lines: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class Views:
    """Makes the views of entries."""

    assistant: Assistant
    holdings: Holdings

    def of(self, entry: Entry, desk: Desk, interface: Language) -> EntryView:
        """The entry for what is known of the caller; questions to him in the agent's language."""
        held = self.holdings.of(entry, desk.caller.vehicle)
        beside = held.shown if held.shown.variants else show_all(entry)
        variants = [self._variant(entry, variant, held.shown) for variant in entry.variants]
        clarifier = self.assistant.clarifiers[interface]
        unknown = clarifier.phrases("unknown_message")
        replies = clarifier.quick_replies(entry, held.ask) if held.ask else ()
        return EntryView(
            entry=entry,
            topic=next(row for row in desk.base.topics if row.id == entry.topic),
            fit=held.fit,
            vehicle=clarifier.describe(desk.caller.vehicle),
            shown=held.shown,
            asks=clarifier.question(held.ask) if held.ask else (),
            choices=tuple((row.message, row.label) for row in replies if row.message != unknown),
            answer=self._parts(visible_parts(entry, entry.answer, beside)),
            variants=tuple(sorted(variants, key=lambda row: not row.holds)),
            closing=self._parts(visible_parts(entry, entry.closing, beside)),
            origins={name: row.source(entry, show_all(entry)).origin for name, row in self.assistant.composers.items()},
            contradictions=tuple(_contradictions(desk.base, entry, desk.caller.vehicle)),
            source_lines=self._source_lines(entry),
        )

    def _variant(self, entry: Entry, variant: Variant, shown: Show) -> VariantView:
        beside = shown if variant.id in shown.variants else Show((variant.id,))
        return VariantView(
            id=variant.id,
            label=self._part(variant.label),
            labels={language: composer.label(variant) for language, composer in self.assistant.composers.items()},
            parts=self._parts(visible_parts(entry, variant.answer, beside)),
            holds=variant.id in shown.variants,
        )

    def _parts(self, parts: Iterable[Part]) -> tuple[PartView, ...]:
        return tuple(map(self._part, parts))

    def _part(self, part: Part) -> PartView:
        composers = self.assistant.composers
        return PartView(
            blocks={language: composer.part(part) for language, composer in composers.items()},
            origins={language: part.origin(language) for language in composers},
            lines=part.lines,
        )

    def _source_lines(self, entry: Entry) -> tuple[SourceLine, ...]:
        numbers = sorted({line for part in entry.parts() for line in (*part.lines, *part.repeats)})
        return tuple(SourceLine(number, self.assistant.index.base.source_lines[number - 1]) for number in numbers)


def _contradictions(base: KnowledgeBase, entry: Entry, slot: VehicleSlot | None) -> Iterator[Contradiction]:
    """Those of the source's contradictions that the entry has to do with, and that may concern the caller's car."""
    for row in base.contradictions:
        if entry.id in row.entries and may_concern(base.vehicles, row.vehicles, slot):
            yield row
