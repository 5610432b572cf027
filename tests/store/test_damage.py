"""Damaged databases: every command says which file it is, and how to go on."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assess.cli import app
from assess.errors import WorkspaceError
from assess.records import Issue
from assess.store import open_to_read, open_workspace

PAGE = 4096


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "a.db"
    with open_workspace(path) as workspace:
        workspace.note(Issue("files", f"{n}.txt", "odd", "x" * 500) for n in range(400))
    return path


@pytest.fixture
def database(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "a.db"))


def zero(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 20 * PAGE])


def cut_in_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def text(path: Path) -> None:
    path.write_text("organisation,website\nAcme Limited,https://acme.example/\n" * 99)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def schema_no_text(path: Path) -> None:
    """SQLite's message quotes the words, which are none."""
    data = path.read_bytes()
    data = data.replace(b"tableissuesissues", b"table\xffssuesissues")
    path.write_bytes(data.replace(b"CREATE TABLE issues", b"CREATE TABLE \xffssues"))


def first_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:300] = b"\xff" * 200
    path.write_bytes(data)


@pytest.mark.parametrize(
    "harm", [zero, cut, cut_in_header, text, folder, first_page, schema_no_text]
)
@pytest.mark.parametrize(
    "command", ["score", "scrape status", "export jsonl -o {out}", "scrape files {out}"]
)
def test_every_command_says_what_is_wrong(
    database: Path, tmp_path: Path, harm: Callable[[Path], None], command: str
) -> None:
    harm(database)
    (database.with_name("a.documents") / "ab").mkdir(parents=True)
    (database.with_name("a.documents") / "ab" / "ab.txt").touch()
    (tmp_path / "out").mkdir()
    arguments = command.format(out=tmp_path / "out").split()
    done = CliRunner().invoke(app, [*arguments, "--db", str(database)])
    assert isinstance(done.exception, WorkspaceError), done.exception
    said = str(done.exception)
    assert said.startswith(f"{database}: ")
    assert any(way in said for way in ("backup", "make it with", "cannot be opened"))


def test_a_page_damaged_in_the_middle_is_told_when_it_is_met(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'issues'").fetchone()
    data = bytearray(database.read_bytes())
    data[(page - 1) * PAGE : page * PAGE] = b"\xa5" * PAGE
    database.write_bytes(data)
    for opened in (open_workspace(database), open_to_read(database)):
        with (
            pytest.raises(WorkspaceError, match=r"a\.db: .*malformed.*doctor --check.*\.dump"),
            opened as workspace,
        ):
            workspace.db.execute("SELECT count(message) FROM issues").fetchall()


def test_what_our_own_code_does_wrong_is_no_damage(database: Path) -> None:
    with pytest.raises(sqlite3.ProgrammingError), open_workspace(database) as workspace:
        workspace.db.execute("SELECT ?", [])


def test_a_table_that_is_gone_is_told(database: Path) -> None:
    with (
        pytest.raises(WorkspaceError, match=r"no such table: robots.*doctor --check"),
        open_workspace(database) as workspace,
    ):
        workspace.db.execute("DROP TABLE robots")
        workspace.db.execute("SELECT * FROM robots")


def test_a_full_disk_is_told_and_harms_nothing(database: Path) -> None:
    with (
        pytest.raises(WorkspaceError, match=r"no room is left .*same command again"),
        open_workspace(database) as workspace,
    ):
        (pages,) = workspace.db.execute("PRAGMA page_count").fetchone()
        workspace.db.execute(f"PRAGMA max_page_count = {pages}")
        workspace.note(Issue("files", f"{n}", "new", "x" * 5000) for n in range(400))
    with open_workspace(database) as workspace:
        assert workspace.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def killed_with_a_log(database: Path, tmp_path: Path) -> Path:
    """A database whose last ten transactions are only in its log, as a kill leaves it."""
    with open_workspace(database) as workspace:
        workspace.db.execute("PRAGMA wal_autocheckpoint = 0")
        for n in range(10):
            workspace.note([Issue("log", f"{n}", "new", "x" * 5000)])
        (tmp_path / "killed").mkdir()
        for suffix in ("", "-wal"):
            shutil.copy(f"{database}{suffix}", tmp_path / "killed" / f"a.db{suffix}")
    return tmp_path / "killed" / "a.db"


@pytest.mark.parametrize(("part", "least", "most"), [(0.0, 0, 0), (0.5, 4, 5), (0.99, 9, 9)])
def test_of_a_damaged_log_the_transactions_before_it_stay(
    database: Path, tmp_path: Path, part: float, least: int, most: int
) -> None:
    path = killed_with_a_log(database, tmp_path)
    log = path.with_name("a.db-wal")
    data = bytearray(log.read_bytes())
    at = int(len(data) * part)
    data[at : at + 16] = b"\xa5" * 16
    log.write_bytes(data)
    with open_workspace(path, create=False, write=False) as workspace:
        left = workspace.db.table("issues").count_where("stage = 'log'")
        assert least <= left <= most
        assert workspace.db.table("issues").count_where("stage = 'files'") == 400
        assert workspace.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_log_that_cannot_be_read_is_told(database: Path) -> None:
    database.with_name("a.db-wal").mkdir()
    with (
        pytest.raises(WorkspaceError, match=r"a\.db: cannot be opened .*copy it"),
        open_workspace(database),
    ):
        pass


def test_a_drive_without_locks_is_told(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(WorkspaceError, match="No locks available"), open_workspace(database):
        pass
