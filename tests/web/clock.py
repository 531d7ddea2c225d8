"""A clock for tests: time passes when they say so, however busy the machine is."""

from dataclasses import dataclass

import pytest


@dataclass
class Clock:
    """Stands in for the module `time`: `now` is the clock that can be set, `counted` the one that only counts."""

    now: float = 1_800_000_000
    counted: float = 1000

    def time(self) -> float:
        """Seconds since 1970."""
        return self.now

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return self.counted


def set_clock(monkeypatch: pytest.MonkeyPatch, *modules: str) -> Clock:
    """The clock that these modules read from now on."""
    clock = Clock()
    for module in modules:
        monkeypatch.setattr(f"{module}.time", clock)
    return clock
