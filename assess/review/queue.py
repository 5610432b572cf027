"""Which findings a person should look at, the most doubtful first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from assess.score.judge import WEAK

# With what was found a person can confirm, correct or skip; none of these need a person's eyes
# twice, and of what a visit judges the text shows nothing.
_QUEUE: Final = """
    SELECT results.document_sha256, findings.criterion, findings.value,
        findings.confidence,
        (SELECT min(name) FROM document_sources AS sources
            WHERE sources.document_sha256 = results.document_sha256) AS document,
        (SELECT min(label || ', ' || year) FROM statement_documents AS links
            JOIN statements ON statements.id = links.statement_id
            JOIN statement_names ON statement_names.statement_id = links.statement_id
            WHERE links.document_sha256 = results.document_sha256
                AND links.state = 'accepted') AS statement,
        EXISTS (SELECT 1 FROM evidence WHERE finding_id = findings.id
            AND method LIKE 'model:%' AND status = 'implemented') AS learned,
        EXISTS (SELECT 1 FROM evidence WHERE finding_id = findings.id) AS seen
    FROM current_assessments AS results
    JOIN findings ON findings.assessment_id = results.id
    JOIN criteria ON criteria.rubric = results.rubric AND criteria.id = findings.criterion
    WHERE results.rubric = :rubric AND results.model = :model AND results.status = 'assessed'
        AND results.statement_kind <> 'other' AND findings.criterion <> :visited
        AND (:criteria IS NULL OR findings.criterion IN (SELECT value FROM json_each(:criteria)))
        AND (:organisation IS NULL OR results.document_sha256 IN (
            SELECT document_sha256 FROM document_organisations
            WHERE organisation_id = :organisation))
        AND (:again OR NOT EXISTS (SELECT 1 FROM reviews
            WHERE reviews.document_sha256 = results.document_sha256
                AND reviews.criterion = findings.criterion))
    ORDER BY findings.confidence, learned DESC, criteria.position, results.document_sha256
    LIMIT :limit"""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings are asked for."""

    criteria: tuple[str, ...] = ()
    """Ids of criteria; none: all."""
    organisation: int | None = None
    again: bool = False
    """Also what somebody has said something of."""
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A finding to look at."""

    document: str
    """SHA-256."""
    criterion: str
    value: str
    confidence: float
    """0 to 1."""
    name: str
    """The organisation and year; of a document without a registry row, its name."""
    why: str
    """Why it is doubtful, in words."""


def doubtful(
    db: Database, rubric: str, model: str, choice: Choice, visited: str | None
) -> list[Doubtful]:
    """The findings of current assessments by this rubric and model (keys), least sure first.

    ``visited`` is the criterion that visits judge, which no text shows.
    """
    rows = db.execute(
        _QUEUE,
        {
            "rubric": rubric,
            "model": model,
            "visited": visited or "",
            "criteria": json.dumps(choice.criteria) if choice.criteria else None,
            "organisation": choice.organisation,
            "again": choice.again,
            "limit": choice.limit,
        },
    )
    return [_doubtful(row) for row in rows.fetchall()]


def _doubtful(row: Sequence[object]) -> Doubtful:
    document, criterion, value, confidence, file, statement, learned, seen = row
    return Doubtful(
        document=str(document),
        criterion=str(criterion),
        value=str(value),
        confidence=float(str(confidence)),
        name=str(statement or file),
        why=_why(float(str(confidence)), learned=bool(learned), seen=bool(seen), value=str(value)),
    )


def _why(confidence: float, *, learned: bool, seen: bool, value: str) -> str:
    if learned:
        return "only the classifier found it; no rule did"
    if value in ("absent", "false", "0", "na"):
        return "words were seen that do not count" if seen else "nothing was seen"
    if confidence <= WEAK:
        return "a rule found it; the classifier sees none of its topics in the words"
    return "found by rules"
