"""Standard error: lines for people as ever, or one JSON object a line whatever happens."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assess import log
from assess.cli import app, main
from assess.progress import counting, track
from assess.running import stage
from tests.test_progress import Terminal

RUN = CliRunner()
PACKAGE = Path(log.__file__).parent


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    yield
    log.configure()


def events(text: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in text.splitlines()]
    keys = ["time", "level", "event", "run", "stage", "message"]
    assert all(list(event)[:6] == keys for event in found)
    return found


def assess(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["assess", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_lines_are_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure()
    log.tell("a.csv line 2: no name; left out", level=log.WARNING)
    log.tell("3 sentences labelled: o.csv", plain=True)
    log.tell("not shown", level=log.DEBUG)
    with stage("extract"):
        pass
    assert capsys.readouterr() == (
        "",
        "assess: a.csv line 2: no name; left out\n3 sentences labelled: o.csv\n",
    )


def test_stages_are_told_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure(verbose=True)
    with stage("extract") as counts:
        counts["cannot_assess"] = 1200
    begun, ended = capsys.readouterr().err.splitlines()
    assert begun == "assess: extract: begun"
    assert re.fullmatch(r"assess: extract: cannot assess 1,200, \d+\.\d s", ended)


def test_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure(as_json=True)
    with stage("score") as counts:
        counts["read"] = 2
        log.tell("one\nname\x1b[2J é", level=log.WARNING, file=Path("a"))
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn("a library\nwarns", stacklevel=1)
    logging.getLogger("somebody.else").warning("careful: %s", "x")
    text = capsys.readouterr().err
    assert text.isascii()
    begun, said, warned, ended, other = events(text)
    assert (begun["event"], begun["stage"], begun["level"]) == ("stage_begun", "score", "debug")
    assert said["message"] == "one\nname\x1b[2J é" and said["file"] == "a"
    assert warned["event"] == "library" and "a library" in warned["message"]
    assert ended["counts"] == {"read": 2} and ended["seconds"] >= 0
    assert (other["level"], other["message"]) == ("warning", "careful: x")


def test_a_command_that_another_starts_logs_as_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    log.configure(as_json=True)
    assert os.environ[log.VARIABLE] == "1"
    monkeypatch.setattr(log, "_INHERITED", True)  # as it is found there
    log.configure()
    assert log.is_json()
    monkeypatch.undo()
    log.configure()
    assert not log.is_json() and log.VARIABLE not in os.environ


def test_no_progress_beside_json(monkeypatch: pytest.MonkeyPatch) -> None:
    log.configure(as_json=True)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert list(track([1, 2], 2, "read")) == [1, 2]
    with counting("read") as tell:
        tell(1, 2)
    assert terminal.getvalue() == ""


def test_a_run_in_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text("We act.")
    (tmp_path / "assess.toml").write_text("log_json = true\n")
    done = RUN.invoke(app, ["scrape", "files", "x.txt", "--db", "a.db"])
    found = events(done.stderr)
    assert [event["event"] for event in found] == [
        "run_begun",
        *["stage_begun", "stage_ended"] * 2,
        "run_ended",
    ]
    assert {event["run"] for event in found} == {1}
    assert found[-1]["outcome"] == "done"
    # The next command is told nothing of that.
    (tmp_path / "assess.toml").unlink()
    assert RUN.invoke(app, ["scrape", "files", "x.txt", "--db", "a.db"]).stderr == ""


@pytest.mark.parametrize(
    ("arguments", "event", "says"),
    [
        (["runs", "--db", "no.db"], "failed", "no.db: no such database"),
        (["runs", "--gone"], "usage", "--gone"),
        (["gone"], "usage", "gone"),
        (["--gone"], "usage", "--gone"),
    ],
)
def test_an_error_is_one_object(
    arguments: list[str],
    event: str,
    says: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert assess("--log-json", *arguments, monkeypatch=monkeypatch) == 2
    [told] = events(capsys.readouterr().err)
    assert (told["event"], told["level"]) == (event, "error")
    assert says in told["message"]


def test_a_defect_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure(as_json=True)
    sys.excepthook(ZeroDivisionError, ZeroDivisionError(), None)
    [told] = events(capsys.readouterr().err)
    assert told["event"] == "defect" and "ZeroDivisionError" in told["exception"]


def test_nothing_else_writes_to_standard_error() -> None:
    writes = re.compile(r"\berr=True|sys\.stderr\.write|file=sys\.stderr")
    found = [path.name for path in PACKAGE.rglob("*.py") if writes.search(path.read_text("utf-8"))]
    assert found == ["log.py"]
