"""Corrections in a workspace: they survive scoring again, whatever the order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assess.batch import score_pending, score_reviewed
from assess.records import Review
from assess.score.model import model_key
from assess.score.rubric import load_rubric
from assess.store import Workspace, open_workspace
from assess.store.reviews import add_review
from tests.copies import copied

RUBRIC = load_rubric()
BILL = load_rubric(Path("uk-bill-2026"))
FINDING = """SELECT findings.value, found_value, review_id FROM current_assessments
    JOIN findings ON assessment_id = current_assessments.id
    WHERE document_sha256 = ? AND criterion = 'audits'"""


@pytest.fixture
def workspace(corpus_db: Path, tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(copied(corpus_db, tmp_path / "w")) as opened:
        yield opened


@pytest.fixture
def document(workspace: Workspace) -> str:
    """One that audits were found in."""
    (sha256,) = workspace.db.execute(
        """SELECT document_sha256 FROM current_assessments
        JOIN findings ON assessment_id = current_assessments.id
        WHERE criterion = 'audits' AND value = 'true' ORDER BY 1 LIMIT 1"""
    ).fetchone()
    return str(sha256)


def say(workspace: Workspace, document: str, **keys: Any) -> int:
    said: dict[str, Any] = {"verdict": "changed", "reason": "of the parent", "value": False, **keys}
    when = f"2026-02-{workspace.db.table('reviews').count + 1:02}T00:00:00Z"
    return add_review(
        workspace,
        Review(document, reviewer="Ann", reviewed_at=when, criterion="audits", **said),
        RUBRIC,
    )


def score(workspace: Workspace, rubric: Any = RUBRIC) -> int:
    report = score_pending(workspace, rubric, model_key(), None)
    return report.assessed


def test_scoring_takes_in_what_was_said_since_and_nothing_else(
    workspace: Workspace, document: str
) -> None:
    key = say(workspace, document)
    assert score(workspace) == 1
    assert workspace.db.execute(FINDING, [document]).fetchone() == ("false", "true", key)
    assert score(workspace) == 0


def test_the_same_by_scoring_one_document(workspace: Workspace, document: str) -> None:
    key = say(workspace, document)
    score_reviewed(workspace, document, RUBRIC, None)
    assert workspace.db.execute(FINDING, [document]).fetchone() == ("false", "true", key)
    assert score(workspace) == 0


def test_a_later_word_holds_and_another_rubric_knows_it_too(
    workspace: Workspace, document: str
) -> None:
    say(workspace, document)
    score(workspace)
    last = say(workspace, document, verdict="confirmed", value=True)
    assert score(workspace, BILL) > 1
    assert workspace.db.execute(FINDING, [document]).fetchone() == ("true", "true", last)
    assert score(workspace) == 1
    assert workspace.db.execute(FINDING, [document]).fetchone() == ("true", "true", last)


def test_reviewed_findings_say_who_and_why(workspace: Workspace, document: str) -> None:
    say(workspace, document)
    score(workspace)
    [row] = workspace.db.query("SELECT * FROM reviewed_findings")
    assert (row["reviewer"], row["reason"]) == ("Ann", "of the parent")
    assert (row["found_value"], row["value"]) == ("true", "false")
    assert workspace.db.execute("PRAGMA foreign_key_check").fetchall() == []
