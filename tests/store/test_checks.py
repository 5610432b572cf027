"""`assess doctor --check`: each fault is found where it was planted, and nothing is changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assess.cli import app
from assess.errors import WorkspaceError
from assess.extract import EXTRACTOR_VERSION
from assess.store import open_workspace
from assess.store.checks import Checked, check_database
from tests.copies import copied
from tests.store.old import old_database

NAMES = [
    "schema",
    "database",
    "references",
    "documents",
    "files",
    "texts",
    "search",
    "quotes",
    "assessments",
    "reviews",
    "comparisons",
]
Harm = Callable[[Path], None]


@pytest.fixture
def database(corpus_db: Path, tmp_path: Path) -> Path:
    return copied(corpus_db, tmp_path / "w")


def check(path: Path) -> dict[str, Checked]:
    return {one.name: one for one in check_database(path, EXTRACTOR_VERSION)}


def cli(path: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["doctor", "--check", str(path), *options])


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def sql(*statements: str, linked: bool = True) -> Harm:
    def harm(path: Path) -> None:
        with closing(sqlite3.connect(path)) as db:
            db.execute(f"PRAGMA foreign_keys = {int(linked)}")
            for statement in statements:
                db.execute(statement)
            db.commit()

    return harm


def one_file(path: Path) -> Path:
    return sorted((path.parent / f"{path.stem}.documents").glob("*/*"))[0]


def change_file(path: Path) -> None:
    one_file(path).write_bytes(b"changed")


def remove_file(path: Path) -> None:
    one_file(path).unlink()


def leave_files(path: Path) -> None:
    one_file(path).with_name(f"{'0' * 64}.pdf").touch()
    one_file(path).with_name(".partial-x").touch()


def damage_page(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'statement_organisations'"
        (page,) = db.execute(query).fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    path.write_bytes(data)


FIRST_QUOTE = "UPDATE evidence SET {} WHERE id = (SELECT min(id) FROM evidence)"
REVIEW = """INSERT INTO reviews (document_sha256, criterion, start, "end", quote, verdict, reviewer,
    reviewed_at, reason) SELECT document_sha256, 'audits', 0, 9, {}, 'confirmed', 'Ann', '{}', ''
    FROM texts LIMIT 1"""
OUTSIDE = "UPDATE documents SET kept_as = '../../../../etc/hostname' WHERE rowid = 1"


def test_a_whole_database_is_clean_and_left_as_it_is(corpus_db: Path, tmp_path: Path) -> None:
    path = copied(corpus_db, tmp_path / "w")
    before = everything(path.parent)
    done = cli(path, "--json")
    assert everything(path.parent) == before
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert (report["ok"], report["database"]) == (True, str(path))
    assert [one["name"] for one in report["checks"]] == NAMES
    assert {one["state"] for one in report["checks"]} == {"ok"}
    counts = {one["name"]: one["count"] for one in report["checks"]}
    assert counts["documents"] == counts["files"] == counts["texts"] == counts["assessments"] > 50
    assert counts["quotes"] > 2000


@pytest.mark.parametrize(
    ("name", "state", "count", "harm"),
    [
        ("database", "broken", 1, damage_page),
        ("references", "broken", 1, sql("UPDATE statement_sectors SET statement_id = 999999"
            " WHERE rowid = 1", linked=False)),
        ("documents", "broken", 1, change_file),
        ("documents", "broken", 1, remove_file),
        ("documents", "broken", 1, sql(OUTSIDE)),
        ("files", "note", 2, leave_files),
        ("texts", "note", 1, sql("UPDATE texts SET extractor = '2' WHERE id = 1")),
        ("texts", "note", 1, sql("DELETE FROM texts WHERE id = 1")),
        ("search", "broken", 1, sql("DELETE FROM texts_fts_docsize WHERE id = 1")),
        ("search", "broken", 1, sql("INSERT INTO texts_fts (texts_fts, rowid, content)"
            " SELECT 'delete', id, 'slavery' FROM texts WHERE id = 1",
            "INSERT INTO texts_fts_docsize SELECT 1, x'01' WHERE NOT EXISTS"
            " (SELECT 1 FROM texts_fts_docsize WHERE id = 1)")),
        ("quotes", "broken", 1, sql(FIRST_QUOTE.format("start = start + 1"))),
        ("quotes", "broken", 1, sql(FIRST_QUOTE.format("quote = quote || '.'"))),
        ("quotes", "broken", 1, sql(FIRST_QUOTE.format("page = 99"))),
        ("assessments", "broken", 1, sql("DELETE FROM findings WHERE id = 1")),
        ("assessments", "broken", 1, sql("INSERT INTO findings"
            " (assessment_id, criterion, value, confidence) VALUES (1, 'x', 'true', 1.0)")),
        ("reviews", "note", 1, sql(REVIEW.format("'not there'", "2026-01-01T00:00:00Z"))),
        ("reviews", "note", 1,
            sql(REVIEW.format("substr(content, 1, 9)", "2999-01-01T00:00:00Z"))),
        ("comparisons", "note", 0, sql("DELETE FROM comparisons")),
        ("comparisons", "note", 1, sql("DELETE FROM text_reuse WHERE rowid = 1")),
        ("schema", "broken", 1, sql("INSERT INTO _sqlite_migrations (migration_set, name,"
            " applied_at) VALUES ('assess', 'm999_later', '2030-01-01')")),
    ],
)  # fmt: skip
def test_a_fault_is_found(database: Path, name: str, state: str, count: int, harm: Harm) -> None:
    harm(database)
    found = check(database)
    assert (found[name].state, found[name].count) == (state, count), found[name]
    assert found[name].detail and found[name].advice
    done = cli(database)
    assert done.exit_code == (1 if state == "broken" else 0)
    [line] = [one for one in done.stdout.splitlines() if one.split()[1] == f"{name}:"]
    assert line.split()[0] == state


@pytest.mark.parametrize("content", [b"", b"no database " * 99, b"SQLite format 3\0" + b"x" * 500])
def test_a_file_that_is_no_database_is_broken(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    done = cli(path)
    assert done.exit_code == 1
    assert done.stdout.startswith("broken")
    assert "backup" in done.stdout
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.db"]


def test_what_is_cut_off_is_broken(database: Path) -> None:
    database.write_bytes(database.read_bytes()[: 4096 * 100])
    done = cli(database, "--json")
    assert done.exit_code == 1
    assert "malformed" in json.loads(done.stdout)["checks"][0]["detail"]


def test_wrong_usage_is_told(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "photos.db") as other:
        other.execute("CREATE TABLE photos (id INTEGER)")
    for name, says in (("none.db", "no such database"), ("photos.db", "another program")):
        done = cli(tmp_path / name)
        assert isinstance(done.exception, WorkspaceError) and done.exception.exit_code == 2
        assert says in str(done.exception)
    assert CliRunner().invoke(app, ["doctor", "--check", ""]).exit_code == 2


def test_an_older_database_is_checked_as_far_as_it_is_known(tmp_path: Path) -> None:
    path = old_database(tmp_path / "a.db", 3)
    found = check(path)
    assert {name: one.state for name, one in found.items()} == {
        "schema": "note",
        "database": "ok",
        "references": "ok",
    }


def test_it_works_while_another_writes(database: Path) -> None:
    with open_workspace(database) as workspace, workspace.db.atomic():
        workspace.db.execute("DELETE FROM findings WHERE id = 1")
        assert {one.state for one in check(database).values()} == {"ok"}
    assert check(database)["assessments"].state == "broken"


def test_it_works_where_nothing_can_be_written(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda _, how: how != os.W_OK)
    assert {one.state for one in check(database).values()} == {"ok"}


def test_what_can_be_saved_of_a_damaged_database_is_a_database(
    database: Path, tmp_path: Path
) -> None:
    """As the advice says, with SQLite's own shell."""
    shell = shutil.which("sqlite3")
    if shell is None:
        pytest.skip("SQLite's shell is not installed")
    damage_page(database)
    dumped = subprocess.run([shell, database, ".dump"], capture_output=True, text=True, check=False)
    assert "ROLLBACK; -- due to errors" in dumped.stdout
    saved = re.sub(r"(?m)^ROLLBACK;.*", "COMMIT;", dumped.stdout)
    subprocess.run([shell, tmp_path / "saved.db"], input=saved, text=True, check=True)
    shutil.copytree(database.with_name("corpus.documents"), tmp_path / "saved.documents")
    found = check(tmp_path / "saved.db")
    assert found["database"].state == found["quotes"].state == found["documents"].state == "ok"


def test_progress_is_told(corpus_db: Path) -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, of: int) -> None:
        told.append((done, of))

    states: list[Any] = [one.state for one in check_database(corpus_db, EXTRACTOR_VERSION, tell)]
    assert set(states) == {"ok"}
    assert told[-1][0] + 1 == told[-1][1] == len(told)
