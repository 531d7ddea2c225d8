"""A moving window: who comes too often, until when, and who is forgotten."""

import pytest

from tests.web.clock import Clock, set_clock
from web.moving_window import MovingWindow


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch, "web.moving_window")


def test_as_many_as_are_allowed_are_let_through_and_the_next_one_is_told_how_long_to_wait(clock: Clock) -> None:
    window = MovingWindow(2, 60)
    assert window.take("a") is None
    clock.counted += 20
    assert window.take("a") is None
    clock.counted += 20
    assert window.take("a") == 20
    assert window.take("b") is None


def test_the_window_moves_and_who_was_refused_waits_no_longer_for_it(clock: Clock) -> None:
    window = MovingWindow(2, 60)
    window.take("a")
    clock.counted += 50
    window.take("a")
    assert window.take("a") == 10
    clock.counted += 10
    assert window.take("a") is None
    assert window.take("a") == 50


def test_who_has_gone_is_forgotten(clock: Clock) -> None:
    window = MovingWindow(2, 60)
    for number in range(1000):
        window.take(str(number))
    clock.counted += 30
    window.take("still here")
    clock.counted += 30
    window.take("new")
    assert len(window) == 2
