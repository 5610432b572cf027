"""A new classifier beside an old one, both with probabilities told beforehand."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assess.errors import InputError
from assess.evaluate.drift import Drift, LabelDrift, compare_models, stability_index
from assess.report.drift import drift_text
from assess.score.labels import LABELS
from tests.evaluate.factory import Labels, told, write_table

# Twelve statements of two sentences; the first of each is about risk.
ROWS: list[tuple[str, str, Labels]] = [
    (f"s{n:02}", f"{kind}{n}", ("risk",) if kind == "yes" else ())
    for n in range(12)
    for kind in ("yes", "no")
]
GOOD = told(**{f"yes{n}": {"risk": 0.9} for n in range(12)})
BAD = told(**{f"no{n}": {"risk": 0.9} for n in range(12)})


def drift(
    tmp_path: Path,
    old: Any,
    new: Any,
    rows: list[tuple[str, str, Labels]] = ROWS,
    named: tuple[str, ...] = LABELS,
) -> Drift:
    return compare_models(write_table(tmp_path / "t.csv", rows, named=named), old, new)


def risk(found: Drift) -> LabelDrift:
    return next(one for one in found.labels if one.label == "risk")


def test_the_same_model_twice(tmp_path: Path) -> None:
    found = drift(tmp_path, GOOD, GOOD)
    for one in found.labels:
        assert (one.only_old, one.only_new, one.mean_change, one.stability_index) == (0, 0, 0, 0)
        assert (one.statements_gained, one.statements_lost) == (0, 0)
    assert risk(found).kappa == 1
    assert found.macro_f1 and found.macro_f1.verdict == "no clear difference"
    assert found.worse == ()


def test_worse_and_better(tmp_path: Path) -> None:
    worse, better = drift(tmp_path, GOOD, BAD), drift(tmp_path, BAD, GOOD)
    one = risk(worse)
    assert (one.both, one.only_old, one.only_new, one.positives) == (0, 12, 12, 12)
    assert one.mean_change == pytest.approx(0.8)
    assert one.f1 and one.f1.interval
    assert (one.f1.old, one.f1.new, one.f1.difference, one.f1.verdict) == (1, 0, -1, "worse")
    assert worse.worse == ("risk", "macro F1")
    assert better.macro_f1 and better.macro_f1.verdict == "better"
    assert (worse.judged, better.worse) == (True, ())


def test_each_model_has_its_own_thresholds(tmp_path: Path) -> None:
    strict = told()
    strict.thresholds = np.full(len(LABELS), 0.95, np.float32)
    strict.told = GOOD.told
    one = risk(drift(tmp_path, GOOD, strict))
    assert (one.only_old, one.mean_change, one.stability_index) == (12, 0, 0)
    assert (one.statements_gained, one.statements_lost) == (0, 12)
    assert one.kappa == 0


def test_a_small_difference_is_not_called_clear(tmp_path: Path) -> None:
    new = told(**{**GOOD.told, "yes3": {"risk": 0.2}})
    found = drift(tmp_path, GOOD, new)
    change = risk(found).f1
    assert change and change.interval
    assert change.difference < 0 == change.interval.high
    assert change.verdict == "no clear difference"


def test_the_difference_is_paired(tmp_path: Path) -> None:
    """F1 of each varies with the statements drawn; that both vary alike is no difference."""
    half = {f"yes{n}": {"risk": 0.9} for n in range(0, 12, 2)}
    found = risk(drift(tmp_path, told(**half), told(**half, no1={"risk": 0.9}))).f1
    assert found and found.interval
    assert found.interval.high == 0
    assert found.interval.low > -0.2


def test_without_labels(tmp_path: Path) -> None:
    found = drift(tmp_path, GOOD, BAD, named=())
    assert {one.positives for one in found.labels} == {None}
    assert (found.macro_f1, found.worse, found.judged) == (None, (), False)
    assert risk(found).only_new == 12
    assert "F1 is not compared" in drift_text(found, "t.csv")


def test_some_labels(tmp_path: Path) -> None:
    found = drift(tmp_path, GOOD, BAD, named=("risk", "approval"))
    assert found.worse == ("risk", "macro F1")
    told_of = {one.label: one.positives for one in found.labels}
    assert (told_of["risk"], told_of["approval"], told_of["mitigation"]) == (12, 0, None)
    text = drift_text(found, "t.csv")
    assert "nan" not in text and "None" not in text
    assert "NaN" not in json.dumps(asdict(found))
    [line] = [one for one in text.split("\n\n")[1].splitlines() if one.startswith("mitigation")]
    assert line.split() == ["mitigation", "-", "-", "-"]


@pytest.mark.parametrize("number", [2, 4])
def test_too_few_statements(tmp_path: Path, number: int) -> None:
    found = drift(tmp_path, GOOD, BAD, ROWS[:number])
    assert (found.judged, found.worse) == (False, ())
    assert "too few statements to tell" in drift_text(found, "t.csv")


def test_no_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no sentence"):
        drift(tmp_path, GOOD, BAD, [])


@pytest.mark.parametrize(
    ("new", "low", "high"),
    [
        (np.linspace(0, 1, 1_000), 0, 0),
        (np.linspace(0, 1, 1_000) ** 1.1, 0.001, 0.1),
        (np.linspace(0, 1, 1_000) ** 4, 0.25, 3),
        (np.ones(1_000), 3, 20),
    ],
)
def test_stability_index(new: np.ndarray[Any, Any], low: float, high: float) -> None:
    assert low <= stability_index(np.linspace(0, 1, 1_000), new) <= high


def test_stability_index_of_equal_values() -> None:
    same = np.full(50, 0.2)
    assert stability_index(same, same) == 0
    assert stability_index(same, same + 0.1) == 0  # above the only edge as before
    assert stability_index(same, same - 0.1) > 3
