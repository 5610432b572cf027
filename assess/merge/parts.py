"""Merging parts one after the other, each whole or not at all."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from assess.errors import AssessError, InputError, WorkspaceError
from assess.extract import EXTRACTOR_VERSION
from assess.extract.limits import MIXED_SCAN, NEEDS_OCR, OCR_FAILED
from assess.files import is_same
from assess.merge.collecting import ATTEMPTS, TARGETS
from assess.merge.files import copy_originals, forget_found, lost_originals
from assess.merge.forgotten import FORGOTTEN, refuse_forgotten
from assess.merge.judged import ASSESSMENTS, DOCUMENTS, ISSUES, REVIEWS, TEXTS
from assess.merge.registry import CHANGES, COMPANIES, STATEMENTS
from assess.store import Workspace, now, open_to_read, open_workspace
from assess.store.backup import copy_database
from assess.store.checks import first_fault
from assess.store.schema import migrations
from assess.store.workspace import address_to_read

Progress = Callable[[int, int], None]

_STEPS: Final = (
    *STATEMENTS, *CHANGES, *COMPANIES, *DOCUMENTS, *TEXTS, *REVIEWS, *ASSESSMENTS, *ATTEMPTS,
    *TARGETS, *ISSUES, *FORGOTTEN,
    # Computed anew when they are asked for the next time.
    "DELETE FROM main.comparisons",
)  # fmt: skip
_COUNTED: Final = ("statements", "documents", "texts", "assessments", "reviews", "attempts")
# Tables or values that are not as assess makes them; all else befalls the database merged into.
_OF_THE_PART: Final = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH)
_OLDER: Final = ".merging-"


@dataclass(frozen=True, slots=True)
class PartReport:
    """What became of one part."""

    part: str
    new: dict[str, int]
    """Rows that it added, by table; all 0 where it had been merged before."""
    conflicts: int
    """Rows that differed from what was there; each left an issue."""
    lost: tuple[str, ...] = ()
    """Hashes of documents whose original it lacks, and nothing else has."""
    missing: str | None = None
    """Its folder of documents, where there is none."""
    problem: str | None = None
    """Why it was left out as a whole."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did."""

    parts: tuple[PartReport, ...]

    @property
    def complete(self) -> bool:
        """Whether every part is in, with all its originals."""
        return not any(part.problem or part.lost for part in self.parts)


def merge_parts(
    path: Path, parts: Sequence[Path], progress: Progress = lambda _done, _of: None
) -> MergeReport:
    """Bring the content of databases into the one at ``path``, which is made if it is not there.

    The parts are only read. A part that cannot be used is left out as a whole; of parts that all
    are, no database is made. Killed and run again, or run again all the same, it ends as if it had
    run once.

    Raises:
        InputError: one of the parts is the database itself.
        WorkspaceError: the database cannot be used.
    """
    for part in parts:
        if is_same(part, path):
            raise InputError(f"{part}: is the database that parts are merged into; leave it out")
    refused = () if path.exists() else tuple(filter(None, map(_refused, parts)))
    if refused and len(refused) == len(parts):
        return MergeReport(refused)
    with open_workspace(path) as workspace:
        _clear(path, workspace)
        _add_functions(workspace.db)
        reports = [_merged(workspace, path, part, progress) for part in parts]
        _settle(workspace)
        # A later part may have brought what an earlier one lacked.
        lost = lost_originals(workspace)
    return MergeReport(
        tuple(
            replace(report, lost=tuple(sha256 for sha256 in report.lost if sha256 in lost))
            for report in reports
        )
    )


def _refused(part: Path) -> PartReport | None:
    """A part that is no database that this version can read; None of one that may be."""
    try:
        with open_to_read(part):
            return None
    except AssessError as error:
        return _left_out(part, error)


def _left_out(part: Path, error: AssessError) -> PartReport:
    problem = str(error)
    if not problem.startswith(str(part)):
        problem = f"{part}: {problem}"
    return PartReport(str(part), dict.fromkeys(_COUNTED, 0), 0, problem=problem)


def _clear(path: Path, workspace: Workspace) -> None:
    """Remove what a killed merge left."""
    workspace.clear_partial()
    for left in path.parent.glob(f"{_OLDER}*"):
        shutil.rmtree(left, ignore_errors=True)


class _WholeFails(Exception):  # noqa: N818 - carries the error past those that tell of the part
    """The database that is merged into cannot be written."""

    def __init__(self, error: sqlite3.DatabaseError) -> None:
        super().__init__(str(error))
        self.error = error


