"""What each document was matched by: it is matched anew only where that has changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final, Protocol

from sqlite_utils import Database

from assess.store.fingerprint import fingerprint

VERSION: Final = 1
"""Raised when the same documents and rows give other matches."""

# All that `register.read_register` reads.
_REGISTER: Final = (
    "SELECT id, name, name_key, company_number, same_as FROM organisations ORDER BY id",
    "SELECT organisation_id, name, name_key FROM organisation_names ORDER BY 1, 2, 3",
    "SELECT statement_id, organisation_id FROM statement_organisations ORDER BY 1, 2",
    "SELECT id, year, start_date, end_date, date_approved, approving_person, statement_url,"
    " pdf_url FROM statements ORDER BY id",
)
# Words and flags: recognised scans change a text under the same extractor.
_TEXTS: Final = """
    SELECT document_sha256, extractor, status, words, flags FROM texts
    WHERE document_sha256 IN (SELECT value FROM json_each(?))"""
_LINKS: Final = """
    SELECT document_sha256, statement_id, method, quality, state, matched_on
    FROM statement_documents WHERE document_sha256 IN (SELECT value FROM json_each(?))
    ORDER BY 1, 2"""


class Kept(Protocol):
    """A document with all that it is matched by but its text."""

    @property
    def sha256(self) -> str:
        """Its hash."""


def register_key(db: Database) -> str:
    """A key of the statements and organisations that documents are matched to."""
    return fingerprint((VERSION, *(row for sql in _REGISTER for row in db.execute(sql))))


def document_keys(db: Database, register: str, documents: Collection[Kept]) -> dict[str, str]:
    """By hash a key of all that a document's links follow from, and of these as they are now.

    The links are in it so that whoever changes one, as a reviewer does, has the document matched
    again. A document that is not read yet has no key: it is matched by its original each time.
    """
    hashes = json.dumps([kept.sha256 for kept in documents])
    texts = {sha256: rest for sha256, *rest in db.execute(_TEXTS, [hashes])}
    links: dict[str, list[list[object]]] = defaultdict(list)
    for sha256, *link in db.execute(_LINKS, [hashes]):
        links[sha256].append(link)
    return {
        kept.sha256: fingerprint((register, kept, texts[kept.sha256], links[kept.sha256]))
        for kept in documents
        if kept.sha256 in texts
    }


def read_matched(db: Database) -> dict[str, str]:
    """By hash the key of what each document was matched by last."""
    return dict(db.execute("SELECT document_sha256, inputs FROM match_inputs").fetchall())


def set_matched(db: Database, keys: Mapping[str, str], but: Iterable[str]) -> None:
    """Remember them, but for documents that could not be read: they are matched again."""
    db.conn.executemany("INSERT OR REPLACE INTO match_inputs VALUES (?, ?)", keys.items())
    db.conn.executemany(
        "DELETE FROM match_inputs WHERE document_sha256 = ?", [(sha256,) for sha256 in but]
    )
