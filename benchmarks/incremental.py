"""Ten new statements in a database of 20,000: ``make bench-incremental``.

The statements of corpus/ (and some of ``../shared``'s mixed ones where they are at hand) are scored
and then repeated, each organisation with three years, words put into others of the same length so
that every quote still stands where it stood. All is brought up to date once; then `assess run` is
given ten new documents, half of them PDF, in a process of its own: processor seconds of all its
processes, by stage in another run on a copy. ``--keep FOLDER`` keeps the database for next time.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any, Final
from zlib import crc32

from sqlite_utils import Database

from assess.batch import extract_pending, score_pending
from assess.engine import Engine
from assess.report.compared.refresh import refresh_for_reports
from assess.report.sectors import write_sector_report
from assess.resources import corpus_folder
from assess.score.model import model_key
from assess.score.rubric import load_rubric
from assess.scrape.files import import_files
from assess.scrape.match import match_documents
from assess.scrape.registry_store import import_registry
from assess.store import Workspace, open_workspace
from assess.store.digests import refresh_digests

ROOT: Final = Path(__file__).resolve().parents[1]
MIXED: Final = ROOT.parent / "shared" / "data" / "statements" / "mixed.jsonl"
STATEMENTS: Final = 20_000
NEW: Final = 10
MAX_SECONDS: Final = 10.0
YEARS: Final = (2022, 2023, 2024)
JOBS: Final = 2
_MIXED: Final = 240
_MINIMUM: Final = 10
_OWN_WORDS: Final = 33  # per cent
_YEARLY_WORDS: Final = 5  # per cent
_WORD: Final = re.compile(r"[A-Za-z]{4,}")
_YEAR: Final = re.compile(r"\b20[12]\d\b")
_NAME: Final = "Number {} Fictional Holdings Limited"
_SCORED: Final = """
    SELECT document_sha256, id FROM current_assessments
    WHERE status = 'assessed' AND statement_kind = 'statement' ORDER BY 1"""


@dataclass(frozen=True)
class Source:
    """A judged text with all its rows, as they are to be repeated."""

    content: str
    tables: dict[str, list[dict[str, Any]]]
    evidence: dict[int, list[dict[str, Any]]]
    """By finding."""


def other_words(content: str, own: str, year: int) -> str:
    """The text with some words of its organisation's own, a few of the year's, and its years."""
    newest = max((int(found) for found in _YEAR.findall(content)), default=year)

    def word(match: re.Match[str]) -> str:
        found = match[0]
        for of, share in ((own, _OWN_WORDS), (f"{own} {year}", _YEARLY_WORDS)):
            chance = crc32(f"{of} {found.lower()}".encode())
            if chance % 100 < share:
                letters = Random(chance)  # noqa: S311 - the same words every time
                return found[0] + "".join(letters.choices("aeiourstln", k=len(found) - 1))
        return found

    return _YEAR.sub(lambda found: str(int(found[0]) + year - newest), _WORD.sub(word, content))


def sources(db: Database) -> list[Source]:
    """All judged statements of a workspace."""
    return [_source(db, *row) for row in db.execute(_SCORED).fetchall()]


def _source(db: Database, sha256: str, assessment: int) -> Source:
    def rows(sql: str, value: object) -> list[dict[str, Any]]:
        return list(db.query(sql, [value]))

    [text] = rows("SELECT * FROM texts WHERE document_sha256 = ?", sha256)
    findings = rows("SELECT * FROM findings WHERE assessment_id = ?", assessment)
    of_finding = "SELECT * FROM evidence WHERE finding_id = ?"
    tables = {
        "documents": rows("SELECT * FROM documents WHERE sha256 = ?", sha256),
        "texts": [text],
        "pages": rows("SELECT * FROM pages WHERE text_id = ?", text["id"]),
        "parts": rows("SELECT * FROM parts WHERE text_id = ?", text["id"]),
        "assessments": rows("SELECT * FROM assessments WHERE id = ?", assessment),
        "findings": findings,
    }
    return Source(text["content"], tables, {f["id"]: rows(of_finding, f["id"]) for f in findings})


class Growing:
    """Repeats statements; keys are counted here, as asking for each would take minutes."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._ids = {
            table: count(1 + (db.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0))  # noqa: S608
            for table in ("texts", "assessments", "findings", "evidence", "statements")
        }
        self._sources = sources(db)
        self._rows = list(
            db.query("SELECT * FROM statements WHERE id IN (SELECT statement_id FROM declarations)")
        )

    def grow(self, organisations: int, without: int) -> Iterator[tuple[str, str]]:
        """Add organisations with a statement a year; of the last ``without`` the newest has no
        document: its (file name, text) is given back."""
        for number in range(organisations):
            name = _NAME.format(number)
            source = self._sources[number % len(self._sources)]
            owner = self._organisation(number, name)
            for year in YEARS:
                statement = self._statement(number, owner, year)
                content = other_words(source.content, name, year)
                if year == YEARS[-1] and number >= organisations - without:
                    yield f"{name} {year}", content
                else:
                    self._document(source, content, statement, f"{name} {year}")

    def _organisation(self, number: int, name: str) -> int:
        key = f"number {number} fictional holdings"
        row = (f"{20_000_000 + number}", name, key, f"{20_000_000 + number}")
        owner = self._db.execute(
            "INSERT INTO organisations (identity, name, name_key, company_number, address,"
            " sector_type) VALUES (?, ?, ?, ?, NULL, 'Private')",
            row,
        ).lastrowid
        self._insert("organisation_names", organisation_id=owner, name=name, name_key=key)
        return int(owner or 0)

    def _statement(self, number: int, owner: int, year: int) -> int:
        like = self._rows[number % len(self._rows)]
        statement = next(self._ids["statements"])
        other = {
            "id": statement,
            "summary_url": f"https://registry.example/{statement}",
            "year": year,
            "statement_url": f"https://www.fictional{number}.example/slavery",
            "group_submission": 0,
            "parent_name": None,
            "start_date": f"{year - 1}-04-01",
            "end_date": f"{year}-03-31",
        }
        self._insert("statements", **(like | other))
        self._insert("statement_organisations", statement_id=statement, organisation_id=owner)
        for table in ("statement_sectors", "declarations"):
            sql = f"SELECT * FROM {table} WHERE statement_id = ?"  # noqa: S608
            for row in self._db.query(sql, [like["id"]]):
                self._insert(table, **(row | {"statement_id": statement}))
        return statement

    def _document(self, source: Source, content: str, statement: int, name: str) -> None:
        tables = source.tables
        sha256 = f"{crc32(name.encode()):08x}{statement:056x}"
        of_document = {"document_sha256": sha256}
        # No page: their originals would be read for their titles, and there are none.
        kind = {"sha256": sha256, "media_type": "application/pdf"}
        self._insert("documents", **(tables["documents"][0] | kind))
        self._insert(
            "document_sources", **of_document, source=name, name=f"{name}.pdf", read_at="2026-01-01"
        )
        text = next(self._ids["texts"])
        self._insert(
            "texts", **(tables["texts"][0] | of_document | {"id": text, "content": content})
        )
        for table in ("pages", "parts"):
            for row in tables[table]:
                self._insert(table, **(row | {"text_id": text}))
        self._insert(
            "statement_documents",
            **of_document,
            statement_id=statement,
            method="name_exact",
            quality=0.95,
            state="accepted",
            matched_on=name,
        )
        judged = next(self._ids["assessments"])
        self._insert("assessments", **(tables["assessments"][0] | of_document | {"id": judged}))
        for finding in tables["findings"]:
            of = next(self._ids["findings"])
            self._insert("findings", **(finding | {"id": of, "assessment_id": judged}))
            for one in source.evidence[finding["id"]]:
                quote = {"quote": content[one["start"] : one["end"]]}
                key = {"id": next(self._ids["evidence"]), "finding_id": of}
                self._insert("evidence", **(one | quote | key))

    def _insert(self, table: str, **row: Any) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        self._db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608


