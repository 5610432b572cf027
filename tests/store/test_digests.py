"""Digests: made of what documents hold, kept up to date by triggers, free of keys and order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.store import Workspace, open_workspace
from assess.store.digests import content_digest, digests, refresh_digests
from assess.store.results import make_current
from tests.copies import copied


@pytest.fixture(scope="module")
def filled(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = copied(corpus_db, tmp_path_factory.mktemp("digests") / "d")
    with open_workspace(copy) as workspace:
        refresh_digests(workspace.db)
    return copy


@pytest.fixture
def workspace(filled: Path) -> Iterator[Workspace]:
    with open_workspace(filled) as opened:
        yield opened
        opened.db.conn.rollback()


def anew(workspace: Workspace) -> str:
    workspace.db.execute("UPDATE document_digests SET digest = NULL")
    return brought_up(workspace)


def brought_up(workspace: Workspace) -> str:
    refresh_digests(workspace.db)
    return content_digest(workspace.db)


def test_every_document_has_one(workspace: Workspace) -> None:
    found = dict(digests(workspace.db))
    assert set(found) == {
        sha for (sha,) in workspace.db.execute("SELECT document_sha256 FROM texts")
    }
    assert all(found.values())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE texts SET content = content || '.' WHERE id = {text}",
        "UPDATE assessments SET compliance = compliance + 1 WHERE id = {assessment}",
        "UPDATE findings SET value = 'x' WHERE assessment_id = {assessment} AND criterion = "
        "(SELECT min(criterion) FROM findings WHERE assessment_id = {assessment})",
        "UPDATE evidence SET start = start + 1 WHERE id = {evidence}",
        "DELETE FROM assessments WHERE id = {assessment}",
        "DELETE FROM texts WHERE id = {text}",
    ],
)
def test_what_changes_is_seen(workspace: Workspace, change: str) -> None:
    db = workspace.db
    document, text, assessment, evidence = db.execute(
        """SELECT texts.document_sha256, texts.id, assessment_id, evidence.id FROM texts
        JOIN assessments USING (document_sha256)
        JOIN findings ON findings.assessment_id = assessments.id
        JOIN evidence ON finding_id = findings.id WHERE compliance IS NOT NULL LIMIT 1"""
    ).fetchone()
    before = content_digest(db)
    db.execute("BEGIN")
    db.execute(change.format(text=text, assessment=assessment, evidence=evidence))
    assert [sha for sha, digest in digests(db) if digest is None] == [document]
    after = brought_up(workspace)
    assert after != before and after == anew(workspace)


def test_keys_do_not_count(workspace: Workspace) -> None:
    db = workspace.db
    before = content_digest(db)
    db.execute("BEGIN")
    rubric, model = db.execute("SELECT rubric, model FROM assessments LIMIT 1").fetchone()
    db.execute(
        "INSERT INTO assessments (document_sha256, extractor, rubric, model, status,"
        " statement_kind, minimal_reasons) SELECT document_sha256, extractor, 'other', model,"
        " status, statement_kind, '[]' FROM assessments LIMIT 1"
    )
    assert brought_up(workspace) != before
    assert make_current(workspace, rubric, model) == 1
    db.execute("DELETE FROM assessments WHERE rubric = 'other'")
    assert brought_up(workspace) == before == anew(workspace)


def test_a_document_that_holds_nothing_has_none(workspace: Workspace) -> None:
    db = workspace.db
    db.execute("BEGIN")
    db.execute("DELETE FROM assessments")
    db.execute("DELETE FROM texts")
    brought_up(workspace)
    assert list(digests(db)) == []
