"""All that a sector report shows, read from the workspace; no statistics, no markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from assess.compare.counts import Counts, read_counts, results
from assess.records import HOMEPAGE_LINK, Reason
from assess.report.words import cut
from assess.store.reasons import reasons_from_json
from assess.store.workspace import Workspace

# Evidence takes about 10 kB a statement: with 200 the page of 5,000 statements stays below 5 MB.
EVIDENCE_STATEMENTS = 200
# A quote shows that the words are there; the whole passage is in the kept document.
QUOTE_CHARACTERS = 300
# A national registry has tens of thousands of rows without a document: the count is what matters.
WITHOUT_DOCUMENT_ROWS = 200
# Of documents set aside, likewise; the reasons repeat.
SET_ASIDE_ROWS = 300


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding with its best quote; quote "" where there is none."""

    criterion: str
    value: str
    present: bool | None
    quote: str
    page: int | None
    status: str
    quotes: int
    """All quotes of this finding in the database."""
    reasons: tuple[Reason, ...]
    """Why a model took the quote for evidence; empty where a rule did."""
    note: str = ""
    """Of what a visit judges and not the text: what was seen, where and when, or why it is not
    assessed; else ""."""


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
        results.minimal_index, results.minimal_flag, results.minimal_reasons
    FROM compare_results AS results
    JOIN documents ON documents.sha256 = results.document_sha256
    JOIN (SELECT document_sha256, min(name) AS name FROM document_sources
        GROUP BY document_sha256) AS sources USING (document_sha256)
    LEFT JOIN statements ON statements.id = results.statement_id
    LEFT JOIN statement_names AS names ON names.statement_id = results.statement_id
    LEFT JOIN statement_documents AS links ON links.statement_id = results.statement_id
        AND links.document_sha256 = results.document_sha256
    ORDER BY lower(label), label, results.year, results.unit"""

_FINDINGS = """
    SELECT findings.assessment_id, findings.criterion, findings.value, findings.present,
        substr(evidence.quote, 1, :length + 1) AS quote, evidence.page, evidence.status,
        (SELECT count(*) FROM evidence AS every WHERE every.finding_id = findings.id) AS quotes,
        coalesce(evidence.reasons, '[]')
    FROM findings
    LEFT JOIN evidence ON evidence.id = (
        SELECT best.id FROM evidence AS best WHERE best.finding_id = findings.id
        ORDER BY best.status IS NOT 'implemented', best.id LIMIT 1)
    WHERE findings.assessment_id IN (SELECT value FROM json_each(:ids))
    ORDER BY findings.assessment_id, findings.id"""

# Visits that agree have one value; where they differ or there is none, it is null.
_VISITS = """
    SELECT findings.assessment_id, findings.value, agreed.value,
        (SELECT count(*) FROM target_documents JOIN homepage_links USING (target_id)
            WHERE target_documents.document_sha256 = assessments.document_sha256),
        visits.reason, visits.link_text, visits.page_url, visits.visited_at
    FROM findings JOIN assessments ON assessments.id = findings.assessment_id
    LEFT JOIN document_homepage_links AS agreed USING (document_sha256)
    LEFT JOIN homepage_links AS visits USING (target_id)
    WHERE findings.criterion = :criterion
        AND findings.assessment_id IN (SELECT value FROM json_each(:ids))"""

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
    with results(workspace) as rubric:
        rows = [_named(row) for row in _dicts(db, _ROWS)]
        without = db.execute(_WITHOUT_DOCUMENT, [WITHOUT_DOCUMENT_ROWS]).fetchall()
        counts = read_counts(db, rubric)
    assessed = [row for row in rows if row["state"] == "assessed"]
    statements = _with_evidence(db, [_statement(row) for row in assessed])
    loose = [bool(row["loose"]) for row in assessed]
    return ReportData(
        counts=counts,
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


def _dicts(db: Database, sql: str) -> list[dict[str, Any]]:
    cursor = db.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"label": cut(row["label"]), "document": cut(row["document"])}


def _document(row: dict[str, Any]) -> DocumentLink:
    return DocumentLink(row["document"], row["kept_as"], row["media_type"])


def _aside(row: dict[str, Any], why: str) -> SetAside:
    return SetAside(row["label"], row["year"], why, _document(row))


def _statement(row: dict[str, Any]) -> StatementRow:
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
    )


def _visits(db: Database, ids: str) -> dict[int, str]:
    """Assessment -> what visits of home pages say of its document, in words."""
    rows = db.execute(_VISITS, {"criterion": HOMEPAGE_LINK, "ids": ids})
    return {
        assessment: _seen(*seen)
        if value == agreed
        else _unseen(visits, counted=value == (agreed or "na"))
        for assessment, value, agreed, visits, *seen in rows
    }


def _seen(reason: str, link_text: str, page_url: str, visited_at: str) -> str:
    """What a visit of a home page saw, in words."""
    words = f"“{cut(link_text)}”: " if link_text else ""
    return f"{words}{reason} ({cut(page_url)}, visited on {visited_at[:10]})"


def _unseen(visits: int, *, counted: bool) -> str:
    """Why a finding rests on no visit; what visits say now may not be in it yet."""
    if not counted:
        return "what visits say has changed since; run assess score with this rubric"
    return f"the home pages of {visits:,} sites differ" if visits else "no home page was visited"


def _with_evidence(db: Database, statements: Sequence[StatementRow]) -> list[StatementRow]:
    shown = evidence_shown(statements)
    found: dict[int, list[FindingRow]] = {}
    ids = json.dumps(sorted(shown))
    values = {"ids": ids, "length": QUOTE_CHARACTERS}
    visits = _visits(db, ids)
    for assessment, criterion, value, present, quote, page, status, quotes, reasons in db.execute(
        _FINDINGS, values
    ):
        found.setdefault(assessment, []).append(
            FindingRow(
                criterion=criterion,
                value=value,
                present=None if present is None else bool(present),
                quote=cut(" ".join((quote or "").split()), QUOTE_CHARACTERS),
                page=page,
                status=status or "",
                quotes=quotes,
                reasons=reasons_from_json(reasons),
                note=visits.get(assessment, "") if criterion == HOMEPAGE_LINK else "",
            )
        )
    return [
        replace(row, findings=tuple(found.get(row.assessment_id, ())))
        if row.assessment_id in shown
        else row
        for row in statements
    ]
