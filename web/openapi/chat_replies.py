"""What the routes of the chat answer, as models: from them come the schemas of the OpenAPI document."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from bot.blocks import Block
from bot.reply import ContactCard, KnownVehicle, QuickReply, ReplyKind, Source, Suggestion
from kb.model import Language

Blocks = list[Annotated[Block, Field(discriminator="type")]]
Probability = Annotated[float, Field(ge=0, le=1)]


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
    vehicle: KnownVehicle | None
    country: str | None


class FeedbackReply(BaseModel):
    """The rating that is kept."""

    message_id: str
    rating: Literal["up", "down"]
