"""The rows of WikiRate's bulk import."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from assess.export.crosswalk import UNKNOWN, load_crosswalk
from assess.export.wikirate import COLUMNS, export_answers
from assess.store import Workspace
from tests.compare.factory import CRITERIA, TYPICAL, Factory

APPROVAL = "Business Human Rights Resource Centre+MSA Statement Approval"
LINK = "Walk Free+MSA statement homepage link"


def answers(workspace: Workspace, folder: Path, **options: bool) -> list[dict[str, str]]:
    export_answers(workspace, folder / "out.csv", **options)
    with (folder / "out.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_each_company_has_a_row_for_each_metric(corpus: Workspace, tmp_path: Path) -> None:
    found = answers(corpus, tmp_path)
    assert tuple(found[0]) == COLUMNS
    metrics = len(load_crosswalk().metrics)
    assert len(found) == metrics * len({(row["Company"], row["Year"]) for row in found})
    assert all(row["Source"].startswith("http") for row in found)
    assert all("Machine-read by assess" in row["Comment"] for row in found)
    decided = [row for row in found if row["Value"] != UNKNOWN]
    assert decided and all("“" in row["Comment"] for row in decided)
    assert answers(corpus, tmp_path, unknown=False) == decided


def made(workspace: Workspace, **columns: Any) -> None:
    factory = Factory(workspace, criteria=(("homepage_link", "legal", "LAW", "Link"), *CRITERIA))
    values = {**TYPICAL, "homepage_link": "met"}
    sha = factory.document("a.pdf", values=values, quotes={"approval": "approved by the board"})
    factory.visit(sha, "met")
    row: dict[str, Any] = {"end_date": "2025-04-30", "statement_url": "https://a.example/x; y"}
    factory.statement("A Ltd", document=sha, others=("B Ltd",), **(row | columns))


def test_year_source_quote_and_group(empty: Workspace, tmp_path: Path) -> None:
    made(empty)
    found = answers(empty, tmp_path)
    [one] = [row for row in found if row["Company"] == "A Ltd" and row["Metric"] == APPROVAL]
    assert one["Year"] == "2024"  # a year that ends by April is the year before
    assert one["Source"] == "https://a.example/x%3B%20y"
    assert one["Comment"].startswith(
        "“approved by the board” (page 2) Group statement of 2 organisations. Machine-read"
    )
    [link] = [row for row in found if row["Company"] == "B Ltd" and row["Metric"] == LINK]
    assert link["Value"] == "Yes" and "(on https://1.example/)" in link["Comment"]


def test_statements_without_year_end_or_address_are_left_out_and_told(
    empty: Workspace, tmp_path: Path
) -> None:
    made(empty, end_date=None)
    report = export_answers(empty, tmp_path / "out.csv")
    assert report.rows["answers"] == 0 and "left out, no year end: 2" in report.notes
    with empty.db.atomic():
        empty.db.execute("UPDATE statements SET end_date = '2025-12-31', statement_url = 'a b'")
    report = export_answers(empty, tmp_path / "out.csv")
    assert "left out, no web address: 2" in report.notes


def test_a_name_of_two_organisations_is_left_out(empty: Workspace, tmp_path: Path) -> None:
    made(empty)
    with empty.db.atomic():
        empty.db.execute(
            "INSERT INTO organisations (identity, name, name_key, company_number)"
            " SELECT '01234567', 'A LTD', name_key, '01234567' FROM organisations WHERE id = 1"
        )
    assert {row["Company"] for row in answers(empty, tmp_path)} == {"B Ltd"}


def test_hostile_names_are_no_formulas(hostile: Workspace, tmp_path: Path) -> None:
    found = answers(hostile, tmp_path)
    assert found
    for row in found:
        assert row["Company"].strip()[:1] not in {*"=+-@＝"}
        assert not row["Comment"].startswith(("=", "+", "-", "@"))
