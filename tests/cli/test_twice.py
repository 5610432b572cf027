"""The same database twice at once, and reading where nothing can be written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from assess.cli import app
from assess.errors import AssessError, WorkspaceError
from assess.files import alone_in
from assess.resources import corpus_folder
from assess.store import open_workspace
from assess.store.workspace import alone
from tests.copies import copied

RUN = CliRunner()
REGISTRY = corpus_folder() / "registry.csv"

# Commands that write to the database.
WRITING = (
    "run --registry {registry} --report {out}.html",
    "merge {other}",
    "extract",
    "score",
    "scrape registry {registry}",
    "scrape files {list}",
    "scrape decide ab 1 --accept",
    "scrape statements",
    "scrape sites {list}",
    "scrape urls {list}",
    "scrape warc {list}",
    "scrape companies {list}",
    "scrape groups {list} --name supply",
    "compare sectors",
    "compare reuse",
    "compare years",
    "compare declared",
    "report sectors -o {out}.html",
    "report national -o {out}.html",
    "review --reviewer Ann",
    "export warc {out}.warc.gz",
    "forget --organisation Acme --yes",
)
# Commands that only read it; the slow ones are tried by hand as an account that can write nothing.
READING = (
    "scrape status",
    "scrape matches",
    "scrape changes",
    "missing {list} --year 2024",
    "compare coverage",
    "review --list",
    "runs",
    "export csv -o {out}",
    "export jsonl -o {out}.jsonl",
    "export wikirate -o {out}.csv",
    "export texts -o {out}",
    "report sectors --no-compare -o {out}.md",
)
SLOW = (
    "runs show",
    "runs reproduce",
    "report national --no-compare",
    "report organisation",
    "benchmark",
    "export xlsx",
    "export parquet",
    "export datapackage",
    "explore",
)


@pytest.fixture(scope="module")
def whole(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, which nobody else has open."""
    return copied(corpus_db, tmp_path_factory.mktemp("whole") / "w")


@pytest.fixture
def names(tmp_path: Path, corpus_db: Path) -> dict[str, Path]:
    (tmp_path / "list.csv").write_text(
        "organisation,website,url\nAcme,https://a.example/,https://a.example/x\n"
    )
    return {
        "registry": REGISTRY,
        "list": tmp_path / "list.csv",
        "other": corpus_db,
        "out": tmp_path / "out",
    }


def assess(command: str, names: dict[str, Path], db: Path) -> Result:
    words = [word.format(**names) for word in command.split()]
    return RUN.invoke(app, [*words, "--db", str(db)])


def commands(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in getattr(group, "commands", {}).items():
        yield f"{path} {name}".strip(), command
        yield from commands(command, f"{path} {name}")


def test_every_command_with_a_database_is_tried() -> None:
    with_database = {
        name
        for name, command in commands(typer.main.get_command(app))
        if any("--db" in parameter.opts for parameter in command.params)
    }
    tried = {
        name for name in with_database for command in (*WRITING, *READING, *SLOW)
        if f"{command} ".startswith(f"{name} ")
    }  # fmt: skip
    assert tried == with_database


@pytest.mark.parametrize("command", WRITING)
def test_a_second_command_that_writes_is_refused(
    command: str, names: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    with open_workspace(path):
        pass
    before = path.read_bytes()
    with alone(path):
        done = assess(command, names, path)
    assert isinstance(done.exception, WorkspaceError), done.output
    assert done.exception.exit_code == 2
    assert str(done.exception).startswith(f"{path}: another assess process is writing to it")
    assert path.read_bytes() == before
    assert not names["out"].exists()


@pytest.mark.parametrize("command", READING)
def test_reading_needs_no_lock_and_nothing_to_write(
    command: str, names: dict[str, Path], whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another process holds the lock, in a folder that cannot be written."""
    there = sorted(whole.parent.iterdir())
    with monkeypatch.context() as patched, alone(whole):
        patched.setattr("os.access", lambda path, how: how != os.W_OK or path != whole.parent)
        done = assess(command, names, whole)
    assert done.exit_code == 0, done.output
    assert sorted(whole.parent.iterdir()) == there


def test_what_another_writes_is_not_read_half(
    names: dict[str, Path], corpus_db: Path, tmp_path: Path
) -> None:
    path = copied(corpus_db, tmp_path / "w")
    before = assess("scrape matches --json", names, path)
    with open_workspace(path) as workspace, workspace.db.atomic():
        workspace.db.execute("DELETE FROM statement_documents")
        done = assess("scrape matches --json", names, path)
    assert (done.exit_code, done.stdout) == (0, before.stdout)


def test_two_trainings_into_one_folder_are_refused(tmp_path: Path) -> None:
    with alone_in(tmp_path / "models"):
        done = RUN.invoke(app, ["train", "--data", str(tmp_path), "-o", str(tmp_path / "models")])
    assert isinstance(done.exception, AssessError)
    assert "another assess process is writing to it" in str(done.exception)
    # A folder that nothing was written to is gone again.
    assert not (tmp_path / "models").exists()
