"""How often one client may ask, and how often within one conversation.

Each worker counts for itself in its memory: what all of them let through is at most the limit times their number. A
count in the database would make every refused request a write; who floods must not be given that (docs/security.md).
"""

import math
import time
from collections.abc import Mapping
from typing import cast

from flask import Flask, Response
from flask.typing import RouteCallable
from flask_limiter import Limiter, RateLimitExceeded, RouteLimit
from werkzeug.exceptions import HTTPException

from web.client import client_line
from web.json_body import json_body
from web.moving_window import SCHEME
from web.problems import problem

# Characters of a conversation's id that are looked at: it has fewer, and who sends a longer one fills no memory.
LONGEST_ID = 64
# A minute, by client: an office may be many people behind one address. A message takes a person five seconds and more
# to type: 120 are ten of them without a pause. Suggestions are asked for while typing: 10 keys a second are 600.
CLIENT_LIMITS: Mapping[str, int] = {
    "chat.chat": 120,
    "feedback.feedback": 60,
    "handoff.handoff": 20,
    "conversation.conversation": 60,
    "conversation.erase": 60,
    "search.search": 120,
    "search.suggest": 1200,
    "content.entries": 300,
    "content.entry": 300,
    "content.contacts": 300,
    "content.vehicles": 300,
    "help.search": 120,
    "policy.reports": 60,
}
# One person writes in a conversation, and presses buttons: one every two seconds is more than can be read.
CONVERSATION_LIMITS: Mapping[str, int] = {"chat.chat": 30}


def register_rate_limits(app: Flask, *, enabled: bool) -> None:
    """Refuse what is beyond the limits with 429 and Retry-After."""
    if not enabled:
        return
    limiter = Limiter(client_line, app=app, storage_uri=f"{SCHEME}://", strategy="moving-window")
    for endpoint, most in CONVERSATION_LIMITS.items():
        limit = limiter.limit(f"{most}/minute", key_func=conversation, exempt_when=_opens_conversation)
        _wrap(app, endpoint, limit)
    for endpoint, most in CLIENT_LIMITS.items():
        _wrap(app, endpoint, limiter.limit(f"{most}/minute"))

    @app.errorhandler(RateLimitExceeded)
    def refused(_error: RateLimitExceeded) -> Response:
        breached = limiter.current_limit
        return _refusal(breached.window.reset_time - time.time() if breached else 0)


def _wrap(app: Flask, endpoint: str, limit: RouteLimit) -> None:
    app.view_functions[endpoint] = cast(RouteCallable, limit(app.view_functions[endpoint]))


def _refusal(wait: float) -> Response:
    response = problem(429, "Too many requests. Please try again in a moment.")
    response.headers["Retry-After"] = str(max(1, math.ceil(wait)))
    return response


def conversation() -> str:
    """The conversation that the request goes on with, by its id's beginning; empty: it opens one, or is no chat."""
    try:
        body = json_body()
    except HTTPException:  # which the route tells
        return ""
    named = body.get("conversation_id") if isinstance(body, dict) else None
    return named[:LONGEST_ID] if isinstance(named, str) else ""


def _opens_conversation() -> bool:
    return not conversation()
