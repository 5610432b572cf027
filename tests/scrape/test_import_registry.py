"""Registry files into the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assess.scrape.registry_store import RegistryReport, import_registry
from assess.store import Workspace
from tests.scrape.made import links, matched, registry_bytes, row

TABLES = ("organisations", "statements", "statement_organisations", "declarations")


def load(workspace: Workspace, folder: Path, *rows: dict[str, str]) -> RegistryReport:
    path = folder / "r.csv"
    path.write_bytes(registry_bytes(rows))
    return import_registry(workspace, path)


def contents(workspace: Workspace) -> dict[str, list[dict[str, Any]]]:
    return {table: list(workspace.db.table(table).rows) for table in TABLES}


def test_a_second_run_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    rows = (row("A", "g", CompanyNumber="12"), row("B", "g"), row("C", "c", Extra="x"))
    first = load(workspace, tmp_path, *rows)
    before = contents(workspace)
    second = load(workspace, tmp_path, *rows)
    assert (first.new, first.organisations, first.extra_columns) == (2, 3, ("Extra",))
    assert (second.new, second.updated, second.unchanged) == (0, 0, 2)
    assert contents(workspace) == before


def test_an_updated_row_replaces_and_keeps_its_documents(
    workspace: Workspace, tmp_path: Path
) -> None:
    matched(workspace, tmp_path, [row("ACME FOODS LTD", "a")], ACME__FOODS="Our statement.")
    newer = row(
        "ACME FOODS LTD", "a", LastUpdated="02/02/2022", OrganisationSectors="Public sector"
    )
    report = load(workspace, tmp_path, newer)
    assert (report.new, report.updated) == (0, 1)
    assert [r["sector"] for r in workspace.db.table("statement_sectors").rows] == ["Public sector"]
    assert len(links(workspace)) == 1


def test_an_older_copy_does_not_undo_a_newer_one(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, tmp_path, row("A", "a", LastUpdated="02/02/2022", Turnover="new"))
    report = load(workspace, tmp_path, row("A", "a", LastUpdated="01/02/2022", Turnover="old"))
    assert report.unchanged == 1
    assert [r["turnover"] for r in workspace.db.table("statements").rows] == ["new"]
    assert [r["code"] for r in workspace.db.table("issues").rows] == ["older_copy"]


def test_an_organisation_is_one_by_its_number_and_named_as_of_late(
    workspace: Workspace, tmp_path: Path
) -> None:
    late = row("ACME NEW", "b", CompanyNumber="12", LastUpdated="01/01/2023", StatementYear="2023")
    early = row("ACME OLD", "a", CompanyNumber="00000012")
    load(workspace, tmp_path, late, early)
    assert [(r["name"], r["name_key"]) for r in workspace.db.table("organisations").rows] == [
        ("ACME NEW", "acme new")
    ]


def test_the_real_files_share_summaries_in_any_order(
    workspace: Workspace, tmp_path: Path, shared: Path
) -> None:
    early, food = sorted((shared / "registry").glob("*.csv"))
    import_registry(workspace, food)
    import_registry(workspace, early)
    assert workspace.db.table("statements").count == 324
    again = import_registry(workspace, food)
    assert (again.new, again.updated, again.unchanged) == (0, 0, 248)
