"""What is benchmarked: a draft, which is read and judged here and kept nowhere, or an
organisation's statement as the workspace has it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlite_utils import Database

from assess.compare.named import Named
from assess.compare.peers.records import KeptDocument, PersonSaid, Subject
from assess.errors import InputError, UnreadableDocument
from assess.extract import extract_isolated
from assess.records import Assessment, Document, Evidence, Finding, Issue, Value
from assess.score.assessment import assess_text
from assess.scrape.files import iter_documents
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.score.model import SentenceModel
    from assess.score.rubric import Rubric

REJECTED: Final = "rejected"
"""Status of a quote of which a person said that it is no evidence."""


def read_draft(path: Path, rubric: Rubric, model: SentenceModel | None) -> Subject:
    """Read and judge a draft; nothing of it is written anywhere.

    Raises:
        InputError: it cannot be read or judged, or is not one document.
    """
    document, data = _alone(path)
    try:
        text = extract_isolated(data, document.name)
    except UnreadableDocument as error:
        raise InputError(f"{path}: cannot be assessed ({error})") from None
    assessment = assess_text(text, rubric, model)
    if assessment.status == "cannot_assess":
        raise InputError(f"{path}: cannot be assessed ({assessment.reason})")
    return Subject(
        document.name,
        "draft",
        _verified(assessment, text.content),
        frozenset({words_key(text.content), document.sha256}),
    )


def words_key(content: str) -> str:
    """A hash of a text's words: blanks and line ends differ between files of one statement."""
    return hashlib.sha256(" ".join(content.split()).encode("utf-8", "replace")).hexdigest()


def _alone(path: Path) -> tuple[Document, bytes]:
    issues: list[Issue] = []
    found = list(islice(iter_documents([path], on_issue=issues.append), 2))
    if len(found) == 1 and not issues:
        return found[0]
    if issues and len(found) < 2:
        raise InputError(f"{path}: cannot be assessed ({issues[0].code}: {issues[0].message})")
    raise InputError(f"{path}: holds several documents; give the draft alone")


def _verified(assessment: Assessment, content: str) -> Assessment:
    """The assessment with those quotes that stand in the text at their places."""
    return replace(
        assessment,
        findings=tuple(
            replace(
                finding,
                evidence=tuple(
                    one for one in finding.evidence if content[one.start : one.end] == one.quote
                ),
            )
            for finding in assessment.findings
        ),
    )


_STATEMENT: Final = """
    SELECT own.year, own.document_sha256, own.assessment_id, own.status, own.statement_kind
    FROM organisation_statements AS own
    WHERE own.organisation_id = :organisation
        AND (:years IS NULL OR own.year IN (SELECT value FROM json_each(:years)))
    ORDER BY (own.status IS 'assessed' AND own.statement_kind IS 'statement') DESC,
        own.year DESC, own.end_date DESC, own.summary_url LIMIT 1"""

_ASSESSMENT: Final = """
    SELECT assessments.*, texts.content, texts.words, texts.language,
        (SELECT min(name) FROM document_sources AS source
            WHERE source.document_sha256 = documents.sha256) AS name,
        documents.kept_as, documents.media_type
    FROM assessments
    JOIN documents ON documents.sha256 = assessments.document_sha256
    JOIN texts ON texts.document_sha256 = assessments.document_sha256
        AND texts.extractor = assessments.extractor
    WHERE assessments.id = ?"""

_EVIDENCE: Final = """
    SELECT finding_id, quote, page, start, "end", evidence.status, method FROM evidence
    JOIN findings ON findings.id = finding_id
    WHERE assessment_id = ? AND evidence.status <> ? ORDER BY evidence.id"""

_FINDINGS: Final = """
    SELECT findings.id, findings.criterion, findings.value, findings.confidence,
        findings.found_value, reviews.reviewer, substr(reviews.reviewed_at, 1, 10),
        reviews.reason
    FROM findings LEFT JOIN reviews ON reviews.id = findings.review_id
    WHERE assessment_id = ? ORDER BY findings.id"""

