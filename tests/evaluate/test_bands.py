"""Shares over many statements, beside published ranges."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assess.compare.stats import share
from assess.errors import InputError
from assess.evaluate.bands import BANDS, BandResult, evaluate_bands
from assess.report.evaluation import bands_text
from assess.score.model import load_model
from assess.score.rubric import load_rubric

SIGNED = (
    "Modern Slavery Act statement for the financial year ending 31 March 2023. This statement is "
    "made under section 54 of the Modern Slavery Act 2015. We make bricks. We audit our suppliers "
    "in Poland. It was approved by the board of directors.\n\nAnn Lee\nManaging Director\n"
)


def statements(folder: Path, *texts: str) -> Path:
    (folder / "statements" / "more").mkdir(parents=True)
    rows = "\n".join(json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts))
    (folder / "statements" / "some.jsonl").write_text(rows)
    (folder / "statements" / "more" / "one.txt").write_text(SIGNED)
    return folder


def test_counts_statements_only(tmp_path: Path) -> None:
    unfit = "Too short to judge."
    found = evaluate_bands(statements(tmp_path, SIGNED, unfit), load_rubric(), load_model())
    by_name = {result.name: result.found for result in found}
    assert [result.name for result in found] == [band.name for band in BANDS]
    assert (by_name["approved and signed"].count, by_name["approved and signed"].of) == (2, 2)


def test_says_what_lies_outside() -> None:
    inside, outside = BandResult("a", 40, 60, share(5, 10)), BandResult("b", 70, 90, share(5, 10))
    assert (inside.inside, outside.inside) == (True, False)
    assert ["outside" in line for line in bands_text([inside, outside]).splitlines()[2:]] == [
        False,
        True,
    ]


def test_no_statements(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no statement"):
        evaluate_bands(tmp_path, load_rubric(), load_model())


@pytest.mark.parametrize("line", ["{", "[]", '{"text": 5}', "[" * 9999])
def test_bad_lines(tmp_path: Path, line: str) -> None:
    statements(tmp_path)
    (tmp_path / "statements" / "some.jsonl").write_text(line)
    with pytest.raises(InputError, match=r"some\.jsonl, line 1"):
        evaluate_bands(tmp_path, load_rubric(), load_model())
