"""Databases of other versions: copied before they are changed, or left as they are."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections import namedtuple
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database
from typer.testing import CliRunner

from assess.cli import app
from assess.errors import WorkspaceError
from assess.store import open_to_read, open_workspace
from assess.store.schema import NAMES, migrations
from tests.store.old import old_database

Usage = namedtuple("Usage", "total used free")


def applied(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [name for (name,) in db.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def backups(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.bak"))


@pytest.fixture
def failing() -> Iterator[None]:
    """One migration more, which fails after it has changed something."""

    @migrations(name="m999_fails")
    def _fails(db: Database) -> None:
        db.execute("DELETE FROM document_sources")
        raise KeyboardInterrupt

    yield
    migrations._migrations.pop()


@pytest.mark.parametrize("first", range(1, len(NAMES)))
def test_an_older_database_is_kept_as_it_was(
    tmp_path: Path, first: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = old_database(tmp_path / "a.db", first)
    path.chmod(0o640)
    before = dump(path)
    with open_workspace(path) as workspace:
        assert [row["sha256"] for row in workspace.db.table("documents").rows] == ["ab"]
    assert applied(path) == list(NAMES)
    [kept] = backups(tmp_path)
    number = NAMES[first].split("_", maxsplit=1)[0]
    assert kept.name.startswith(f"a.db.before-{number}-20")
    assert dump(kept) == before
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    said = capsys.readouterr()
    assert str(kept) in said.err
    assert said.out == ""
    with open_workspace(path):
        assert backups(tmp_path) == [kept]
    # What is kept is a database like any other.
    with open_workspace(kept) as workspace:
        assert workspace.db.table("documents").count == 1


def test_nothing_is_kept_of_a_database_without_a_row(tmp_path: Path) -> None:
    """As a run leaves it that was killed while it made the database."""
    old = Database(tmp_path / "a.db")
    migrations.apply(old, stop_before=NAMES[3])
    old.close()
    with open_workspace(tmp_path / "a.db"):
        pass
    assert backups(tmp_path) == []


def test_a_killed_migration_goes_on_where_it_was(tmp_path: Path, failing: None) -> None:
    path = old_database(tmp_path / "a.db", 2)
    with pytest.raises(KeyboardInterrupt), open_workspace(path):
        pass
    assert applied(path) == list(NAMES)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM document_sources").fetchone() == (1,)
    [kept] = backups(tmp_path)
    assert kept.name.startswith("a.db.before-m003-")


def test_without_room_for_the_copy_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_database(tmp_path / "a.db", 4)
    before = path.read_bytes()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(9, 9, 1000))
    with pytest.raises(WorkspaceError, match=r"a\.db: .*0 MB are free.*Make room"):
        open_workspace(path).__enter__()
    assert path.read_bytes() == before
    assert backups(tmp_path) == []


def test_a_disk_that_fills_while_it_is_copied_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    path = old_database(tmp_path / "a.db", 4)
    before = path.read_bytes()
    monkeypatch.setattr("assess.store.backup.copy_database", full)
    with pytest.raises(WorkspaceError, match="disk is full"), open_workspace(path):
        pass
    assert path.read_bytes() == before
    assert {entry.name for entry in tmp_path.iterdir()} == {"a.db", "a.db.lock"}


def test_what_a_killed_copy_left_is_removed_by_the_next(tmp_path: Path) -> None:
    path = old_database(tmp_path / "a[1].db", 4)
    left = tmp_path / ".a[1].db.x.unfinished"
    other = tmp_path / ".a1.db.x.unfinished"
    left.touch()
    other.touch()
    with open_workspace(path):
        pass
    assert (left.exists(), other.exists()) == (False, True)


def test_reading_brings_up_to_date_where_it_can(tmp_path: Path) -> None:
    path = old_database(tmp_path / "a.db", 4)
    with open_workspace(path, create=False, write=False) as workspace:
        assert "targets" in workspace.db.table_names()
    assert len(backups(tmp_path)) == 1


def test_reading_leaves_alone_what_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_database(tmp_path / "a.db", 4)
    before = path.read_bytes()
    monkeypatch.setattr("os.access", lambda _, how: how != os.W_OK)
    done = CliRunner().invoke(app, ["scrape", "status", "--db", str(path)])
    assert isinstance(done.exception, WorkspaceError)
    assert "older version" in str(done.exception) and "copy it" in str(done.exception)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.db"]


@pytest.mark.parametrize("write", [False, True])
def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "a.db"
    with open_workspace(path) as workspace, workspace.db.atomic():
        workspace.db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('assess', 'm999_later', '2030-01-01')"
        )
    before = path.read_bytes()
    with (
        pytest.raises(WorkspaceError, match=r"newer version of assess .m999_later.; upgrade"),
        open_workspace(path, create=False, write=write),
    ):
        pass
    with pytest.raises(WorkspaceError, match="newer version"), open_to_read(path):
        pass
    assert path.read_bytes() == before
