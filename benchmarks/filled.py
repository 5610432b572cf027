"""A workspace of very many statements, made in seconds: the corpus' repeated in SQL.

Each copy of the corpus keeps its organisations, years, sectors and declarations together, under
names, numbers and hashes of its own; three vowels of its texts, and of the quotes from them, are
other letters, so that copies share no text with one another and quotes still stand where they did.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from assess.engine import Engine
from assess.pipeline import Inputs, run_all
from assess.resources import corpus_folder
from assess.score.rubric import load_rubric
from assess.store import open_workspace

# Letters of one byte in Latin-1, as most of a text's are: strings stay as small as real ones.
_LETTERS: Final = "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ"
_VOWELS: Final = "eao"

# Per table, what of a copied row is not as in the corpus: SQL of the row and of ``copy``, from 1.
_SHA: Final = "printf('%08x', copy) || substr({0}, 9)"
_ID: Final = "{0} + copy * :step"
_OF_DOCUMENT: Final = {"document_sha256": _SHA}
_OF_STATEMENT: Final = {"statement_id": _ID}
_COPIED: Final[Mapping[str, Mapping[str, str]]] = {
    "organisations": {
        "id": _ID,
        "identity": "{0} || ' ' || copy",
        "name": "'Number ' || copy || ' of ' || {0}",
        "name_key": "'number ' || copy || ' of ' || {0}",
        "company_number": "printf('%08d', copy * 1000 + id)",
        "address": "'House ' || copy || ', ' || {0}",
        "same_as": _ID,
    },
    "organisation_names": {
        "organisation_id": _ID,
        "name": "'Number ' || copy || ' of ' || {0}",
        "name_key": "'number ' || copy || ' of ' || {0}",
    },
    "statements": {
        "id": _ID,
        "summary_url": "replace({0}, '/statement-summary/', '/statement-summary/' || copy || '-')",
        "statement_url": "replace({0}, '://', '://site' || copy || '.')",
        "parent_name": "'Number ' || copy || ' of ' || {0}",
    },
    "statement_changes": _OF_STATEMENT,
    "statement_organisations": {"statement_id": _ID, "organisation_id": _ID},
    "statement_sectors": _OF_STATEMENT,
    "declarations": _OF_STATEMENT,
    "documents": {"sha256": _SHA, "kept_as": "'none/' || copy || '-' || {0}"},
    "document_sources": {
        **_OF_DOCUMENT,
        "source": "copy || '-' || {0}",
        "name": "copy || '-' || {0}",
    },
    "statement_documents": {"statement_id": _ID, "document_sha256": _SHA},
    "texts": {"id": _ID, **_OF_DOCUMENT, "content": "perturbed({0}, copy)"},
    "pages": {"text_id": _ID},
    "assessments": {"id": _ID, **_OF_DOCUMENT},
    "findings": {"id": _ID, "assessment_id": _ID},
    "evidence": {"id": _ID, "finding_id": _ID, "quote": "perturbed({0}, copy)"},
    # Comparisons, as if they had been made of all copies.
    "minimal_results": {"id": _ID, **_OF_DOCUMENT, **_OF_STATEMENT},
    "minimal_parts": {"result_id": _ID},
    "organisation_groups": {"organisation_id": _ID, "group_id": _ID},
    "text_pairs": {
        "first_sha256": f"min({_SHA}, {_SHA.format('second_sha256')})",
        "second_sha256": f"max({_SHA}, {_SHA.format('first_sha256')})",
    },
    "text_clusters": {**_OF_DOCUMENT, "cluster": _ID},
    "shared_sentences": {"id": _ID, "key": "{0} || copy", "text": "perturbed({0}, copy)"},
    "sentence_uses": {"sentence_id": _ID, **_OF_DOCUMENT},
    "text_reuse": _OF_DOCUMENT,
    "year_pairs": {"id": _ID, "earlier_sha256": _SHA, "later_sha256": _SHA},
    "year_pair_organisations": {
        "pair_id": _ID,
        "organisation_id": _ID,
        "earlier_statement_id": _ID,
        "later_statement_id": _ID,
    },
    "year_sentences": {"pair_id": _ID},
    "promises": {"id": _ID, "pair_id": _ID, "quote": "perturbed({0}, copy)"},
    "declaration_inputs": _OF_STATEMENT,
    "declaration_checks": {
        **_OF_STATEMENT,
        **_OF_DOCUMENT,
        "quote": "perturbed({0}, copy)",
    },
}

_HASHES: Final = 1 << 40

# What collecting and matching leave of so many: half of the addresses failed, and one document in
# ten is doubtful.
_AROUND: Final = (
    """INSERT INTO collections VALUES (
        1, 'statements', 'missing', 1, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')""",
    """INSERT OR IGNORE INTO targets SELECT id, 'statements', statement_url, '',
        CASE id % 2 WHEN 0 THEN 'kept' ELSE 'failed' END,
        CASE id % 2 WHEN 0 THEN NULL ELSE 'not_found' END, 'HTTP status 404',
        '2026-01-01T00:00:00Z', 1
    FROM statements WHERE statement_url IS NOT NULL""",
    """INSERT INTO attempts SELECT id, url, url, decided_at, 0.5, 404, '{}', '[]', 0, NULL, NULL,
        'failed', 'not_found', detail, 'live' FROM targets""",
    """INSERT OR IGNORE INTO statement_documents
    SELECT (SELECT min(id) FROM statements WHERE id > statement_id), document_sha256, 'name_fuzzy',
        0.8, 'review', 'made up' FROM statement_documents
    WHERE statement_id % 10 = 0 AND statement_id < (SELECT max(id) FROM statements)""",
    """INSERT OR IGNORE INTO issues (stage, subject, code, message, noted_at)
    SELECT 'registry', summary_url, 'made_up', 'made up', '2026-01-01T00:00:00Z'
    FROM statements""",
)


