"""Runs: written down whatever becomes of them, listed, and made again."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assess.cli import app
from assess.discretion import path_of, written
from assess.errors import InputError, UnreadableDocument
from assess.extract import dispatch
from assess.extract.isolation import set_limits
from assess.records import Text
from assess.runs import versions
from assess.store import Workspace, open_workspace
from tests.scrape import test_companies
from tests.scrape.made import registry_bytes, row

RUN = CliRunner()
TEXT = "Modern slavery statement {}. We assess the risk of forced labour in our supply chains.\n"


def read_here(data: bytes, name: str) -> Text:
    """Read without a process of its own; these documents are no danger."""
    if not data.strip():
        raise UnreadableDocument("no_text")
    return dispatch.extract(data, name)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("assess.extract.extract_isolated", read_here)
    yield tmp_path
    set_limits(None, None)


@pytest.fixture
def folder(here: Path) -> Path:
    folder = here / "in" / "statements"
    folder.mkdir(parents=True)
    for name in "ab":
        (folder / f"{name}.txt").write_text(TEXT.format(name))
    return folder


def assess(*arguments: str | Path) -> Result:
    return RUN.invoke(app, list(map(str, arguments)))


def told(done: Result) -> str:
    return f"{done.output} {done.exception or ''}"


def ok(*arguments: str | Path) -> str:
    done = assess(*arguments)
    assert done.exit_code == 0, told(done)
    return done.stdout


def listed(db: str = "a.db") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ok("runs", "--db", db, "--json"))
    return found


def change(db: str, *statements: str) -> None:
    with closing(sqlite3.connect(db)) as opened, opened:
        for statement in statements:
            opened.execute(statement)


@pytest.fixture
def read(folder: Path) -> Path:
    """Documents brought in and read, in two runs."""
    ok("scrape", "files", "in/statements", "--db", "a.db")
    ok("extract", "--db", "a.db")
    return folder


def test_a_run_is_written_down(read: Path) -> None:
    extract, files = listed()
    assert (files["id"], files["command"]) == (1, "scrape files")
    assert files["arguments"] == ["--db", "a.db", "--", "in/statements"]
    assert (files["outcome"], files["exit_code"], files["message"]) == ("done", 0, None)
    assert (files["began_empty"], extract["began_empty"]) == (True, False)
    assert [stage["stage"] for stage in extract["stages"]] == ["extract", "match"]
    assert extract["stages"][0]["counts"]["read"] == extract["counts"]["read"] == 2
    assert all(stage["seconds"] is not None for stage in extract["stages"])
    assert extract["settings"]["limits"]["document_seconds"] > 0
    assert len(extract["content"]) == 64 and extract["content"] != files["content"]
    assert {"assess", "code", "python", "sqlite", "pypdfium2"} <= set(extract["versions"])
    lines = [
        f"{hashlib.sha256((read / name).read_bytes()).hexdigest()}  {name}\n"
        for name in ("a.txt", "b.txt")
    ]
    assert files["inputs"] == [
        {
            "path": "in/statements",
            "sha256": hashlib.sha256("".join(lines).encode()).hexdigest(),
            "documents": 2,
        }
    ]
    line = ok("runs", "--db", "a.db").splitlines()[-1]
    assert line.split()[2] == "done" and "scrape files --db a.db -- in/statements" in line
    assert "content:" in ok("runs", "show", "1", "--db", "a.db")
    assert "content:" in ok("runs", "--db", "a.db", "show", "1")
    assert "no run 9" in told(assess("runs", "show", "9", "--db", "a.db"))


def test_how_it_ended_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "empty.txt").write_text(" ")
    assess("scrape", "files", "nowhere", "--db", "a.db")
    ok("scrape", "files", "in/statements", "--db", "a.db")
    ok("extract", "--db", "a.db")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assess.scrape.match.match_documents", interrupt)
    assert assess("extract", "--db", "a.db").exit_code == 130
    interrupted, extract, _, failed = listed()
    assert (failed["outcome"], failed["exit_code"]) == ("failed", 2)
    assert failed["message"] == "nowhere: no such file or folder"
    assert [stage["seconds"] for stage in failed["stages"]] == [None]
    assert (interrupted["outcome"], interrupted["exit_code"]) == ("interrupted", 130)
    assert (failed["content"], interrupted["content"]) == (None, None)
    assert extract["issues"] == {"no_text": 1}
    with open_workspace(Path("a.db"), write=False) as workspace:
        assert workspace.db.execute("SELECT run_id FROM issues").fetchall() == [(extract["id"],)]


def test_an_exit_code_after_the_workspace_is_closed(here: Path) -> None:
    (here / "r.csv").write_bytes(registry_bytes([row("A LIMITED", "a", CompanyNumber="123")]))
    companies = test_companies.given(here, test_companies.BAKERY, "too,short\n")
    ok("scrape", "registry", "r.csv", "--db", "a.db")
    assert assess("scrape", "companies", companies, "--db", "a.db").exit_code == 1
    last, first = listed()
    assert (last["outcome"], last["exit_code"]) == ("done", 1)
    assert [one["path"] for one in first["inputs"]] == ["r.csv"]


def test_what_did_not_end_was_killed_unless_somebody_is_at_it(read: Path) -> None:
    change("a.db", "UPDATE runs SET outcome = NULL, exit_code = NULL WHERE id = 2")
    assert listed()[0]["outcome"] == "killed"
    with Path("a.db.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert listed()[0]["outcome"] == "running"
    ok("extract", "--db", "a.db")
    assert [one["outcome"] for one in listed()] == ["done", "killed", "done"]


def test_looking_changes_nothing(read: Path) -> None:
    before = {path.name: path.read_bytes() for path in Path().glob("a.db")}
    ok("runs", "--db", "a.db")
    ok("runs", "show", "1", "--db", "a.db", "--json")
    assert {path.name: path.read_bytes() for path in Path().glob("a.db")} == before
    assert len(listed()) == 2


def test_a_database_from_before_has_none(read: Path) -> None:
    change("a.db", "DROP TABLE run_inputs", "DROP TABLE run_stages")
    change("a.db", "ALTER TABLE runs RENAME TO others")
    assert ok("runs", "--db", "a.db") == "no runs\n"


def test_a_damaged_row_is_told(read: Path) -> None:
    change("a.db", "UPDATE runs SET settings = '[1]' WHERE id = 1")
    assert "run 1: what the database says of it is damaged" in told(assess("runs", "--db", "a.db"))


def test_a_library_leaves_no_run(here: Path) -> None:
    with open_workspace(here / "a.db") as workspace:
        assert (workspace.run, workspace.db.table("runs").count) == (None, 0)


def test_persons_are_left_out(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "x.txt").write_text("We act.")
    ok("scrape", "files", "x.txt", "--db", "a.db")
    (here / "assess.toml").write_text('contact = "ann@example.org"\n')
    ok("review", "--reviewer", "Ann Other", "--db", "a.db")
    assert "--reviewer" in listed()[0]["arguments"]
    raw = b"".join(path.read_bytes() for path in here.glob("a.db*"))
    assert b"Ann Other" not in raw and b"ann@example" not in raw
    monkeypatch.setenv("HOME", "/home/ann")
    assert written(Path("/home/ann/x.csv")) == "~/x.csv"
    assert written("/home/anna/x.csv") == "/home/anna/x.csv"
    assert (path_of("~/x.csv"), path_of("a~/x")) == (Path("/home/ann/x.csv"), Path("a~/x"))
    assert written("s3://key:secret@bucket/x") == "s3://bucket/x"


def test_made_again_with_all_before_it(read: Path) -> None:
    (read / "c.txt").write_text(TEXT.format("c"))
    ok("scrape", "files", "in/statements/c.txt", "--db", "a.db")
    assess("scrape", "files", "nowhere", "--db", "a.db")
    ok("extract", "--db", "a.db")
    (read / "c.txt").rename("c.txt")
    shutil.copytree("in", "moved")
    shutil.move("c.txt", "moved/c.txt")
    # The folder has three documents no more, and its first run had two: both are as they were.
    said = ok("runs", "reproduce", "5", "--db", "a.db", "--into", "b.db", "--inputs", "moved")
    assert said == "run 5 made again in b.db: its texts and assessments are the same\n"
    assert [one["command"] for one in listed("b.db")] == [one["command"] for one in listed()]
    assert listed("b.db")[0]["content"] == listed()[0]["content"]


def test_what_was_given_lies_where_it_lay_or_below_inputs(read: Path) -> None:
    """Of two inputs one has been moved, the other not."""
    Path("own").mkdir()
    Path("own/c.txt").write_text(TEXT.format("c"))
    ok("scrape", "files", "own/c.txt", "--db", "a.db")
    Path("moved/statements").mkdir(parents=True)  # of the same name, without a document
    shutil.move("own/c.txt", "moved/c.txt")
    said = ok("runs", "reproduce", "3", "--db", "a.db", "--into", "b.db", "--inputs", "moved")
    assert said == "run 3 made again in b.db: its texts and assessments are the same\n"


def test_a_folder_that_has_grown(read: Path) -> None:
    """Its earlier state is asked for; the kept originals have the same content."""
    shutil.copytree("in", "old")
    (read / "c.txt").write_text(TEXT.format("c"))
    ok("scrape", "files", "in/statements", "--db", "a.db")
    ok("extract", "--db", "a.db")
    command = ("runs", "reproduce", "4", "--db", "a.db", "--into", "b.db")
    assert "is not what run 1 was given" in told(assess(*command))
    assert "are the same" in ok(*command, "--inputs", "old")
    ok("scrape", "files", "a.documents", "--db", "c.db")
    ok("extract", "--db", "c.db")
    assert listed("c.db")[0]["content"] == listed()[0]["content"]


def test_what_differs_is_told(read: Path) -> None:
    arguments = json.dumps(["--db", "a.db", "--dask", "tcp://gone:1"])
    change("a.db", f"UPDATE runs SET arguments = '{arguments}' WHERE id = 2")
    change("a.db", "UPDATE texts SET language = 'cy' WHERE content LIKE '%statement a%'")
    ok("extract", "--db", "a.db")
    done = assess("runs", "reproduce", "3", "--db", "a.db", "--into", "b.db", "--json")
    found = json.loads(done.stdout)
    sha256 = hashlib.sha256((read / "a.txt").read_bytes()).hexdigest()
    assert (done.exit_code, found["same"]) == (1, False)
    assert found["documents"] == [f"document {sha256[:12]}"]
    assert listed("b.db")[0]["exit_code"] == 0


def test_inputs_must_be_what_they_were(read: Path) -> None:
    command = ("runs", "reproduce", "2", "--db", "a.db", "--into", "b.db")
    (read / "a.txt").write_text("Another text.")
    assert "is not what run 1 was given" in told(assess(*command))
    read.rename("elsewhere")
    assert "is not there" in told(assess(*command))
    assert not Path("b.db").exists()


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE runs SET command = 'scrape sites' WHERE id = 1", "export warc"),
        ("UPDATE runs SET command = 'review' WHERE id = 1", "what a person said"),
        ("UPDATE runs SET began_empty = 0", "began with an empty database"),
        ("UPDATE runs SET outcome = 'killed', content = NULL WHERE id = 2", "was not done"),
        ("UPDATE runs SET command = 'scrape gone' WHERE id = 1", "no command 'scrape gone'"),
        ("""UPDATE runs SET arguments = '["--gone"]' WHERE id = 2""", "No such option"),
    ],
)
def test_what_cannot_be_made_again_is_refused(read: Path, statement: str, says: str) -> None:
    change("a.db", statement)
    done = assess("runs", "reproduce", "2", "--db", "a.db", "--into", "b.db")
    assert isinstance(done.exception, InputError) and says in told(done)


def test_versions_that_differ_are_told(read: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = {**versions.program_versions(), "pypdfium2": "99"}
    monkeypatch.setattr(versions, "program_versions", lambda: now)
    command = ("runs", "reproduce", "2", "--db", "a.db", "--into", "b.db")
    refused = assess(*command, "--strict")
    assert isinstance(refused.exception, InputError) and not Path("b.db").exists()
    done = assess(*command)
    assert (done.exit_code, "pypdfium2: " in done.stderr, "99 now" in done.stderr) == (
        0,
        True,
        True,
    )
    assert "is there already" in told(assess(*command))
    assert "no run 7" in told(assess("runs", "reproduce", "7", "--db", "a.db", "--into", "c.db"))


@pytest.fixture
def quick_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is not the point here, and statistics take seconds to load."""
    from assess.report.sectors import ReportResult

    def write(_: Workspace, output: Path, **__: object) -> ReportResult:
        output.write_text("a page")
        return ReportResult(output, changed=True, headlines=("", "", ""))

    monkeypatch.setattr("assess.pipeline.write_sector_report", write)
    monkeypatch.setattr("assess.pipeline.refresh_for_reports", lambda *_: True)


