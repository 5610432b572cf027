"""All that a sector report shows, read from the workspace; no statistics, no markup."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from sqlite_utils import Database

from assess.compare.counts import Counts, read_counts, read_values, results
from assess.report.evidence import FindingRow, read_evidence
from assess.report.words import cut
from assess.store.rows import Rows
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


class Figures(NamedTuple):
    """What pictures and medians are made of; fields as those of `StatementRow`."""

    year: int | None
    compliance: float | None
    substance: float | None
    tier: str | None
    minimal_index: float | None
    minimal_flag: bool


class StatementRows(Rows[StatementRow]):
    """Assessed statements, with a registry row or without, by label and year."""

    def __init__(
        self, db: Database, part: str, evidence: Mapping[int, tuple[FindingRow, ...]]
    ) -> None:
        super().__init__(db, _OF_PART, self._row, {"part": part})
        self._evidence: Final = evidence

    def figures(self) -> Iterator[Figures]:
        """Of each statement what can be drawn."""
        for row in self._db.execute(_FIGURES, self._parameters):
            yield Figures._make((*row[:5], row[5] == 1))

    def known(self, column: Literal["year", "turnover", "type"]) -> list[Any]:
        """The values of a column that is known, each once, sorted."""
        sql = _KNOWN.format(column)
        return [row[0] for row in self._db.execute(sql, self._parameters)]

    def printed(self) -> Iterator[tuple[int, StatementRow]]:
        """Those whose evidence is printed, with their places."""
        ids = json.dumps(sorted(self._evidence))
        for place, *cells in self._db.execute(_PRINTED, {**self._parameters, "ids": ids}):
            yield place, self._row(*cells)

    def having(self, criterion: int, letter: str) -> Iterator[StatementRow]:
        """Those whose value of the criterion at this place is so, highest in substance first."""
        chosen = {**self._parameters, "place": criterion + 1, "letter": letter}
        return (self._row(*cells) for cells in self._db.execute(_HAVING, chosen))

    def _row(self, *cells: Any) -> StatementRow:
        row = dict(zip(COLUMNS, cells, strict=True))
        return _statement(row, self._evidence.get(row["assessment_id"]))


@dataclass(frozen=True)
class ReportData:
    """Everything a sector report shows."""

    counts: Counts
    whole_index: bool
    """Whether minimal compliance was told with what shows beside other texts and the registry."""
    registered: StatementRows
    unregistered: StatementRows
    not_statements: Sequence[SetAside]
    not_assessed: Sequence[SetAside]
    evidence: Mapping[int, tuple[FindingRow, ...]]
    """Of the assessments whose evidence is printed."""
    judged: int
    """Assessments of all these statements."""
    without_document: tuple[tuple[str, int, str | None], ...]
    """(organisation, year, statement URL), at most ``WITHOUT_DOCUMENT_ROWS``."""
    for_review: int
    """Doubtful matches that nobody has looked at."""
    registry_files: tuple[tuple[str, int, str], ...]
    """(name, rows, date read)."""
    versions: tuple[tuple[str, str, str, int], ...]
    """(extractor, rubric, model, assessments)."""


COLUMNS: Final = (
    *("label", "year", "sectors", "statement_url", "summary_url", "document", "kept_as"),
    *("media_type", "method", "quality", "assessment_id", "compliance", "substance", "tier"),
    *("minimal_index", "minimal_flag", "minimal_reasons", "document_sha256", "turnover", "type"),
    "letters",
)
_COLUMNS: Final = ", ".join(COLUMNS)

# Made once, and read from the disk in parts: what is listed may have as many rows as the database.
_ROWS: Final = """
    CREATE TEMP TABLE report_rows AS
    SELECT row_number() OVER (ORDER BY lower(registered), label, year, unit) AS place,
        row_number() OVER (PARTITION BY part ORDER BY lower(registered), label, year, unit) - 1
            AS position, part, state, reason, cut(label) AS label, year,
        (SELECT json_group_array(sector) FROM (SELECT sector FROM statement_sectors
            WHERE statement_sectors.statement_id = rows.statement_id ORDER BY sector)) AS sectors,
        statement_url, summary_url, cut(document) AS document, kept_as, media_type, method,
        quality, assessment_id, compliance, substance, tier, minimal_index, minimal_flag,
        minimal_reasons, document_sha256, turnover, type,
        CASE state WHEN 'assessed' THEN letters(assessment_id) END AS letters
    FROM (
        SELECT results.*, names.label AS registered, coalesce(names.label, sources.name) AS label,
            statements.statement_url,
            statements.summary_url, sources.name AS document, documents.kept_as,
            documents.media_type, links.method, links.quality, statements.turnover, minimal.type,
            CASE WHEN results.state IN ('policy', 'other') THEN 'not_statements'
                WHEN results.state <> 'assessed' THEN 'not_assessed'
                WHEN results.statement_id IS NULL THEN 'unregistered'
                ELSE 'registered' END AS part
        FROM compare_results AS results
        JOIN documents ON documents.sha256 = results.document_sha256
        JOIN (SELECT document_sha256, min(name) AS name FROM document_sources
            GROUP BY document_sha256) AS sources USING (document_sha256)
        LEFT JOIN statements ON statements.id = results.statement_id
        LEFT JOIN statement_names AS names ON names.statement_id = results.statement_id
        LEFT JOIN minimal_results AS minimal ON minimal.document_sha256 = results.document_sha256
            AND minimal.statement_id IS results.statement_id
        LEFT JOIN statement_documents AS links ON links.statement_id = results.statement_id
            AND links.document_sha256 = results.document_sha256) AS rows"""

_OF_PART: Final = f"SELECT {_COLUMNS} FROM report_rows WHERE part = :part ORDER BY position"  # noqa: S608
_PRINTED: Final = f"""
    SELECT position, {_COLUMNS} FROM report_rows
    WHERE part = :part AND assessment_id IN (SELECT value FROM json_each(:ids))
    ORDER BY position"""  # noqa: S608
_HAVING: Final = f"""
    SELECT {_COLUMNS} FROM report_rows
    WHERE part = :part AND substr(letters, :place, 1) = :letter
    ORDER BY coalesce(substance, 0) DESC, label, coalesce(year, 0), document_sha256"""  # noqa: S608
_FIGURES: Final = """
    SELECT year, compliance, substance, tier, minimal_index, minimal_flag FROM report_rows
    WHERE part = :part ORDER BY position"""
_KNOWN: Final = """
    SELECT DISTINCT {0} FROM report_rows WHERE part = :part AND {0} <> '' ORDER BY 1"""
_ASIDE: Final = """
    SELECT label, year, iif(part = 'not_assessed', reason, state), document, kept_as, media_type
    FROM report_rows WHERE part = :part ORDER BY position"""
_ASSESSED: Final = """
    SELECT count(DISTINCT assessment_id), count(*) FROM report_rows
    WHERE part IN ('registered', 'unregistered')"""
# Half are the likeliest cases of minimal compliance, half the highest in substance.
_SHOWN: Final = """
    SELECT assessment_id FROM report_rows WHERE part IN ('registered', 'unregistered')
    ORDER BY -coalesce({}, 0), place LIMIT :most"""

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
    """Read the report's data; quotes are cut to ``QUOTE_CHARACTERS``.

    Statements are read anew each time they are looked at, as they are now, until the next report
    is collected or the database closed.
    """
    db = workspace.db
    with results(workspace) as judged_by:
        whole = bool(db.execute(_WHOLE_INDEX).rowcount)
        without = db.execute(_WITHOUT_DOCUMENT, [WITHOUT_DOCUMENT_ROWS]).fetchall()
        values = read_values(db, judged_by)
        counts = read_counts(db, judged_by, values)
        _write_rows(db, values)
    judged, statements = db.execute(_ASSESSED).fetchone()
    shown = read_evidence(db, _evidence_shown(db, statements))
    evidence = {assessment: tuple(found) for assessment, found in shown.items()}
    return ReportData(
        counts=counts,
        whole_index=whole,
        registered=StatementRows(db, "registered", evidence),
        unregistered=StatementRows(db, "unregistered", evidence),
        not_statements=Rows(db, _ASIDE, _aside, {"part": "not_statements"}),
        not_assessed=Rows(db, _ASIDE, _aside, {"part": "not_assessed"}),
        evidence=evidence,
        judged=judged,
        without_document=tuple((cut(label or ""), year, url) for label, year, url in without),
        for_review=db.execute("SELECT count(*) FROM matches_for_review").fetchone()[0],
        registry_files=tuple(
            db.execute(
                "SELECT name, row_count, substr(read_at, 1, 10) FROM registry_files ORDER BY id"
            ).fetchall()
        ),
        versions=tuple(db.execute(_VERSIONS).fetchall()),
    )


def told_by(db: Database, data: ReportData) -> Iterator[str]:
    """All that a page tells of the data, in parts that differ where it would."""
    yield repr(data)
    for row in db.execute("SELECT * FROM report_rows ORDER BY place"):
        yield repr(row)


def _write_rows(db: Database, values: Mapping[int, str]) -> None:
    if db.conn is not None:
        db.conn.create_function("cut", 1, cut, deterministic=True)
        db.conn.create_function("letters", 1, lambda assessment: values.get(assessment, ""))
    db.execute("DROP TABLE IF EXISTS temp.report_rows")
    db.execute(_ROWS)
    if db.conn is not None:
        db.conn.create_function("letters", 1, None)  # it holds all values
    db.execute("CREATE INDEX temp.report_rows_by_place ON report_rows (part, position)")


def _evidence_shown(db: Database, statements: int) -> frozenset[int]:
    """The assessments whose evidence is printed: all, or of many those that say most."""
    half = EVIDENCE_STATEMENTS // 2 if statements > EVIDENCE_STATEMENTS else statements
    return frozenset(
        row[0]
        for score in ("minimal_index", "substance")
        for row in db.execute(_SHOWN.format(score), {"most": half})
    )


def _document(row: dict[str, Any]) -> DocumentLink:
    return DocumentLink(row["document"], row["kept_as"], row["media_type"])


def _aside(
    label: str, year: int | None, why: str, document: str, kept_as: str, media_type: str
) -> SetAside:
    return SetAside(label, year, why, DocumentLink(document, kept_as, media_type))


def _statement(row: dict[str, Any], findings: tuple[FindingRow, ...] | None) -> StatementRow:
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
        values=row["letters"],
        findings=findings,
    )
