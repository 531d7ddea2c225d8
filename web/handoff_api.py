"""`POST /api/v1/handoff`: a customer wants a person."""

from typing import Annotated

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from web.chat_request import MOST_CHARACTERS, Text, without_controls
from web.json_body import json_body
from web.json_reply import json_reply
from web.mail.addresses import is_address
from web.redaction import Redact
from web.storage.handoffs import HandoffRequest, HandoffStore

LONGEST_NAME = 100


class HandoffForm(BaseModel):
    """The body of a hand-off request."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)
    conversation_id: Annotated[Text, Field(min_length=1, max_length=200)]
    reply_to: Text
    name: Annotated[Text, Field(max_length=LONGEST_NAME)] | None = None
    message: Annotated[Text, Field(max_length=MOST_CHARACTERS)] | None = None
    client_message_id: Annotated[Text, Field(min_length=1, max_length=200)] | None = None

    @field_validator("reply_to")
    @classmethod
    def _address(cls, reply_to: str) -> str:
        address = reply_to.strip()
        if not is_address(address):
            raise PydanticCustomError("address", "is no e-mail address; write one such as name@example.com")
        return address

    def to_request(self, redact: Redact) -> HandoffRequest:
        """What is stored: name and message on one line each, without personal data that nobody asked for."""
        name, message = (" ".join(redact(without_controls(text or "")).split()) for text in (self.name, self.message))
        return HandoffRequest(
            conversation_id=self.conversation_id,
            reply_to=self.reply_to,
            name=name,
            message=message,
            client_message_id=self.client_message_id,
        )


def handoff_api(store: HandoffStore, redact: Redact) -> Blueprint:
    """The route of hand-offs."""
    blueprint = Blueprint("handoff", __name__, url_prefix="/api/v1")

    @blueprint.post("/handoff")
    def handoff() -> Response:
        form = HandoffForm.model_validate(json_body())
        response = json_reply({"handoff_id": store.add(form.to_request(redact))})
        response.status_code = 202
        return response

    return blueprint
