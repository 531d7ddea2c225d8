"""Parameters of an address or a command, checked: from texts to what is asked of the layers below."""

from typing import Annotated, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.message import VehicleField
from bot.search import SearchRequest
from kb.fields import ModelYear
from kb.knowledge_base import KnowledgeBase
from kb.model import Language
from web.chat_request import MOST_CHARACTERS, Text, without_controls
from web.checks import check_generation, known_country, known_model

# Numbers come as texts; parameters that are not known are left alone: newer pages may send them.
_PARAMETERS = ConfigDict(extra="ignore", frozen=True)
MOST_FOUND = 50
# What lies beyond is empty in any knowledge base.
LARGEST_OFFSET = 1_000_000

Words = Annotated[Text, Field(max_length=MOST_CHARACTERS)]
Limit = Annotated[int, Field(ge=1, le=MOST_FOUND)]


class LanguageParameter(BaseModel):
    """`language`, and no other parameter."""

    model_config = _PARAMETERS
    language: Language | None = None


class SuggestParameters(LanguageParameter):
    """The parameters of `GET /api/v1/suggest`."""

    q: Words
    limit: Limit = 8


class VehicleParameters(LanguageParameter):
    """A vehicle, as far as it is known, checked against the knowledge base (the context)."""

    model: str | None = None
    generation: str | None = None
    model_year: ModelYear | None = None

    @field_validator("model")
    @classmethod
    def _known_model(cls, model: str | None, info: ValidationInfo) -> str | None:
        return None if model is None else known_model(_base(info).vehicles, model)

    @field_validator("generation")
    @classmethod
    def _known_generation(cls, generation: str | None, info: ValidationInfo) -> str | None:
        """Checked where the model is right: what is wrong with that is told of it alone."""
        if generation is not None and "model" in info.data:
            check_generation(_base(info).vehicles, info.data["model"], generation)
        return generation

    def vehicle(self) -> VehicleField | None:
        """The vehicle as the bot reads it; None where nothing of it is known."""
        named = (self.model, self.generation, self.model_year)
        return None if named == (None, None, None) else VehicleField(*named)


class SearchParameters(VehicleParameters):
    """The parameters of `GET /api/v1/search`, checked against the knowledge base (the context)."""

    q: Words
    country: str | None = None
    topic: str | None = None
    limit: Limit = 10
    offset: Annotated[int, Field(ge=0, le=LARGEST_OFFSET)] = 0
    explain: bool = False

    @field_validator("q")
    @classmethod
    def _says_something(cls, q: str) -> str:
        text = without_controls(q)
        if not text.strip():
            raise PydanticCustomError("blank", "is blank: write what to look for, 1 to 2000 characters")
        return text

    @field_validator("country")
    @classmethod
    def _known_country(cls, country: str | None) -> str | None:
        return None if country is None else known_country(country)

    @field_validator("topic")
    @classmethod
    def _known_topic(cls, topic: str | None, info: ValidationInfo) -> str | None:
        known = [row.id for row in _base(info).topics]
        if topic is not None and topic not in known:
            raise PydanticCustomError("topic", "there is no such topic; allowed: {known}", {"known": ", ".join(known)})
        return topic

    def request(self) -> SearchRequest:
        """What is searched."""
        return SearchRequest(self.q, self.language, self.vehicle(), self.topic, self.limit, self.offset)


def _base(info: ValidationInfo) -> KnowledgeBase:
    return cast(KnowledgeBase, info.context)
