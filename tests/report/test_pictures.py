"""The heat map's colours and the pictures."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assess.compare.stats import share
from assess.report import charts, heatmap
from assess.report.data import DocumentLink, StatementRow

ROW = StatementRow(
    label="A",
    year=2025,
    sectors=(),
    statement_url=None,
    summary_url=None,
    document=DocumentLink("a.pdf", "aa/a.pdf", "application/pdf"),
    match=None,
    assessment_id=1,
    compliance=80.0,
    substance=30.0,
    tier="basic",
    minimal_index=0.8,
    minimal_flag=True,
    reasons=(),
    sha256="a",
    turnover=None,
    type=None,
    values="",
)


def test_every_colour_carries_readable_numbers() -> None:
    pairs = heatmap.colours()
    assert len(pairs) == heatmap.STEPS + 1
    assert min(heatmap.contrast(shade, ink) for shade, ink in pairs) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert heatmap.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert heatmap.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("count", "of", "comparable", "text", "step"),
    [
        (3, 4, True, "75", 15),
        (0, 4, True, "0", 0),
        (3, 4, False, "3/4", None),
        (0, 0, True, "–", None),
    ],
)
def test_cells(count: int, of: int, comparable: bool, text: str, step: int | None) -> None:
    cell = heatmap.cell(share(count, of), comparable=comparable)
    assert (cell.text, cell.step) == (text, step)


def test_the_picture_needs_no_inline_style_and_has_a_name() -> None:
    drawn = charts.scatter(
        [ROW, replace(ROW, minimal_flag=False, tier="strong")], ("basic", "strong")
    )
    assert drawn is not None
    assert "style" not in drawn
    assert "xlink" not in drawn
    assert '<title id="scatter-title">Compliance against substance</title>' in drawn
    assert "1 of them look like minimal compliance." in drawn
    assert re.search(r">basic \(1\)<", drawn)


def test_the_picture_is_the_same_every_time() -> None:
    assert charts.scatter([ROW], ("basic",)) == charts.scatter([ROW], ("basic",))


def test_very_many_points_become_a_density() -> None:
    many = [
        replace(ROW, compliance=float(n % 100), substance=float(n % 37))
        for n in range(charts.MAX_POINTS + 1)
    ]
    drawn = charts.scatter(many, ("basic",))
    assert drawn is not None
    assert len(drawn) < 150_000
    assert "<image" not in drawn


def test_nothing_to_draw_is_no_picture() -> None:
    assert charts.scatter([replace(ROW, substance=None)], ("basic",)) is None
    assert charts.dot_intervals([], share(0, 0)) is None
