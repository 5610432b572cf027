"""Whether a workspace is whole: the file, what it refers to, originals, texts, findings.

Nothing is changed, not even a lock is taken: it works where nothing can be written and while
another process writes. What is checked is one state of the database; files are looked at as they
are, so that those of a run that is going on may seem to belong to nothing.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from sqlite_utils import Database

from assess.errors import WorkspaceError
from assess.store.forgotten import is_forgotten
from assess.store.quotes import check_quotes, lost_reviews
from assess.store.schema import NAMES, migrations
from assess.store.workspace import PARTIAL, Workspace, connect_to_read, documents_of

State = Literal["ok", "note", "broken"]
Progress = Callable[[int, int], None]

# What is wrong with a database is clear from the first of its faults.
_FAULTS: Final = 100
_RESTORE: Final = (
    "restore the database from a backup, or save what can be read with `sqlite3 DB .dump`"
    " (docs/faults.md)"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at."""

    name: str
    state: State
    """``note``: harmless, and mended by the next run; ``broken``: what the database says of it
    cannot be relied on."""
    count: int
    """How many were looked at or, where the state is not ``ok``, found."""
    detail: str
    advice: str = ""
    """What to do."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is checked."""

    workspace: Workspace
    extractor: str
    """The present version of the extractor."""
    progress: Progress


def check_database(
    path: Path, extractor: str, progress: Progress = lambda _done, _of: None
) -> Iterator[Checked]:
    """Look at everything, one after the other; what cannot be looked at is broken.

    Args:
        extractor: the present version of the extractor.
        progress: told how many kept documents were looked at, of how many.

    Raises:
        WorkspaceError: there is no such file, or it is a database of another program.
    """
    if not path.is_file():
        raise WorkspaceError(f"{path}: no such database; give one made by `assess run`")
    with closing(connect_to_read(path)) as connection:
        subject = Subject(Workspace(Database(connection), documents_of(path)), extractor, progress)
        try:
            connection.execute("BEGIN")
            schema = _schema(subject, path)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            yield Checked(
                "database", "broken", 1, f"cannot be used as a database ({error})", _RESTORE
            )
            return
        yield schema
        for name, look in _CHECKS if schema.state == "ok" else _CHECKS[:2]:
            yield _careful(name, look, subject)


def first_fault(path: Path, extractor: str) -> Checked | None:
    """The first thing that makes what a database says of documents unreliable, if any.

    Originals and the full-text index are not looked at.
    """
    with closing(connect_to_read(path)) as connection:
        subject = Subject(
            Workspace(Database(connection), documents_of(path)), extractor, lambda _done, _of: None
        )
        found = (_careful(name, look, subject) for name, look in _CHECKS if name in _RELIED_ON)
        return next((checked for checked in found if checked.state == "broken"), None)


def _careful(name: str, look: Callable[[Subject], Checked], subject: Subject) -> Checked:
    try:
        return look(subject)
    except (sqlite3.DatabaseError, OSError, ValueError, TypeError) as error:
        # Of values that are none, as of a damaged page or of somebody else's hand.
        return Checked(name, "broken", 1, " ".join(f"cannot be checked: {error}".split()), _RESTORE)


def _number(subject: Subject, sql: str, *values: object) -> int:
    return int(subject.workspace.db.execute(sql, list(values)).fetchone()[0])


def _schema(subject: Subject, path: Path) -> Checked:
    db = subject.workspace.db
    names = set(db.table_names())
    if migrations.migrations_table not in names:
        if names:
            raise WorkspaceError(f"{path}: is a database of another program; give another one")
        return Checked("schema", "broken", 0, "the database is empty", _RESTORE)
    applied = [migration.name for migration in migrations.applied(db)]
    if newer := sorted(set(applied) - set(NAMES)):
        detail = f"of a newer version of assess ({newer[-1]}); only the file is checked"
        return Checked("schema", "broken", len(newer), detail, "upgrade assess")
    if missing := len(set(NAMES) - set(applied)):
        detail = f"of an older version of assess, {missing} migrations behind; only the file is"
        advice = "any other command brings it up to date, and keeps a copy; then check again"
        return Checked("schema", "note", missing, f"{detail} checked", advice)
    return Checked("schema", "ok", len(applied), f"of this version ({applied[-1]})")


def _database(subject: Subject) -> Checked:
    rows = subject.workspace.db.execute(f"PRAGMA integrity_check({_FAULTS})").fetchall()
    found = [str(row[0]) for row in rows]
    if found == ["ok"]:
        pages = _number(subject, "PRAGMA page_count")
        return Checked("database", "ok", pages, f"{pages:,} pages and all indexes hold together")
    first = " ".join(found[0].split())[:200]
    return Checked("database", "broken", len(found), f"damaged: {first}", _RESTORE)


def _references(subject: Subject) -> Checked:
    broken, tables = 0, set()
    for table, *_ in subject.workspace.db.execute("PRAGMA foreign_key_check"):
        broken += 1
        tables.add(str(table))
    if not broken:
        return Checked("references", "ok", 0, "every row that another refers to is there")
    detail = f"{broken:,} rows refer to what is not there, in {', '.join(sorted(tables))}"
    return Checked("references", "broken", broken, detail, _RESTORE)


