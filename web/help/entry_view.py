"""What an entry's page shows: its parts for the vehicle, or the question for what is missing."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from bot.blocks import Block, Heading, Paragraph
from bot.compose import visible_parts
from bot.resolution import Ask, Missing, NotCovered, Show, resolve_entry, show
from bot.state import VehicleSlot
from kb.model import Entry, Origin
from web.help.edition import Edition
from web.help.vehicle_choice import VehicleChoice


class Shown(StrEnum):
    """What a page shows of its entry: all of it, what holds for the vehicle, what is possible, a question, nothing."""

    EVERYTHING = "everything"
    HOLDS = "holds"
    POSSIBLE = "possible"
    ASKED = "asked"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class VariantView:
    """A variant: its vehicles in words, and what is to be done."""

    id: str
    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry as its page shows it; `texts`: the question back for what is `missing`, or why there is nothing.

    `origin`: the phrase that tells where the text comes from; None where nothing of the entry is shown.
    """

    entry: Entry
    shown: Shown
    vehicle: str
    texts: tuple[str, ...] = ()
    missing: Missing | None = None
    lead: tuple[Block, ...] = ()
    variants: tuple[VariantView, ...] = ()
    closing: tuple[Block, ...] = ()
    origin: str | None = None

    def blocks(self) -> tuple[Block, ...]:
        """Everything that is shown of the entry, in its order, without the title."""
        variants = [block for row in self.variants for block in (Heading(row.label, level=2), *row.blocks)]
        return (*self.lead, *variants, *self.closing)


def entry_view(edition: Edition, entry: Entry, choice: VehicleChoice) -> EntryView:
    """The page of the entry for the vehicle that is chosen; for none, all variants, each under its vehicles."""
    vehicles = edition.base.vehicles
    slot = choice.slot(vehicles) if entry.variants else None
    vehicle = edition.clarifier.describe(slot)
    if slot is None:
        everything = show(entry, frozenset(variant.id for variant in entry.variants))
        return _with_parts(edition, entry, everything, Shown.EVERYTHING, vehicle)
    resolved = resolve_entry(vehicles, entry, slot, unknown=choice.unsure)
    match resolved:
        case Ask():
            return EntryView(entry, Shown.ASKED, vehicle, edition.clarifier.question(resolved), resolved.missing)
        case NotCovered():
            texts = (edition.words("not_covered", vehicle=vehicle), edition.brand.partner)
            return EntryView(entry, Shown.NOT_COVERED, vehicle, texts)
        case Show():
            return _with_parts(edition, entry, resolved, _certainty(resolved, slot), vehicle)


def _certainty(resolved: Show, slot: VehicleSlot) -> Shown:
    """One variant holds; several, or one that other cars of the choice don't have, are possible."""
    certain = len(resolved.variants) < 2 and not resolved.not_for_all and slot.generations
    return Shown.HOLDS if certain else Shown.POSSIBLE


def _with_parts(edition: Edition, entry: Entry, resolved: Show, shown: Shown, vehicle: str) -> EntryView:
    composer = edition.composer
    # The title stands above, and what follows the variants belongs to the last one no more than to the others.
    closing = tuple(composer.part(part) for part in visible_parts(entry, entry.closing, resolved))
    lead = tuple(takewhile(_is_no_variant, composer.entry(entry, resolved)[1:]))
    if shown is Shown.EVERYTHING:  # which the page says itself
        lead = tuple(block for block in lead if block != Paragraph(edition.words("all_possible")))
    variants = tuple(
        VariantView(name, composer.label(entry.variant(name)), tuple(composer.variant(entry, name, resolved)))
        for name in resolved.variants
    )
    return EntryView(
        entry,
        shown,
        vehicle,
        lead=lead if variants else lead[: len(lead) - len(closing)],
        variants=variants,
        closing=closing,
        origin=_origin(edition, entry, resolved),
    )


def _is_no_variant(block: Block) -> bool:
    return not (isinstance(block, Heading) and block.level == 2)


def _origin(edition: Edition, entry: Entry, resolved: Show) -> str:
    """The phrase for where the parts come from that are shown."""
    origins = {part.origin(edition.language) for part in visible_parts(entry, tuple(entry.parts()), resolved)}
    if {Origin.SOURCE, Origin.TRANSLATION} <= origins:
        return edition.words("origin_mixed")
    ranked = (Origin.TRANSLATION, Origin.SOURCE, Origin.EDITORIAL)
    origin = next((origin for origin in ranked if origin in origins), Origin.EDITORIAL)
    return edition.words(f"origin_{origin}")
