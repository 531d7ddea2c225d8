"""Composing replies: an entry's parts, filtered by its variants, and contacts, as blocks."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.blocks import (
    Block,
    BulletList,
    ContactBlock,
    Heading,
    MenuPathBlock,
    Note,
    Paragraph,
    Steps,
)
from bot.country_names import country_name
from bot.phrases import Phrases
from bot.reply import ContactCard, Source
from bot.resolution import Show
from kb.fields import MenuPath
from kb.knowledge_base import CONTACT_ENTRY, KnowledgeBase
from kb.model import BrandPhrases, Entry, Language, Origin, Part, PartType, Variant


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes blocks in one language."""

    base: KnowledgeBase
    phrases: Phrases
    language: Language

    @property
    def brand(self) -> BrandPhrases:
        """The brand's phrases in this language."""
        return self.base.phrases[self.language]

    def entry(self, entry: Entry, shown: Show) -> tuple[Block, ...]:
        """The entry with its title question, and those of its variants that are shown."""
        return tuple(self._entry_blocks(entry, shown))

    def _entry_blocks(self, entry: Entry, shown: Show) -> Iterator[Block]:
        yield Heading(entry.question.text(self.language))
        yield from self._parts(entry, entry.answer, shown)
        yield from self._which_one(entry, shown)
        for variant_id in shown.variants:
            yield Heading(self.label(entry.variant(variant_id)), level=2)
            yield from self.variant(entry, variant_id, shown)
        yield from self._parts(entry, entry.closing, shown)

    def label(self, variant: Variant) -> str:
        """The vehicles of a variant in words."""
        return str(variant.label.text(self.language)).removesuffix(":")

    def variant(self, entry: Entry, variant_id: str, shown: Show) -> Iterator[Block]:
        """What is to be done for the vehicles of a variant."""
        return self._parts(entry, entry.variant(variant_id).answer, shown)

    def _which_one(self, entry: Entry, shown: Show) -> Iterator[Block]:
        """How to tell which of several variants holds, and that none may."""
        if shown.how_to_tell:
            yield Note(shown.how_to_tell.text(self.language))
        elif shown.by_model_year and len(shown.variants) > 1:
            yield Note(self.phrases("by_model_year"))
        elif len(shown.variants) > 1 and entry.ask_vehicle:
            yield Paragraph(self.phrases("all_possible"))
        if shown.not_for_all and entry.ask_vehicle:
            yield Note(self.phrases("not_for_all"))

    def _parts(self, entry: Entry, parts: tuple[Part, ...], shown: Show) -> Iterator[Block]:
        for part in visible_parts(entry, parts, shown):
            yield self.part(part)

    def part(self, part: Part) -> Block:
        """A part as a block."""
        text = part.text(self.language)
        if isinstance(text, MenuPath):
            return MenuPathBlock(text.path, text.before, text.after)
        if isinstance(text, tuple):
            return Steps(text) if part.type is PartType.STEPS else BulletList(text)
        return Note(text) if part.type is PartType.NOTE else Paragraph(text)

    def source(self, entry: Entry, shown: Show) -> Source:
        """Where the entry's text comes from: a translation as soon as one part of it is."""
        parts = visible_parts(entry, tuple(entry.parts()), shown)
        origins = {part.origin(self.language) for part in parts}
        ranked = (Origin.TRANSLATION, Origin.SOURCE, Origin.EDITORIAL)
        origin = next((origin for origin in ranked if origin in origins), Origin.EDITORIAL)
        return Source(entry.id, entry.question.text(self.language), self.language, origin)

    def contact_card(self, country: str | None) -> ContactCard | None:
        """The address of a country; None where it is not known or has none."""
        contact = self.base.contact_of.get(country or "")
        if contact is None:
            return None
        return ContactCard(contact.country, country_name(contact.country, self.language), contact.email)

    def address(self, country: str) -> Iterator[Block]:
        """The address of a country, and what it is; the Porsche partner where it has none."""
        card = self.contact_card(country)
        name = country_name(country, self.language)
        if card is None:
            yield Paragraph(self.brand.no_contact_listed.format(country=name))
        else:
            yield Paragraph(self.brand.contact_purpose.format(country=name))
            yield ContactBlock(card.country, card.name, card.email)

    def whom_to_ask(self, country: str | None) -> Iterator[Block]:
        """Whom to ask where the knowledge base has no answer; the address, which is for something else, comes last."""
        if country is None or country in self.base.contact_of:
            yield Paragraph(self.brand.partner)
        if country:
            yield from self.address(country)
            yield from self._what_the_address_is((country,))

    def contact(self, countries: tuple[str, ...], *, phone: bool = False) -> Iterator[Block]:
        """The addresses of countries; without a country, the question for it."""
        if phone:
            yield Paragraph(self.brand.no_phone)
        if not countries:  # the question comes last, so that nothing behind it sounds like an answer to it
            yield Paragraph(self.brand.partner)
            yield Paragraph(self.phrases("ask_country"))
        for country in countries:
            yield from self.address(country)
        yield from self._what_the_address_is(countries)

    def _what_the_address_is(self, countries: tuple[str, ...]) -> Iterator[Block]:
        """What the source gives addresses for, where one of the countries has one."""
        if any(country in self.base.contact_of for country in countries):
            entry = self.base.entry_of[CONTACT_ENTRY]
            for part in visible_parts(entry, entry.answer, Show(())):
                yield Note(str(part.text(self.language)))


def visible_parts(entry: Entry, parts: tuple[Part, ...], shown: Show) -> list[Part]:
    """The parts that are shown together with these variants."""
    everything = len(shown.variants) == len(entry.variants)
    return [
        part
        for part in parts
        if not part.hidden
        and (
            not part.only_with
            or (everything if part.only_with == "all" else bool(set(part.only_with) & set(shown.variants)))
        )
    ]
