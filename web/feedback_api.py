"""`POST /api/v1/feedback`: what a customer thinks of a reply."""

from typing import Annotated, Literal

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field

from web.chat_request import Text
from web.json_body import json_body
from web.json_reply import json_reply
from web.redaction import Redact
from web.storage.ratings import Rating, RatingStore

MOST_CHARACTERS = 500


class FeedbackForm(BaseModel):
    """The body of a feedback request."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)
    message_id: Annotated[Text, Field(min_length=1, max_length=200)]
    rating: Literal["up", "down"]
    comment: Annotated[Text, Field(max_length=MOST_CHARACTERS)] | None = None


def feedback_api(store: RatingStore, redact: Redact) -> Blueprint:
    """The route of feedback."""
    blueprint = Blueprint("feedback", __name__, url_prefix="/api/v1")

    @blueprint.post("/feedback")
    def feedback() -> Response:
        form = FeedbackForm.model_validate(json_body())
        comment = None if form.comment is None else " ".join(redact(form.comment).split())
        store.rate(Rating(form.message_id, form.rating, comment))
        return json_reply({"message_id": form.message_id, "rating": form.rating})

    return blueprint
