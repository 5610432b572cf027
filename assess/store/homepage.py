"""What visits of home pages say of assessed documents, written into their findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assess.records import Finding
from assess.store.workspace import Workspace

Rescore = Callable[[Mapping[str, Finding]], float | None]
"""Compliance from all findings of a document, by criterion."""


@dataclass(frozen=True, slots=True)
class _Outdated:
    assessment: int
    value: str | None
    """What the visits say; None: there is none, or they differ."""


def apply_homepage_links(
    workspace: Workspace,
    rubric: str,
    criterion: str,
    judged: Callable[[str | None], Finding],
    rescore: Rescore,
) -> int:
    """Bring the findings of a rubric's home-page item to what visits say; how many changed.

    All in one transaction: a finding and its compliance are never apart.
    """
    db = workspace.db
    with db.atomic():
        outdated = _outdated(workspace, rubric, criterion)
        for one in outdated:
            found = judged(one.value)
            present = None if found.value == "na" else int(found.value == "met")
            db.execute(
                "UPDATE findings SET value = ?, present = ?, confidence = ?"
                " WHERE assessment_id = ? AND criterion = ?",
                [str(found.value), present, found.confidence, one.assessment, criterion],
            )
            compliance = rescore(_findings(workspace, one.assessment))
            db.execute(
                "UPDATE assessments SET compliance = ? WHERE id = ?", [compliance, one.assessment]
            )
    return len(outdated)


def _outdated(workspace: Workspace, rubric: str, criterion: str) -> list[_Outdated]:
    rows = workspace.db.execute(
        """SELECT assessments.id, links.value FROM assessments
        JOIN findings ON findings.assessment_id = assessments.id AND criterion = :criterion
        LEFT JOIN document_homepage_links AS links USING (document_sha256)
        WHERE assessments.rubric = :rubric AND findings.review_id IS NULL
            AND findings.value <> coalesce(links.value, 'na')""",
        {"criterion": criterion, "rubric": rubric},
    ).fetchall()
    return [_Outdated(*row) for row in rows]


def _findings(workspace: Workspace, assessment: int) -> dict[str, Finding]:
    """The findings as far as scores need them; flags are true or false again."""
    words = {"true": True, "false": False}
    return {
        criterion: Finding(criterion, words.get(value, value), confidence)
        for criterion, value, confidence in workspace.db.execute(
            "SELECT criterion, value, confidence FROM findings WHERE assessment_id = ?",
            [assessment],
        )
    }
