"""One JSON object a line for each document: its statements, findings and evidence."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assess import __version__
from assess.export.about import ExportReport, report
from assess.export.source import snapshot
from assess.files import writing
from assess.progress import track
from assess.store.workspace import Workspace

Json = dict[str, Any]

_DOCUMENTS = """
    SELECT documents.sha256, names.name, names.source, texts.status AS text_status,
        texts.reason AS text_reason, texts.words, texts.language, texts.flags, texts.extractor,
        judged.id AS assessment_id, judged.status, judged.reason, judged.statement_kind,
        judged.compliance, judged.substance, judged.tier, judged.minimal_index,
        judged.minimal_flag, judged.minimal_reasons, judged.rubric, judged.model
    FROM documents JOIN names ON names.document_sha256 = documents.sha256
    LEFT JOIN texts ON texts.document_sha256 = documents.sha256
    LEFT JOIN judged ON judged.document_sha256 = documents.sha256
    ORDER BY documents.sha256"""
_STATEMENTS = """
    SELECT statements.id, summary_url, statements.year, statement_url, start_date, end_date,
        links.method, links.quality, whole.minimal_index, whole.minimal_flag,
        whole.reasons AS minimal_reasons, whole.type
    FROM statement_documents AS links
    JOIN statements ON statements.id = links.statement_id AND withdrawn_at IS NULL
    LEFT JOIN whole_results AS whole ON whole.statement_id = links.statement_id
        AND whole.document_sha256 = links.document_sha256
    WHERE links.document_sha256 = ? AND links.state = 'accepted' ORDER BY statements.id"""
# Once: as a view it would be worked out anew, whole, for each document.
_HELPERS = (
    "CREATE TEMP TABLE whole_results AS SELECT * FROM current_minimal_results",
    "CREATE INDEX temp.whole_results_by_document ON whole_results (document_sha256, statement_id)",
)
_ORGANISATIONS = """
    SELECT DISTINCT whole.name, whole.company_number
    FROM statement_organisations AS owners
    JOIN organisations AS named ON named.id = owners.organisation_id
    JOIN organisations AS whole ON whole.id = coalesce(named.same_as, named.id)
    WHERE owners.statement_id = ? ORDER BY whole.name, whole.id"""
_SECTORS = "SELECT sector FROM statement_sectors WHERE statement_id = ? ORDER BY sector"
_FINDINGS = """
    SELECT findings.id, findings.criterion, criteria.kind, findings.value, findings.confidence,
        findings.found_value, reviews.reviewer, reviews.reviewed_at, reviews.reason,
        findings.review_id
    FROM findings
    JOIN criteria ON criteria.rubric = ? AND criteria.id = findings.criterion
    LEFT JOIN reviews ON reviews.id = findings.review_id
    WHERE findings.assessment_id = ? ORDER BY criteria.position, findings.criterion"""
_EVIDENCE = """
    SELECT quote, page, start, "end", status, method FROM evidence
    WHERE finding_id = ? AND status <> 'rejected' ORDER BY start, id"""


def export_lines(workspace: Workspace, path: Path) -> ExportReport:
    """Write a JSON Lines file: `assess check --jsonl`'s objects, each with its statements.

    Raises:
        InputError: it cannot be written.
    """
    with snapshot(workspace) as connection, writing(path) as handle:
        for statement in _HELPERS:
            connection.execute(statement)
        (total,) = connection.execute("SELECT count(*) FROM documents").fetchone()
        for made in track(_objects(connection), total, "documents"):
            handle.write(json.dumps(made, ensure_ascii=False) + "\n")
    return report(path, "jsonl", {"documents": total})


def _objects(connection: sqlite3.Connection) -> Iterator[Json]:
    for row in _named(connection, _DOCUMENTS):
        yield _document(connection, row)


def _named(connection: sqlite3.Connection, sql: str, *values: object) -> Iterator[Json]:
    found = connection.execute(sql, values)
    names = [column[0] for column in found.description]
    for row in found:
        yield dict(zip(names, row, strict=True))


def _document(connection: sqlite3.Connection, row: Json) -> Json:
    judged = row["status"] == "assessed"
    return {
        "file": row["name"],
        "source": row["source"],
        "document_sha256": row["sha256"],
        "statements": [_statement(connection, one) for one in _of(connection, row)],
        "status": row["status"]
        or ("not_assessed" if row["text_status"] != "cannot_assess" else "cannot_assess"),
        "reason": row["reason"] or row["text_reason"],
        "words": row["words"],
        "language": row["language"],
        "flags": json.loads(row["flags"] or "[]"),
        "statement_kind": row["statement_kind"],
        "criteria": dict(_findings(connection, row)) if judged else {},
        "scores": {"compliance": row["compliance"], "substance": row["substance"]},
        "tier": row["tier"],
        "minimal_compliance": _minimal(row),
        "versions": {
            "assess": __version__,
            "extractor": row["extractor"],
            "rubric": row["rubric"],
            "model": row["model"],
        },
    }


def _of(connection: sqlite3.Connection, row: Json) -> Iterator[Json]:
    return _named(connection, _STATEMENTS, row["sha256"])


def _minimal(row: Json) -> Json | None:
    if row["minimal_index"] is None:
        return None
    return {
        "index": row["minimal_index"],
        "flag": bool(row["minimal_flag"]),
        "reasons": json.loads(row["minimal_reasons"]),
    }


def _statement(connection: sqlite3.Connection, row: Json) -> Json:
    id_ = row["id"]
    return {
        "summary_url": row["summary_url"],
        "year": row["year"],
        "statement_url": row["statement_url"],
        "start_date": row["start_date"],
        "end_date": row["end_date"],
        "organisations": list(_named(connection, _ORGANISATIONS, id_)),
        "sectors": [sector for (sector,) in connection.execute(_SECTORS, [id_])],
        "match": {"method": row["method"], "quality": row["quality"]},
        # With what shows beside other texts and the registry; the document's is of its text alone.
        "minimal_compliance": _minimal(row),
        "type": row["type"],
    }


def _findings(connection: sqlite3.Connection, row: Json) -> Iterator[tuple[str, Json]]:
    for found in _named(connection, _FINDINGS, row["rubric"], row["assessment_id"]):
        made = {
            "value": _value(found["kind"], found["value"]),
            "confidence": found["confidence"],
            "evidence": list(_named(connection, _EVIDENCE, found["id"])),
        }
        yield found["criterion"], made | _review(found)


def _review(found: Json) -> Json:
    """Who decided or confirmed the value; nothing where nobody did."""
    if found["review_id"] is None:
        return {}
    before = found["found_value"]
    return {
        "found_value": None if before is None else _value(found["kind"], before),
        "review": {
            "reviewer": found["reviewer"],
            "reviewed_at": found["reviewed_at"],
            "reason": found["reason"],
        },
    }


def _value(kind: str, kept: str) -> str | int | bool:
    """The value as the contract has it: 0 to 3 of depth, true or false of indicators and flags."""
    if kind == "depth" and kept.isdecimal():
        return int(kept)
    return kept == "true" if kept in ("true", "false") else kept
