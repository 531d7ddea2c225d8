"""Countries in the order of a language's dictionary, and their addresses."""

from dataclasses import dataclass

from pydantic import BaseModel, field_validator

from bot.country_names import COUNTRY_CODES, country_name
from bot.reply import ContactCard
from kb.model import Language
from web.checks import known_country
from web.dictionary_order import dictionary_key
from web.help.edition import Edition
from web.help.vehicle_choice import Option


class CountryParameters(BaseModel):
    """The country of an address."""

    country: str | None = None

    @field_validator("country")
    @classmethod
    def _known_country(cls, country: str | None) -> str | None:
        return None if country is None else known_country(country)


@dataclass(frozen=True, slots=True)
class CountryContact:
    """A chosen country and its address; None where it has none."""

    code: str
    name: str
    card: ContactCard | None


def country_options(language: Language, chosen: str | None) -> tuple[Option, ...]:
    """Every country by its name."""
    names = {code: country_name(code, language) for code in COUNTRY_CODES}
    rows = sorted(names.items(), key=lambda row: dictionary_key(row[1], language))
    return tuple(Option(code, name, code == chosen) for code, name in rows)


def country_contact(edition: Edition, code: str) -> CountryContact:
    """The country and its address."""
    return CountryContact(code, country_name(code, edition.language), edition.composer.contact_card(code))


def all_contacts(edition: Edition) -> tuple[ContactCard, ...]:
    """Every address, by the name of its country."""
    cards = (edition.composer.contact_card(contact.country) for contact in edition.base.contacts)
    return tuple(sorted(filter(None, cards), key=lambda card: dictionary_key(card.name, edition.language)))
