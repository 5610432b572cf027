"""`assess compare declared`: what it prints."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assess.cli import app
from assess.store import open_workspace
from tests.compare.declared.test_refresh import statement
from tests.compare.factory import Factory


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Two statements, of tiles and of clay."""
    path = tmp_path / "w.db"
    with open_workspace(path) as workspace:
        made = Factory(workspace)
        statement(made, "Tiles Limited", ("Food",))
        statement(made, "Clay\x1b[31m Limited")
        workspace.db.execute(
            "INSERT INTO organisation_names SELECT id, name, name_key FROM organisations"
        )
    return path


def run(db: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["compare", "declared", "--db", str(db), *words])


def test_people_read_counts_contradictions_and_what_was_not_found(db: Path) -> None:
    out = run(db, "--organisation", "tiles").stdout
    assert "1 statement compared" in out
    assert "Tiles Limited, 2025: 3 confirmed" in out
    assert "contradicted: StatementIncludesTraining = Yes (looked for training" in out
    assert '"No training on modern slavery was given in the year."' in out
    assert "Clay" not in out


def test_foreign_text_cannot_reach_the_terminal(db: Path) -> None:
    assert "\x1b" not in run(db).stdout


def test_json_is_a_list_of_statements_with_their_checks(db: Path) -> None:
    clay, tiles = json.loads(run(db, "--json").stdout)
    assert (tiles["organisation"], tiles["year"]) == ("Tiles Limited", 2025)
    [check] = [one for one in tiles["checks"] if one["result"] == "contradicted"]
    assert check["field"] == "StatementIncludesTraining"
    assert len(clay["checks"]) == len(tiles["checks"])


def test_csv_has_a_row_for_each_check(db: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(db, "--csv").stdout)))
    assert {row["result"] for row in rows} == {"confirmed", "contradicted", "not_checked"}
    assert rows[0]["summary_url"].startswith("https://registry.example/")


def test_sectors_are_counted_with_intervals(db: Path) -> None:
    out = run(db, "--by-sector").stdout
    assert "\nFood\n" in out
    assert "StatementIncludesTraining: 1 of 1 checked; confirmed 0 (0%, 0% to 79%)" in out
    rows = json.loads(run(db, "--by-sector", "--json").stdout)
    [food] = [row for row in rows if (row["sector"], row["field"]) == ("Food", "Policies")]
    assert (food["answers"], food["checked"], food["confirmed_share"]) == (2, 1, 1.0)


@pytest.mark.parametrize("words", [["--json", "--csv"], ["--by-sector", "--organisation", "tiles"]])
def test_two_ways_at_once_are_refused(db: Path, words: list[str]) -> None:
    assert run(db, *words).exit_code == 2
