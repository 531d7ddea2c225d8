"""Counting who comes how often within a time: in memory, without a thread, and forgetting who has gone."""

import time
from threading import Lock


class MovingWindow:
    """Lets each name through `most` times within so many `seconds`, whichever they are (a moving window).

    It reads the clock that only counts: setting the other one changes nothing.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._moments: dict[str, list[float]] = {}  # by name, those let through, the oldest first
        self._lock = Lock()
        self._swept = time.monotonic()

    def __len__(self) -> int:
        """The names that are remembered."""
        return len(self._moments)

    def take(self, name: str) -> float | None:
        """None: the name is let through. Where it has come too often: the seconds after which it may come again."""
        with self._lock:
            now = time.monotonic()
            if now - self._swept >= self._seconds:
                self._sweep(now)
            moments = self._moments.setdefault(name, [])
            while moments and moments[0] <= now - self._seconds:
                del moments[0]
            if len(moments) >= self._most:
                return moments[0] + self._seconds - now
            moments.append(now)
            return None

    def _sweep(self, now: float) -> None:
        """Forget who has not come for so long: once in that time, so that names cost the same however many they are."""
        gone = [name for name, moments in self._moments.items() if moments[-1] <= now - self._seconds]
        for name in gone:
            del self._moments[name]
        self._swept = now
