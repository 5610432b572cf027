"""All that a sector report shows, read from the workspace; no statistics, no markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from assess.compare.counts import Counts, read_counts, read_values, results
from assess.report.evidence import FindingRow, read_evidence
from assess.report.words import cut
from assess.store.workspace import Workspace

# Evidence takes about 10 kB a statement: with 200 the page of 5,000 statements stays below 5 MB.
EVIDENCE_STATEMENTS = 200
# A national registry has tens of thousands of rows without a document: the count is what matters.
WITHOUT_DOCUMENT_ROWS = 200
# Of documents set aside, likewise; the reasons repeat.
SET_ASIDE_ROWS = 300


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """Where a document is kept (relative to the documents folder) and what it was called."""

    name: str
    kept_as: str
    media_type: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """An assessed statement; one without a registry row is known by its document's name."""

    label: str
    year: int | None
    sectors: tuple[str, ...]
    statement_url: str | None
    summary_url: str | None
    document: DocumentLink
    match: tuple[str, float] | None
    """How it was matched to the registry, and how well (0 to 1)."""
    assessment_id: int
    compliance: float | None
    substance: float | None
    tier: str | None
    minimal_index: float | None
    minimal_flag: bool
    reasons: tuple[str, ...]
    sha256: str
    """Of the document."""
    turnover: str | None
    """The registry's band, as declared."""
    type: str | None
    """Kind of statement (`assess.compare.minimal.typology`); None where it was not told."""
    values: str
    """A letter of `LETTERS` for each criterion, in the order of ``ReportData.counts.criteria``."""
    findings: tuple[FindingRow, ...] | None = None
    """None where the report does not print its evidence."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document outside the shares: not a statement, or not assessable."""

    label: str
    year: int | None
    why: str
    document: DocumentLink


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything a sector report shows."""

    counts: Counts
    whole_index: bool
    """Whether minimal compliance was told with what shows beside other texts and the registry."""
    registered: tuple[StatementRow, ...]
    unregistered: tuple[StatementRow, ...]
    not_statements: tuple[SetAside, ...]
    not_assessed: tuple[SetAside, ...]
    without_document: tuple[tuple[str, int, str | None], ...]
    """(organisation, year, statement URL), at most ``WITHOUT_DOCUMENT_ROWS``."""
    for_review: int
    """Doubtful matches that nobody has looked at."""
    registry_files: tuple[tuple[str, int, str], ...]
    """(name, rows, date read)."""
    versions: tuple[tuple[str, str, str, int], ...]
    """(extractor, rubric, model, assessments)."""


_ROWS = """
    SELECT results.state, results.reason, results.year,
        coalesce(names.label, sources.name) AS label,
        (SELECT json_group_array(sector) FROM (SELECT sector FROM statement_sectors
            WHERE statement_sectors.statement_id = results.statement_id ORDER BY sector))
            AS sectors,
        statements.statement_url, statements.summary_url,
        sources.name AS document, documents.kept_as, documents.media_type,
        links.method, links.quality, results.statement_id IS NULL AS loose,
        results.assessment_id, results.compliance, results.substance, results.tier,
        results.minimal_index, results.minimal_flag, results.minimal_reasons,
        results.document_sha256, statements.turnover, minimal.type
    FROM compare_results AS results
    JOIN documents ON documents.sha256 = results.document_sha256
    JOIN (SELECT document_sha256, min(name) AS name FROM document_sources
        GROUP BY document_sha256) AS sources USING (document_sha256)
    LEFT JOIN statements ON statements.id = results.statement_id
    LEFT JOIN statement_names AS names ON names.statement_id = results.statement_id
    LEFT JOIN minimal_results AS minimal ON minimal.document_sha256 = results.document_sha256
        AND minimal.statement_id IS results.statement_id
    LEFT JOIN statement_documents AS links ON links.statement_id = results.statement_id
        AND links.document_sha256 = results.document_sha256
    ORDER BY lower(label), label, results.year, results.unit"""

# What was found beside other texts and the registry goes before what one text alone could tell.
_WHOLE_INDEX = """
    UPDATE temp.compare_results SET (minimal_index, minimal_flag, minimal_reasons) = (
        SELECT minimal_index, minimal_flag, reasons FROM minimal_results AS minimal
        WHERE minimal.document_sha256 = compare_results.document_sha256
            AND minimal.statement_id IS compare_results.statement_id)
    WHERE state = 'assessed' AND EXISTS (
        SELECT 1 FROM minimal_results AS minimal
        WHERE minimal.document_sha256 = compare_results.document_sha256
            AND minimal.statement_id IS compare_results.statement_id)"""

_WITHOUT_DOCUMENT = """
    SELECT names.label, statements.year, statements.statement_url
    FROM compare_results AS results
    JOIN statements ON statements.id = results.statement_id
    LEFT JOIN statement_names AS names ON names.statement_id = results.statement_id
    WHERE results.state = 'no_document'
    ORDER BY lower(names.label), statements.year, statements.id LIMIT ?"""

_VERSIONS = """
    SELECT extractor, rubric, model, count(*) FROM current_assessments
    GROUP BY extractor, rubric, model ORDER BY count(*) DESC, extractor, rubric, model"""


def collect(workspace: Workspace) -> ReportData:
    """Read the report's data; quotes are cut to ``QUOTE_CHARACTERS``."""
    db = workspace.db
    with results(workspace) as judged_by:
        whole = bool(db.execute(_WHOLE_INDEX).rowcount)
        rows = [_named(row) for row in db.query(_ROWS)]
        without = db.execute(_WITHOUT_DOCUMENT, [WITHOUT_DOCUMENT_ROWS]).fetchall()
        values = read_values(db, judged_by)
        counts = read_counts(db, judged_by, values)
    assessed = [row for row in rows if row["state"] == "assessed"]
    statements = _with_evidence(
        db, [_statement(row, values.get(row["assessment_id"], "")) for row in assessed]
    )
    loose = [bool(row["loose"]) for row in assessed]
    return ReportData(
        counts=counts,
        whole_index=whole,
        registered=tuple(s for s, apart in zip(statements, loose, strict=True) if not apart),
        unregistered=tuple(s for s, apart in zip(statements, loose, strict=True) if apart),
        not_statements=tuple(
            _aside(row, row["state"]) for row in rows if row["state"] in ("policy", "other")
        ),
        not_assessed=tuple(
            _aside(row, row["reason"]) for row in rows if row["state"] == "cannot_assess"
        ),
        without_document=tuple((cut(label or ""), year, url) for label, year, url in without),
        for_review=db.execute("SELECT count(*) FROM matches_for_review").fetchone()[0],
        registry_files=tuple(
            db.execute(
                "SELECT name, row_count, substr(read_at, 1, 10) FROM registry_files ORDER BY id"
            ).fetchall()
        ),
        versions=tuple(db.execute(_VERSIONS).fetchall()),
    )


