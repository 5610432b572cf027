"""The commands as a user meets them: contracts, bad input, exit codes, work not done twice."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from assess.resources import corpus_folder
from tests.command import assess, run_corpus
from tests.copies import copied

ROOT = Path(__file__).parents[2]
CORPUS = corpus_folder()
STATEMENT = CORPUS / "documents" / "KEYHOLLOW GUARDING LIMITED.txt"
SECTOR = "Cleaning"


@pytest.fixture(scope="module")
def workspace(run_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(run_db, tmp_path_factory.mktemp("demo") / "run").parent


def dump(database: Path) -> list[str]:
    """All that the database holds, but for the record that each run leaves of itself."""
    with sqlite3.connect(database) as connection:
        own = tuple(f'INSERT INTO "{name}"' for name in ("runs", "run_stages", "run_inputs"))
        return [line for line in connection.iterdump() if not line.startswith(own)]


def test_run_ends_in_a_report_and_every_document_has_an_outcome(workspace: Path) -> None:
    assert (workspace / "demo.html").stat().st_size > 50_000
    with sqlite3.connect(workspace / "demo.db") as db:
        documents = db.execute("SELECT count(*) FROM documents").fetchone()
        outcomes = db.execute("SELECT count(*) FROM current_assessments").fetchone()
        unexplained = db.execute(
            "SELECT count(*) FROM assessments WHERE status = 'cannot_assess' AND reason IS NULL"
        ).fetchone()
    assert documents == outcomes
    assert unexplained == (0,)


def test_second_run_changes_nothing(workspace: Path) -> None:
    before, page = dump(workspace / "demo.db"), (workspace / "demo.html").read_bytes()
    again = run_corpus(workspace)
    assert "(unchanged)" in again.stdout
    assert dump(workspace / "demo.db") == before
    assert (workspace / "demo.html").read_bytes() == page


def test_every_quote_equals_its_text(workspace: Path) -> None:
    with sqlite3.connect(workspace / "demo.db") as db:
        rows = db.execute(
            """SELECT quote, substr(content, evidence.start + 1, evidence."end" - evidence.start),
                page, number
            FROM evidence JOIN findings ON findings.id = finding_id
            JOIN assessments ON assessments.id = assessment_id
            JOIN texts USING (document_sha256)
            LEFT JOIN pages ON text_id = texts.id
                AND evidence.start BETWEEN pages.start AND pages."end" """
        ).fetchall()
    assert len(rows) > 500
    for quote, text, page, number in rows:
        assert quote == text
        assert page == number


def test_extract_as_json_has_offsets_into_its_text() -> None:
    found = json.loads(assess("extract", "--json", STATEMENT).stdout)
    assert found["content"] == assess("extract", STATEMENT).stdout
    assert (found["language"], found["pages"][0]["number"]) == ("en", 1)
    for one in found["sentences"]:
        assert " ".join(found["content"][one["start"] : one["end"]].split()) == one["text"]


def test_check_follows_the_contract(without_tesseract: None) -> None:
    scan = CORPUS / "documents" / "WITHYPLATT TIMBER LIMITED.pdf"
    done = assess("check", "--jsonl", STATEMENT, "nowhere.pdf", scan, STATEMENT)
    assert done.returncode == 1
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["reason"] for row in rows] == [None, "not_found", "needs_ocr", None]
    assert [row["status"] for row in rows] == ["assessed", *["cannot_assess"] * 2, "assessed"]
    assert rows[0] == rows[3]
    assert [row["detail"] is None for row in rows] == [True, False, False, True]
    assert set(rows[0]) == {
        "file", "status", "reason", "words", "language", "statement_kind", "criteria", "scores",
        "tier", "minimal_compliance", "versions", "detail", "flags", "specificity",
    }  # fmt: skip
    assert set(rows[0]["scores"]) == {"compliance", "substance"}
    assert set(rows[0]["minimal_compliance"]) == {"index", "flag", "reasons"}
    text = assess("extract", STATEMENT).stdout
    quotes = [e for c in rows[0]["criteria"].values() for e in c["evidence"]]
    assert quotes
    for evidence in quotes:
        assert set(evidence) == {"quote", "page", "start", "end", "status", "method"}
        assert evidence["quote"] == text[evidence["start"] : evidence["end"]]


def test_check_without_faults_exits_with_0() -> None:
    assert assess("check", STATEMENT).returncode == 0


def test_extract_parts_pages_by_form_feeds() -> None:
    [path] = CORPUS.glob("documents/QUILLFEATHER MILLS LIMITED 2024.pdf")
    text = assess("extract", path).stdout
    assert text.count("\f") >= 1
    assert not text.endswith("\f")


def test_benchmark_keeps_nothing_of_the_draft(workspace: Path) -> None:
    before = dump(workspace / "demo.db")
    done = assess("benchmark", STATEMENT, "--sector", SECTOR, "--db", workspace / "demo.db")
    assert done.returncode == 0, done.stderr
    assert "percentile" in done.stdout.lower()
    assert dump(workspace / "demo.db") == before


def test_unknown_sector_names_the_known(workspace: Path) -> None:
    done = assess("benchmark", STATEMENT, "--sector", "Sorcery", "--db", workspace / "demo.db")
    assert done.returncode == 2
    assert "Cleaning and security services" in done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    (tmp_path / "lines.jsonl").write_text('{"id": "d#e", "text": "We act."}')
    (tmp_path / "rubric.yaml").write_text("id: x\ncriteria: []\n")
    (tmp_path / "notes.db").write_text("this is no database, only a note of some length " * 40)
    with sqlite3.connect(tmp_path / "foreign.db") as db:
        db.execute("CREATE TABLE customers (id)")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("scrape registry empty.csv", "empty"),
        ("scrape registry other.csv", "none of its columns"),
        ("scrape registry none.csv", "none.csv"),
        ("scrape files none", "no such"),
        ("scrape files empty", "no document"),
        ("score --db none.db", "no such database"),
        ("report sectors --db none.db -o x.html", "no such database"),
        ("scrape registry other.csv --db notes.db", "notes.db"),
        ("scrape registry other.csv --db foreign.db", "another program"),
        ("scrape registry other.csv --db none/a.db", "folder"),
        ("check --rubric rubric.yaml empty.csv", "rubric.yaml"),
        ("extract none.pdf", "none.pdf"),
        ("classify none.csv -o x.csv", "none.csv"),
        ("classify other.csv -o x.csv", "statement_id"),
        ("evaluate --data empty", "gold.jsonl"),
        ("train --data empty", "aims"),
        ("check", "Missing argument"),
        ("extract lines.jsonl#x#y", "has no document 'x#y'"),
        ("frobnicate", "No such command"),
    ],
)
def test_bad_input_is_one_clear_line(folder: Path, command: str, says: str) -> None:
    done = assess(*command.split(), cwd=folder)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    if done.stderr.startswith("assess: "):
        assert done.stderr.count("\n") == 1


def test_an_empty_path_is_not_the_current_folder(folder: Path) -> None:
    done = assess("check", "", cwd=folder)
    assert done.returncode == 2 and not done.stdout
    assert "a path is empty" in done.stderr


def test_an_empty_folder_costs_its_own_row(folder: Path) -> None:
    done = assess("check", "--jsonl", STATEMENT, "empty", STATEMENT, cwd=folder)
    assert done.returncode == 1
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["reason"] for row in rows] == [None, "empty", None]
    assert "no document in this folder" in rows[1]["detail"]


def test_an_id_may_hold_any_sign(folder: Path) -> None:
    (folder / "a#b.jsonl").write_text('{"id": "d#e//f", "text": "We are here."}')
    for name, text in {"lines.jsonl#d#e": "We act.", "a#b.jsonl#d#e//f": "We are here."}.items():
        done = assess("extract", name, cwd=folder)
        assert (done.returncode, done.stdout) == (0, text)


def test_a_deleted_folder_is_told(tmp_path: Path) -> None:
    code = "import os, sys; os.rmdir(os.getcwd()); import assess.cli; assess.cli.main()"
    gone = tmp_path / "gone"
    gone.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, "check", str(STATEMENT)],
        capture_output=True,
        text=True,
        cwd=gone,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "assess: the current folder was deleted; change to another\n"


def test_newer_database_is_refused(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    path.write_bytes((workspace / "demo.db").read_bytes())
    with sqlite3.connect(path) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('assess', 'm999_future', '')"
        )
    done = assess("score", "--db", path)
    assert done.returncode == 2
    assert "newer version" in done.stderr


def test_root_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; import assess.cli; "
        "print([m for m in ('spacy', 'sklearn', 'scipy', 'matplotlib', 'numpy', 'trafilatura', "
        "'pdfplumber', 'pypdfium2', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_many_documents_are_scored_in_processes(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": f"s{n}", "text": f"Statement {n}. " + STATEMENT.read_text("utf-8")})
        for n in range(90)
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    contents = []
    for jobs in (1, 2):
        name = f"{jobs}.db"
        for command in (
            ["scrape", "files", "many.jsonl"],
            ["extract"],
            ["score", "--jobs", jobs],
        ):
            done = assess(*command, "--db", name, cwd=tmp_path)
            assert done.returncode == 0, done.stderr
        with sqlite3.connect(tmp_path / name) as db:
            contents.append(db.execute("SELECT * FROM findings ORDER BY id").fetchall())
    assert contents[0] == contents[1]
    assert len(contents[0]) > 90 * 40


def test_a_line_of_json_lines_has_its_text() -> None:
    path = CORPUS / "documents" / "more.jsonl"
    rows = map(json.loads, assess("check", "--jsonl", path).stdout.splitlines())
    for row in rows:
        text = assess("extract", row["file"]).stdout
        for finding in row["criteria"].values():
            for evidence in finding["evidence"]:
                assert evidence["quote"] == text[evidence["start"] : evidence["end"]]
    done = assess("extract", path)
    assert done.returncode == 2
    assert "several documents" in done.stderr


def test_a_full_disk_behind_standard_output_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), "extract", str(STATEMENT)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_output_is_utf8_in_every_locale(tmp_path: Path) -> None:
    text = "We act – at a café in Łódź."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "extract", str(tmp_path / "a.txt")],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=True,
    )
    assert done.stdout.decode("utf-8") == text


@pytest.mark.parametrize("draft", ["documents/more.jsonl", "documents"])
def test_benchmark_wants_one_draft(workspace: Path, draft: str) -> None:
    done = assess("benchmark", CORPUS / draft, "--sector", SECTOR, "--db", workspace / "demo.db")
    assert done.returncode == 2
    assert "give the draft alone" in done.stderr