def fill(path: Path, statements: int) -> None:
    """Make a workspace of about so many assessed statements at ``path``.

    Comparisons are there as if they had been made of all; those of groups are the corpus' own, and
    the next command that compares finds all out of date. The full-text index holds the corpus' own
    texts only: it would take longer than all the rest.
    """
    rubric = load_rubric()
    inputs = Inputs((corpus_folder() / "registry.csv",), (corpus_folder() / "documents",))
    with open_workspace(path) as workspace:
        run_all(workspace, inputs, rubric, path.with_suffix(".html"), 10, Engine(jobs=1))
    repeat(path, statements)


def repeat(path: Path, statements: int) -> None:
    """Repeat what a workspace holds until it has about so many assessed statements."""
    with closing(sqlite3.connect(path)) as connection:
        step = 1 + max(
            # Keys that are hashes are above all others: copies do not meet others by chance.
            connection.execute(
                f"SELECT coalesce(max(id), 0) FROM {table} WHERE id < {_HASHES}"  # noqa: S608
            ).fetchone()[0]
            for table in (name for name, changed in _COPIED.items() if "id" in changed)
        )
        connection.create_function("perturbed", 2, _perturbed, deterministic=True)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        (own,) = connection.execute(
            "SELECT count(*) FROM statement_results"
            " WHERE status = 'assessed' AND statement_kind = 'statement'"
        ).fetchone()
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'texts'"
        ).fetchall()
        with connection:
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            for table, changed in _COPIED.items():
                _copy(connection, table, changed, (max(0, round(statements / own) - 1), step))
            for sql in (*_AROUND, *(sql for _, sql in triggers)):
                connection.execute(sql)


def _copy(
    connection: sqlite3.Connection, table: str, changed: Mapping[str, str], how: tuple[int, int]
) -> None:
    """Insert copies of all rows of a table; ``how`` many, and what their keys differ by."""
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(changed.get(name, "{0}").format(f'"{name}"') for name in names)
    connection.execute(f"CREATE TEMP TABLE own AS SELECT * FROM {table}")  # noqa: S608
    connection.execute(
        f"WITH RECURSIVE copies (copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM copies"  # noqa: S608
        f" WHERE copy < :copies) INSERT INTO {table} ({columns}) SELECT {values} FROM copies"
        f" CROSS JOIN temp.own WHERE :copies > 0",
        {"copies": how[0], "step": how[1]},
    )
    connection.execute("DROP TABLE temp.own")


def _perturbed(text: str | None, copy: int) -> str | None:
    letters = {}
    for vowel in _VOWELS:
        copy, place = divmod(copy, len(_LETTERS))
        letters[ord(vowel)] = _LETTERS[place]
    return text and text.translate(letters)
