"""What an agent copies: the answer as plain text, as an e-mail, and as a link to the help page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from bot.assistant import Assistant
from bot.blocks import Block, Heading, Paragraph, plain_text
from bot.resolution import Show, show_possible
from kb.model import Entry, Language
from kb.vehicles import YearKind
from web.console.coverage import Fit, Holding, Holdings
from web.console.desk import Desk
from web.console.words import Words


@dataclass(frozen=True, slots=True)
class Copies:
    """The texts to be copied of one entry in one language; `variants`: each variant alone, by its id."""

    language: Language
    text: str
    mail: str
    link: str
    variants: dict[str, str]


@dataclass(frozen=True, slots=True)
class Copier:
    """Makes the texts; `words` are those of an e-mail."""

    assistant: Assistant
    holdings: Holdings
    words: dict[Language, Words]

    def of(self, entry: Entry, desk: Desk, language: Language, *, site: str) -> Copies:
        """The texts for what is known of the caller; `site`: the server's own address with a slash at its end."""
        held = self.holdings.of(entry, desk.caller.vehicle)
        answer = plain_text(tuple(self._answer(entry, held, desk, language)))
        link = self.link(entry, desk, language, site=site)
        composer = self.assistant.composers[language]
        variants = {
            variant.id: plain_text(
                (Heading(composer.label(variant), 2), *composer.variant(entry, variant.id, Show((variant.id,))))
            )
            for variant in entry.variants
        }
        mail = self._mail(entry, held, desk, answer, link=link, words=self.words[language])
        return Copies(language, answer, mail, link, variants)

    def link(self, entry: Entry, desk: Desk, language: Language, *, site: str) -> str:
        """The address of the help page for the car; its year only where the page shows the same for a model year."""
        vehicles, slot = desk.base.vehicles, desk.caller.vehicle
        told = desk.caller.parameters(vehicles)
        address = f"{site}help/{language}/{entry.id}"
        if not (slot and entry.variants and "model" in told) or "," in told.get("generation", ""):
            return address
        named = {name: value for name, value in told.items() if name in {"model", "generation"}}
        if slot.year:
            as_model_year = replace(slot, year_kind=YearKind.MODEL_YEAR)
            if show_possible(vehicles, entry, slot) == show_possible(vehicles, entry, as_model_year):
                named["model_year"] = str(slot.year)
        return f"{address}?{urlencode(named)}"

    def _answer(self, entry: Entry, held: Holding, desk: Desk, language: Language) -> Iterator[Block]:
        """The answer without its question."""
        composer, country = self.assistant.composers[language], desk.caller.country
        if held.fit is Fit.NOT_COVERED:
            vehicle = self.assistant.clarifiers[language].describe(desk.caller.vehicle)
            yield Paragraph(self.words[language]("not_covered", vehicle=vehicle))
            yield from composer.whom_to_ask(country)
            return
        yield from composer.entry(entry, held.shown)[1:]
        if entry.show_contact and country:
            yield from composer.address(country)

    def _mail(self, entry: Entry, held: Holding, desk: Desk, answer: str, *, link: str, words: Words) -> str:
        paragraphs = [words("greeting"), words("question", question=entry.question.text(words.language)), answer]
        if held.fit is not Fit.NOT_COVERED:
            paragraphs.append(f"{words('link')}\n{link}")
            whom = self.assistant.composers[words.language].whom_to_ask(desk.caller.country)
            contact = plain_text(tuple(whom)) if desk.caller.country else ""
            if contact.partition("\n")[0] not in answer:
                paragraphs.append(contact)
        return "\n\n".join([*paragraphs, words("sign_off")]) + "\n"
