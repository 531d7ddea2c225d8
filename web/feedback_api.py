"""`POST /api/v1/feedback`: what a customer thinks of a reply."""

from typing import Annotated, Literal

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field

from bot.personal import blank_personal
from web.chat_request import Text
from web.json_body import json_body
from web.json_reply import json_reply
from web.store import ConversationStore, Rating

MOST_CHARACTERS = 500


class FeedbackForm(BaseModel):
    """The body of a feedback request."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)
    message_id: Annotated[Text, Field(min_length=1, max_length=200)]
    rating: Literal["up", "down"]
    comment: Annotated[Text, Field(max_length=MOST_CHARACTERS)] = ""


def _without_personal(comment: str) -> str:
    """The comment without what tells who wrote it."""
    return " ".join(blank_personal(comment).text.split())


def feedback_api(store: ConversationStore) -> Blueprint:
    """The route of feedback."""
    blueprint = Blueprint("feedback", __name__, url_prefix="/api/v1")

    @blueprint.post("/feedback")
    def feedback() -> Response:
        form = FeedbackForm.model_validate(json_body())
        store.rate(Rating(form.message_id, form.rating, _without_personal(form.comment)))
        return json_reply({"message_id": form.message_id, "rating": form.rating})

    return blueprint
