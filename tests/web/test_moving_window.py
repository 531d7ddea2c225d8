"""Counts of a moving window, as `limits` asks for them: who comes too often, until when, and who is forgotten."""

import pytest
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter

from tests.web.clock import Clock, set_clock
from web.moving_window import SCHEME, MovingWindowStorage

TWO_A_MINUTE = parse("2/minute")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch, "web.moving_window")


@pytest.fixture
def storage(clock: Clock) -> MovingWindowStorage:
    return MovingWindowStorage()


@pytest.fixture
def limiter(storage: MovingWindowStorage) -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(storage)


def wait(limiter: MovingWindowRateLimiter, clock: Clock, name: str) -> float:
    return limiter.get_window_stats(TWO_A_MINUTE, name).reset_time - clock.now


def test_the_engine_finds_it_by_its_address() -> None:
    assert isinstance(storage_from_string(f"{SCHEME}://"), MovingWindowStorage)


def test_as_many_as_are_allowed_are_let_through_and_the_next_one_is_told_how_long_to_wait(
    limiter: MovingWindowRateLimiter, clock: Clock
) -> None:
    assert limiter.hit(TWO_A_MINUTE, "a")
    clock.counted += 20
    assert limiter.hit(TWO_A_MINUTE, "a")
    clock.counted += 20
    assert not limiter.hit(TWO_A_MINUTE, "a")
    assert wait(limiter, clock, "a") == 20
    assert limiter.hit(TWO_A_MINUTE, "b")
    assert limiter.get_window_stats(TWO_A_MINUTE, "b").remaining == 1


def test_the_window_moves_and_who_was_refused_waits_no_longer_for_it(
    limiter: MovingWindowRateLimiter, clock: Clock
) -> None:
    limiter.hit(TWO_A_MINUTE, "a")
    clock.counted += 50
    limiter.hit(TWO_A_MINUTE, "a")
    assert not limiter.hit(TWO_A_MINUTE, "a")
    assert wait(limiter, clock, "a") == 10
    clock.counted += 10
    assert limiter.hit(TWO_A_MINUTE, "a")
    assert wait(limiter, clock, "a") == 50


def test_a_hit_that_costs_more_than_is_left_is_refused_whole(limiter: MovingWindowRateLimiter) -> None:
    limiter.hit(TWO_A_MINUTE, "a")
    assert not limiter.hit(TWO_A_MINUTE, "a", cost=2)
    assert limiter.hit(TWO_A_MINUTE, "a")


def test_who_has_gone_is_forgotten(
    limiter: MovingWindowRateLimiter, storage: MovingWindowStorage, clock: Clock
) -> None:
    for number in range(1000):
        limiter.hit(TWO_A_MINUTE, str(number))
    limiter.hit(TWO_A_MINUTE, "never let through", cost=3)
    clock.counted += 30
    limiter.hit(TWO_A_MINUTE, "still here")
    clock.counted += 30
    limiter.hit(TWO_A_MINUTE, "new")
    assert len(storage) == 2


def test_one_or_all_can_be_forgotten_at_once(limiter: MovingWindowRateLimiter, storage: MovingWindowStorage) -> None:
    for name in ("a", "a", "b", "c"):
        limiter.hit(TWO_A_MINUTE, name)
    limiter.clear(TWO_A_MINUTE, "a")
    assert limiter.hit(TWO_A_MINUTE, "a")
    assert storage.reset() == 3
    assert len(storage) == 0


def test_windows_that_stand_still_are_not_counted(storage: MovingWindowStorage) -> None:
    with pytest.raises(NotImplementedError):
        FixedWindowRateLimiter(storage).hit(TWO_A_MINUTE, "a")