def fill(workspace: Workspace, organisations: int, without: int) -> list[tuple[str, str]]:
    """Score what is at hand and repeat it; the new documents, by name and text."""
    rubric = load_rubric()
    import_registry(workspace, corpus_folder() / "registry.csv")
    with tempfile.TemporaryDirectory() as scratch:
        given = [corpus_folder() / "documents"]
        if organisations * len(YEARS) > _MIXED and MIXED.is_file():
            given.append(Path(scratch) / "mixed.jsonl")
            with MIXED.open(encoding="utf-8") as lines:
                given[-1].write_text("".join(islice(lines, _MIXED)), encoding="utf-8")
        import_files(workspace, given)
    extract_pending(workspace)
    match_documents(workspace)
    score_pending(workspace, rubric, model_key(), None, Engine(JOBS))
    with workspace.db.atomic():
        new = list(Growing(workspace.db).grow(organisations, without))
    match_documents(workspace)
    return new


def write_new(folder: Path, new: Sequence[tuple[str, str]]) -> None:
    """The new documents as files, every other one a PDF."""
    folder.mkdir()
    for number, (name, content) in enumerate(new):
        if number % 2:
            (folder / f"{name}.pdf").write_bytes(_pdf(content))
        else:
            (folder / f"{name}.txt").write_text(content, encoding="utf-8")


