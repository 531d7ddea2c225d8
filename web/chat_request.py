"""A chat request, checked: from JSON to the message that the bot reads."""

import hashlib
import re
from typing import Annotated, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from bot.message import ABSENT, Message, VehicleField
from kb.model import Language
from kb.vehicles import Vehicles
from web.checks import check_generation, known_country, known_model
from web.storage.conversations import MessageKey

MOST_CHARACTERS = 2000
# Unicode's category Cc.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")

# Newer pages may send fields that this version does not know.
_FORM = ConfigDict(extra="ignore", strict=True, frozen=True)


def readable(text: object) -> object:
    """A text without what no reader can use: halves of characters become U+FFFD; anything else stays as it is."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(text, str) else text


def without_controls(text: str) -> str:
    """The text with a space for every control character (NUL, line breaks, escape codes)."""
    return _CONTROLS.sub(" ", text)


Text = Annotated[str, BeforeValidator(readable)]


class VehicleForm(BaseModel):
    """The vehicle as the page names it; checked against the vehicles of the knowledge base (the context)."""

    model_config = _FORM
    model: str
    generation: str | None = None
    model_year: Annotated[int | None, Field(ge=1948, le=2100)] = None

    @field_validator("model")
    @classmethod
    def _known_model(cls, model: str, info: ValidationInfo) -> str:
        return known_model(_vehicles(info), model)

    @model_validator(mode="after")
    def _known_generation(self, info: ValidationInfo) -> "VehicleForm":
        if self.generation is not None:
            check_generation(_vehicles(info), self.model, self.generation)
        return self


def _vehicles(info: ValidationInfo) -> Vehicles:
    return cast(Vehicles, info.context)


class ChatForm(BaseModel):
    """The body of a chat request. `null` clears what the conversation knows; an absent field keeps it."""

    model_config = _FORM
    message: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS), BeforeValidator(readable)]
    conversation_id: Text | None = None
    language: Literal["cs", "en", "auto"] | None = None
    page_language: Literal["cs", "en"] | None = None
    country: str | None = None
    vehicle: VehicleForm | None = None
    client_message_id: Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(readable)] | None = None

    @field_validator("message")
    @classmethod
    def _says_something(cls, message: str) -> str:
        text = without_controls(message)
        if not text.strip():
            raise PydanticCustomError("blank", "is blank: write a message of 1 to 2000 characters")
        return text

    @field_validator("country")
    @classmethod
    def _known_country(cls, country: str | None) -> str | None:
        return None if country is None else known_country(country)

    def to_message(self) -> Message:
        """The message that the bot reads."""
        vehicle = self.vehicle
        field = VehicleField(vehicle.model, vehicle.generation, vehicle.model_year) if vehicle else None
        return Message(
            text=self.message,
            language=Language(self.language) if self.language in {"cs", "en"} else None,
            page_language=Language(self.page_language) if self.page_language else None,
            country=self.country if "country" in self.model_fields_set else ABSENT,
            vehicle=field if "vehicle" in self.model_fields_set else ABSENT,
        )

    def key(self) -> MessageKey:
        """Whose message it is.

        A message that opens a conversation is found again by its id and a few bits of its text: pages that number
        their messages from 1 must not get each other's conversations, and the text must not be guessable from it.
        """
        opening = None
        if self.client_message_id is not None:
            digest = hashlib.sha256(self.message.encode()).hexdigest()
            opening = f"{self.client_message_id}:{digest[:8]}"
        return MessageKey(self.conversation_id, self.client_message_id, opening)
