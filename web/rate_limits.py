"""How often one client may ask, and how often within one conversation.

Each worker counts for itself in its memory: what all of them let through is at most the limit times their number. A
count in the database would make every refused request a write; who floods must not be given that (docs/security.md).
"""

import math
import time
from collections.abc import Mapping

from flask import Flask, Response, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import HTTPException

from web.client import client_line
from web.json_body import json_body
from web.problems import problem

# By client: an office may be many people behind one address. A message takes a person five seconds and more to type:
# 120 in a minute are ten of them without a pause. Suggestions are asked for while typing: 10 keys a second are 600.
CLIENT_LIMITS: Mapping[str, str] = {
    "chat.chat": "120/minute",
    "feedback.feedback": "60/minute",
    "handoff.handoff": "20/minute",
    "conversation.conversation": "60/minute",
    "conversation.erase": "60/minute",
    "search.search": "120/minute",
    "search.suggest": "1200/minute",
    "content.entries": "300/minute",
    "content.entry": "300/minute",
    "content.contacts": "300/minute",
    "content.vehicles": "300/minute",
    "help.search": "120/minute",
}
# One person writes in a conversation, and presses buttons: one every two seconds is more than can be read.
CONVERSATION_LIMITS: Mapping[str, str] = {"chat.chat": "30/minute"}

# Seconds by which a clock is set back when it is more than put right.
SET_BACK = 5


def register_rate_limits(app: Flask, *, enabled: bool) -> None:
    """Refuse what is beyond the limits with 429 and Retry-After.

    They are counted by `limits`, the engine of Flask-Limiter, whose own work is a fifth of what a turn costs beside
    the reply (docs/performance.md).
    """
    if not enabled:
        return
    counts = MemoryStorage()
    limiter = MovingWindowRateLimiter(counts)
    by_client = {endpoint: parse(limit) for endpoint, limit in CLIENT_LIMITS.items()}
    by_conversation = {endpoint: parse(limit) for endpoint, limit in CONVERSATION_LIMITS.items()}
    _follow_clock(app, counts)

    def refused(limit: RateLimitItem, kind: str, who: str) -> Response | None:
        names = (request.endpoint or "", kind, who)
        return None if limiter.hit(limit, *names) else _refusal(limiter.get_window_stats(limit, *names).reset_time)

    @app.before_request
    def count() -> Response | None:
        endpoint = request.endpoint
        # OPTIONS is answered without the route.
        if endpoint not in by_client or request.method == "OPTIONS":
            return None
        if refusal := refused(by_client[endpoint], "client", client_line()):
            return refusal
        if endpoint in by_conversation and (talk := conversation()):
            return refused(by_conversation[endpoint], "conversation", talk)
        return None


def _refusal(free: float) -> Response:
    response = problem(429, "Too many requests. Please try again in a moment.")
    response.headers["Retry-After"] = str(max(1, math.ceil(free - time.time())))
    return response


def _follow_clock(app: Flask, counts: MemoryStorage) -> None:
    """Count anew where the clock is set back: what was counted would else hold until it is as late again."""
    ahead = time.time() - time.monotonic()

    @app.before_request
    def compare() -> None:
        nonlocal ahead
        now = time.time() - time.monotonic()
        if now < ahead - SET_BACK:
            counts.reset()
        ahead = now


def conversation() -> str:
    """The id of the conversation that the request goes on with; empty where it opens one or is no chat request."""
    try:
        body = json_body()
    except HTTPException:  # which the route tells
        return ""
    named = body.get("conversation_id") if isinstance(body, dict) else None
    return named if isinstance(named, str) else ""
