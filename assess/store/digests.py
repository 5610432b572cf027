"""What a document's text and assessments are, as a hash: two databases are compared by it.

Only what does not depend on the order of work counts: no keys, no times, nothing of comparisons.
Triggers mark what has changed, so that a run costs what it changed and not what there is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from sqlite_utils import Database

# Documents whose digests are written in one transaction.
_BATCH: Final = 500
_TEXT: Final = (
    "SELECT extractor, status, reason, content, language, flags FROM texts"
    " WHERE document_sha256 = ?",
    """SELECT number, start, "end", method, pages.confidence FROM texts
    JOIN pages ON pages.text_id = texts.id WHERE document_sha256 = ?""",
    """SELECT start, "end", kind, title, parts.language, confidence, judged FROM texts
    JOIN parts ON parts.text_id = texts.id WHERE document_sha256 = ?""",
)
_ASSESSMENTS: Final = """
    SELECT extractor, rubric, model, status, reason, statement_kind, compliance, substance, tier, id
    FROM assessments WHERE document_sha256 = ? ORDER BY extractor, rubric, model"""
_FINDINGS: Final = (
    "SELECT criterion, value, confidence, found_value FROM findings WHERE assessment_id = ?",
    """SELECT criterion, start, "end", page, quote, status, method FROM findings
    JOIN evidence ON evidence.finding_id = findings.id WHERE assessment_id = ?""",
)


def refresh_digests(db: Database) -> None:
    """Make anew the digests of documents that have changed; those that hold nothing go."""
    while changed := [
        str(row[0])
        for row in db.execute(
            "SELECT document_sha256 FROM document_digests WHERE digest IS NULL LIMIT ?", [_BATCH]
        )
    ]:
        with db.atomic():
            for sha256 in changed:
                if digest := _digest(db, sha256):
                    db.execute(
                        "UPDATE document_digests SET digest = ? WHERE document_sha256 = ?",
                        [digest, sha256],
                    )
                else:
                    db.execute("DELETE FROM document_digests WHERE document_sha256 = ?", [sha256])


def content_digest(db: Database) -> str:
    """One hash of all documents' digests, which must be up to date; hexadecimal."""
    whole = hashlib.sha256()
    for sha256, digest in digests(db):
        whole.update(f"{sha256} {digest}\n".encode())
    return whole.hexdigest()


def digests(db: Database) -> Iterator[tuple[str, str | None]]:
    """Each document's hash and its digest (None: changed since), by hash."""
    rows = db.execute("SELECT document_sha256, digest FROM document_digests ORDER BY 1")
    return ((str(sha256), digest) for sha256, digest in rows)


def _digest(db: Database, sha256: str) -> str | None:
    parts = [_sorted(db, query, sha256) for query in _TEXT]
    for *assessment, key in db.execute(_ASSESSMENTS, [sha256]).fetchall():
        parts += [[assessment], *(_sorted(db, query, key) for query in _FINDINGS)]
    if not any(parts):
        return None
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _sorted(db: Database, query: str, key: object) -> list[Any]:
    """Rows that differ in what stands before their first column that may be null."""
    return sorted(db.execute(query, [key]).fetchall())
