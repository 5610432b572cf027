"""What the comparison commands say of named organisations, as a reader would take it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assess.cli import app
from assess.scrape.registry_store import import_registry
from assess.store import open_workspace
from tests.scrape.made import registry_bytes, row


@pytest.fixture
def database(tmp_path: Path) -> Path:
    (tmp_path / "r.csv").write_bytes(registry_bytes([row("ACME LIMITED", "a", CompanyNumber="1")]))
    with open_workspace(tmp_path / "w.db") as workspace:
        import_registry(workspace, tmp_path / "r.csv")
    return tmp_path / "w.db"


def lines(database: Path, listed: str, *, complete: bool = False) -> list[str]:
    path = database.with_name("list.csv")
    path.write_text(listed)
    with open_workspace(database) as workspace:
        import_registry(workspace, database.with_name("r.csv"), complete=complete)
    arguments = ["compare", "coverage", "--db", str(database), "--list", str(path)]
    return CliRunner().invoke(app, arguments).output.splitlines()


def test_nobody_is_called_missing_from_a_file_that_is_not_complete(database: Path) -> None:
    told = lines(database, "organisation\nBrimble\n")
    assert not [line for line in told if "missing" in line]
    assert [line for line in told if line.startswith("  not known: Brimble;")]


def test_of_a_complete_file_none_was_found(database: Path) -> None:
    told = lines(database, "organisation\nBrimble\n", complete=True)
    assert [line for line in told if line.startswith("  none found: Brimble;")]


def test_an_organisation_listed_by_number_alone_has_a_name(database: Path) -> None:
    told = lines(database, "company_number\n00000002\n", complete=True)
    assert [line for line in told if line.startswith("  none found: 00000002;")]
