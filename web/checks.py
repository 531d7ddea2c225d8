"""Checks of what a request names, against the knowledge base; a fault says which values are allowed."""

from pydantic_core import PydanticCustomError

from bot.country_names import COUNTRY_CODES
from bot.slots import generation_code
from kb.vehicles import Vehicles


def known_model(vehicles: Vehicles, model: str) -> str:
    """The model's id. Raises PydanticCustomError where there is no such model."""
    known = vehicles.model_of
    if model.casefold() not in known:
        raise PydanticCustomError("model", "there is no such model; allowed: {known}", {"known": ", ".join(known)})
    return model.casefold()


def check_generation(vehicles: Vehicles, model: str | None, generation: str) -> None:
    """Raises PydanticCustomError where the model (None: any model) has no such generation."""
    if generation_code(vehicles, model, generation) is None:
        codes = ", ".join(row.code for row in vehicles.generations if model in {None, row.model})
        message = "{model} has no such generation; allowed: {codes}"
        raise PydanticCustomError("generation", message, {"model": model or "no model", "codes": codes or "none"})


def known_country(country: str) -> str:
    """The country's code in capitals. Raises PydanticCustomError for what is no country code."""
    if not country.isascii() or country.upper() not in COUNTRY_CODES:
        raise PydanticCustomError("country", "is no country code; allowed: ISO 3166-1 alpha-2, such as CZ or DE")
    return country.upper()
