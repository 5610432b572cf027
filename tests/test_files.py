"""Reading and writing files: special files, links and databases are safe."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from assess.errors import InputError
from assess.files import is_same, read_regular, writing


def write(path: Path) -> None:
    with writing(path) as handle:
        handle.write("new")


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "new"


def test_a_database_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE a (b)")
    before = path.read_bytes()
    with pytest.raises(InputError, match="is a database"):
        write(path)
    assert path.read_bytes() == before


def test_a_pipe_and_a_folder_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(InputError, match="not a plain file"):
            write(path)
        with pytest.raises(InputError, match="not a file"):
            read_regular(path, 100)


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(ValueError, match="stop"), writing(path) as handle:
        handle.write("half")
        raise ValueError("stop")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text() == "old"


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    with path.open("wb") as handle:
        handle.truncate(10_000)
    with pytest.raises(InputError, match="larger than"):
        read_regular(path, 9_999)


def test_the_permissions_of_a_replaced_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "private"
    path.write_text("old")
    path.chmod(0o600)
    write(path)
    assert path.read_text() == "new" and path.stat().st_mode & 0o777 == 0o600


def test_a_long_name_of_wide_characters(tmp_path: Path) -> None:
    path = tmp_path / ("\u8072" * 81)
    write(path)
    assert path.read_text() == "new"


def test_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(InputError, match="links"):
        write(tmp_path / "a")
    assert not is_same(tmp_path / "a", tmp_path / "c")
