"""Where the rate limits' counts are kept: in memory, without a thread, and forgetting who has gone.

The memory storage of `limits` starts a thread for nearly each count, which looks through all that were ever counted
(docs/performance.md).
"""

import time
from threading import Lock
from typing import NoReturn

from limits.storage import MovingWindowSupport, Storage

# The address of this storage begins with it.
SCHEME = "moving-window"


class MovingWindowStorage(Storage, MovingWindowSupport):
    """Counts moving windows, and only these, for the `limits` of Flask-Limiter.

    It reads the clock that only counts: setting the other one changes nothing.
    """

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - as the library declares it

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: str) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._moments: dict[str, list[float]] = {}  # by key, those let through, the oldest first
        self._lock = Lock()
        self._swept = time.monotonic()
        self._longest = 0

    def __len__(self) -> int:
        """The keys that are remembered."""
        return len(self._moments)

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """Errors of a connection, of which a memory has none."""
        return ()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Whether the key is let through: at most `limit` times within `expiry` seconds, whichever they are."""
        with self._lock:
            now = time.monotonic()
            self._longest = max(self._longest, expiry)
            if now - self._swept >= self._longest:
                self._sweep(now)
            moments = self._moments.setdefault(key, [])
            while moments and moments[0] <= now - expiry:
                del moments[0]
            if len(moments) + amount > limit:
                return False
            moments += [now] * amount
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002 - the library's
        """When the oldest of the key's window was let through, in seconds since 1970, and how many were."""
        with self._lock:
            now = time.monotonic()
            moments = [moment for moment in self._moments.get(key, ()) if moment > now - expiry]
        return time.time() - (now - moments[0] if moments else 0), len(moments)

    def _sweep(self, now: float) -> None:
        """Forget who has not come for so long: once in that time, so that keys cost the same however many they are."""
        self._moments = {
            key: moments for key, moments in self._moments.items() if moments and moments[-1] > now - self._longest
        }
        self._swept = now

    def clear(self, key: str) -> None:
        """Forget one key."""
        self._moments.pop(key, None)

    def reset(self) -> int:
        """Forget all keys; gives their number."""
        with self._lock:
            forgotten = len(self._moments)
            self._moments = {}
        return forgotten

    def check(self) -> bool:
        """True: a memory is always there."""
        return True

    def incr(self, key: str, expiry: int, amount: int = 1) -> NoReturn:
        """Raises NotImplementedError, as the two below: only windows that stand still are counted so."""
        raise NotImplementedError

    def get(self, key: str) -> NoReturn:
        """Raises NotImplementedError."""
        raise NotImplementedError

    def get_expiry(self, key: str) -> NoReturn:
        """Raises NotImplementedError."""
        raise NotImplementedError
