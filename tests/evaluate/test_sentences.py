"""The sentence classifier on small tables, beside what scikit-learn and a pencil say."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path

import pytest

from assess.errors import InputError
from assess.evaluate.sentences import LabelScore, SentenceEvaluation, evaluate_sentences
from assess.report.evaluation import sentences_text
from assess.score.labels import LABELS
from tests.evaluate.factory import told, write_table

ROWS = [
    ("a", "one", ("risk",)),
    ("a", "two", ("risk", "mitigation")),
    ("b", "three", ()),
    ("b", "four", ("risk",)),
    ("c", "five", ()),
    ("d", "six", ("risk",)),
]
LLAMA = [("risk",), (), ("risk",), (), (), ("risk",)]
MODEL = told(
    one={"risk": 0.9}, two={"risk": 0.8}, three={"risk": 0.7}, five={"risk": 0.6}, six={"risk": 0.2}
)


def evaluated(tmp_path: Path, llama: bool = True) -> SentenceEvaluation:
    path = write_table(tmp_path / "t.csv", ROWS, LLAMA if llama else ())
    return evaluate_sentences(tmp_path / "elsewhere", MODEL, path)


def label(found: SentenceEvaluation, name: str) -> LabelScore:
    return next(score for score in found.labels if score.label == name)


def test_a_label(tmp_path: Path) -> None:
    risk = label(evaluated(tmp_path), "risk")
    assert (risk.positives, risk.precision, risk.recall, risk.f1) == (4, 0.5, 0.5, 0.5)
    assert risk.llama_f1 == pytest.approx(4 / 7)
    # By score: true, true, false, false, true (0.2), true (0.1).
    assert risk.average_precision == pytest.approx((1 + 1 + 3 / 5 + 4 / 6) / 4)
    # a agrees; b has one at 0.1 and calls another; c calls what is not; d calls nothing.
    assert (risk.statement_agreement, risk.llama_statement_agreement) == (2, 4)
    assert risk.f1_interval is not None
    assert risk.f1_interval.low <= 0.5 <= risk.f1_interval.high
    assert risk.average_precision_interval is not None


def test_labels_that_are_rare_or_absent(tmp_path: Path) -> None:
    found = evaluated(tmp_path)
    rare, absent = label(found, "mitigation"), label(found, "approval")
    assert (rare.precision, rare.recall, rare.f1, rare.f1_interval) == (None, 0.0, 0.0, None)
    assert (absent.precision, absent.recall, absent.f1) == (None, None, None)
    assert (absent.average_precision, absent.average_precision_interval) == (None, None)
    assert absent.llama_f1 is None
    assert found.macro_f1 == pytest.approx((0.5 + 0) / 2)
    assert (found.statement_agreement, found.statement_cells) == (2 + 3 + 7 * 4, 9 * 4)
    assert found.llama_statement_agreement == 4 + 3 + 7 * 4


def test_text_and_json_have_no_nan(tmp_path: Path) -> None:
    for llama in (True, False):
        found = evaluated(tmp_path, llama)
        text = sentences_text(found, "t.csv")
        assert "nan" not in text and "None" not in text
        assert text.startswith("t.csv: 6 sentences of 4 statements; told\n")
        [line] = [one for one in text.splitlines() if one.startswith("approval")]
        assert line.split()[2:6] == ["-"] * 4
        values = json.dumps(asdict(found))
        assert json.loads(values)["labels"][0]["f1"] is None
        assert "NaN" not in values
    assert "(Llama -)" in text


def test_rows_of_a_statement_need_not_stand_together(tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.csv", ROWS[::2] + ROWS[1::2])
    apart = label(evaluate_sentences(tmp_path, MODEL, path), "risk")
    together = label(evaluated(tmp_path), "risk")
    assert (apart.f1, apart.f1_interval) == (together.f1, together.f1_interval)


def test_nothing_is_true(tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.csv", [("a", "one", ()), ("b", "two", ()), ("c", "x", ())])
    found = evaluate_sentences(tmp_path, MODEL, path)
    assert (found.macro_f1, found.macro_f1_interval, found.mean_average_precision) == (None,) * 3
    assert "macro F1 -, mean AP -" in sentences_text(found, "t.csv")
    assert 0 < found.calibration.brier < 1


@pytest.mark.parametrize("rows", [ROWS[:1], ROWS[:3]])
def test_too_few_statements_for_intervals(
    tmp_path: Path, rows: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    found = evaluate_sentences(tmp_path, MODEL, write_table(tmp_path / "t.csv", rows))
    assert found.macro_f1_interval is None
    assert label(found, "risk").f1_interval is None
    assert not math.isnan(found.calibration.expected_error)


def test_table_without_labels(tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.csv", [("a", "one", ())], named=["risk"])
    missing = ", ".join(name for name in LABELS if name != "risk")
    with pytest.raises(InputError, match=f"lacks the column {missing};"):
        evaluate_sentences(tmp_path, MODEL, path)


def test_labels_that_are_no_labels(tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.csv", [("a", "one", ("risk",))])
    path.write_text(path.read_text("utf-8").replace("1", "0.5"), "utf-8")
    with pytest.raises(InputError, match=r"line 2, column 'risk': not 0 or 1"):
        evaluate_sentences(tmp_path, MODEL, path)
