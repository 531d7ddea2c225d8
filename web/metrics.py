"""What the server counts and measures, for Prometheus (`/metrics`): numbers only, nothing that customers typed."""

import os
import time

from flask import Flask, Response, g, has_request_context, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from bot.reply import Reply
from index.manifest import Manifest

# The folder through which worker processes add up their numbers; set before prometheus_client is imported.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# The route of what no request waits for.
UPKEEP = "upkeep"
# Seconds. A turn takes some 10 ms on an idle core and queues where there are many.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_TENTHS = tuple(step / 10 for step in range(1, 11))


class Metrics:
    """The numbers of one application; where workers share a folder, those of all of them."""

    def __init__(self, manifest: Manifest, kb_version: str) -> None:
        self._registry = registry = CollectorRegistry()
        kinds = ("kind", "language")
        self._turns = Counter("radce_turns", "Replies, by kind and language.", kinds, registry=registry)
        self._confidence = Histogram(
            "radce_confidence", "Confidence of replies.", ("kind",), buckets=_TENTHS, registry=registry
        )
        self._stages = Histogram(
            "radce_stage_seconds", "Seconds: wait (for the assistant), think (with it), store (the database).",
            ("stage", "route"), buckets=_SECONDS, registry=registry,
        )  # fmt: skip
        self._requests = Histogram(
            "radce_request_seconds", "Seconds of whole requests.", ("route", "status"),
            buckets=_SECONDS, registry=registry,
        )  # fmt: skip
        self._violations = Counter(
            "radce_policy_violations", "What browsers kept a page from, by the policy's directive.",
            ("directive", "blocked"), registry=registry,
        )  # fmt: skip
        self._names = (kb_version, manifest.name)
        labels = ("kb_version", "index")
        self._index = Gauge(
            "radce_index", "1 for what answers.", labels, registry=registry, multiprocess_mode="livemax"
        )

    def tell(self, reply: Reply) -> None:
        """Count a reply."""
        self._turns.labels(reply.kind.value, reply.language.value).inc()
        self._confidence.labels(reply.kind.value).observe(reply.confidence)

    def tell_violation(self, directive: str, blocked: str) -> None:
        """Count what the content security policy kept a page from."""
        self._violations.labels(directive, blocked).inc()

    def stage(self, name: str, seconds: float) -> None:
        """Measure a stage of the request under way, or of the upkeep."""
        route = request.endpoint if has_request_context() else UPKEEP
        self._stages.labels(name, route).observe(seconds)

    def watch(self, app: Flask) -> None:
        """Measure every request of the app."""
        app.before_request(_start)

        @app.after_request
        def add(response: Response) -> Response:
            route = request.endpoint or "none"
            self._requests.labels(route, str(response.status_code)).observe(seconds_so_far())
            return response

    def text(self) -> str:
        """All numbers in Prometheus's format."""
        # Only now, in a worker: the master outlives an index, and would go on telling the old one.
        self._index.labels(*self._names).set(1)
        if SHARED_FOLDER not in os.environ:
            return generate_latest(self._registry).decode()
        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        return generate_latest(shared).decode()

    @property
    def content_type(self) -> str:
        """The type of that text."""
        return CONTENT_TYPE_LATEST


def _start() -> None:
    g.started = time.perf_counter()


def seconds_so_far() -> float:
    """Seconds since the request came; 0 where it was refused before anything looked at it."""
    return time.perf_counter() - float(g.get("started", time.perf_counter()))
