"""`assess rubric` as a user meets it."""

from __future__ import annotations

import io
import json
from pathlib import Path

from rich.console import Console
from typer.testing import CliRunner

from assess.cli import app
from assess.report import rubric as text
from assess.score.rubric import load_rubric
from tests.score.factory import criterion, rubric_data, rubric_of, write_rubric

RUN = CliRunner()


def run(*arguments: str, code: int = 0) -> str:
    done = RUN.invoke(app, ["rubric", *arguments])
    assert done.exit_code == code, done.output
    return done.stdout


def test_show_is_plain_in_a_pipe() -> None:
    lines = run("show", "uk-bill-2026").splitlines()
    assert lines[0].startswith("uk-bill-2026@2+") and "NOT LAW" in lines[0]
    [row] = [line for line in lines if line.startswith("area_risk ")]
    assert row.split()[:6] == ["area_risk", "legal", "BILL", "(not", "law)", "1"]
    assert "\x1b" not in "".join(lines)


def test_show_one_criterion() -> None:
    told = run("show", "--criterion", "audits")
    for part in (
        "audits:",
        "why:",
        "good practice:",
        "advice:",
        "rule ",
        "  any:",
        "examples that",
    ):
        assert part in told
    assert "levels.3: " in run("show", "--criterion", "risk")
    assert "signal" in run("show", "--criterion", "b_risk_process")


def test_show_as_json() -> None:
    found = json.loads(run("show", "--json"))
    assert found["key"].startswith("uk-s54@") and found["proposal"] is False
    assert {"id", "authority", "question"} <= set(found["criteria"][0])
    one = json.loads(run("show", "uk-bill-2026", "--criterion", "area_risk", "--json"))
    assert (one["authority"], one["when"]["met"]) == ("BILL", "level(risk) >= 2")


def recording() -> Console:
    return Console(record=True, width=100, force_terminal=True, file=io.StringIO())


def test_show_is_a_table_on_a_terminal() -> None:
    console = recording()
    text.print_rubric(load_rubric(), console)
    told = console.export_text()
    assert "steps_supply_chain" in told and "─" in told


def test_one_criterion_on_a_terminal(tmp_path: Path) -> None:
    hostile = criterion("a", rules=[{"name": "r", "any": ["we audit"]}], why="[red]x\x1b[31m")
    console = recording()
    text.print_judged(rubric_of(tmp_path, hostile).criterion("a"), console)
    told = console.export_text()
    assert "good practice" in told and "we audit" in told
    assert "[red]x" in told and "\x1b" not in told


def test_unknown_criterion_names_close_ones() -> None:
    done = RUN.invoke(app, ["rubric", "show", "--criterion", "audit"])
    assert "did you mean audits" in str(done.exception)


def test_unknown_criterion_names_none_that_are_not_close() -> None:
    done = RUN.invoke(app, ["rubric", "show", "--criterion", "nope"])
    told = str(done.exception)
    assert told == "uk-s54 has no criterion 'nope'; 'assess rubric show' lists them"


def test_validate_tells_each_fault_and_exits_with_1(tmp_path: Path) -> None:
    good = write_rubric(tmp_path, rubric_data(criterion("a", detector="approval")))
    assert "valid: test@1+" in run("validate", str(good))
    bad = write_rubric(tmp_path, rubric_data(criterion("a"), criterion("b", holds="x")))
    lines = run("validate", str(bad), code=1).splitlines()
    assert lines[0].startswith(f"{bad}: b: holds: ")
    assert lines[-1] == f"{bad}: 2 faults"
    found = json.loads(run("validate", str(bad), "--json", code=1))
    assert found["valid"] is False
    assert set(found["faults"][0]) == {"file", "criterion", "key", "problem", "advice"}
