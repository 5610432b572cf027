"""What is to do, what is done, and full-text search over it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from assess.batch import ExtractReport, extract_pending
from assess.errors import WorkspaceError
from assess.records import (
    Assessment,
    Document,
    Evidence,
    Finding,
    Issue,
    MinimalCompliance,
    Page,
    Part,
)
from assess.score.assessment import cannot_assess
from assess.store import Workspace, open_workspace
from assess.store.results import (
    PendingDocument,
    ReadResult,
    documents_to_read,
    make_current,
    read_text,
    texts_to_score,
    write_assessments,
    write_texts,
)
from tests.copies import copied

CONTENT = "We audited sites.\fSigned by a director."
PAGES = (Page(1, 0, 17, "text"), Page(2, 18, len(CONTENT), "ocr", 0.9))
PARTS = (Part(0, 17, "statement", "Our statement", "en", 0.8, judged=True),)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "a.db") as opened:
        yield opened


@pytest.fixture
def sha256(workspace: Workspace) -> str:
    data = CONTENT.encode()
    digest = hashlib.sha256(data).hexdigest()
    document = Document(digest, "text/plain", len(data), "a.txt", "a.txt")
    assert workspace.keep(data, document, ".txt")
    return digest


def text_of(sha256: str) -> ReadResult:
    return ReadResult(sha256, CONTENT, PAGES, "en", ("two_columns",), PARTS)


def test_a_text_is_read_once_for_each_extractor(workspace: Workspace, sha256: str) -> None:
    assert [d.sha256 for d in documents_to_read(workspace, "1")] == [sha256]
    write_texts(workspace, "1", [text_of(sha256)])
    assert list(documents_to_read(workspace, "1")) == []
    assert [d.sha256 for d in documents_to_read(workspace, "2")] == [sha256]


@pytest.mark.parametrize(
    "unread",
    [
        {"content": "", "pages": (), "flags": (), "reason": "needs_ocr"},
        {"flags": ("mixed_scan", "two_columns")},
    ],
)
def test_scans_are_read_again_once_ocr_is_there(
    workspace: Workspace, sha256: str, unread: dict[str, Any]
) -> None:
    write_texts(workspace, "1", [replace(text_of(sha256), **unread)])
    workspace.note([Issue("extract", sha256, "needs_ocr", "images")])
    versions = {"extractor": "1", "rubric": "r", "model": "m"}
    write_assessments(workspace, {sha256: cannot_assess("needs_ocr", versions)})
    assert list(documents_to_read(workspace, "1")) == []
    assert list(documents_to_read(workspace, "1", ocr=True)) == []  # pictures in a text stay unread
    workspace.db.execute("UPDATE documents SET media_type = 'application/pdf'")
    assert list(documents_to_read(workspace, "1")) == []
    assert [d.sha256 for d in documents_to_read(workspace, "1", ocr=True)] == [sha256]
    write_texts(workspace, "1", [text_of(sha256)])
    assert list(documents_to_read(workspace, "1", ocr=True)) == []
    assert list(texts_to_score(workspace, "r", "m")) == [sha256]
    assert workspace.db.table("issues").count == 0


@pytest.mark.parametrize(
    "failed",
    [
        {"content": "", "pages": (), "flags": (), "reason": "ocr_failed", "detail": "it failed"},
        {"flags": ("ocr", "ocr_failed")},
    ],
)
def test_failed_recognition_is_tried_in_three_runs(
    workspace: Workspace, sha256: str, failed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []

    def fail(_: object, pending: Sequence[PendingDocument]) -> list[ReadResult]:
        runs.extend(document.tries for document in pending)
        return [replace(text_of(sha256), tries=document.tries, **failed) for document in pending]

    monkeypatch.setattr("assess.workers.Reader.__call__", fail)
    monkeypatch.setattr("assess.extract.ocr.scans.available", lambda: True)
    workspace.db.execute("UPDATE documents SET media_type = 'application/pdf'")
    for _ in range(5):
        extract_pending(workspace)
    assert runs == [0, 1, 2]
    assert workspace.db.table("issues").count_where("code LIKE 'ocr_failed%'") == 3
    [again] = list(documents_to_read(workspace, "a newer version", ocr=True))
    assert again.tries == 0
    write_texts(workspace, "a newer version", [text_of(sha256)])
    assert workspace.db.table("issues").count == 0


def test_a_text_comes_back_as_it_was(workspace: Workspace, sha256: str) -> None:
    write_texts(workspace, "1", [text_of(sha256)])
    stored, extractor = read_text(workspace, sha256)
    assert (stored.content, stored.pages, stored.flags) == (CONTENT, PAGES, ("two_columns",))
    assert stored.parts == PARTS
    assert extractor == "1"


def test_full_text_search_follows_the_texts(workspace: Workspace, sha256: str) -> None:
    search = "SELECT count(*) FROM texts_fts WHERE texts_fts MATCH 'audited'"
    write_texts(workspace, "1", [text_of(sha256)])
    assert workspace.db.execute(search).fetchone() == (1,)
    write_texts(workspace, "2", [ReadResult(sha256, "", (), "und", (), reason="needs_ocr")])
    assert workspace.db.execute(search).fetchone() == (0,)


def test_an_assessment_is_written_once_for_each_key(workspace: Workspace, sha256: str) -> None:
    write_texts(workspace, "1", [text_of(sha256)])
    assert list(texts_to_score(workspace, "r", "m")) == [sha256]
    quote = Evidence("We audited sites.", 1, 0, 17, "implemented", "rule:audit")
    assessment = Assessment(
        status="assessed",
        reason=None,
        words=7,
        language="en",
        statement_kind="statement",
        findings=(
            Finding("audits", True, 0.8, (quote,)),
            Finding("group_entities", "na", 0.8),
            Finding("risk", 0, 0.8),
        ),
        compliance=50.0,
        substance=10.0,
        tier="Ritual",
        minimal_compliance=MinimalCompliance(0.7, True, ("no results",)),
        versions={"extractor": "1", "rubric": "r", "model": "m"},
    )
    write_assessments(workspace, {sha256: assessment})
    assert list(texts_to_score(workspace, "r", "m")) == []
    assert list(texts_to_score(workspace, "r2", "m")) == [sha256]
    rows = workspace.db.execute("SELECT criterion, value, present FROM findings").fetchall()
    assert rows == [("audits", "true", 1), ("group_entities", "na", None), ("risk", "0", 0)]
    quotes = workspace.db.execute("SELECT quote, document FROM evidence_quotes").fetchall()
    assert quotes == [("We audited sites.", "a.txt")]


def test_what_is_scored_again_is_current_again(workspace: Workspace, sha256: str) -> None:
    write_texts(workspace, "1", [text_of(sha256)])
    for rubric in ("r", "bill"):
        assessment = cannot_assess("too_short", {"extractor": "1", "rubric": rubric, "model": "m"})
        found = (Finding("risk", 0, 0.8),)
        write_assessments(workspace, {sha256: replace(assessment, findings=found)})
    current = """SELECT rubric, criterion FROM current_assessments AS current
        JOIN findings ON assessment_id = current.id"""
    assert workspace.db.execute(current).fetchall() == [("bill", "risk")]
    assert make_current(workspace, "r", "m") == 1
    assert workspace.db.execute(current).fetchall() == [("r", "risk")]
    assert make_current(workspace, "r", "m") == 0
    assert workspace.db.execute("SELECT count(*) FROM findings").fetchone() == (2,)
    assert workspace.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_one_process_writes_at_a_time(workspace: Workspace, tmp_path: Path) -> None:
    with (
        pytest.raises(WorkspaceError, match="another assess process"),
        open_workspace(tmp_path / "a.db"),
    ):
        pass
    with open_workspace(tmp_path / "a.db", write=False) as reader:
        assert reader.db.table("documents").count == 0


def test_a_changed_original_costs_its_row_and_heals(workspace: Workspace, sha256: str) -> None:
    [kept] = [path for path in workspace.documents.rglob("*") if path.is_file()]
    kept.write_text("changed")
    assert extract_pending(workspace) == ExtractReport(0, 0, 0, lost=1)
    found = workspace.db.execute("SELECT code, message FROM issues").fetchall()
    assert [code for code, _ in found] == ["original_lost"]
    # Exports tell it: the folder of documents has a name, but no place.
    assert found[0][1].startswith(f"kept document {workspace.documents.name}/{sha256[:2]}/{sha256}")
    assert str(workspace.documents.parent) not in found[0][1]
    data = CONTENT.encode()
    document = Document(sha256, "text/plain", len(data), "a.txt", "a.txt")
    assert not workspace.keep(data, document, ".txt")
    assert extract_pending(workspace).read == 1


def test_texts_of_one_organisation_follow_one_another(judged_db: Path, tmp_path: Path) -> None:
    with open_workspace(copied(judged_db, tmp_path / "own")) as workspace:
        of = dict(
            workspace.db.execute(
                "SELECT document_sha256, min(organisation_id) FROM statement_documents"
                " JOIN statement_organisations USING (statement_id) WHERE state <> 'rejected'"
                " GROUP BY document_sha256"
            ).fetchall()
        )
        unjudged = list(texts_to_score(workspace, "another", "m"))
        owners = [owner for owner, _ in groupby(of.get(sha256, 0) for sha256 in unjudged)]
        assert len(owners) == len(set(owners)) > 40
        assert unjudged != sorted(unjudged)
        every = workspace.db.execute("SELECT document_sha256 FROM texts").fetchall()
        assert sorted(unjudged) == sorted(sha256 for (sha256,) in every)


def test_texts_to_score_are_asked_for_again_and_while_assessments_are_written(
    judged_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assess.store.results.PAGE", 2)
    with open_workspace(copied(judged_db, tmp_path / "own")) as workspace:
        left = texts_to_score(workspace, "r", "m")
        first = [next(left) for _ in range(3)]
        versions = {"extractor": "1", "rubric": "r", "model": "m"}
        write_assessments(workspace, {s: cannot_assess("needs_ocr", versions) for s in first})
        rest = list(left)
        assert len({*first, *rest}) == workspace.db.table("texts").count
        begun = texts_to_score(workspace, "r2", "m")
        assert [next(begun) for _ in range(3)] == first  # not gone on with
        assert list(texts_to_score(workspace, "r2", "m")) == first + rest
