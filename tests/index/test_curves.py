"""Curves over thresholds and bins of confidence, on a handful of judged questions and on any."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.curves import (
    Judged,
    calibration_error,
    least_mean_risk,
    mean_risk,
    operating_point,
    reliability,
    sweep,
    thresholds_around,
)


def judged(*rows: tuple[float, bool, bool]) -> Judged:
    confidence, right, inside = zip(*rows, strict=True)
    return Judged(np.array(confidence), np.array(right), np.array(inside))


FIVE = judged((0.9, True, True), (0.8, True, True), (0.6, False, True), (0.6, False, False), (0.1, False, False))

BOTH_KINDS = st.lists(
    st.tuples(st.floats(0, 1), st.booleans(), st.booleans()).map(lambda row: (row[0], row[1] and row[2], row[2])),
    min_size=2,
).filter(lambda rows: len({inside for _, _, inside in rows}) == 2)


def test_a_threshold_answers_what_reaches_it() -> None:
    point = operating_point(FIVE, 0.6)
    assert (point.coverage, point.risk, point.answered, point.declined) == (0.8, 0.5, 1, 0.5)


def test_where_nothing_is_answered_no_answer_is_wrong() -> None:
    point = operating_point(FIVE, 0.95)
    assert (point.coverage, point.risk, point.answered, point.declined) == (0, 0, 0, 1)


def test_the_sweep_goes_from_the_surest_question_to_all_and_takes_equal_confidences_together() -> None:
    points = sweep(FIVE)
    assert [point.threshold for point in points] == [0.9, 0.8, 0.6, 0.1]
    assert [point.coverage for point in points] == [0.2, 0.4, 0.8, 1]
    assert [point.risk for point in points] == [0, 0, 0.5, 0.6]


def test_the_mean_risk_does_not_depend_on_the_order_of_equal_confidences() -> None:
    assert mean_risk(FIVE) == pytest.approx((0 + 0 + 0.5 + 0.5 + 0.6) / 5)
    assert least_mean_risk(FIVE) == pytest.approx((0 + 0 + 1 / 3 + 2 / 4 + 3 / 5) / 5)


def test_bins_hold_their_ends_and_empty_ones_are_left_out() -> None:
    rows = reliability(judged((0.0, False, False), (0.1, True, True), (0.15, False, True), (1.0, True, True)))
    assert [(row.low, row.count, row.right) for row in rows] == [(0, 1, 0), (0.1, 2, 0.5), (0.9, 1, 1)]
    assert rows[1].confidence == pytest.approx(0.125)


def test_the_calibration_error_is_the_mean_gap_of_the_questions() -> None:
    assert calibration_error(FIVE) == pytest.approx((0.1 + 0.2 + 2 * 0.6 + 0.1) / 5)


@given(BOTH_KINDS)
def test_a_lower_threshold_answers_more_and_declines_less(rows: list[tuple[float, bool, bool]]) -> None:
    points = sweep(judged(*rows))
    for higher, lower in pairwise(points):
        assert lower.coverage > higher.coverage
        assert lower.answered >= higher.answered
        assert lower.declined <= higher.declined
    assert (points[-1].coverage, points[-1].answered, points[-1].declined) == (1, 1, 0)


@given(BOTH_KINDS)
def test_no_order_has_less_risk_than_the_right_ones_first(rows: list[tuple[float, bool, bool]]) -> None:
    assert least_mean_risk(judged(*rows)) <= mean_risk(judged(*rows)) + 1e-9


@given(BOTH_KINDS)
def test_every_question_is_in_one_bin(rows: list[tuple[float, bool, bool]]) -> None:
    assert sum(row.count for row in reliability(judged(*rows))) == len(rows)
    assert 0 <= calibration_error(judged(*rows)) <= 1


def test_parts_are_joined_and_picked() -> None:
    picked = FIVE.pick(~FIVE.inside)
    assert picked.confidence.tolist() == [0.6, 0.1]
    assert Judged.join([picked, FIVE]).inside.tolist() == [False, False, *FIVE.inside]


def test_thresholds_around_keep_the_one_itself_and_stay_between_0_and_1() -> None:
    assert thresholds_around(0.433, count=1) == [0.383, 0.433, 0.483]
    assert thresholds_around(0.08) == [0.03, 0.08, 0.13, 0.18, 0.23, 0.28]
    assert thresholds_around(0.98, count=1) == [0.93, 0.98]
