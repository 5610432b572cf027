"""`assess demo`: every step works, and nothing is written beside its folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assess.cli import app
from assess.demo import steps
from tests.cli.test_commands import assess


def test_every_step_works_and_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    done = assess("demo", "--folder", folder, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("$ assess ") == len(list(steps(folder)))
    written = {path.name for path in folder.iterdir()}
    assert written >= {
        "sectors.html", "national.html", "organisation.html", "benchmark.html", "demo.xlsx",
    }  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_an_earlier_folder_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "assess-demo").mkdir()
    done = CliRunner().invoke(app, ["demo"])
    assert done.exit_code != 0
    assert "is there already" in str(done.exception)
    assert list((tmp_path / "assess-demo").iterdir()) == []
