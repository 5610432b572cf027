"""A database that somebody else made cannot reach beyond itself."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assess.cli import app
from assess.errors import WorkspaceError
from assess.records import Document
from assess.store import open_to_read, open_workspace
from assess.store.distrust import kept_path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "own" / "a.db"
    path.parent.mkdir()
    with open_workspace(path):
        pass
    return path


def change(database: Path, *sql: str) -> None:
    with closing(sqlite3.connect(database)) as db:
        for one in sql:
            db.execute(one)
        db.commit()


@pytest.mark.parametrize("where", ["../secret.txt", "{folder}/secret.txt", "link.txt", "a\0b"])
def test_no_file_outside_its_folder_is_read(database: Path, where: str) -> None:
    secret = database.parent.with_name("secret.txt")
    secret.write_bytes(b"not yours")
    documents = database.with_name("a.documents")
    documents.mkdir()
    (documents / "link.txt").symlink_to(secret)
    kept_as = where.format(folder=secret.parent).replace("../", "../../")
    sha256 = hashlib.sha256(b"not yours").hexdigest()
    with open_workspace(database) as workspace:
        workspace.register(Document(sha256, "text/plain", 9, "x", "x"), kept_as)
        with pytest.raises(WorkspaceError, match="not below its folder"):
            workspace.read(sha256)
        with pytest.raises(WorkspaceError, match="not below its folder"):
            workspace.discard(kept_as)
    assert CliRunner().invoke(app, ["extract", "--db", str(database)]).exit_code == 0
    with open_to_read(database) as workspace:
        assert workspace.db.execute("SELECT count(*) FROM texts").fetchone() == (0,)
    assert secret.exists()


def test_a_folder_of_documents_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "there" / "ab").mkdir(parents=True)
    (tmp_path / "a.documents").symlink_to(tmp_path / "there")
    assert kept_path(tmp_path / "a.documents", "ab/cd.pdf").name == "cd.pdf"


@pytest.mark.parametrize(
    "trigger",
    [
        "CREATE TRIGGER gift AFTER INSERT ON documents BEGIN DELETE FROM reviews; END",
        "CREATE TRIGGER texts_ai2 AFTER INSERT ON texts BEGIN"
        " INSERT INTO texts_fts (rowid, content) VALUES (new.rowid, 'x'); DELETE FROM reviews; END",
    ],
)
def test_foreign_triggers_are_refused(database: Path, trigger: str) -> None:
    change(database, trigger)
    for opened in (open_workspace, open_to_read):
        with pytest.raises(WorkspaceError, match="trigger that assess does not make"):
            opened(database).__enter__()


def test_a_view_cannot_call_what_has_effects(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("CREATE VIEW bait AS SELECT load_extension('x.so') AS found")
        db.commit()
    with open_to_read(database) as workspace:
        with pytest.raises(sqlite3.OperationalError, match=r"unsafe use|not authorized"):
            workspace.db.execute("SELECT * FROM bait").fetchall()
        assert workspace.db.execute("PRAGMA cell_size_check").fetchone() == (1,)


def test_a_link_in_place_of_the_lock_is_not_followed(database: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("precious")
    lock = database.with_name("a.db.lock")
    lock.unlink(missing_ok=True)
    lock.symlink_to(victim)
    with pytest.raises(WorkspaceError), open_workspace(database):
        pass
    assert victim.read_text() == "precious"


def test_names_in_it_are_values_and_no_sql(database: Path) -> None:
    name = "x'); DROP TABLE texts; --"
    change(
        database,
        "INSERT INTO organisations (identity, name, name_key) VALUES ('1', 'x''); DROP', 'x')",
    )
    for arguments in (
        ["report", "organisation", name],
        ["forget", "--organisation", name],
        ["missing", "--sector", name],
    ):
        done = CliRunner().invoke(app, [*arguments, "--db", str(database)])
        assert done.exit_code in (0, 1, 2)
    with open_to_read(database) as workspace:
        assert "texts" in workspace.db.table_names()


def test_originals_are_the_owners_alone_and_the_rest_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with open_workspace(tmp_path / "a.db") as workspace:
            kept = workspace.keep_bytes(b"x", "ab" * 32, ".txt")
    finally:
        os.umask(before)

    def mode(path: Path) -> int:
        return stat.S_IMODE(path.stat().st_mode)

    assert mode(tmp_path / "a.documents" / kept) == 0o600
    assert mode(tmp_path / "a.db") == 0o640 and mode(tmp_path / "a.documents") == 0o750
