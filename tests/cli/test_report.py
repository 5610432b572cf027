"""`assess report sectors` and `assess report national` as they are called."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assess.cli import app

RUNNER = CliRunner()


@pytest.fixture
def db(corpus_db: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(corpus_db, tmp_path / "c.db"))


@pytest.mark.parametrize("report", ["sectors", "national"])
@pytest.mark.parametrize("name", ["r.html", "r.md", "r.xlsx", "r.csv"])
def test_a_report_is_written_and_its_place_told(db: Path, report: str, name: str) -> None:
    output = db.with_name(name)
    ran = RUNNER.invoke(app, ["report", report, "--db", str(db), "-o", str(output)])
    assert ran.exit_code == 0, ran.output
    assert ran.stdout.splitlines()[-1] == f"report: {output}"
    assert output.is_dir() if name == "r.csv" else output.stat().st_size > 5000


def test_the_format_goes_before_the_ending(db: Path) -> None:
    output = db.with_name("r.txt")
    command = ["report", "sectors", "--db", str(db), "-o", str(output), "--format", "md"]
    assert RUNNER.invoke(app, command).exit_code == 0
    assert output.read_text("utf-8").startswith("# Modern slavery statements")


def test_comparisons_are_made_unless_they_are_not_wanted(db: Path) -> None:
    output = db.with_name("r.html")
    command = ["report", "sectors", "--db", str(db), "-o", str(output), "--minimum", "5"]
    before = db.read_bytes()
    assert RUNNER.invoke(app, [*command, "--no-compare"]).exit_code == 0
    assert db.read_bytes() == before
    assert 'id="types"' not in output.read_text("utf-8")
    assert RUNNER.invoke(app, command).exit_code == 0
    assert 'id="types"' in output.read_text("utf-8")
    assert RUNNER.invoke(app, command).stdout.endswith("(unchanged)\n")


def test_a_rubric_that_is_not_at_hand_is_said(db: Path) -> None:
    from assess.store import open_workspace

    with open_workspace(db, create=False) as workspace, workspace.db.atomic():
        workspace.db.execute("UPDATE assessments SET rubric = 'other@1+0'")
        workspace.db.execute("UPDATE criteria SET rubric = 'other@1+0'")
    output = db.with_name("r.html")
    ran = RUNNER.invoke(app, ["report", "sectors", "--db", str(db), "-o", str(output)])
    assert ran.exit_code == 0 and "a rubric that is not at hand" in ran.stderr


def test_a_format_that_is_none_is_refused(db: Path) -> None:
    command = ["report", "sectors", "--db", str(db), "-o", "x", "--format", "pdf"]
    assert RUNNER.invoke(app, command).exit_code == 2


@pytest.mark.parametrize("report", ["sectors", "national"])
def test_another_rubric_than_the_one_that_judged_is_told(db: Path, report: str) -> None:
    command = ["report", report, "--db", str(db), "-o", str(db.with_name("r.md")), "--no-compare"]
    other = RUNNER.invoke(app, [*command, "--rubric", "uk-bill-2026"])
    assert other.exit_code == 0 and "not by uk-bill-2026@" in other.stderr
    assert RUNNER.invoke(app, [*command, "--rubric", "uk-s54"]).stderr == ""
