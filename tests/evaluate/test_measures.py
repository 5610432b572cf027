"""Measures of agreement, on pairs small enough to reckon by hand."""

from __future__ import annotations

import pytest

from assess.evaluate.measures import auc, detection, kappa, same, spearman
from assess.records import Value

PAIRS: list[tuple[Value, Value]] = [
    (True, True),
    (True, True),
    (True, False),
    (False, True),
    (False, False),
    (False, False),
]


def test_detection() -> None:
    found = detection(PAIRS)
    assert (found.positives, found.called) == (3, 3)
    assert found.precision == found.recall == found.f1 == pytest.approx(2 / 3)
    assert found.f1_interval is not None
    assert found.f1_interval.low < 2 / 3 < found.f1_interval.high


def test_the_interval_is_the_same_each_time_and_narrows() -> None:
    once, again, more = detection(PAIRS), detection(PAIRS), detection(PAIRS * 20)
    assert once == again
    assert once.f1_interval is not None
    assert more.f1_interval is not None
    wide = once.f1_interval.high - once.f1_interval.low
    assert more.f1_interval.high - more.f1_interval.low < wide / 2


def test_nothing_called_has_no_precision() -> None:
    found = detection([(True, False), (False, False)])
    assert (found.precision, found.recall, found.f1, found.f1_interval) == (None, 0, 0, None)


def test_nothing_true_and_nothing_called_has_no_f1() -> None:
    assert detection([(False, False)] * 3).f1 is None


def test_kappa() -> None:
    assert kappa(PAIRS) == pytest.approx(1 / 3)
    assert kappa([(True, True), (True, True)]) is None


def test_ranks() -> None:
    assert spearman([(1, 10), (2, 20), (3, 30)]) == pytest.approx(1)
    assert spearman([(1, 10), (1, 20)]) is None
    assert auc([(True, 0.9), (False, 0.1)]) == 1
    assert auc([(True, 0.9)]) is None
    assert same([]) is None
    assert same([("a", "a"), ("a", "b")]) == 0.5
