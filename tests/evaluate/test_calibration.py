"""Calibration on numbers small enough to reckon by hand."""

from __future__ import annotations

import numpy as np
import pytest

from assess.evaluate.calibration import BINS, calibration


def test_by_hand() -> None:
    found = calibration(np.array([False, True]), np.array([0.2, 0.6]))
    assert found.brier == pytest.approx((0.04 + 0.16) / 2)
    assert found.expected_error == pytest.approx((0.2 + 0.4) / 2)
    assert [(one.count, one.observed) for one in found.bins] == [(1, 0), (1, 1)]


def test_well_calibrated() -> None:
    draw = np.random.default_rng(1)
    given = draw.random((5_000, 4))
    found = calibration(draw.random((5_000, 4)) < given, given)
    assert found.expected_error < 0.02
    assert len(found.bins) == BINS
    assert {one.count for one in found.bins} == {2_000}
    assert [one.predicted for one in found.bins] == sorted(one.predicted for one in found.bins)


def test_sure_and_wrong() -> None:
    found = calibration(np.zeros(30, dtype=bool), np.ones(30))
    assert found.brier == found.expected_error == 1
