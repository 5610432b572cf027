"""Late and missing statements: only what the registry's files show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from assess.compare.coverage import Coverage, coverage
from assess.compare.dates import six_months_after
from assess.scrape.lists import Listed
from assess.scrape.registry_store import import_registry
from assess.store import Workspace, open_workspace
from tests.compare.factory import Factory
from tests.scrape.made import registry_bytes, row


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w.db") as opened:
        yield opened


def read(
    workspace: Workspace, tmp_path: Path, *rows: dict[str, str], complete: bool = False
) -> Coverage:
    path = tmp_path / f"registry{len(list(tmp_path.glob('registry*')))}.csv"
    path.write_bytes(registry_bytes(rows))
    import_registry(workspace, path, complete=complete)
    return coverage(workspace.db)


def dated(name: str, year: str, end: str, approved: str) -> dict[str, str]:
    return row(
        name,
        name.split(maxsplit=1)[0].lower(),
        StatementYear=year,
        StatementEndDate=end,
        DateApproved=approved,
    )


def test_late_is_more_than_six_months_after_the_year_end(
    workspace: Workspace, tmp_path: Path
) -> None:
    found = read(
        workspace,
        tmp_path,
        dated("ONTIME LTD", "2022", "31/03/2022", "30/09/2022"),
        dated("LATE LTD", "2022", "31/03/2022", "01/10/2022"),
        dated("UNDATED LTD", "2022", "31/03/2022", ""),
    )
    assert [(one.statement, one.days) for one in found.late] == [("LATE LTD", 184)]
    [year] = found.years
    assert (year.statements, year.dated, year.late.count, year.late.of) == (3, 2, 1, 2)


def test_slips_of_the_hand_are_not_called_late(workspace: Workspace, tmp_path: Path) -> None:
    found = read(
        workspace,
        tmp_path,
        dated("BEFORE LTD", "2022", "31/12/2022", "01/06/2022"),
        dated("DECADE LTD", "2022", "31/03/2012", "01/06/2022"),
    )
    assert found.late == ()
    assert [one.statement for one in found.odd_dates] == ["BEFORE LTD", "DECADE LTD"]
    assert found.years[0].dated == 0


def test_a_gap_is_none_found_only_where_a_whole_year_was_read(
    workspace: Workspace, tmp_path: Path
) -> None:
    gap = [row("GAP LTD", "gap", StatementYear=year) for year in ("2021", "2024")]
    read(workspace, tmp_path, *gap, row("SOLE LTD", "sole", StatementYear="2021"))
    found = read(
        workspace, tmp_path, row("OTHER LTD", "other", StatementYear="2022"), complete=True
    )
    assert [(one.organisation, one.year, one.state) for one in found.missing_years] == [
        ("GAP LTD", 2022, "none_found"),
        ("GAP LTD", 2023, "not_known"),
        # Nothing is said of years after its last of which no whole file was read.
        ("SOLE LTD", 2022, "none_found"),
    ]


def test_a_group_statement_covers_its_members(workspace: Workspace, tmp_path: Path) -> None:
    members = [
        row(name, "group", StatementYear="2022", GroupSubmission="Yes")
        for name in ("PARENT PLC", "CHILD LTD")
    ]
    child = [row("CHILD LTD", "child", StatementYear=year) for year in ("2021", "2023")]
    assert (
        read(workspace, tmp_path, *members, *child, complete=True).missing_years[0].organisation
        == "PARENT PLC"
    )


def test_list_is_held_against_each_year(workspace: Workspace, tmp_path: Path) -> None:
    read(workspace, tmp_path, row("ALDERMOOR BREAD LIMITED", "a", StatementYear="2022"))
    wanted = [Listed("Aldermoor Bread Ltd", ""), Listed("Zzyzx Holdings", "")]
    [found] = coverage(workspace.db, wanted, [2022]).lists
    assert (found.found.count, found.found.of, found.none_found, found.complete) == (1, 2, 1, False)
    [other] = coverage(workspace.db, wanted, [2019]).lists
    assert (other.found.count, other.none_found) == (0, 2)


@pytest.mark.parametrize(
    ("year_end", "last_day"),
    [
        ("2022-03-31", "2022-09-30"),
        ("2022-07-31", "2023-01-31"),
        ("2022-04-30", "2022-10-31"),
        ("2022-04-05", "2022-10-05"),
        ("2022-08-31", "2023-02-28"),
        ("2022-08-30", "2023-02-28"),
        ("2023-08-30", "2024-02-29"),
        ("2022-02-28", "2022-08-31"),
        ("2024-02-28", "2024-08-28"),
    ],
)
def test_six_months_are_those_of_the_calendar(made: Factory, year_end: str, last_day: str) -> None:
    ended, last = date.fromisoformat(year_end), date.fromisoformat(last_day)
    assert six_months_after(ended) == last
    late = []
    for approved in (last, last + timedelta(days=1)):
        id_ = made.statement("A", [], end_date=year_end, date_approved=approved.isoformat())
        late += made.workspace.db.execute(
            "SELECT late FROM statement_timing WHERE statement_id = ?", [id_]
        ).fetchone()
    assert late == [0, 1]
