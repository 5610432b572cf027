"""An organisation, its statements and their documents, read from the workspace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from sqlite_utils import Database

from assess.errors import InputError
from assess.report.data import DocumentLink
from assess.report.dossier.records import (
    Coverage,
    Doubtful,
    Kept,
    Minimal,
    Source,
    StatementRow,
)
from assess.report.words import cut, listed

# Names of a group that are read at a glance; how many there are in all is said.
NAMES_SHOWN: Final = 60

_OWN: Final = """
    SELECT DISTINCT statement_id FROM statement_organisations
    JOIN organisations ON organisations.id = organisation_id
    WHERE organisations.id = :id OR same_as = :id"""

_STATEMENTS: Final = f"""
    SELECT statements.id, statements.year, summary_url, statement_url, start_date, end_date,
        date_approved, approving_person, turnover, coalesce(group_submission, 0) = 1 AS "group",
        parent_name, last_updated, registry_files.name AS registry_file,
        substr(registry_files.read_at, 1, 10) AS registry_read
    FROM statements JOIN registry_files ON registry_files.id = registry_file_id
    WHERE withdrawn_at IS NULL AND statements.id IN ({_OWN})
    ORDER BY year DESC, end_date DESC, summary_url"""  # noqa: S608 - our own words

# By one statement, which the view finds by its keys; joined, it would be made for all of them.
_RESULT: Final = """
    SELECT document_sha256, match_method, match_quality, assessment_id, status, reason,
        statement_kind, compliance, substance, tier, minimal_index, minimal_flag, minimal_reasons
    FROM statement_results WHERE statement_id = ?"""

_MINIMAL: Final = """
    SELECT minimal_index, minimal_flag, reasons, type, type_rule FROM current_minimal_results
    WHERE document_sha256 = :document AND statement_id IS :statement"""


def rows(db: Database, sql: str, values: Any = ()) -> list[dict[str, Any]]:
    """Rows by the names of their columns."""
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def read_organisation(
    db: Database, organisation_id: int
) -> tuple[int, str, str | None, str | None]:
    """Id, name, company number and address; of a row of another organisation, that one's.

    Raises:
        InputError: there is none with this id.
    """
    row = db.execute(
        "SELECT whole.id, whole.name, whole.company_number, whole.address FROM organisations AS own"
        " JOIN organisations AS whole ON whole.id = coalesce(own.same_as, own.id)"
        " WHERE own.id = ?",
        [organisation_id],
    ).fetchone()
    if row is None:
        raise InputError(f"organisation {organisation_id}: not in this database")
    return int(row[0]), str(row[1]), row[2], row[3]


def former_names(db: Database, organisation_id: int, name: str) -> tuple[str, ...]:
    """Other names that the registry has had for it."""
    found = db.execute(
        "SELECT DISTINCT names.name FROM organisation_names AS names"
        " JOIN organisations ON organisations.id = organisation_id"
        " WHERE (organisations.id = :id OR same_as = :id) AND names.name <> :name ORDER BY 1",
        {"id": organisation_id, "name": name},
    )
    return tuple(str(row[0]) for row in found)


def read_statements(db: Database, organisation_id: int) -> tuple[StatementRow, ...]:
    """The organisation's statements, the newest first; those withdrawn are left out."""
    return tuple(_statement(db, row) for row in rows(db, _STATEMENTS, {"id": organisation_id}))


def _statement(db: Database, row: dict[str, Any]) -> StatementRow:
    found = next(iter(rows(db, _RESULT, [row["id"]])), None)
    if found is None:
        return StatementRow(**_flags(row), **_NOTHING)
    sha256 = found["document_sha256"]
    matched_on, text_reason = db.execute(
        "SELECT matched_on, texts.reason FROM statement_documents AS links"
        " LEFT JOIN texts ON texts.document_sha256 = links.document_sha256"
        " WHERE links.statement_id = ? AND links.document_sha256 = ?",
        [row["id"], sha256],
    ).fetchone()
    return StatementRow(
        **_flags(row),
        document=sha256,
        match=(found["match_method"], found["match_quality"], matched_on),
        state=_state(found, text_reason),
        reason=text_reason or found["reason"] or "",
        assessment=found["assessment_id"] if found["status"] == "assessed" else None,
        compliance=found["compliance"],
        substance=found["substance"],
        tier=found["tier"],
        minimal=_minimal(db, row["id"], found),
    )


_NOTHING: Final[dict[str, Any]] = {
    **dict.fromkeys(("document", "match", "assessment", "compliance", "substance", "tier")),
    "minimal": None,
    "state": "no_document",
    "reason": "",
}


def _flags(row: dict[str, Any]) -> dict[str, Any]:
    names = {"parent": row["parent_name"], "group": bool(row["group"])}
    return {key: value for key, value in row.items() if key != "parent_name"} | names


def _state(found: dict[str, Any], text_reason: str | None) -> str:
    if found["status"] == "assessed":
        kind = str(found["statement_kind"])
        return "assessed" if kind == "statement" else kind
    return "cannot_assess" if found["status"] or text_reason else "not_scored"


def _minimal(db: Database, statement: int, found: dict[str, Any]) -> Minimal | None:
    values = {"document": found["document_sha256"], "statement": statement}
    whole = next(iter(rows(db, _MINIMAL, values)), None)
    if whole is not None:
        return Minimal(
            whole["minimal_index"],
            whole["minimal_flag"] == 1,
            tuple(json.loads(whole["reasons"])),
            whole["type"],
            whole["type_rule"],
            whole=True,
        )
    if found["status"] != "assessed":
        return None
    return Minimal(
        found["minimal_index"],
        found["minimal_flag"] == 1,
        tuple(json.loads(found["minimal_reasons"])),
        None,
        "",
        whole=False,
    )


