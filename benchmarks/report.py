"""The sector report of very many statements: its size, and how soon a browser has it open.

``make bench-report`` repeats the corpus to 5,000 statements; ``python -m benchmarks.report 5000
DATABASE`` repeats the statements of another workspace, which itself is left as it is.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlite_utils import Database

from assess.engine import Engine
from assess.pipeline import Inputs, run_all
from assess.report.compared.refresh import refresh_for_reports
from assess.report.sectors import write_sector_report
from assess.resources import corpus_folder
from assess.score.rubric import load_rubric
from assess.store import open_workspace

STATEMENTS = 5000
MINIMUM = 10
RUNS = 3
# A name as long as those of the registry.
NAME = "Number {} of the Fictional Holdings (United Kingdom) Limited"
ASSESSED = """
    SELECT statement_id, document_sha256, assessment_id FROM statement_results
    WHERE status = 'assessed' AND statement_kind = 'statement' ORDER BY 1"""
# From the start of loading to the last event of it, and then to the list after a first filter.
LOADED = "performance.timing.loadEventEnd - performance.timing.navigationStart"
FILTERED = """() => {
    const begin = performance.now();
    const field = document.getElementById("f-sector");
    field.selectedIndex = 1;
    field.dispatchEvent(new Event("change"));
    document.body.getBoundingClientRect();
    return performance.now() - begin;
}"""


def grow(db: Database, wanted: int) -> None:
    """Repeat the assessed statements, with all that was found in them, until there are as many."""
    own = db.execute(ASSESSED).fetchall()
    with db.atomic():
        for number in range(wanted - len(own)):
            _repeat(db, number, *own[number % len(own)])


def _repeat(db: Database, number: int, statement: int, document: str, assessment: int) -> None:
    sha = f"{number:08x}{document[8:]}"
    of_document = {"document_sha256": document}
    _copy(db, "documents", {"sha256": document}, {"sha256": sha, "kept_as": f"{sha[:2]}/{sha}.pdf"})
    _copy(db, "document_sources", of_document, {"document_sha256": sha, "source": f"{number}"})
    _copy(db, "texts", of_document, {"id": None, "document_sha256": sha, "content": ""})
    url = {"id": None, "summary_url": f"https://registry.example/{number}"}
    new = _copy(db, "statements", {"id": statement}, url)
    name = NAME.format(number)
    sql = "INSERT INTO organisations (identity, name, name_key) VALUES (?, ?, ?)"
    owner = db.execute(sql, [name, name, name]).lastrowid
    db.table("statement_organisations").insert({"statement_id": new, "organisation_id": owner})
    _copy(db, "statement_sectors", {"statement_id": statement}, {"statement_id": new})
    link = {"statement_id": statement, **of_document}
    _copy(db, "statement_documents", link, {"statement_id": new, "document_sha256": sha})
    judged = _copy(db, "assessments", {"id": assessment}, {"id": None, "document_sha256": sha})
    found = db.execute("SELECT id FROM findings WHERE assessment_id = ?", [assessment])
    for (finding,) in found.fetchall():
        again = _copy(db, "findings", {"id": finding}, {"id": None, "assessment_id": judged})
        _copy(db, "evidence", {"finding_id": finding}, {"id": None, "finding_id": again})


def _copy(
    db: Database, table: str, which: Mapping[str, object], other: Mapping[str, object]
) -> int:
    """Insert rows once more with other values; the id of the last."""
    where = " AND ".join(f"{name} = ?" for name in which)
    last = 0
    for row in list(db.query(f"SELECT * FROM {table} WHERE {where}", list(which.values()))):  # noqa: S608
        names = ", ".join(f'"{name}"' for name in row)
        sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})"  # noqa: S608
        last = int(db.execute(sql, list((row | dict(other)).values())).lastrowid or 0)
    return last


def make(folder: Path, wanted: int, source: Path | None) -> Path:
    """A workspace with so many statements, compared, and its report."""
    rubric, path, page = load_rubric(), folder / "bench.db", folder / "report.html"
    if source:
        shutil.copyfile(source, path)
    with open_workspace(path) as workspace:
        if not source:
            inputs = Inputs((corpus_folder() / "registry.csv",), (corpus_folder() / "documents",))
            run_all(workspace, inputs, rubric, page, MINIMUM, Engine(jobs=2))
        grow(workspace.db, wanted)
        begin = time.perf_counter()
        refresh_for_reports(workspace, rubric, MINIMUM)
        compared = time.perf_counter()
        write_sector_report(workspace, page, minimum=MINIMUM)
        written = time.perf_counter()
        write_sector_report(workspace, page, minimum=MINIMUM)
        again = time.perf_counter() - written
    print(
        f"{wanted:,} statements: compared in {compared - begin:.1f} s, written in "
        f"{written - compared:.1f} s ({again:.1f} s when nothing changed), "
        f"{page.stat().st_size / 1e6:.2f} MB"
    )
    return page


def browse(page: Path) -> None:
    """Open the page as often as `RUNS` and print the times."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        times: list[Sequence[float]] = []
        for _ in range(RUNS):
            opened = browser.new_page(viewport={"width": 1440, "height": 900})
            opened.goto(page.as_uri())
            times.append((opened.evaluate(LOADED), opened.evaluate(FILTERED)))
            opened.close()
        browser.close()
    for loaded, filtered in times:
        print(f"opened in {loaded:.0f} ms; a filter took {filtered:.0f} ms")


def main() -> None:
    """Make the report, and open it."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else STATEMENTS
    source = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        browse(make(Path(folder), wanted, source))


if __name__ == "__main__":
    main()