@pytest.mark.usefixtures("quick_report")
def test_a_manifest_stands_for_its_run(here: Path) -> None:
    (here / "r.csv").write_bytes(registry_bytes([row("A LIMITED", "a", CompanyNumber="123")]))
    (here / "new.toml").write_text("minimum = 3\n[limits]\ndocument_seconds = 9\n")
    given = ("--registry", "r.csv", "--report", "r.html", "--db", "a.db", "--manifest", "m.json")
    ok("--config", "new.toml", "run", *given)
    kept = json.loads((here / "m.json").read_text())
    assert kept == listed()[0]
    assert (kept["settings"]["minimum"], kept["settings"]["limits"]["document_seconds"]) == (3, 9)
    assert kept["versions"]["rubric"].startswith("uk-s54@")
    assert len(kept["versions"]["rubric_sha256"]) == len(kept["versions"]["model_sha256"]) == 64
    (here / "assess.toml").write_text("minimum = 4\n")
    (here / "r.html").unlink()
    ok("runs", "reproduce", "m.json", "--into", "b.db")
    assert listed("b.db")[0]["settings"]["minimum"] == 3
    assert (here / "b-report.html").exists() and not (here / "r.html").exists()
    assert "its folder does not exist" in told(assess("run", *given[:-1], "no/m.json"))
    for text in ("", "[]", '{"format": 2}', '{"format": 1}', "[" * 99999):
        (here / "bad.json").write_text(text)
        done = assess("runs", "reproduce", "bad.json", "--into", "c.db")
        assert isinstance(done.exception, InputError) and "is no manifest" in told(done)
