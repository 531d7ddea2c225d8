"""The caller panel: what is known of the caller, and what can be chosen instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.assistant import Assistant
from bot.country_names import COUNTRY_CODES, country_name
from bot.reply import ContactCard
from kb.model import Language
from web.console.caller import years_text
from web.console.desk import Desk
from web.dictionary_order import dictionary_key

# The value of a field in a form, and its text.
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CallerPanel:
    """The caller's fields with what can be chosen. `contact`: of the country, if it has one; `writes`: the language
    that replies are in.
    """

    fields: dict[str, str]
    year: str
    models: tuple[Choice, ...]
    generations: tuple[Choice, ...]
    listed: tuple[Choice, ...]
    unlisted: tuple[Choice, ...]
    country: str
    contact: ContactCard | None
    writes: Language


def caller_panel(assistant: Assistant, desk: Desk, interface: Language) -> CallerPanel:
    """The panel in the agent's language."""
    caller, vehicles = desk.caller, desk.base.vehicles
    fields = caller.parameters(vehicles)
    contacts = desk.base.contact_of
    return CallerPanel(
        fields=fields,
        year=years_text(caller.vehicle) if caller.vehicle else "",
        models=tuple((row.id, row.label().text(interface)) for row in vehicles.models),
        generations=tuple(_generations(desk, fields, interface)),
        listed=countries(frozenset(contacts), interface),
        unlisted=countries(frozenset(COUNTRY_CODES - contacts.keys()), interface),
        country=country_name(caller.country, interface) if caller.country else "",
        contact=assistant.composers[interface].contact_card(caller.country),
        writes=caller.reads(interface),
    )


def _generations(desk: Desk, fields: dict[str, str], interface: Language) -> Iterable[Choice]:
    """The generations of the model, or all; before them several that the caller's car may be."""
    named = fields.get("generation", "")
    if "," in named:
        yield named, named.replace(",", " / ")
    for row in desk.base.vehicles.generations:
        if row.model == fields.get("model", row.model):
            yield row.code, (row.short if "model" in fields else row.name).text(interface)


@cache
def countries(codes: frozenset[str], interface: Language) -> tuple[Choice, ...]:
    """Countries by name, in the order of a dictionary."""
    rows = [(code, country_name(code, interface)) for code in codes]
    return tuple(sorted(rows, key=lambda row: dictionary_key(row[1], interface)))
