"""What killed runs left is removed; what others write is not."""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assess import temporary
from assess.errors import InputError
from assess.export.folder import writing_folder
from assess.files import writing
from assess.orphans import ending_with_this
from assess.report.tables.delimited import write_folder
from assess.report.tables.records import Column, Table, Tabular
from assess.temporary import scratch_folder


def write(path: Path, text: str = "new") -> None:
    with writing(path) as handle:
        handle.write(text)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_that_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    for name in (".a.txt.assess-new-x1", ".other.html.assess-new-x2", ".a.txt.swp"):
        (tmp_path / name).write_text("half")
    write(tmp_path / "a.txt")
    assert names(tmp_path) == [".a.txt.swp", "a.txt"]


def test_a_file_that_another_run_is_writing_stays(tmp_path: Path) -> None:
    live = tmp_path / ".a.txt.assess-new-x1"
    with live.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        write(tmp_path / "a.txt")
        assert live.exists()


def test_a_link_of_that_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "precious").write_text("kept")
    (tmp_path / ".a.assess-new-x1").symlink_to(tmp_path / "mine")
    write(tmp_path / "a")
    assert (tmp_path / "mine" / "precious").read_text() == "kept"


def test_one_taken_for_left_over_as_it_is_made_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, made = temporary._is_ours, list[Path]()

    def removed_once(handle: int, path: Path) -> bool:
        made.append(path)
        if len(made) == 1:
            path.unlink()
        return really(handle, path)

    monkeypatch.setattr(temporary, "_is_ours", removed_once)
    write(tmp_path / "a")
    assert len(made) == 2 and names(tmp_path) == ["a"]


def test_temporary_folders_of_killed_runs_go_and_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "assess-tmp-left" / "runs").mkdir(parents=True)
    (tmp_path / "another-program").mkdir()
    with scratch_folder() as first:
        with scratch_folder() as second:
            assert names(tmp_path) == sorted(["another-program", first.name, second.name])
        assert first.stat().st_mode & 0o777 == 0o700
    assert names(tmp_path) == ["another-program"]


def test_no_room_for_temporary_files_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(InputError, match=f"{tmp_path}: .*No space left.*TMPDIR"), scratch_folder():
        raise OSError(errno.ENOSPC, "No space left on device")


def export(folder: Path, mark: str) -> None:
    with writing_folder(folder, "test") as new:
        for name in range(5):
            (new / str(name)).write_text(mark)


def tables(folder: Path, mark: str) -> None:
    column = Column("mark", "text", "who wrote it")
    made = [Table(f"t{number}", "", (column,), ((mark,),)) for number in range(5)]
    write_folder(Tabular("", (mark,), (), tuple(made)), folder)


@pytest.mark.parametrize("put", [export, tables])
def test_of_two_at_once_the_last_stays_whole(
    tmp_path: Path, put: Callable[[Path, str], None]
) -> None:
    failed: list[BaseException] = []

    def writer(mark: str) -> None:
        try:
            for _ in range(8):
                put(tmp_path / "out", mark)
        except BaseException as error:  # noqa: BLE001 - shown by the assertion
            failed.append(error)

    both = [threading.Thread(target=writer, args=(mark,)) for mark in ("one", "two")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    texts = [
        path.read_text() for path in (tmp_path / "out").iterdir() if path.name[0].isdigit()
    ] or [path.read_text() for path in (tmp_path / "out").glob("t*.csv")]
    assert not failed and len(texts) == 5 and len(set(texts)) == 1
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("late", [False, True], ids=["before it", "while it starts"])
def test_a_worker_ends_with_its_parent(late: bool) -> None:
    reading, held = os.pipe()  # read to its end when the last that holds it has ended
    if not (child := os.fork()):
        begin, parent = ending_with_this(), os.getpid()
        if not os.fork():
            while late and os.getppid() == parent:
                time.sleep(0.01)
            begin()
            threading.Event().wait(30)
        os._exit(0)
    os.close(held)
    os.waitpid(child, 0)
    started = threading.Thread(target=os.read, args=(reading, 1), daemon=True)
    started.start()
    started.join(10)
    assert not started.is_alive()
    os.close(reading)
