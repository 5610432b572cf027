"""The export commands as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import assess

FOLDERS = ("csv", "parquet", "datapackage", "texts")
FILES = {"xlsx": "out.xlsx", "jsonl": "out.jsonl", "wikirate": "out.csv"}
# Bytes that a file may have in the test of a full disk: less than any export of the corpus.
SMALL = 2_000


@pytest.mark.parametrize("made", [*FOLDERS, *FILES])
def test_every_format_is_written_again_and_says_what(
    made: str, corpus_db: Path, tmp_path: Path
) -> None:
    out = tmp_path / FILES.get(made, "out")
    for _ in range(2):
        done = assess("export", made, "--db", corpus_db, "-o", out)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(f"written: {out}\n") and done.stderr == ""
    assert out.is_dir() if made in FOLDERS else out.is_file()
    assert [entry.name for entry in tmp_path.iterdir()] == [out.name]


def test_chosen_tables_as_json(corpus_db: Path, tmp_path: Path) -> None:
    options = ("--only", "organisations", "--only", "criteria", "--json")
    done = assess("export", "csv", "--db", corpus_db, "-o", tmp_path / "out", *options)
    told = json.loads(done.stdout)
    assert told["rows"] == {"organisations": 54, "criteria": 52}
    assert told["format"] == "csv"


def test_what_to_do_next_is_told(corpus_db: Path, tmp_path: Path) -> None:
    done = assess("export", "csv", "--db", corpus_db, "-o", tmp_path / "out")
    assert "no groups are compared yet: `assess compare sectors`" in done.stdout


@pytest.mark.parametrize("made", [*FOLDERS, *FILES])
def test_a_full_disk_is_one_line_and_the_old_export_stays(
    made: str, corpus_db: Path, tmp_path: Path
) -> None:
    out = tmp_path / FILES.get(made, "out")
    assert assess("export", made, "--db", corpus_db, "-o", out).returncode == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = assess("export", made, "--db", corpus_db, "-o", out, largest_file=SMALL)
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("assess: ")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_mistakes_are_one_line(corpus_db: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    for arguments, told in (
        (("csv", "-o", tmp_path / "mine"), "is no earlier export of assess ('notes.txt')"),
        (("csv", "-o", tmp_path / "out", "--only", "nothing"), "no table 'nothing' to export"),
        (("xlsx", "-o", tmp_path / "none" / "out.xlsx"), "cannot be written"),
        (("jsonl", "-o", tmp_path / "mine"), "is not a plain file"),
        (("parquet", "-o", tmp_path / "mine" / "notes.txt"), "is not a folder"),
    ):
        done = assess("export", *arguments, "--db", corpus_db)
        [line] = done.stderr.splitlines()
        assert (done.returncode, told in line) == (2, True), line
    assert (tmp_path / "mine" / "notes.txt").read_text() == "mine"
    done = assess("export", "csv", "-o", tmp_path / "out", "--db", tmp_path / "none.db")
    assert (done.returncode, "no such database" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()