def _documents(subject: Subject) -> Checked:
    """Every kept file, by its hash; read in pieces. What was to be forgotten may be gone."""
    db = subject.workspace.db
    number = sum(1 for _ in db.execute(_KEPT))
    lost = changed = 0
    example = ""
    for done, (sha256, kept_as) in enumerate(db.execute(_KEPT)):
        subject.progress(done, number)
        found = _digest(subject.workspace.documents, str(sha256), str(kept_as))
        if found is None and is_forgotten(db, "document", sha256):
            continue
        lost += found is None
        changed += found not in (None, sha256)
        if found != sha256:
            example = example or str(kept_as)[:100]
    if not example:
        return Checked("documents", "ok", number, f"{number:,} kept files are as they were kept")
    detail = f"{lost:,} kept files are missing, {changed:,} were changed, such as {example}"
    advice = f"restore them to {subject.workspace.documents}, or scrape them again"
    return Checked("documents", "broken", lost + changed, detail, advice)


_KEPT: Final = """
    SELECT sha256, kept_as FROM documents
    UNION SELECT sha256, kept_as FROM attempts WHERE sha256 IS NOT NULL"""


def _digest(folder: Path, sha256: str, kept_as: str) -> str | None:
    """The hash of a kept file; None where it cannot be read, or lies elsewhere."""
    if not kept_as.startswith(f"{sha256[:2]}/{sha256}"):
        return None
    try:
        with (folder / kept_as).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _files(subject: Subject) -> Checked:
    """Files that no row knows: a killed run leaves some, and its next may need them."""
    orphans = partial = total = 0
    for path in subject.workspace.documents.glob("*/*"):
        total += 1
        if path.name.startswith(PARTIAL):
            partial += 1
        elif not _is_known(subject, path):
            orphans += 1
    if not orphans and not partial:
        return Checked("files", "ok", total, f"{total:,} files, each of a row")
    detail = f"{orphans:,} files belong to no row, {partial:,} were not written to the end"
    advice = (
        "left by a run that was ended, or of one going on; the same command run again uses them"
    )
    return Checked("files", "note", orphans + partial, detail, advice)


def _is_known(subject: Subject, path: Path) -> bool:
    kept_as = f"{path.parent.name}/{path.name}"
    sha256 = path.name.split(".", 1)[0]
    return bool(
        _number(
            subject,
            "SELECT EXISTS (SELECT 1 FROM documents WHERE sha256 = ?1 AND kept_as = ?2)"
            " OR EXISTS (SELECT 1 FROM attempts WHERE sha256 = ?1 AND kept_as = ?2)",
            sha256,
            kept_as,
        )
    )


def _texts(subject: Subject) -> Checked:
    number = _number(subject, "SELECT count(*) FROM texts")
    old = _number(subject, "SELECT count(*) FROM texts WHERE extractor <> ?", subject.extractor)
    unread = _number(
        subject,
        "SELECT count(*) FROM documents WHERE NOT EXISTS"
        " (SELECT 1 FROM texts WHERE document_sha256 = sha256)",
    )
    if not old and not unread:
        return Checked("texts", "ok", number, f"{number:,} texts by the present extractor")
    detail = f"{old:,} texts are by another version of the extractor, {unread:,} documents unread"
    return Checked("texts", "note", old + unread, detail, "`assess extract` reads them")


def _index(subject: Subject) -> Checked:
    """The full-text index against one made anew of the same texts, without writing to it."""
    db = subject.workspace.db
    number = _number(subject, "SELECT count(*) FROM texts")
    wrong = _number(subject, _NOT_INDEXED)
    if not wrong:
        db.execute(
            "CREATE VIRTUAL TABLE temp.kept_terms USING fts5vocab('main', 'texts_fts', 'row')"
        )
        # In a file of its own that is gone when it is closed: memory does not grow.
        with closing(sqlite3.connect("")) as fresh:
            fresh.execute("CREATE VIRTUAL TABLE terms USING fts5 (content, content = '')")
            fresh.executemany(
                "INSERT INTO terms (rowid, content) VALUES (?, ?)",
                db.execute("SELECT id, content FROM texts"),
            )
            fresh.execute("CREATE VIRTUAL TABLE made_terms USING fts5vocab('terms', 'row')")
            wrong = _unequal(
                db.execute("SELECT * FROM temp.kept_terms"),
                fresh.execute("SELECT * FROM made_terms"),
            )
    if not wrong:
        return Checked("search", "ok", number, f"{number:,} texts are in the full-text index")
    detail = f"the full-text index differs from the texts in {wrong:,} places"
    advice = "rebuild it: INSERT INTO texts_fts (texts_fts) VALUES ('rebuild')"
    return Checked("search", "broken", wrong, detail, advice)


