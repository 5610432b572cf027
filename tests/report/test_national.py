"""The national report: what is known, what is not, and how it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.compare.groups import Choice, refresh_sectors
from assess.report.national.changes import read_changes
from assess.report.national.read import read_national
from assess.report.national.write import write_national_report
from tests.compare.factory import RUBRIC, Factory
from tests.report.test_sector_page import FOOD, HOSTILE, RLO, SCRIPT


def told(made: Factory) -> str:
    """The page without scripts and styles, on one line."""
    output = made.workspace.documents.parent / "national.html"
    write_national_report(made.workspace, output, minimum=2, rubric=RUBRIC)
    page = SCRIPT.sub("", output.read_text("utf-8"))
    return " ".join(page.split("</style>")[1].split())


def pair(made: Factory, name: str, before: float, after: float) -> None:
    """An organisation's statements of two years, with their substance."""
    for year, substance in ((2024, before), (2025, after)):
        sha = made.document(f"{name} {year}", substance=substance)
        made.statement(name, [FOOD], year=year, document=sha)


def complete(made: Factory) -> None:
    made.workspace.db.execute("UPDATE registry_files SET complete = 1")


def test_missing_is_said_only_of_complete_files(made: Factory) -> None:
    made.statement("Gone Limited", [FOOD], year=2023)
    made.statement("Other Limited", [FOOD], year=2024)
    assert "None found in a complete file" not in told(made)
    complete(made)
    page = told(made)
    assert "None found in a complete file" in page
    assert "1 statement of organisations that published in another year were not found" in page
    assert "<bdi>Gone Limited</bdi>" in page


def test_a_gap_in_incomplete_files_is_not_known(made: Factory) -> None:
    for year in (2022, 2024):
        made.statement("Gap Limited", [FOOD], year=year)
    page = told(made)
    assert "For 1 further year of organisations it is not known" in page
    assert "None found in a complete file" not in page


def test_late_statements_are_listed_and_odd_dates_are_not(made: Factory) -> None:
    dates = {"Late": "2025-12-31", "Soon": "2025-04-01", "Odd": "2024-01-01"}
    for name, approved in dates.items():
        made.statement(name, [FOOD], end_date="2025-03-31", date_approved=approved)
    page = told(made)
    assert "<bdi>Late</bdi>" in page and "<bdi>Odd</bdi>" not in page
    assert "1 of 2 statements (50%" in page
    assert "1 statement with an approval before the year end" in page


def test_more_and_less_need_ten_points(made: Factory) -> None:
    pair(made, "Up", 30.0, 45.0)
    pair(made, "Down", 60.0, 50.0)
    pair(made, "Same", 40.0, 49.0)
    changes = read_changes(made.workspace.db, RUBRIC.key)
    assert changes.pairs == 3
    assert [(one.label, one.points) for one in changes.more] == [("Up", 15.0)]
    assert [(one.label, one.points) for one in changes.less] == [("Down", -10.0)]
    page = told(made)
    assert "Of 3 pairs of consecutive statements" in page and "1 of 3 pairs (33%" in page


def test_one_text_for_two_years_is_no_pair_and_a_group_counts_once(made: Factory) -> None:
    sha = made.document("both", substance=10.0)
    for year in (2024, 2025):
        made.statement("One Text", [FOOD], year=year, document=sha)
    for year, substance in ((2024, 20.0), (2025, 60.0)):
        own = made.document(f"g{year}", substance=substance)
        made.statement("Parent", [FOOD], year=year, document=own, others=["Child", "Kid"])
    changes = read_changes(made.workspace.db, RUBRIC.key)
    assert (changes.pairs, [one.label for one in changes.more]) == (1, ["Child and 2 more"])


def test_another_rubrics_assessments_make_no_pair(made: Factory) -> None:
    pair(made, "Up", 30.0, 45.0)
    made.workspace.db.execute("UPDATE assessments SET rubric = 'old' WHERE substance = 30.0")
    assert read_changes(made.workspace.db, RUBRIC.key).pairs == 0


def test_hostile_names_stay_text(made: Factory) -> None:
    pair(made, HOSTILE, 10.0, 50.0)
    made.statement(HOSTILE + "2", [HOSTILE], end_date="2025-03-31", date_approved="2025-12-31")
    complete(made)
    page = told(made)
    assert "<img" not in page and RLO not in page and "x" * 400 not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_lists_are_cut_and_say_so(made: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assess.report.national.page.LISTED", 2)
    for place in range(3):
        made.statement(f"L{place}", end_date="2025-03-31", date_approved="2025-12-31")
    page = told(made)
    assert page.count("<bdi>L") == 2
    assert "The first 2 of 3" in page


def test_an_empty_workspace_says_so(made: Factory, tmp_path: Path) -> None:
    assert "nothing to compare" in told(made)


def test_the_same_data_give_the_same_bytes(made: Factory) -> None:
    pair(made, "Up", 30.0, 45.0)
    assert told(made) == told(made)


def test_assessed_of_a_year_are_statements_of_the_rubric_that_is_told_of(made: Factory) -> None:
    made.statement("Policy", [FOOD], document=made.document("p", statement_kind="policy"))
    made.statement("Old", [FOOD], document=made.document("o", rubric="old@1"))
    made.statement("Told", [FOOD], document=made.document("t"))
    [year] = read_national(made.workspace, RUBRIC).coverage.years
    assert (year.with_document, year.assessed) == (3, 1)


def test_comparisons_older_than_the_judgements_are_said_to_be(made: Factory) -> None:
    made.statement("A", [FOOD], document=made.document("a"))
    refresh_sectors(made.workspace, Choice(which="all", minimum=1))
    assert "out of date" not in told(made)
    made.statement("B", [FOOD], document=made.document("b"))
    assert "Comparisons are out of date." in told(made)
