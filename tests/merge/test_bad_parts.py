"""A part that cannot be used costs itself; nothing of it comes in, and nothing of this machine."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assess.cli import app
from assess.errors import InputError, WorkspaceError
from assess.merge import merge_parts
from assess.store import open_workspace
from tests.merge.content import content, differences
from tests.merge.made import make, shared_document
from tests.store.old import old_database


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return make(tmp_path / "good", "a")


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return make(tmp_path / "bad", "b")


def merge(path: Path, *parts: Path) -> Result:
    arguments = [*map(str, parts), "--db", str(path)]
    return CliRunner().invoke(app, ["merge", *arguments])


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(sql)
        db.commit()


def changed(sql: str) -> Callable[[Path], None]:
    return lambda path: change(path, sql)


def garbage(path: Path) -> None:
    path.write_bytes(b"no database " * 99)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 4096 * 20])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (Path.unlink, "no such database"),
        (garbage, "cannot be used as a database"),
        (empty, "the file is empty"),
        (cut, "malformed"),
        (changed("DROP TABLE _sqlite_migrations"), "another program"),
        (changed("UPDATE _sqlite_migrations SET name = 'm999_later' WHERE id = 1"), "newer"),
        (changed("UPDATE evidence SET quote = 'We audited ten mills.'"), "differ from their texts"),
        (changed("UPDATE findings SET criterion = 'x'"), "of no criterion"),
        (
            changed("UPDATE statement_sectors SET statement_id = 99 WHERE statement_id = 1"),
            "refer to what is not there",
        ),
        (changed("ALTER TABLE robots RENAME COLUMN detail TO details"), "no such column"),
        (changed("UPDATE documents SET kept_as = '../../../etc/hostname'"), "which is none"),
        (
            changed("UPDATE attempts SET kept_as = '/etc/hostname' WHERE kept_as IS NOT NULL"),
            "none",
        ),
    ],
)
def test_a_bad_part_is_left_out_and_the_others_come_in(
    good: Path, part: Path, tmp_path: Path, harm: Callable[[Path], None], says: str
) -> None:
    harm(part)
    done = merge(tmp_path / "all.db", part, good)
    assert done.exit_code == 1
    first, second = done.stdout.splitlines()
    assert first.startswith(f"left out: {part}: ")
    assert says in first
    assert second.startswith(f"{good}: new 5 statements, 3 documents, 3 texts, 6 assessments")
    merge_parts(tmp_path / "only.db", [good])
    found = differences(content(tmp_path / "all.db"), content(tmp_path / "only.db"))
    # Files come before rows: where a table is odd, they belong to no row.
    assert set(found) == ({"files"} if says == "no such column" else set())


def test_what_was_merged_is_told_as_json(good: Path, tmp_path: Path) -> None:
    arguments = ["merge", str(good), "--db", str(tmp_path / "all.db"), "--json"]
    done = CliRunner().invoke(app, arguments)
    [told] = json.loads(done.stdout)
    assert (done.exit_code, told["part"], told["problem"]) == (0, str(good), None)
    assert told["new"]["documents"] == 3


def test_the_database_itself_is_no_part(good: Path) -> None:
    with pytest.raises(InputError, match="leave it out"):
        merge_parts(good, [good])


def test_nobody_else_may_write_meanwhile(good: Path, part: Path) -> None:
    with open_workspace(good), pytest.raises(WorkspaceError, match="another assess process"):
        merge_parts(good, [part])


def test_a_part_that_is_being_written_to_is_taken_as_it_was(good: Path, tmp_path: Path) -> None:
    with open_workspace(good) as workspace, workspace.db.atomic():
        workspace.db.execute("DELETE FROM robots")
        assert merge_parts(tmp_path / "all.db", [good]).complete
    assert content(tmp_path / "all.db")["robots"] != []


def test_a_part_that_cannot_be_written_is_read(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "all").mkdir()
    monkeypatch.setattr("os.access", lambda path, _: "good" not in str(path))
    assert merge_parts(tmp_path / "all" / "all.db", [good]).complete


def test_an_older_part_is_read_as_if_it_were_up_to_date(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    part = old_database(tmp_path / "old" / "part.db", 4)
    before = part.read_bytes()
    report = merge_parts(tmp_path / "all.db", [part])
    assert report.parts[0].new["documents"] == 0  # its hash is none of assess
    assert "none of assess" in str(report.parts[0].problem)
    sha256 = shared_document()
    change(part, "DELETE FROM document_sources")
    change(part, f"UPDATE documents SET sha256 = '{sha256}', kept_as = 'dc/{sha256}.txt'")
    change(part, f"UPDATE documents SET kept_as = '{sha256[:2]}/{sha256}.txt'")
    before = part.read_bytes()
    report = merge_parts(tmp_path / "all.db", [part])
    assert (report.parts[0].problem, report.parts[0].new["documents"]) == (None, 1)
    assert part.read_bytes() == before
    assert not list(tmp_path.glob(".merging-*"))


def test_a_lost_original_is_told_until_a_part_brings_it(
    good: Path, part: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "all.db"
    sha256 = shared_document()
    kept = good.with_name("part.documents") / sha256[:2] / f"{sha256}.txt"
    kept.write_bytes(b"changed")
    done = merge(whole, good)
    assert done.exit_code == 1
    assert "1 original lost, see" in done.stdout
    issues = [row[1:3] for row in content(whole)["issues"]]
    assert (sha256, "original_lost") in issues
    assert not list(whole.with_name("all.documents").rglob(f"{sha256}*"))
    assert merge(whole, part).exit_code == 0
    assert "original_lost" not in {row[2] for row in content(whole)["issues"]}
    with open_workspace(whole) as workspace:
        assert workspace.read(sha256).startswith(b"shared")


def test_a_part_without_its_folder_is_told_unless_another_brings_all(
    good: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "alone.db"
    shutil.copy(good, alone)
    done = merge(tmp_path / "all.db", alone)
    assert done.exit_code == 1
    folder = tmp_path / "alone.documents"
    assert f"3 originals lost ({folder} is not there), see the table issues" in done.stdout
    # In whatever order.
    assert merge(tmp_path / "other.db", alone, good).exit_code == 0
    shutil.copytree(good.with_name("part.documents"), folder)
    assert merge(tmp_path / "all.db", alone).exit_code == 0
    assert "original_lost" not in {row[2] for row in content(tmp_path / "all.db")["issues"]}


def test_where_nothing_can_be_merged_no_database_is_made(good: Path, tmp_path: Path) -> None:
    change(good, "UPDATE _sqlite_migrations SET name = 'm999_later' WHERE id = 1")
    done = merge(tmp_path / "all.db", good, tmp_path / "no.db")
    assert (done.exit_code, done.stdout.count("left out: ")) == (1, 2)
    assert not list(tmp_path.glob("all*"))


def test_a_full_disk_ends_the_merge_and_leaves_what_was_there(
    good: Path, part: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merge_parts(tmp_path / "all.db", [good])
    before = content(tmp_path / "all.db")

    def full(*_: Any) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr("assess.merge.parts._unite", full)
    with pytest.raises(WorkspaceError, match=r"all\.db: no room is left on the disk"):
        merge_parts(tmp_path / "all.db", [part])
    after = content(tmp_path / "all.db")
    assert differences({**before, "files": []}, {**after, "files": []}) == {}


def test_what_a_killed_merge_left_is_removed(good: Path, tmp_path: Path) -> None:
    (tmp_path / ".merging-x").mkdir()
    shutil.copy(good, tmp_path / ".merging-x" / "part.db")
    merge_parts(tmp_path / "all.db", [good])
    assert not (tmp_path / ".merging-x").exists()