_FAMILY: Final = "SELECT group_id FROM organisation_groups WHERE organisation_id = ?"
_OWN: Final = "SELECT document_sha256 FROM document_organisations WHERE organisation_id = ?"


def stored_statement(
    workspace: Workspace, organisation: Named, years: Iterable[int] | None = None
) -> Subject:
    """The organisation's latest assessed statement (of the years), as it was judged and corrected.

    Raises:
        InputError: the workspace has no assessed statement of it.
    """
    db = workspace.db
    chosen = None if years is None else json.dumps(sorted(years))
    row = db.execute(_STATEMENT, {"organisation": organisation.id, "years": chosen}).fetchone()
    if row is None or row[3] != "assessed" or row[4] != "statement":
        raise InputError(
            f"{organisation.name}: no assessed statement of it in this database"
            f"{'' if years is None else ' for the year asked'}; give its text as a draft"
        )
    year, _, assessment_id, *_ = row
    cursor = db.execute(_ASSESSMENT, [assessment_id])
    names = [column[0] for column in cursor.description]
    assessed = dict(zip(names, cursor.fetchone(), strict=True))
    findings, persons = _findings(db, assessment_id)
    return owned(
        db,
        Subject(
            organisation.name,
            "organisation",
            _verified(_assessment(assessed, findings), assessed["content"]),
            year=year,
            kept=KeptDocument(assessed["name"], assessed["kept_as"], assessed["media_type"]),
            persons=persons,
        ),
        organisation,
    )


def owned(db: Database, subject: Subject, organisation: Named) -> Subject:
    """The subject as the organisation's: its statements are no peers, its group is not quoted."""
    family = db.execute(_FAMILY, [organisation.id]).fetchone()
    own = {str(row[0]) for row in db.execute(_OWN, [organisation.id])}
    return replace(
        subject,
        documents=subject.documents | own,
        families=frozenset({organisation.id if family is None else int(family[0])}),
    )


def sectors_of(db: Database, organisation: Named) -> tuple[str, ...]:
    """The registry sectors of its newest statement that has any, sorted.

    Raises:
        InputError: it has none.
    """
    found = db.execute(
        "SELECT sector FROM statement_sectors WHERE statement_id = ("
        " SELECT own.statement_id FROM organisation_statements AS own"
        " JOIN statement_sectors USING (statement_id) WHERE own.organisation_id = ?"
        " ORDER BY own.year DESC, own.end_date DESC, own.summary_url LIMIT 1) ORDER BY sector",
        [organisation.id],
    ).fetchall()
    if not found:
        raise InputError(f"{organisation.name}: the registry gives no sector; add --sector")
    return tuple(str(row[0]) for row in found)


def _assessment(row: dict[str, Any], findings: tuple[Finding, ...]) -> Assessment:
    return Assessment(
        status="assessed",
        reason=None,
        words=row["words"],
        language=row["language"],
        statement_kind=row["statement_kind"],
        findings=findings,
        compliance=row["compliance"],
        substance=row["substance"],
        tier=row["tier"],
        versions={name: row[name] for name in ("extractor", "rubric", "model")},
    )


def _findings(db: Database, assessment: int) -> tuple[tuple[Finding, ...], dict[str, PersonSaid]]:
    evidence: dict[int, list[Evidence]] = {}
    for finding, *rest in db.execute(_EVIDENCE, [assessment, REJECTED]):
        evidence.setdefault(finding, []).append(Evidence(*rest))
    findings: list[Finding] = []
    persons: dict[str, PersonSaid] = {}
    for id_, criterion, value, confidence, found, reviewer, day, reason in db.execute(
        _FINDINGS, [assessment]
    ):
        quotes = tuple(evidence.get(id_, ()))
        findings.append(Finding(criterion, value_of(value), confidence, quotes))
        if reviewer is not None:
            corrected = found is not None and found != value
            persons[criterion] = PersonSaid(reviewer, day, reason, corrected)
    return tuple(findings), persons


def value_of(kept: str) -> Value:
    """A value as the workspace keeps it: ``true`` and ``2`` are no words."""
    if kept in ("true", "false"):
        return kept == "true"
    return int(kept) if kept.isdecimal() else kept
