"""The caller: whose car, country and language everything in the console is shown for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from babel.languages import get_official_languages

from bot.country_names import COUNTRY_CODES
from bot.state import VehicleSlot
from kb.model import Language
from kb.vehicles import Vehicles, YearKind

# Who reads which language of the knowledge base; whoever reads neither is written to in English.
_READERS = {"cs": Language.CS, "sk": Language.CS}
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


@dataclass(frozen=True, slots=True)
class Caller:
    """What an agent knows of the caller; None: nothing. `language`: the one that the caller wishes for."""

    vehicle: VehicleSlot | None = None
    country: str | None = None
    language: Language | None = None

    def reads(self, otherwise: Language) -> Language:
        """The language to write in: the one wished for, else the country's, else another."""
        if self.language or not self.country:
            return self.language or otherwise
        official = get_official_languages(self.country, de_facto=True)
        return next((_READERS[name] for name in official if name in _READERS), Language.EN)

    def parameters(self, vehicles: Vehicles) -> dict[str, str]:
        """The caller as parameters of an address."""
        slot = self.vehicle or VehicleSlot()
        models = {vehicles.generation_of[code].model for code in slot.generations}
        model = models.pop() if len(models) == 1 else ""
        whole = bool(model) and slot.generations == vehicles.of_model(model)
        years = years_text(slot)
        told = {
            "model": model,
            "generation": "" if whole else ",".join(slot.generations),
            "year": years,
            "year_kind": slot.year_kind.value if years else "",
            "country": self.country or "",
            "customer": self.language.value if self.language else "",
        }
        return {name: value for name, value in told.items() if value}


def years_text(slot: VehicleSlot) -> str:
    """The slot's year or years: "2021", "2014-2017", or nothing."""
    if slot.first_year is None or slot.last_year is None:
        return ""
    return str(slot.first_year) if slot.year else f"{slot.first_year}-{slot.last_year}"


def caller_of(parameters: Mapping[str, str], vehicles: Vehicles) -> Caller:
    """The caller of an address's parameters; what can't be read is as good as absent."""
    slot = _slot(parameters, vehicles)
    country, language = parameters.get("country", "").upper(), parameters.get("customer", "")
    return Caller(
        vehicle=None if slot == VehicleSlot() else slot,
        country=country if country in COUNTRY_CODES else None,
        language=Language(language) if language in list(Language) else None,
    )


def _slot(parameters: Mapping[str, str], vehicles: Vehicles) -> VehicleSlot:
    model, named = parameters.get("model", ""), parameters.get("generation", "").split(",")
    codes = tuple(row.code for row in vehicles.generations if row.code in named and model in {"", row.model})
    slot = VehicleSlot(codes or vehicles.of_model(model))
    years = _YEARS.fullmatch(parameters.get("year", "").strip())
    if years is None:
        return slot
    kind = parameters.get("year_kind", "")
    first, last = int(years[1]), int(years[2] or years[1])
    return VehicleSlot(
        slot.generations,
        min(first, last),
        max(first, last),
        YearKind(kind) if kind in list(YearKind) else YearKind.BARE,
    )
