"""Which registry statements are there still: what a complete download lacks was withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlite_utils import Database

from assess.store import now
from assess.store.rows import Rows

if TYPE_CHECKING:
    from assess.scrape.registry import RegistryFile

Change = Literal["new", "updated", "withdrawn", "returned"]


@dataclass(frozen=True, slots=True)
class Changed:
    """One statement that a download changed."""

    change: str
    year: int
    statement: str
    """The organisation, and how many more."""
    summary_url: str
    file: str


def update_presence(
    db: Database, file: RegistryFile, *, complete: bool
) -> tuple[list[str], list[str]]:
    """Mark statements as withdrawn or there again; the summaries of both."""
    there = {statement.summary_url for statement in file.statements}
    marked = db.execute("SELECT summary_url FROM statements WHERE withdrawn_at IS NOT NULL")
    returned = sorted(url for (url,) in marked if url in there) if complete else []
    withdrawn = sorted(_lacking(db, file, there)) if complete else []
    db.conn.executemany(
        "UPDATE statements SET withdrawn_at = NULL WHERE summary_url = ?",
        [(url,) for url in returned],
    )
    at = now()
    db.conn.executemany(
        "UPDATE statements SET withdrawn_at = ? WHERE summary_url = ?",
        [(at, url) for url in withdrawn],
    )
    return withdrawn, returned


def _lacking(db: Database, file: RegistryFile, there: set[str]) -> list[str]:
    """Statements of the file's years that it should have: none that is newer than the file, or
    stands in a row that could not be read."""
    years = {statement.year for statement in file.statements}
    newest = max(
        (s.last_updated.isoformat() for s in file.statements if s.last_updated), default=""
    )
    return [
        url
        for url, year, updated in db.execute(
            "SELECT summary_url, year, coalesce(last_updated, '') FROM statements"
            " WHERE withdrawn_at IS NULL"
        )
        if year in years and url not in there | file.mentioned and updated <= newest
    ]


def write_changes(db: Database, file_id: int, changes: Mapping[Change, Sequence[str]]) -> None:
    """Write what a download changed, as the newest rows; reading it again may change more."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO statement_changes (statement_id, registry_file_id, change)"
        " SELECT id, ?, ? FROM statements WHERE summary_url = ?",
        [(file_id, change, url) for change, urls in changes.items() for url in urls],
    )


def latest_changes(db: Database) -> Sequence[Changed]:
    """What the file that was read last changed, if anything."""
    return Rows(
        db,
        "SELECT change, year, label, summary_url, registry_files.name FROM statement_changes"
        " JOIN registry_files ON registry_files.id = statement_changes.registry_file_id"
        " JOIN statements ON statements.id = statement_changes.statement_id"
        " JOIN statement_names ON statement_names.statement_id = statements.id"
        " WHERE statement_changes.registry_file_id ="
        " (SELECT registry_file_id FROM statement_changes ORDER BY rowid DESC LIMIT 1)"
        " ORDER BY change, label, year",
        Changed,
    )
