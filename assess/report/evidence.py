"""The evidence that a report prints: one quote for each finding, and what persons said of it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from assess.records import HOMEPAGE_LINK, Reason
from assess.report.words import cut
from assess.store.reasons import reasons_from_json

# A quote shows that the words are there; the whole passage is in the kept document.
QUOTE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """What a person said of a finding."""

    reviewer: str
    day: str
    """ISO 8601."""
    reason: str
    verdict: str
    """``confirmed``, ``rejected`` or ``changed``."""
    found: str | None
    """What rules and classifier had found, where that is another value."""


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
    """All quotes of this finding in the database but those that a person rejected."""
    reasons: tuple[Reason, ...]
    """Why a model took the quote for evidence; empty where a rule did."""
    note: str = ""
    """Of what a visit judges and not the text: what was seen, where and when, or why it is not
    assessed; else ""."""
    review: ReviewNote | None = None


# What a person rejected is no evidence: it is neither shown nor counted.
_FINDINGS = """
    SELECT findings.assessment_id, findings.criterion, findings.value, findings.present,
        substr(evidence.quote, 1, :length + 1) AS quote, evidence.page, evidence.status,
        (SELECT count(*) FROM evidence AS every WHERE every.finding_id = findings.id
            AND every.status <> 'rejected') AS quotes,
        coalesce(evidence.reasons, '[]') AS reasons, findings.found_value AS found,
        reviews.reviewer, substr(reviews.reviewed_at, 1, 10) AS day, reviews.reason,
        reviews.verdict
    FROM findings
    LEFT JOIN evidence ON evidence.id = (
        SELECT best.id FROM evidence AS best
        WHERE best.finding_id = findings.id AND best.status <> 'rejected'
        ORDER BY best.status IS NOT 'implemented', best.id LIMIT 1)
    LEFT JOIN reviews ON reviews.id = coalesce(findings.review_id, evidence.review_id)
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


def read_evidence(db: Database, assessments: Collection[int]) -> dict[int, list[FindingRow]]:
    """The findings of these assessments, each in the rubric's order; quotes are cut."""
    ids = json.dumps(sorted(assessments))
    visits = _visits(db, ids)
    found: dict[int, list[FindingRow]] = {}
    for row in db.query(_FINDINGS, {"ids": ids, "length": QUOTE_CHARACTERS}):
        note = visits.get(row["assessment_id"], "") if row["criterion"] == HOMEPAGE_LINK else ""
        found.setdefault(row["assessment_id"], []).append(_finding(row, note))
    return found


def _finding(row: dict[str, Any], note: str) -> FindingRow:
    return FindingRow(
        criterion=row["criterion"],
        value=row["value"],
        present=None if row["present"] is None else bool(row["present"]),
        quote=cut(" ".join((row["quote"] or "").split()), QUOTE_CHARACTERS),
        page=row["page"],
        status=row["status"] or "",
        quotes=row["quotes"],
        reasons=reasons_from_json(row["reasons"]),
        note=note,
        review=_review(row),
    )


def _review(row: dict[str, Any]) -> ReviewNote | None:
    if row["reviewer"] is None:
        return None
    found = row["found"] if row["found"] != row["value"] else None
    return ReviewNote(cut(row["reviewer"]), row["day"], cut(row["reason"]), row["verdict"], found)


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
