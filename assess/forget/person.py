"""Forgetting a person's name: blocked out of every text, quote and note, where it stood.

Blocks have the length of the name, so that every offset still leads to what it led to. What was
found stays found: a signature is one, whoever signed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlite_utils import Database

from assess.errors import InputError
from assess.forget.rows import clear_comparisons
from assess.forget.traces import plan_removal
from assess.store import Workspace, now
from assess.store.forgotten import Redactor, name_words, redactor_of, remember, remember_name

# An organisation's own name is not a person's, whosever it once was; nor are the rubric's words.
_OTHERS: Final = frozenset(
    {"organisations", "organisation_names", "companies", "company_sic", "listed_groups"}
    | {"criteria", "registry_files", "forgotten", "redactions", "removals", "texts_fts"}
)
# Keys and addresses: changed, they would lead nowhere.
_KEYS: Final = frozenset({"hops", "origin", "key", "inputs", "kept_as", "source"})
# An address, or the path of a file.
_PATH: Final = ("document_sources", "source")
_MOST_WORDS: Final = 8


@dataclass(slots=True)
class Redacted:
    """What was blocked out, or would be."""

    values: Counter[str] = field(default_factory=Counter)
    """Values that held the name, by table."""
    files: int = 0
    """Kept originals and pages that held it, and were removed."""
    kept_files: int = 0
    """That held it, and stay."""
    unread_files: int = 0
    """Kept files without a text to look in."""
    organisations: int = 0
    """Organisations that have it in their own name, where it stays."""
    documents: int = 0
    """That were looked into."""


def forget_person(workspace: Workspace, name: str, *, keep_originals: bool = False) -> Redacted:
    """Block a name out, and remember to do so in what is read later; `traces.finish` does the rest.

    To be run in a transaction.

    Raises:
        InputError: the name has one word only, or too many.
    """
    words = name_words(name)
    if not 2 <= len(words) <= _MOST_WORDS:
        raise InputError(
            f"{name!r}: give first and last name as they stand in the texts, "
            f"two to {_MOST_WORDS} words; one word alone is other people's too"
        )
    db, told = workspace.db, Redacted()
    blocks = redactor_of([name])
    told.documents = db.table("documents").count
    holding, told.unread_files = _files_with(workspace, blocks)
    clear_comparisons(db)
    remember_name(db, name, now())
    told.values = redact_tables(db, blocks, _tables(db))
    names = db.execute("SELECT DISTINCT name FROM organisation_names")
    told.organisations = sum(blocks.redacted(row[0]) != row[0] for row in names)
    if keep_originals:
        told.kept_files = len(holding)
        holding = {}
    told.files = len(holding)
    remember(db, "document", set(holding.values()), now())
    plan_removal(workspace, set(holding))
    return told


def _tables(db: Database) -> list[str]:
    return [
        name
        for name in db.table_names()
        if name not in _OTHERS and not name.startswith(("sqlite_", "_sqlite", "texts_fts_"))
    ]


def redact_tables(db: Database, blocks: Redactor, tables: Iterable[str]) -> Counter[str]:
    """Block names out of all texts of these tables, if they are there; changed values by table."""
    there, changed = set(db.table_names()), Counter[str]()
    for table in tables:
        for column in db.table(table).columns if table in there else ():
            is_path = (table, column.name) == _PATH
            if column.type == "TEXT" and (is_path or not _is_key(column.name)):
                changed[table] += _redact_column(db, blocks, table, column.name)
    return +changed


def _is_key(column: str) -> bool:
    return column in _KEYS or column.endswith(("url", "sha256", "_at"))


def _redact_column(db: Database, blocks: Redactor, table: str, column: str) -> int:
    changed = []
    is_path = (table, column) == _PATH
    # Paths that differed in the name alone are one then.
    update = "UPDATE OR REPLACE" if is_path else "UPDATE"
    for row, text in db.execute(f'SELECT rowid, "{column}" FROM "{table}"'):  # noqa: S608 - of our schema
        if is_path and "://" in text:
            continue
        if isinstance(text, str) and (made := _redacted(blocks, text)) != text:
            changed.append((made, row))
    db.conn.executemany(f'{update} "{table}" SET "{column}" = ? WHERE rowid = ?', changed)
    return len(changed)


def _redacted(blocks: Redactor, text: str) -> str:
    r"""A text without the name; of JSON also where its letters are written as ``\u`` escapes."""
    if "\\u" in text and text[:1] in ("[", "{"):
        try:
            found = json.loads(text)
        except ValueError:
            return blocks.redacted(text)
        made = _redacted_json(blocks, found)
        return text if made == found else json.dumps(made, ensure_ascii=False)
    return blocks.redacted(text)


def _redacted_json(blocks: Redactor, value: Any) -> Any:
    if isinstance(value, str):
        return blocks.redacted(value)
    if isinstance(value, list):
        return [_redacted_json(blocks, one) for one in value]
    if isinstance(value, dict):
        return {key: _redacted_json(blocks, one) for key, one in value.items()}
    return value


def _files_with(workspace: Workspace, blocks: Redactor) -> tuple[dict[str, str], int]:
    """Kept files that hold the name, each with its hash; and how many could not be looked into."""
    db = workspace.db
    found: dict[str, str] = {}
    for kept_as, sha256, text in db.execute(
        "SELECT kept_as, sha256, content FROM documents JOIN texts ON document_sha256 = sha256"
    ):
        if blocks.redacted(text) != text:
            found[kept_as] = sha256
    unread = 0
    for kept_as, sha256 in db.execute(
        "SELECT kept_as, sha256 FROM documents WHERE sha256 NOT IN"
        " (SELECT document_sha256 FROM texts WHERE content <> '')"
        " UNION SELECT kept_as, sha256 FROM attempts WHERE kept_as IS NOT NULL"
        " AND sha256 NOT IN (SELECT sha256 FROM documents)"
    ).fetchall():
        text = workspace.peek(kept_as)
        unread += kept_as.endswith((".pdf", ".docx", ".doc", ".odt"))
        if blocks.redacted(text) != text:
            found[kept_as] = sha256
    return found, unread