def evidence_shown(statements: Sequence[StatementRow]) -> frozenset[int]:
    """The assessments whose evidence is printed: all, or of many those that say most.

    Half are the likeliest cases of minimal compliance, half the highest in substance.
    """
    if len(statements) <= EVIDENCE_STATEMENTS:
        return frozenset(row.assessment_id for row in statements)
    half = EVIDENCE_STATEMENTS // 2
    minimal = sorted(statements, key=lambda row: -(row.minimal_index or 0.0))
    leading = sorted(statements, key=lambda row: -(row.substance or 0.0))
    return frozenset(row.assessment_id for row in (*minimal[:half], *leading[:half]))


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"label": cut(row["label"]), "document": cut(row["document"])}


def _document(row: dict[str, Any]) -> DocumentLink:
    return DocumentLink(row["document"], row["kept_as"], row["media_type"])


def _aside(row: dict[str, Any], why: str) -> SetAside:
    return SetAside(row["label"], row["year"], why, _document(row))


def _statement(row: dict[str, Any], values: str) -> StatementRow:
    return StatementRow(
        label=row["label"],
        year=row["year"],
        sectors=tuple(cut(sector) for sector in json.loads(row["sectors"])),
        statement_url=row["statement_url"],
        summary_url=row["summary_url"],
        document=_document(row),
        match=None if row["method"] is None else (row["method"], row["quality"]),
        assessment_id=row["assessment_id"],
        compliance=row["compliance"],
        substance=row["substance"],
        tier=row["tier"],
        minimal_index=row["minimal_index"],
        minimal_flag=row["minimal_flag"] == 1,
        reasons=tuple(cut(reason) for reason in json.loads(row["minimal_reasons"])),
        sha256=row["document_sha256"],
        turnover=row["turnover"],
        type=row["type"],
        values=values,
    )


def _with_evidence(db: Database, statements: Sequence[StatementRow]) -> list[StatementRow]:
    shown = evidence_shown(statements)
    found = read_evidence(db, shown)
    return [
        replace(row, findings=tuple(found.get(row.assessment_id, ())))
        if row.assessment_id in shown
        else row
        for row in statements
    ]
