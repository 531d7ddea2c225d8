"""One at a time: encoder, stemmers and language detector have state."""

import time
from threading import Lock

from web.metrics import Metrics

# Where the application keeps its own (`app.extensions`), for what is done beside requests.
THINKING = "radce_thinking"


class Thinking:
    """Held while the assistant is used (`with thinking:`); waiting for it and using it are measured."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._lock = Lock()
        self._since = 0.0

    def __enter__(self) -> None:
        asked = time.perf_counter()
        self._lock.acquire()
        self._since = time.perf_counter()
        self._metrics.stage("wait", self._since - asked)

    def __exit__(self, *_raised: object) -> None:
        seconds = time.perf_counter() - self._since
        self._lock.release()
        self._metrics.stage("think", seconds)
