"""docs/exports.md is held to the tables and to the crosswalk."""

from __future__ import annotations

from pathlib import Path

from assess.export.crosswalk import LeftOut, Metric, load_crosswalk
from assess.export.tables import TABLES

DOCS = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def row(metric: Metric) -> str:
    """A metric's line of the table in the docs."""
    answers = "; ".join(
        f"{answer.value} ← `{answer.criterion}` {', '.join(answer.reached)}"
        f"{', by its quote' if answer.quote else ''}"
        for answer in metric.answers
    )
    return f"| {metric.name} ({metric.id}) | {answers or '–'} | {metric.note} |"


def left_out(metric: LeftOut) -> str:
    return f"| {metric.name} ({metric.id or 'id not read'}) | not written | {metric.why} |"


def test_every_table_is_listed() -> None:
    for table in TABLES:
        assert f"| `{table.name}` |" in DOCS


def test_the_crosswalk_is_told_as_it_is() -> None:
    crosswalk = load_crosswalk()
    for line in (*map(row, crosswalk.metrics), *map(left_out, crosswalk.left_out)):
        assert line in DOCS
