"""What a workspace holds, told without keys and times, and what is wrong with it."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from assess.store.forgotten import is_forgotten

# Keys and moments: two runs that found the same differ in them.
_NO_CONTENT = re.compile(r"id|.*_at|seconds|headers|first_attempt|run_id")
# What tells of runs rather than of what they found; and how SQLite keeps what others hold.
_NO_TABLES = re.compile(r"runs|run_.*|collections|sqlite_.*|_sqlite_migrations|texts_fts.*")

Rows = Counter[tuple[Any, ...]]


def content(path: Path) -> dict[str, Rows]:
    """The rows of all tables; in place of a key stands what it leads to.

    The newest assessments, which are told by their keys, come as a table of their own, as do
    collecting runs that are not finished.
    """
    with closing(sqlite3.connect(path)) as db:
        reader = _Reader(db)
        found = {name: Counter(reader.rows(name)) for name in reader.tables}
        found["unfinished collections"] = Counter(
            db.execute("SELECT door, mode FROM collections WHERE finished_at IS NULL").fetchall()
        )
        found["current_assessments"] = Counter(
            db.execute("SELECT document_sha256, rubric, model FROM current_assessments").fetchall()
        )
    return found


def faults(path: Path) -> list[str]:
    """What is wrong with a workspace by itself; none is right."""
    with closing(sqlite3.connect(path)) as db:
        found = [f"integrity: {row[0]}" for row in db.execute("PRAGMA integrity_check")]
        found.remove("integrity: ok")
        found += [f"foreign key: {row}" for row in db.execute("PRAGMA foreign_key_check")]
        try:
            db.execute("INSERT INTO texts_fts (texts_fts, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            found.append(f"words index: {error}")
        db.rollback()
        found += [f"quote of evidence {row[0]} is not its text" for row in db.execute(_QUOTES)]
        folder = path.with_name(f"{path.stem}.documents")
        for sha256, kept_as in db.execute(_KEPT):
            file = folder / kept_as
            if not file.exists() and is_forgotten(Database(db), "document", sha256):
                continue
            if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
                found.append(f"kept document {kept_as} is lost or changed")
    return found


_KEPT = """SELECT sha256, kept_as FROM documents UNION
    SELECT sha256, kept_as FROM attempts WHERE kept_as IS NOT NULL"""
_QUOTES = """
    SELECT evidence.id FROM evidence JOIN findings ON findings.id = finding_id
    JOIN assessments ON assessments.id = assessment_id JOIN texts USING (document_sha256)
    WHERE texts.extractor = assessments.extractor
    AND quote <> substr(content, start + 1, "end" - start)"""


@dataclass
class _Reader:
    db: sqlite3.Connection
    tables: tuple[str, ...] = ()
    _leads: dict[str, dict[str, str]] = field(default_factory=dict)
    _known: dict[tuple[str, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = self.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        self.tables = tuple(name for (name,) in names if not _NO_TABLES.fullmatch(name))
        for (name,) in names:
            keys = self.db.execute(f"PRAGMA foreign_key_list('{name}')").fetchall()
            # Which run noted something is no content: of a killed run another one goes on.
            self._leads[name] = {
                row[3]: row[2] for row in keys if row[4] == "id" and row[2] != "runs"
            }

    def rows(self, table: str, where: str = "1") -> Iterator[tuple[Any, ...]]:
        cursor = self.db.execute(f"SELECT * FROM {table} WHERE {where}")
        columns = [column[0] for column in cursor.description]
        leads = self._leads[table]
        for row in cursor.fetchall():
            yield tuple(
                self._at(leads[name], value) if name in leads else _short(value)
                for name, value in zip(columns, row, strict=True)
                if table == "criteria" or name in leads or not _NO_CONTENT.fullmatch(name)
            )

    def _at(self, table: str, key: int | None) -> str | None:
        """A digest of the row that a key leads to."""
        if key is None:
            return None
        if (table, key) not in self._known:
            row = next(self.rows(table, f"id = {int(key)}"), "lost")
            self._known[table, key] = hashlib.sha256(repr(row).encode()).hexdigest()[:16]
        return self._known[table, key]


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > 200:
        return f"{value[:60]} {hashlib.sha256(value.encode()).hexdigest()[:16]}"
    return value
