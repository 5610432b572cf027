"""Visits of home pages in the findings of assessed documents, in whatever order they come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.batch import extract_pending, score_pending, visits_to_findings
from assess.records import Document
from assess.score.model import model_key
from assess.score.rubric import load_rubric
from assess.store import Workspace, open_workspace
from tests.score.test_homepage import TEXT

RUBRIC = load_rubric()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "a.db") as opened:
        yield opened


def keep(workspace: Workspace) -> str:
    data = TEXT.encode()
    digest = hashlib.sha256(data).hexdigest()
    workspace.keep(data, Document(digest, "text/plain", len(data), "a.txt", "a.txt"), ".txt")
    return digest


def visit(workspace: Workspace, sha256: str, value: str, key: int = 1) -> None:
    db = workspace.db
    run = {"id": 1, "door": "sites", "mode": "missing", "first_attempt": 1, "started_at": "x"}
    db.table("collections").insert(run, ignore=True)
    target = {"id": key, "door": "sites", "url": f"https://{key}.example/", "organisation": ""}
    target |= {"outcome": "kept", "detail": "", "decided_at": "x", "collection_id": 1}
    db.table("targets").insert(target, ignore=True)
    found = {"target_id": key, "document_sha256": sha256, "how": "link", "url": "", "link_text": ""}
    db.table("target_documents").insert(found, ignore=True)
    link = {"target_id": key, "value": value, "reason": "", "link_text": "", "link_url": ""}
    link |= {"place": "", "page_url": "", "page_sha256": "", "visited_at": "x"}
    db.table("homepage_links").upsert(link, pk="target_id")


def score(workspace: Workspace) -> None:
    extract_pending(workspace)
    score_pending(workspace, RUBRIC, model_key(), None)


def state(workspace: Workspace) -> tuple[str, int | None, float, float]:
    row = workspace.db.execute(
        "SELECT value, present, confidence, compliance FROM findings JOIN assessments"
        " ON assessments.id = assessment_id WHERE criterion = 'homepage_link'"
    ).fetchone()
    return tuple(row)


def test_the_order_of_visit_and_scoring_does_not_matter(
    workspace: Workspace, tmp_path: Path
) -> None:
    sha256 = keep(workspace)
    visit(workspace, sha256, "partial")
    score(workspace)
    with open_workspace(tmp_path / "b.db") as other:
        assert keep(other) == sha256
        score(other)
        assert state(other)[:3] == ("na", None, 0.0)
        visit(other, sha256, "partial")
        score(other)
        assert state(other) == state(workspace)
    assert state(workspace)[:3] == ("partial", 0, 0.8)


def test_a_second_time_changes_nothing(workspace: Workspace) -> None:
    visit(workspace, keep(workspace), "met")
    score(workspace)
    assert visits_to_findings(workspace, RUBRIC) == 0
    assert state(workspace)[:2] == ("met", 1)


def test_a_later_visit_replaces_and_its_going_leaves_not_assessed(workspace: Workspace) -> None:
    sha256 = keep(workspace)
    score(workspace)
    before = state(workspace)
    visit(workspace, sha256, "met")
    assert visits_to_findings(workspace, RUBRIC) == 1
    visit(workspace, sha256, "absent")
    assert visits_to_findings(workspace, RUBRIC) == 1
    assert state(workspace)[3] < before[3]
    workspace.db.table("homepage_links").delete_where()
    visits_to_findings(workspace, RUBRIC)
    assert state(workspace) == before


def test_sites_that_differ_leave_it_not_assessed(workspace: Workspace) -> None:
    sha256 = keep(workspace)
    visit(workspace, sha256, "met")
    visit(workspace, sha256, "absent", key=2)
    score(workspace)
    assert state(workspace)[0] == "na"