_NOT_INDEXED: Final = """
    SELECT count(*) FROM (
        SELECT * FROM (SELECT id FROM texts EXCEPT SELECT id FROM texts_fts_docsize)
        UNION ALL
        SELECT * FROM (SELECT id FROM texts_fts_docsize EXCEPT SELECT id FROM texts))"""


def _unequal(kept: Iterator[tuple[object, ...]], made: Iterator[tuple[object, ...]]) -> int:
    """How many terms of two lists in the same order differ, up to the first that one lacks."""
    wrong = 0
    for one, other in zip(kept, made, strict=False):
        wrong += one != other
        if one[0] != other[0]:
            return wrong
    return wrong + (next(kept, None) is not None) + (next(made, None) is not None)


def _quotes(subject: Subject) -> Checked:
    found = check_quotes(subject.workspace.db)
    if not found.wrong:
        return Checked(
            "quotes",
            "ok",
            found.quotes,
            f"{found.quotes:,} quotes equal their texts, on their pages",
        )
    detail = f"{found.wrong:,} of {found.quotes:,} quotes differ from their texts: {found.example}"
    advice = "do not rely on these findings: restore the database, or delete them and score again"
    return Checked("quotes", "broken", found.wrong, detail, advice)


def _reviews(subject: Subject) -> Checked:
    placed, lost = lost_reviews(subject.workspace.db)
    future = _number(
        subject,
        "SELECT count(*) FROM reviews WHERE reviewed_at > strftime('%Y-%m-%dT%H:%M:%SZ', 'now')",
    )
    if not lost and not future:
        return Checked(
            "reviews", "ok", placed, f"the words of {placed:,} reviews are in their texts"
        )
    detail = f"the words of {lost:,} reviews are not in their texts any more"
    detail += f", {future:,} are dated in the future" if future else ""
    advice = (
        "what was said of lost words counts no more: `assess review --again` shows the findings"
    )
    return Checked("reviews", "note", lost + future, detail, advice)


def _assessments(subject: Subject) -> Checked:
    """Each criterion of its rubric must have one finding, and none beside."""
    number = _number(subject, "SELECT count(*) FROM assessments")
    lacking = _number(subject, _LACKING)
    beside = _number(subject, _BESIDE)
    if not lacking and not beside:
        return Checked("assessments", "ok", number, f"{number:,} assessments are complete")
    detail = f"{lacking:,} findings are missing, {beside:,} are of no criterion of their rubric"
    advice = "delete these assessments and run `assess score`, or restore the database"
    return Checked("assessments", "broken", lacking + beside, detail, advice)


_LACKING: Final = """
    SELECT count(*) FROM assessments JOIN criteria USING (rubric)
    LEFT JOIN findings ON assessment_id = assessments.id AND criterion = criteria.id
    WHERE assessments.status = 'assessed' AND findings.id IS NULL"""
_BESIDE: Final = """
    SELECT count(*) FROM findings JOIN assessments ON assessments.id = assessment_id
    LEFT JOIN criteria ON criteria.rubric = assessments.rubric AND criteria.id = criterion
    WHERE criteria.id IS NULL"""


def _comparisons(subject: Subject) -> Checked:
    made = _number(subject, "SELECT count(*) FROM comparisons")
    advice = "`assess report` and `assess compare` make them anew"
    if not made:
        return Checked("comparisons", "note", 0, "none made so far, or not since a merge", advice)
    stale = sum(1 for _ in subject.workspace.db.execute(_STALE))
    if not stale:
        return Checked("comparisons", "ok", made, f"{made:,} comparisons, of the present texts")
    detail = f"made before {stale:,} texts came, went or were judged as they are now"
    return Checked("comparisons", "note", stale, detail, advice)


_STALE: Final = """
    SELECT * FROM (SELECT document_sha256 FROM texts WHERE status = 'read'
        EXCEPT SELECT document_sha256 FROM text_reuse)
    UNION SELECT * FROM (SELECT document_sha256 FROM text_reuse
        EXCEPT SELECT document_sha256 FROM texts WHERE status = 'read')
    UNION SELECT * FROM (SELECT document_sha256 FROM minimal_results WHERE id IN
        (SELECT id FROM minimal_results EXCEPT SELECT id FROM current_minimal_results))
    UNION SELECT * FROM (SELECT document_sha256 FROM current_assessments
        WHERE status = 'assessed' AND statement_kind = 'statement'
        EXCEPT SELECT document_sha256 FROM minimal_results)
    UNION SELECT document_sha256 FROM declaration_checks JOIN texts USING (document_sha256)
        WHERE quote IS NOT NULL AND quote <> substr(content, start + 1, "end" - start)"""

_RELIED_ON: Final = ("database", "references", "quotes", "assessments")
_CHECKS: Final[tuple[tuple[str, Callable[[Subject], Checked]], ...]] = (
    ("database", _database),
    ("references", _references),
    ("documents", _documents),
    ("files", _files),
    ("texts", _texts),
    ("search", _index),
    ("quotes", _quotes),
    ("assessments", _assessments),
    ("reviews", _reviews),
    ("comparisons", _comparisons),
)
