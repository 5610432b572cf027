"""What persons say on several machines counts together."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from typer.testing import CliRunner

from assess.cli import app
from assess.merge import merge_parts
from tests.copies import copied

VALUES = "SELECT criterion, found_value IS NULL, reviewer FROM reviewed_findings ORDER BY 1"


def review(db: Path, keys: str, reviewer: str, criterion: str) -> None:
    arguments = ["review", "--db", str(db), "--reviewer", reviewer, "--criterion", criterion]
    done = CliRunner().invoke(app, [*arguments, "--limit", "1"], input=keys)
    assert done.exit_code == 0, done.output


def reviewed(db: Path) -> list[tuple[str, int, str]]:
    with closing(sqlite3.connect(db)) as opened:
        return opened.execute(VALUES).fetchall()


def test_reviews_of_two_machines_count_together(corpus_db: Path, tmp_path: Path) -> None:
    one = copied(corpus_db, tmp_path / "one")
    other = copied(corpus_db, tmp_path / "other")
    review(one, "n21\nq", "Ann", "approval")
    with closing(sqlite3.connect(one)) as opened:
        [(sha256,)] = opened.execute("SELECT document_sha256 FROM reviews").fetchall()
    # The same document, another criterion.
    with closing(sqlite3.connect(other)) as opened:
        opened.execute("UPDATE findings SET confidence = 0.01 WHERE criterion = 'signature'"
            " AND assessment_id = (SELECT id FROM assessments WHERE document_sha256 = ?)",
            [sha256])  # fmt: skip
        opened.commit()
    review(other, "n21\nq", "Bob", "signature")
    for order in ((one, other), (other, one)):
        path = tmp_path / f"{order[0].parent.name}.db"
        assert merge_parts(path, order).complete
        assert reviewed(path) == [("approval", 0, "Ann"), ("signature", 0, "Bob")]


def test_a_home_page_seen_elsewhere_counts(corpus_db: Path, tmp_path: Path) -> None:
    visits = copied(corpus_db, tmp_path / "visits")
    with closing(sqlite3.connect(visits)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        for statement in (
            "INSERT INTO collections VALUES (1, 'sites', 'missing', 1, '2026-01-01T00:00:00Z', '')",
            "INSERT INTO targets VALUES (1, 'sites', 'https://a.example', 'A', 'kept', NULL, '',"
            " '2026-01-01T00:00:00Z', 1)",
            "INSERT INTO target_documents SELECT 1, min(document_sha256), 'link', 'u', ''"
            " FROM assessments WHERE statement_kind = 'statement'",
            "INSERT INTO homepage_links VALUES (1, 'met', 'in the footer', 'Modern slavery', 'u',"
            " 'footer', 'p', 'h', '2026-01-01T00:00:00Z')",
            "DELETE FROM assessments",
        ):
            db.execute(statement)
        db.commit()
    path = tmp_path / "all.db"
    assert merge_parts(path, [corpus_db, visits]).complete
    with closing(sqlite3.connect(path)) as db:
        found = db.execute(
            "SELECT value, count(*) FROM findings WHERE criterion = 'homepage_link' GROUP BY value"
            " ORDER BY count(*)"
        ).fetchall()
    assert found[0] == ("met", 1)
