"""What changes between downloads: withdrawn, returned, renamed."""

from __future__ import annotations

from pathlib import Path

from assess.scrape.presence import latest_changes
from assess.scrape.registry_store import RegistryReport, import_registry
from assess.store import Workspace
from tests.scrape.made import registry_bytes, row


def load(
    workspace: Workspace, folder: Path, *rows: dict[str, str], complete: bool = True
) -> RegistryReport:
    path = folder / "StatementSummaries2022.csv"
    path.write_bytes(registry_bytes(rows))
    return import_registry(workspace, path, complete=complete)


def withdrawn(workspace: Workspace) -> list[str]:
    rows = workspace.db.query("SELECT summary_url FROM statements WHERE withdrawn_at IS NOT NULL")
    return [row["summary_url"] for row in rows]


A, B = row("A LTD", "a"), row("B LTD", "b")
LATER = row("C LTD", "c", LastUpdated="05/06/2022")


def test_a_complete_file_tells_what_was_withdrawn_and_came_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    load(workspace, tmp_path, A, B)
    second = load(workspace, tmp_path, A)
    assert (second.withdrawn, second.unchanged) == (1, 1)
    assert withdrawn(workspace) == [B["StatementSummaryURL"]]
    assert load(workspace, tmp_path, A).withdrawn == 0
    again = load(workspace, tmp_path, A, B, LATER)
    assert (again.returned, again.new) == (1, 1)
    assert withdrawn(workspace) == []


def test_a_filtered_file_withdraws_nothing(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, tmp_path, A, B)
    assert load(workspace, tmp_path, A, complete=False).withdrawn == 0
    assert withdrawn(workspace) == []


def test_a_row_that_cannot_be_read_is_not_withdrawn(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, tmp_path, A, B)
    path = tmp_path / "broken.csv"
    torn = registry_bytes([A, B]).replace(b"B LTD", b'B "LTD, x, y')
    path.write_bytes(torn)
    report = import_registry(workspace, path, complete=True)
    assert report.withdrawn == 0


def test_other_years_stay(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, tmp_path, row("A LTD", "a", StatementYear="2021"))
    load(workspace, tmp_path, B)
    assert withdrawn(workspace) == []


def test_an_older_complete_file_withdraws_nothing_newer(
    workspace: Workspace, tmp_path: Path
) -> None:
    load(workspace, tmp_path, A, LATER)
    load(workspace, tmp_path, A)
    assert withdrawn(workspace) == []


def test_withdrawn_statements_are_not_counted(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, tmp_path, A, B)
    load(workspace, tmp_path, A)
    rows = workspace.db.query("SELECT statement FROM statements_without_document")
    assert [row["statement"] for row in rows] == ["A LTD"]


def test_changes_are_listed_with_their_names(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, tmp_path, A, B)
    assert [(c.change, c.statement) for c in latest_changes(workspace.db)] == [
        ("new", "A LTD"),
        ("new", "B LTD"),
    ]
    changed = row("B LTD", "b", LastUpdated="03/04/2022", Turnover="Over £500 million")
    load(workspace, tmp_path, changed, LATER)
    assert [(c.change, c.statement) for c in latest_changes(workspace.db)] == [
        ("new", "C LTD"),
        ("updated", "B LTD"),
        ("withdrawn", "A LTD"),
    ]
