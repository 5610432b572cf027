"""CSV for spreadsheets: nothing is a formula, nothing is lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, strategies

from assess.export.cells import safe
from assess.export.delimited import export_csv
from assess.report.words import formula_safe
from assess.store import Workspace
from tests.export.conftest import ATTACKS, LONG


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_table_and_its_rows_are_written(corpus: Workspace, tmp_path: Path) -> None:
    made = export_csv(corpus, tmp_path / "out")
    for name, number in made.rows.items():
        path = tmp_path / "out" / f"{name}.csv"
        assert len(read(path)) == number
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # or Excel reads another code page
    assert made.rows["findings"] > 2000
    told = {(row["table"], row["column"]) for row in read(tmp_path / "out" / "definitions.csv")}
    assert {("findings", "value"), ("findings", "")} <= told
    assert "no proof of a breach" in (tmp_path / "out" / "README.txt").read_text("utf-8-sig")


def test_made_twice_it_is_the_same(corpus: Workspace, tmp_path: Path) -> None:
    for name in ("a", "b"):
        export_csv(corpus, tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_no_cell_is_a_formula(hostile: Workspace, tmp_path: Path) -> None:
    export_csv(hostile, tmp_path / "out", ["statements", "evidence", "organisations"])
    found = [
        value
        for name in ("statements", "evidence", "organisations")
        for row in read(tmp_path / "out" / f"{name}.csv")
        for value in row.values()
    ]
    assert not [value for value in found if value.strip()[:1] in "=+-@＝" and value.strip()]
    assert not [value for value in found if "\x00" in value or "\u202e" in value]
    assert "'=cmd|'/C calc'!A0" in found and "'-1" in found and "right[U+202E]to left" in found
    assert max(map(len, found)) >= len(LONG)
    assert any(value == ATTACKS[13] for value in found)


@given(strategies.text())
def test_safe_text_is_safe_whatever_it_is(text: str) -> None:
    assert formula_safe(text).lstrip()[:1] not in {*"=+-@\t\r＝＋－＠"}


@pytest.mark.parametrize(
    ("cell", "told"), [(-1, "-1"), (-0.5, "-0.5"), (True, "true"), (None, ""), ("", "")]
)
def test_numbers_stay_numbers(cell: str | float | bool | None, told: str) -> None:
    assert safe(cell) == told
