"""What one of two databases has forgotten does not come back from the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlite_utils import Database

from assess.errors import WorkspaceError
from assess.scrape.urls import any_key
from assess.store import Workspace
from assess.store.forgotten import Kind, forgotten_keys, key_of, redactor_unless

FORGOTTEN: Final = (
    """INSERT OR IGNORE INTO main.forgotten (kind, key, forgotten_at)
    SELECT kind, key, forgotten_at FROM part.forgotten ORDER BY kind, key""",
    """INSERT OR IGNORE INTO main.redactions (key, words, redacted_at)
    SELECT key, words, redacted_at FROM part.redactions ORDER BY key""",
)
_HELD: Final[dict[Kind, str]] = {
    "document": "SELECT sha256 FROM documents",
    "statement": "SELECT summary_url FROM statements",
    "company_number": "SELECT company_number FROM organisations WHERE company_number IS NOT NULL",
    "name": "SELECT name_key FROM organisations WHERE company_number IS NULL",
    "address": "SELECT url FROM targets",
}
_NAMED: Final = (
    "SELECT content FROM texts",
    "SELECT approving_person FROM statements WHERE approving_person IS NOT NULL",
)


def refuse_forgotten(whole: Workspace, part: Workspace, name: str) -> None:
    """Refuse a part where one of both holds what the other has forgotten.

    Deleting it here could not be previewed, and the other would keep it.

    Raises:
        WorkspaceError: says which of both to run `assess forget` in.
    """
    for holder, other, of in ((part.db, whole.db, name), (whole.db, part.db, "the database")):
        if any(_held(holder, other)):
            raise WorkspaceError(
                f"{name}: {of} holds what the other has forgotten; "
                "run `assess forget` there as well, then merge"
            )


def _held(holder: Database, other: Database) -> Iterator[bool]:
    """Whether there is anything that only the other has forgotten."""
    gone = forgotten_keys(other) - forgotten_keys(holder)
    for kind, query in _HELD.items() if gone else ():
        for (value,) in holder.execute(query):
            yield (kind, key_of(kind, any_key(value) if kind == "address" else value)) in gone
    blocks = redactor_unless(other, holder)
    for query in _NAMED if blocks.lengths else ():
        yield from (blocks.redacted(text) != text for (text,) in holder.execute(query))
