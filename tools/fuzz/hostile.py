"""Target: a workspace full of hostile names and words, and the pages and tables made from it."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from lxml import html

from assess.resources import corpus_folder
from tools.fuzz.target import BrokenPromiseError, Target

# Each would leave a mark in a page that took it for markup.
PAYLOADS: Final = (
    "<zz-fuzz>",
    "</script><zz-fuzz>", '" zzfuzz="1', "' zzfuzz='1", "<!--<zz-fuzz>", "--><zz-fuzz>",
    "]]><zz-fuzz>", "<svg><zz-fuzz onload=x>", "</style><zz-fuzz>", "</title><zz-fuzz>", "{{7*7}}",
    "{% raw %}", "&lt;zz-fuzz&gt;", "\\u003czz-fuzz>", "javascript:zzfuzz()", "\u2028<zz-fuzz>",
    "=cmd|'/c calc'!A1", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\u202eevil", "\x1b]0;x\x07",
    "`zz`",     "${7*7}", "|a|b|", "[x](javascript:zzfuzz())", "![x](x)", "*zz*", "\x00",
    "\ufeff=1", "＝1", "",
)  # fmt: skip
# Names and words that others write, by table and column.
_NAMES: Final = (
    ("organisations", "name"),
    ("organisations", "address"),
    ("document_sources", "name"),
    ("document_sources", "source"),
    ("documents", "kept_as"),
    ("statements", "approving_person"),
    ("statements", "parent_name"),
    ("statements", "statement_url"),
    ("statements", "summary_url"),
    ("statements", "turnover"),
    ("statement_sectors", "sector"),
    ("declarations", "field"),
    ("declarations", "value"),
    ("targets", "detail"),
    ("issues", "message"),
    ("texts", "language"),
    ("assessments", "tier"),
    ("reviews", "reason"),
    ("reviews", "reviewer"),
    ("shared_sentences", "text"),
)
_FEW: Final = 8
_RUNNING: Final = ("javascript:", "vbscript:")


def small_workspace(path: Path) -> None:
    """A judged workspace of a few statements of the corpus, with its originals, at ``path``."""
    made = _made()
    path.write_bytes(made.read_bytes())
    target = path.with_name(f"{path.stem}.documents")
    shutil.copytree(made.with_name("seed.documents"), target, dirs_exist_ok=True)


@cache
def _made() -> Path:
    from assess.batch import extract_pending, score_pending
    from assess.compare.everything import refresh_everything
    from assess.score.model import model_key
    from assess.score.rubric import load_rubric
    from assess.scrape.files import import_files
    from assess.scrape.match import match_documents
    from assess.scrape.registry_store import import_registry
    from assess.store import open_workspace

    path = Path(_folder().name, "seed.db")
    documents = sorted((corpus_folder() / "documents").glob("*.md"))
    documents += sorted((corpus_folder() / "documents").glob("*.html"))
    with open_workspace(path) as workspace:
        import_registry(workspace, corpus_folder() / "registry.csv")
        import_files(workspace, documents[:_FEW])
        extract_pending(workspace)
        match_documents(workspace)
        score_pending(workspace, load_rubric(), model_key(), None)
        refresh_everything(workspace, load_rubric())
        workspace.db.execute("PRAGMA journal_mode = DELETE")
    return path


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Kept until the process ends."""
    return tempfile.TemporaryDirectory(prefix="assess-fuzz-")


def spoil(path: Path, random: Random) -> None:
    """Put payloads where others' words stand; quotes stay equal to the text at their place."""
    with closing(sqlite3.connect(path)) as db:
        for table, column in random.sample(_NAMES, random.randint(1, len(_NAMES))):
            for (row,) in db.execute(f"SELECT rowid FROM {table}").fetchall():  # noqa: S608
                word = _word(random) + (f" {row}" if random.random() < 0.9 else "")
                db.execute(
                    f"UPDATE OR IGNORE {table} SET {column} = ? WHERE rowid = ?",  # noqa: S608
                    [word, row],
                )
        for place, start, quote, document in db.execute(
            "SELECT evidence.id, start, quote, document_sha256 FROM evidence"
            " JOIN findings ON findings.id = finding_id"
            " JOIN assessments ON assessments.id = assessment_id"
        ).fetchall():
            word = _word(random).replace("\0", "")[: len(quote)]
            db.execute(
                "UPDATE evidence SET quote = ? || substr(quote, ?) WHERE id = ?",
                [word, len(word) + 1, place],
            )
            db.execute(
                "UPDATE texts SET content = substr(content, 1, ?) || ? ||"
                " substr(content, ?) WHERE document_sha256 = ?",
                [start, word, start + len(word) + 1, document],
            )
        db.commit()


def _word(random: Random) -> str:
    word = random.choice(PAYLOADS)
    return word + random.choice(("", "", " Limited", random.choice(PAYLOADS)))


def _one(data: bytes, folder: Path) -> str:
    from assess.export.delimited import export_csv
    from assess.store import open_workspace

    path = folder / "one.db"
    small_workspace(path)
    spoil(path, Random(data))  # noqa: S311 - repeatable, not secret
    with open_workspace(path) as workspace:
        for page in _pages(workspace, folder):
            check_page(page)
        export_csv(workspace, folder / "tables")
    for table in (folder / "tables").glob("*.csv"):
        check_table(table)
    return "written"


def _pages(workspace: object, folder: Path) -> list[Path]:
    from assess.report.dossier.write import write_dossiers
    from assess.report.national.write import write_national_report
    from assess.report.sectors import write_sector_report, write_sector_tables

    written = folder / "pages"
    written.mkdir()
    write_sector_report(workspace, written / "sectors.html", minimum=2)  # type: ignore[arg-type]
    write_national_report(workspace, written / "national.html", minimum=2)  # type: ignore[arg-type]
    write_dossiers(workspace, written)  # type: ignore[arg-type]
    write_sector_tables(workspace, folder / "sectors.xlsx", "xlsx", minimum=2)  # type: ignore[arg-type]
    return sorted(written.glob("*.html"))


def check_page(page: Path) -> None:
    """No payload became an element, an attribute, a script or a link that runs."""
    root = html.document_fromstring(page.read_bytes(), html.HTMLParser(encoding="utf-8"))
    tags = Counter(element.tag for element in root.iter() if isinstance(element.tag, str))
    if tags["zz-fuzz"] or tags["iframe"] or tags["object"]:
        raise BrokenPromiseError(f"{page.name}: an element of a name")
    for element in root.iter():
        for name, value in element.attrib.items():
            target = str(value).strip().lower()
            if name == "zzfuzz" or name.startswith("on"):
                raise BrokenPromiseError(f"{page.name}: an attribute of a name")
            if name in ("href", "src", "action") and target.startswith(
                ("javascript:", "vbscript:")
            ):
                raise BrokenPromiseError(f"{page.name}: a link that runs: {target[:80]}")
    for element in root.iter("script"):
        if "<zz-fuzz" in (element.text or ""):
            raise BrokenPromiseError(f"{page.name}: markup in a script")


def check_table(table: Path) -> None:
    """No cell is a formula."""
    with table.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.reader(handle):
            for cell in row:
                if cell.lstrip()[:1] in tuple("=+@") or (cell[:1] == "-" and not _number(cell)):
                    raise BrokenPromiseError(f"{table.name}: a formula: {cell[:60]!r}")


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


HOSTILE: Final = Target("reports", lambda: [b"0", b"1", b"2"], _one, weight=3)
