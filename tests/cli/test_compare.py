"""What the comparing commands have in common: what waits, forms of output, how much is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assess.cli import app
from assess.scrape.files import import_files
from assess.scrape.registry_store import import_registry
from assess.store import open_workspace
from tests.scrape.made import registry_bytes, row

TEXT = " ".join(f"word{number}" for number in range(60))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    lines = tmp_path / "more.jsonl"
    rows = [{"id": name, "text": f"{name} {TEXT}"} for name in ("one", "two")]
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with open_workspace(tmp_path / "w.db") as workspace:
        import_files(workspace, [lines])
    return tmp_path / "w.db"


def test_reuse_reads_what_nobody_has_read(database: Path) -> None:
    done = CliRunner().invoke(app, ["compare", "reuse", "--db", str(database), "--json"])
    assert done.exit_code == 0
    [pair] = json.loads(done.stdout)["pairs"]
    assert {pair["a"], pair["b"]} == {"one", "two"}
    assert pair["overlap"] > 0.9


@pytest.mark.parametrize("command", ["sectors", "years", "declared"])
def test_what_is_not_judged_is_told(database: Path, command: str) -> None:
    done = CliRunner().invoke(app, ["compare", command, "--db", str(database), "--json"])
    assert done.exit_code == 0
    json.loads(done.stdout)
    assert "2 documents are not judged yet" in done.stderr


@pytest.mark.parametrize("command", ["sectors", "reuse", "years", "declared", "coverage"])
def test_one_form_of_output(database: Path, command: str) -> None:
    done = CliRunner().invoke(app, ["compare", command, "--db", str(database), "--json", "--csv"])
    assert done.exit_code == 2
    done = CliRunner().invoke(app, ["compare", command, "--db", str(database), "--csv"])
    assert done.exit_code == 0
    assert "," in done.stdout.splitlines()[0]


def test_coverage_says_how_much_it_leaves_out(tmp_path: Path) -> None:
    registry = tmp_path / "registry.csv"
    rows = [
        row(f"ORG {n} LIMITED", f"s{n}", StatementEndDate="01/01/2022", DateApproved="01/12/2022")
        for n in range(5)
    ]
    registry.write_bytes(registry_bytes(rows))
    with open_workspace(tmp_path / "w.db") as workspace:
        import_registry(workspace, registry)
    command = ["compare", "coverage", "--db", str(tmp_path / "w.db")]
    told = CliRunner().invoke(app, [*command, "--top", "2"]).stdout
    assert told.count("late: ORG") == 2
    assert "... and 3 more" in told
    assert CliRunner().invoke(app, [*command, "--csv"]).stdout.count("late,ORG") == 5
