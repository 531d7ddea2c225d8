"""What the routes of the chat answer, as models: from them come the schemas of the OpenAPI document."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from bot.blocks import Block
from bot.reply import ContactCard, QuickReply, ReplyKind, Source, Suggestion
from kb.model import Language

Blocks = list[Annotated[Block, Field(discriminator="type")]]
Probability = Annotated[float, Field(ge=0, le=1)]


class ToldVehicle(BaseModel):
    """What the conversation knows of the car."""

    model: str
    generation: str | None
    model_year: int | None
    model_years: Annotated[
        list[int | None] | None, Field(description="First and last where only a range is known; null: open.")
    ] = None


class ChatReply(BaseModel):
    """One reply of a conversation."""

    conversation_id: str
    message_id: str
    language: Language
    kind: ReplyKind
    text: Annotated[str, Field(description="The blocks as plain text.")]
    blocks: Blocks
    entry_id: str | None
    variants: list[str]
    confidence: Probability
    sources: list[Source]
    kb_version: str
    quick_replies: list[QuickReply]
    suggestions: list[Suggestion]
    contact: ContactCard | None
    vehicle: ToldVehicle | None
    country: str | None


class FeedbackReply(BaseModel):
    """The rating that is kept."""

    message_id: str
    rating: Literal["up", "down"]


class HandoffReply(BaseModel):
    """The wish for a person that is kept."""

    handoff_id: str


class KeptVehicle(BaseModel):
    """The car that a conversation was last about."""

    model: str
    model_year: int | None


class KeptRating(BaseModel):
    """What the customer thinks of a reply."""

    rating: Literal["up", "down"]
    comment: str | None


class KeptTurn(BaseModel):
    """A message, without personal data, and the reply to it."""

    number: int
    created: datetime
    message: str
    reply: Annotated[dict[str, object], Field(description="As it was sent: a ChatReply of the version of then.")]
    feedback: KeptRating | None


class KeptHandoff(BaseModel):
    """A wish for a person."""

    handoff_id: str
    created: datetime
    state: Literal["open", "taken", "closed"]
    reply_to: str
    name: str
    message: str


class ConversationReply(BaseModel):
    """All that is kept of a conversation."""

    conversation_id: str
    created: datetime
    updated: datetime
    language: Language | None
    country: str | None
    vehicle: KeptVehicle | None
    turns: list[KeptTurn]
    handoffs: list[KeptHandoff]
