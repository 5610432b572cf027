"""`assess demo`: every step works, each is told, and an earlier folder is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assess.cli import app, demo
from assess.demo import steps
from assess.errors import InputError
from tests.copies import copied


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def folder(corpus_db: Path, tmp_path: Path) -> Path:
    """As the first step leaves it: that takes long, and other tests take it."""
    made = tmp_path / "demo"
    copied(corpus_db, made, "demo.db")
    return made


def test_every_step_works(folder: Path) -> None:
    for step in steps(folder):
        done = invoke(*step.arguments)
        assert done.exit_code == 0, (step, done.output, done.exception)
        assert done.stdout.strip(), step
    written = {path.name for path in folder.iterdir()}
    assert written >= {
        "sectors.html", "national.html", "organisation.html", "benchmark.html", "demo.xlsx",
    }  # fmt: skip


def test_each_step_is_told_with_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(demo, "_run", lambda arguments, _lines: ran.append(arguments))
    done = invoke("demo")
    assert done.exit_code == 0, done.output
    assert ran == [step.arguments for step in steps(Path("assess-demo"))]
    assert done.stdout.count("$ assess ") == len(ran)
    assert all(step.why in done.stdout for step in steps(Path("assess-demo")))


def test_a_step_is_run_as_a_user_would_and_its_failure_ends_the_walk(
    capsys: pytest.CaptureFixture[str],
) -> None:
    demo._run(("rubric", "--help"), 2)
    assert "more lines" in capsys.readouterr().out
    with pytest.raises(InputError, match="exit code 2; see above"):
        demo._run(("compare", "reuse", "--db", "nowhere.db"), None)


def test_an_earlier_folder_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "assess-demo").mkdir()
    done = invoke("demo")
    assert done.exit_code != 0
    assert "is there already" in str(done.exception)
    assert list((tmp_path / "assess-demo").iterdir()) == []