def _pdf(content: str) -> bytes:
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    style = getSampleStyleSheet()["BodyText"]
    pieces = [piece for piece in content.replace("\f", "\n\n").split("\n\n") if piece.strip()]
    target = BytesIO()
    flow = [one for piece in pieces for one in (Paragraph(escape(piece), style), Spacer(1, 6))]
    SimpleDocTemplate(target).build(flow)
    return target.getvalue()


def make(folder: Path, number: int) -> None:
    """A database with so many statements, all up to date, its report, and new documents beside."""
    rubric = load_rubric()
    with open_workspace(folder / "big.db") as workspace:
        write_new(folder / "new", fill(workspace, number // len(YEARS), NEW))
        begin = time.process_time()
        refresh_for_reports(workspace, rubric, _MINIMUM, JOBS)
        write_sector_report(workspace, folder / "out.html", minimum=_MINIMUM, rubric=rubric)
        refresh_digests(workspace.db)  # as every command does when it ends
    print(f"{number:,} statements compared and reported: {time.process_time() - begin:.0f} s")


def measured(folder: Path, *given: str) -> tuple[float, float, float]:
    """`assess run`: wall seconds, processor seconds of all its processes, MB of the largest."""
    command = [sys.executable, "-m", "assess.cli", "run", *given]
    command += ["--db", str(folder / "big.db"), "--report", str(folder / "out.html")]
    begin = time.perf_counter()
    running = subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr)  # noqa: S603 - our own
    _, status, used = os.wait4(running.pid, 0)
    if status:
        sys.exit("assess run failed")
    seconds = time.perf_counter() - begin
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


# Where each stage is looked up when it is called.
STAGES: Final = (
    ("assess.pipeline", "import_files"),
    ("assess.pipeline", "extract_pending"),
    ("assess.pipeline", "match_documents"),
    ("assess.pipeline", "score_pending"),
    ("assess.compare.everything", "refresh_reuse"),
    ("assess.compare.everything", "refresh_years"),
    ("assess.compare.everything", "refresh_declared"),
    ("assess.compare.everything", "refresh_minimal"),
    ("assess.compare.everything", "refresh_trends"),
    ("assess.compare.groups", "refresh_groups"),
    ("assess.pipeline", "write_sector_report"),
)


def stages(folder: Path, given: Sequence[str]) -> None:
    """Run in this process and print the processor seconds of each stage, as JSON."""
    from importlib import import_module

    from assess.pipeline import Inputs, run_all

    found: dict[str, float] = {}

    def timed(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **options: Any) -> Any:
            begin = time.process_time()
            try:
                return stage(*args, **options)
            finally:
                found[name] = found.get(name, 0.0) + time.process_time() - begin

        return run

    for module, name in STAGES:
        at = import_module(module)
        setattr(at, name, timed(name, getattr(at, name)))
    with open_workspace(folder / "big.db") as workspace:
        inputs = Inputs((), tuple(map(Path, given)))
        run_all(workspace, inputs, load_rubric(), folder / "out.html", _MINIMUM)
    print(json.dumps(found))


def main() -> None:
    """Print the table, or the stages of one run as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("number", type=int, nargs="?", default=STATEMENTS)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--stages", type=Path, nargs="+")
    given = parser.parse_args()
    if given.stages:
        stages(given.stages[0], [str(path) for path in given.stages[1:]])
        return
    with tempfile.TemporaryDirectory() as scratch:
        kept = given.keep or Path(scratch) / "made"
        if not kept.is_dir():
            kept.mkdir(parents=True)
            make(kept, given.number)
        held = [_run(shutil.copytree(kept, Path(scratch) / f"{n}"), n) for n in ("total", "stages")]
    sys.exit(0 if all(held) else f"over {MAX_SECONDS:.0f} s")


def _run(folder: Path, how: str) -> bool:
    """One run with the new documents and one without; whether the first was quick enough."""
    if how == "total":
        told = [measured(folder, "--files", str(folder / "new")), measured(folder)]
        for what, (wall, used, peak) in zip(("ten new", "nothing new"), told, strict=True):
            print(f"{what:<12}{wall:6.1f} s, processors {used:6.1f} s, {peak:6.0f} MB")
        return told[0][0] <= MAX_SECONDS
    for given in ([str(folder / "new")], []):
        command = [sys.executable, "-m", "benchmarks.incremental", "--stages", str(folder), *given]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # as the command line has it
        done = subprocess.run(  # noqa: S603 - our own
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        for name, seconds in json.loads(done.stdout).items():
            print(f"  {name:<24}{seconds:6.2f} s")
    return True


if __name__ == "__main__":
    main()
