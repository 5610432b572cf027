"""The corpus as two machines would have read it: each half of the documents."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.copies import copied

# Whether a document is one of the other half's: by the first digit of its hash.
_OTHERS = "(instr('02468ace', substr({}, 1, 1)) > 0) <> {}"
_BY_DOCUMENT = (
    ("assessments", "document_sha256"),
    ("texts", "document_sha256"),
    ("statement_documents", "document_sha256"),
    ("document_sources", "document_sha256"),
    ("issues", "subject"),
    ("documents", "sha256"),
)
_COMPARED = (
    "comparisons", "minimal_results", "divergence", "organisation_groups", "text_pairs",
    "text_clusters", "shared_sentences", "text_reuse", "year_pairs", "declaration_inputs",
    "declaration_checks", "group_counts",
)  # fmt: skip


def half(corpus_db: Path, folder: Path, which: int, *, own_registry: bool = False) -> Path:
    """One half, 0 or 1; with ``own_registry`` it knows only every other statement too."""
    path = copied(corpus_db, folder)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        for table in _COMPARED:
            db.execute(f"DELETE FROM {table}")
        for table, column in _BY_DOCUMENT:
            db.execute(f"DELETE FROM {table} WHERE {_OTHERS.format(column, which)}")
        if own_registry:
            db.execute("DELETE FROM statements WHERE id % 2 <> ?", [which])
        kept = {name for (name,) in db.execute("SELECT kept_as FROM documents")}
        db.commit()
    for file in path.with_name("corpus.documents").glob("*/*"):
        if f"{file.parent.name}/{file.name}" not in kept:
            file.unlink()
    return path
