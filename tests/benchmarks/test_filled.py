"""The workspace that benchmarks of memory are made on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.filled import repeat
from tests.copies import copied

ASSESSED = """
    SELECT count(*) FROM statement_results
    WHERE status = 'assessed' AND statement_kind = 'statement'"""


def test_copies_are_whole_and_their_quotes_stand_in_their_texts(
    corpus_db: Path, tmp_path: Path
) -> None:
    path = copied(corpus_db, tmp_path / "grown")
    with closing(sqlite3.connect(path)) as db:
        (before,) = db.execute(ASSESSED).fetchone()
        repeat(path, 3 * before)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute(ASSESSED).fetchone() == (3 * before,)
        (other,) = db.execute(
            "SELECT count(*) FROM evidence JOIN findings ON findings.id = finding_id"
            " JOIN assessments ON assessments.id = assessment_id JOIN texts USING (document_sha256)"
            ' WHERE page > 0 AND substr(content, start + 1, "end" - start) <> quote'
        ).fetchone()
        assert other == 0
        repeated = "SELECT count(*) - count(DISTINCT content) FROM texts"
        assert db.execute(repeated).fetchone() == (0,)
