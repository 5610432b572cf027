"""The workspace: originals kept once, nothing half-kept, other databases refused."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from assess.errors import WorkspaceError
from assess.records import Document, Issue
from assess.store import Workspace, open_workspace
from assess.store.reasons import reasons_from_json
from assess.store.schema import VIEWS, migrations


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w.db") as opened:
        yield opened


def document(data: bytes, source: str = "a.txt") -> Document:
    return Document(hashlib.sha256(data).hexdigest(), "text/plain", len(data), source, source)


def test_an_original_is_kept_once_with_every_source(workspace: Workspace) -> None:
    assert workspace.keep(b"x", document(b"x", "a.txt"), ".txt")
    assert not workspace.keep(b"x", document(b"x", "b.txt"), ".txt")
    assert not workspace.keep(b"x", document(b"x", "b.txt"), ".txt")
    sources = [row["source"] for row in workspace.db.table("document_sources").rows]
    assert sources == ["a.txt", "b.txt"]
    assert workspace.read(document(b"x").sha256) == b"x"


def test_a_rolled_back_batch_leaves_no_row(workspace: Workspace) -> None:
    with pytest.raises(KeyboardInterrupt), workspace.db.atomic():
        workspace.keep(b"x", document(b"x"), ".txt")
        raise KeyboardInterrupt
    assert workspace.db.table("documents").count == 0
    assert workspace.keep(b"x", document(b"x"), ".txt")


@pytest.mark.parametrize("harm", ["change", "remove"])
def test_a_harmed_original_is_told(workspace: Workspace, harm: str) -> None:
    workspace.keep(b"x", document(b"x"), ".txt")
    kept = next(workspace.documents.rglob("*.txt"))
    if harm == "change":
        kept.write_bytes(b"y")
    else:
        kept.unlink()
    with pytest.raises(WorkspaceError, match=r"changed|cannot be read"):
        workspace.read(document(b"x").sha256)


def test_what_a_killed_run_left_half_written_is_removed_and_nothing_else(
    workspace: Workspace,
) -> None:
    workspace.keep(b"x", document(b"x"), ".txt")
    kept = next(workspace.documents.rglob("*.txt"))
    half = kept.with_name(".partial-abc")
    half.write_bytes(b"ha")
    workspace.clear_partial()
    assert not half.exists() and kept.read_bytes() == b"x"


def test_a_folder_that_cannot_hold_documents_is_told(workspace: Workspace) -> None:
    workspace.documents.write_text("a file in the folder's place")
    with pytest.raises(WorkspaceError, match="cannot keep documents there"):
        workspace.keep(b"x", document(b"x"), ".txt")


def test_an_issue_is_noted_once(workspace: Workspace) -> None:
    issue = Issue("files", "a.txt", "too_large", "left out")
    workspace.note([issue, issue])
    workspace.note([issue])
    assert workspace.db.table("issues").count == 1


def test_a_workspace_opens_again_with_what_it_held(tmp_path: Path) -> None:
    for _ in range(2):
        with open_workspace(tmp_path / "w.db") as opened:
            opened.keep(b"x", document(b"x"), ".txt")
            assert opened.db.table("documents").count == 1


def test_what_breaks_a_reference_is_refused(workspace: Workspace) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        workspace.db.table("statement_sectors").insert({"statement_id": 1, "sector": "Other"})


def test_other_databases_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE photos (id INTEGER)")
    with pytest.raises(WorkspaceError, match="another program"), open_workspace(path):
        pass
    path.write_bytes(b"not a database " * 100)
    with pytest.raises(WorkspaceError, match="cannot be used"), open_workspace(path):
        pass


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    with open_workspace(path) as opened:
        opened.db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('assess', 'm999_later', '2030-01-01')"
        )
        opened.db.conn.commit()
    with pytest.raises(WorkspaceError, match="newer version"), open_workspace(path):
        pass


def test_missing_places_are_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(WorkspaceError, match="no such database"),
        open_workspace(tmp_path / "none.db", create=False),
    ):
        pass
    with (
        pytest.raises(WorkspaceError, match="folder does not exist"),
        open_workspace(tmp_path / "none" / "w.db"),
    ):
        pass


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(WorkspaceError, match="lost at the end"), open_workspace(Path(":memory:")):
        pass


def test_a_folder_without_room_for_the_lock_is_told(tmp_path: Path) -> None:
    (tmp_path / "w.db.lock").mkdir()
    with (
        pytest.raises(WorkspaceError, match="cannot be written"),
        open_workspace(tmp_path / "w.db"),
    ):
        pass


def test_a_database_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with open_workspace(path) as workspace:
        names = set(workspace.db.table_names())
    path.unlink()
    old = Database(path)
    migrations.apply(old, stop_before="m002_parts")
    old.close()
    with open_workspace(path) as workspace:
        assert set(workspace.db.table_names()) == names
        assert "confidence" in {column.name for column in workspace.db.table("pages").columns}


def test_evidence_of_an_older_database_stays_and_has_no_reasons(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = Database(path)
    migrations.apply(old, stop_before="m005_reasons")
    with old.atomic():
        old.execute("INSERT INTO documents VALUES ('d', 'text/plain', 1, 'd.txt')")
        old.execute(
            "INSERT INTO assessments (id, document_sha256, extractor, rubric, model, status,"
            " statement_kind, minimal_reasons)"
            " VALUES (1, 'd', 'x', 'r', 'm', 'assessed', 'statement', '[]')"
        )
        old.execute("INSERT INTO findings VALUES (1, 1, 'audits', 'true', 1, 0.5)")
        old.execute(
            "INSERT INTO evidence VALUES (1, 1, 'q', 1, 0, 1, 'implemented', 'model:audits')"
        )
    old.close()
    with open_workspace(path) as workspace:
        [row] = workspace.db.execute("SELECT * FROM evidence").fetchall()
        assert row == (1, 1, "q", 1, 0, 1, "implemented", "model:audits", "[]", None)
        assert reasons_from_json(row[-2]) == ()
        assert "reasons" in workspace.db.view("evidence_quotes").columns_dict


@pytest.mark.parametrize("gone", ["sector_results", "current_assessments"])
def test_an_older_database_without_one_of_its_views_is_brought_up_to_date(
    tmp_path: Path, gone: str
) -> None:
    path = tmp_path / "old.db"
    old = Database(path)
    migrations.apply(old, stop_before="m003_specificity")
    old.execute(f"DROP VIEW {gone}")
    old.conn.commit()
    old.close()
    with open_workspace(path) as workspace:
        assert set(workspace.db.view_names()) == set(VIEWS)