def _merged(workspace: Workspace, path: Path, part: Path, progress: Progress) -> PartReport:
    try:
        with _readable(part, path.parent) as (database, opened):
            return _merge(workspace, database, opened, str(part), progress)
    except AssessError as error:
        return _left_out(part, error)
    except _WholeFails as failure:
        raise failure.error from None


@contextmanager
def _readable(part: Path, beside: Path) -> Generator[tuple[Path, Workspace]]:
    """A part's database, or of an older version a copy of it that is up to date; read-only."""
    with open_to_read(part) as opened:
        if not migrations.pending(opened.db):
            _refuse_faulty(part, part)
            yield part, opened
            return
        with tempfile.TemporaryDirectory(prefix=_OLDER, dir=beside) as folder:
            copy = Path(folder) / "part.db"
            copy_database(opened.db, copy)
            migrations.apply(Database(copy))
            _refuse_faulty(copy, part)
            with open_to_read(copy) as migrated:
                yield copy, Workspace(migrated.db, opened.documents)


def _refuse_faulty(database: Path, part: Path) -> None:
    if fault := first_fault(database, EXTRACTOR_VERSION):
        raise WorkspaceError(
            f"{part}: {fault.name}: {fault.detail}; `assess doctor --check` says more"
        )


def _merge(
    workspace: Workspace, database: Path, opened: Workspace, name: str, progress: Progress
) -> PartReport:
    db = workspace.db
    refuse_forgotten(workspace, opened, name)
    # Files first: a kill between leaves files without a row, never a row without its file.
    lost = list(copy_originals(opened, workspace, progress))
    before = _counts(db)
    db.execute("ATTACH ? AS part", [address_to_read(database)])
    try:
        with db.atomic():
            db.execute("PRAGMA defer_foreign_keys = ON")
            _forget_helpers(db)
            for step in _STEPS:
                db.execute(step, {"now": now()} if ":now" in step else {})
            conflicts = _conflicts(db)
            workspace.note(lost)
            forget_found(workspace)
            _unite(db)
            _forget_helpers(db)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in _OF_THE_PART:
            raise
        raise _WholeFails(error) from error
    finally:
        db.execute("DETACH part")
    new = {table: number - before[table] for table, number in _counts(db).items()}
    missing = None if opened.documents.is_dir() else str(opened.documents)
    return PartReport(name, new, conflicts, tuple(issue.subject for issue in lost), missing)


def _counts(db: Database) -> dict[str, int]:
    return {table: db.table(table).count for table in _COUNTED}


def _conflicts(db: Database) -> int:
    return sum(
        int(db.execute(query).fetchone()[0])
        for query in (
            "SELECT count(*) FROM temp.merged_statements WHERE state IN ('ours', 'theirs')",
            "SELECT count(*) FROM temp.merged_companies WHERE state IN ('ours', 'theirs')",
            "SELECT count(*) FROM temp.merged_texts WHERE state IN ('ours', 'theirs')",
        )
    )


def _forget_helpers(db: Database) -> None:
    helpers = db.execute("SELECT name FROM sqlite_temp_master WHERE type = 'table'").fetchall()
    for (name,) in helpers:
        db.execute(f'DROP TABLE temp."{name}"')


def _unite(db: Database) -> None:
    from assess.scrape.unite import unite

    unite(db)


def _settle(workspace: Workspace) -> None:
    """What follows from all parts together: whose documents are, and what persons and home pages
    say of findings that another part made."""
    from assess.batch import catch_up_reviews, visits_to_findings
    from assess.score.rubric import rubric_of_key
    from assess.scrape.match import match_documents

    match_documents(workspace)
    for key in _rubrics(workspace.db):
        if rubric := rubric_of_key(key, None):
            catch_up_reviews(workspace, rubric, None)
            visits_to_findings(workspace, rubric)


def _rubrics(db: Database) -> Iterator[str]:
    rows = db.execute("SELECT DISTINCT rubric FROM assessments ORDER BY rubric").fetchall()
    return (str(row[0]) for row in rows)


def _add_functions(db: Database) -> None:
    assert db.conn is not None, "sqlite-utils: only once it was closed"
    db.conn.create_function("extractor_rank", 1, _extractor_rank, deterministic=True)
    db.conn.create_function("unread_scans", 2, _unread_scans, deterministic=True)


def _extractor_rank(version: str) -> str:
    """Versions in their order as texts: numbers count as numbers."""
    return re.sub(r"\d+", lambda number: number[0].zfill(12), version)


def _unread_scans(flags: str, reason: str | None) -> int:
    """How many marks say that scanned pages of a text are unread."""
    return sum(code in flags or code == reason for code in (NEEDS_OCR, MIXED_SCAN, OCR_FAILED))
