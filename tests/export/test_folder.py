"""A folder is replaced whole or not at all, and nothing of others is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assess.errors import InputError
from assess.export.folder import MANIFEST, writing_folder


def write(path: Path, content: str = "new") -> None:
    with writing_folder(path, "test") as folder:
        (folder / "a.csv").write_text(content)


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


def test_an_earlier_export_is_replaced_and_nothing_is_left_beside(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "old")
    with writing_folder(out, "test") as folder:
        (folder / "b.csv").write_text("new")
    assert names(out) == [MANIFEST, "b.csv"]
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("end", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_what_ends_half_way_leaves_the_old_whole(
    tmp_path: Path, end: BaseException | type[BaseException]
) -> None:
    out = tmp_path / "out"
    write(out, "old")
    expected = InputError if isinstance(end, OSError) else KeyboardInterrupt
    with pytest.raises(expected), writing_folder(out, "test") as folder:
        (folder / "a.csv").write_text("half")
        raise end
    assert (out / "a.csv").read_text() == "old"
    assert names(tmp_path) == ["out"]


def test_what_a_kill_left_is_mended(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "old")
    out.rename(tmp_path / ".out.assess-old")  # killed between the two renames
    (tmp_path / ".out.assess-new-x1").mkdir()  # killed while it was written
    with pytest.raises(KeyboardInterrupt), writing_folder(out, "test"):
        raise KeyboardInterrupt
    assert (out / "a.csv").read_text() == "old"
    write(out)
    assert names(tmp_path) == ["out"]


def test_another_export_at_the_same_time_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with writing_folder(out, "test") as first:
        (first / "a.csv").write_text("first")
        write(out, "second")
        assert first.exists()
    assert (out / "a.csv").read_text() == "first"


def test_files_of_others_are_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out)
    (out / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"holds other files \('notes.txt'\)"):
        write(out)
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "a.csv").write_text("mine")
    with pytest.raises(InputError, match="is no earlier export of assess"):
        write(foreign)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="is not a folder"):
        write(tmp_path / "file")
    assert (foreign / "a.csv").read_text() == (out / "notes.txt").read_text() == "mine"


def test_an_empty_folder_is_filled_and_a_link_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and names(tmp_path / "real") == ["a.csv", MANIFEST]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(InputError, match="cannot be written"):
            write(tmp_path / "out")
    finally:
        tmp_path.chmod(0o700)


def test_the_folder_above_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write(tmp_path / "none" / "out")


def test_the_current_folder_is_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for place in (Path(), Path("/")):
        with pytest.raises(InputError, match="give the name of a folder"):
            write(place)