def choose(statements: tuple[StatementRow, ...], name: str, year: int | None) -> StatementRow:
    """The newest statement that was assessed, else the newest; of ``year`` if it is given.

    Raises:
        InputError: there is no statement, or none of that year; says of which years there are.
    """
    if not statements:
        raise InputError(
            f"{cut(name)}: the database has no statement of this organisation that is still in the "
            "registry"
        )
    wanted = [one for one in statements if year in (None, one.year)]
    if not wanted:
        years = listed([str(known) for known in sorted({one.year for one in statements})])
        raise InputError(f"{cut(name)}: no statement of {year}; there are those of {years}")
    order = ("assessed", "policy", "other")
    return min(
        wanted,
        key=lambda one: order.index(one.state) if one.state in order else len(order),
    )


def read_coverage(db: Database, statement: int) -> Coverage:
    """Whom a statement is for, and its sectors."""
    names = [
        str(row[0])
        for row in db.execute(
            "SELECT name FROM statement_organisations"
            " JOIN organisations ON organisations.id = organisation_id"
            " WHERE statement_id = ? ORDER BY name",
            [statement],
        )
    ]
    sectors = db.execute(
        "SELECT sector FROM statement_sectors WHERE statement_id = ? ORDER BY sector", [statement]
    )
    return Coverage(
        tuple(names[:NAMES_SHOWN]), len(names), tuple(str(sector) for (sector,) in sectors)
    )


def document_link(db: Database, sha256: str) -> DocumentLink:
    """Where a document is kept, and the first of the names it came by, or its hash."""
    name, kept_as, media_type = db.execute(
        "SELECT coalesce(min(name), sha256), kept_as, media_type FROM documents"
        " LEFT JOIN document_sources ON document_sha256 = sha256 WHERE sha256 = ?",
        [sha256],
    ).fetchone()
    return DocumentLink(cut(name), kept_as, media_type)


def read_kept(db: Database, statement: StatementRow) -> Kept | None:
    """The statement's document; None where there is none."""
    if statement.document is None:
        return None
    sha256 = statement.document
    (size,) = db.execute("SELECT size FROM documents WHERE sha256 = ?", [sha256]).fetchone()
    rubric, model = db.execute(
        "SELECT max(rubric), max(model) FROM assessments WHERE id = ?", [statement.assessment]
    ).fetchone()
    return Kept(
        sha256=sha256,
        size=size,
        link=document_link(db, sha256),
        sources=tuple(_sources(db, sha256)),
        **_text(db, sha256),
        rubric=rubric,
        model=model,
        other_statements=_others(db, sha256, statement.id),
    )


def _text(db: Database, sha256: str) -> dict[str, Any]:
    """What is known of how the document was read."""
    found = rows(
        db,
        "SELECT id, extractor, language, words, flags FROM texts WHERE document_sha256 = ?",
        [sha256],
    )
    unread: dict[str, Any] = {
        "id": None,
        "extractor": None,
        "language": "und",
        "words": 0,
        "flags": "[]",
    }
    text = found[0] if found else unread
    recognised = db.execute(
        "SELECT count(*), avg(confidence) FROM pages WHERE text_id = ? AND method = 'ocr'",
        [text.pop("id")],
    ).fetchone()
    return {**text, "flags": tuple(json.loads(text["flags"])), "recognised": recognised}


def _sources(db: Database, sha256: str) -> Iterator[Source]:
    for source, name, day in db.execute(
        "SELECT source, name, substr(read_at, 1, 10) FROM document_sources"
        " WHERE document_sha256 = ? ORDER BY read_at, source",
        [sha256],
    ):
        yield Source(source, cut(name), day)


def _others(db: Database, sha256: str, statement: int) -> int:
    (number,) = db.execute(
        "SELECT count(*) FROM statement_documents JOIN statements ON statements.id = statement_id"
        " WHERE document_sha256 = ? AND statement_id <> ? AND state = 'accepted'"
        " AND withdrawn_at IS NULL",
        [sha256, statement],
    ).fetchone()
    return int(number)


_DOUBTFUL: Final = f"""
    SELECT document_sha256, year, quality, matched_on
    FROM statement_documents AS links JOIN statements ON statements.id = links.statement_id
    WHERE state = 'review' AND links.statement_id IN ({_OWN})
    ORDER BY year DESC, quality DESC, document_sha256"""  # noqa: S608 - our own words


def read_doubtful(db: Database, organisation_id: int) -> tuple[Doubtful, ...]:
    """Documents that may be the organisation's statements, as nobody has decided yet."""
    found = db.execute(_DOUBTFUL, {"id": organisation_id}).fetchall()
    return tuple(
        Doubtful(document_link(db, sha256), year, quality, cut(matched_on))
        for sha256, year, quality, matched_on in found
    )


def read_declared(db: Database, statement: int) -> tuple[tuple[str, str], ...]:
    """What the organisation declared of itself: (column of the registry's file, value)."""
    return tuple(
        db.execute(
            "SELECT field, value FROM declarations WHERE statement_id = ? ORDER BY rowid",
            [statement],
        ).fetchall()
    )
