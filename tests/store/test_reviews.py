"""What persons said stays, the last word counts, and nothing unclear is kept."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from assess.errors import InputError, WorkspaceError
from assess.extract import from_plain_text
from assess.records import Document, Evidence, Finding, Review
from assess.score.assessment import cannot_assess
from assess.score.labels import LABELS
from assess.score.rubric import load_rubric
from assess.store import Workspace, open_to_read, open_workspace
from assess.store.results import ReadResult, write_assessments, write_texts
from assess.store.reviews import add_review, reviews
from assess.store.schema import REVIEWS, migrations

RUBRIC = load_rubric()
CONTENT = "We audited nine mills. We may audit more."
QUOTE = "We audited nine mills."


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "a.db") as opened:
        yield opened


@pytest.fixture
def sha256(workspace: Workspace) -> str:
    data = CONTENT.encode()
    digest = hashlib.sha256(data).hexdigest()
    workspace.keep(data, Document(digest, "text/plain", len(data), "a.txt", "a.txt"), ".txt")
    write_text(workspace, digest)
    return digest


def write_text(workspace: Workspace, sha256: str, content: str = CONTENT) -> None:
    text = from_plain_text(content)
    write_texts(workspace, "1", [ReadResult(sha256, text.content, text.pages, "en", ())])


def review(sha256: str, **changes: Any) -> Review:
    found = Review(
        sha256, "confirmed", "A. Reader", "2026-01-31T09:30:00Z", "", "audits", None, 0, 22, QUOTE
    )
    return replace(found, **changes)


def test_a_review_comes_back_as_it_was(workspace: Workspace, sha256: str) -> None:
    of_quote = review(sha256, verdict="rejected", reason="Only a plan – of “others”.")
    of_label = review(sha256, criterion=None, label="mitigation", value=1)
    of_document = review(sha256, start=None, end=None, quote="", value=False)
    kept = [of_quote, of_label, of_document]
    assert [add_review(workspace, one, RUBRIC) for one in kept] == [1, 2, 3]
    assert list(reviews(workspace)) == kept
    assert type(list(reviews(workspace))[2].value) is bool


def test_the_last_review_of_a_place_and_target_counts(workspace: Workspace, sha256: str) -> None:
    late = review(sha256, verdict="rejected", reason="no", reviewed_at="2026-02-02T00:00:00Z")
    whole = review(sha256, start=None, end=None, quote="", value=True)
    label = review(sha256, criterion=None, label="mitigation", value=0)
    again = replace(whole, value=False, verdict="changed", reason="a plan")
    for one in (late, review(sha256), whole, label, again):
        add_review(workspace, one, RUBRIC)
    assert list(reviews(workspace)) == [label, again, late]
    assert workspace.db.table("reviews").count == 5


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"document": "f" * 64}, "not in this database"),
        ({"document": "\0"}, "not in this database"),
        ({"quote": "We audited ten0 mills."}, "other words from 0 to 22"),
        ({"start": 900, "end": 922}, "other words from 900 to 922"),
    ],
)
def test_what_the_database_does_not_hold_is_refused(
    workspace: Workspace, sha256: str, changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        add_review(workspace, review(sha256, **changes), RUBRIC)
    assert workspace.db.table("reviews").count == 0


def test_a_document_without_text_can_be_reviewed_as_a_whole_only(
    workspace: Workspace, sha256: str
) -> None:
    workspace.db.execute("DELETE FROM texts")
    with pytest.raises(InputError, match="other words"):
        add_review(workspace, review(sha256), RUBRIC)
    add_review(workspace, review(sha256, start=None, end=None, quote="", value=False), RUBRIC)


def test_reviews_stay_when_documents_are_read_and_scored_again(
    workspace: Workspace, sha256: str
) -> None:
    add_review(workspace, review(sha256), RUBRIC)
    kept = list(reviews(workspace))
    quote = Evidence(QUOTE, 1, 0, 22, "implemented", "rule:audits")
    for rubric in ("r1", "r2"):
        versions = {"extractor": "1", "rubric": rubric, "model": "m"}
        found = replace(
            cannot_assess("too_short", versions), findings=(Finding("audits", True, 0.9, (quote,)),)
        )
        write_assessments(workspace, {sha256: found})
    write_text(workspace, sha256, "Another text.")
    assert workspace.db.table("assessments").count == 0
    assert list(reviews(workspace)) == kept
    assert workspace.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_reviewed_document_cannot_be_lost(workspace: Workspace, sha256: str) -> None:
    add_review(workspace, review(sha256), RUBRIC)
    workspace.db.execute("DELETE FROM texts")
    workspace.db.execute("DELETE FROM document_sources")
    with pytest.raises(sqlite3.IntegrityError):
        workspace.db.execute("DELETE FROM documents")


@pytest.mark.parametrize(
    "changes",
    [
        {"label": "mitigation"},
        {"criterion": None},
        {"criterion": None, "label": "other", "value": "1"},
        {"criterion": None, "label": "risk", "value": "true"},
        {"criterion": None, "label": "risk", "value": None},
        {"start": None},
        {"end": 0},
        {"quote": None},
        {"verdict": "perhaps"},
        {"value": "{"},
        {"reviewer": ""},
        {"reviewed_at": "yesterday"},
        {"document_sha256": "f" * 64},
    ],
)
def test_the_table_itself_takes_nothing_unclear(
    workspace: Workspace, sha256: str, changes: dict[str, Any]
) -> None:
    add_review(workspace, review(sha256), RUBRIC)
    [row] = workspace.db.table("reviews").rows
    with pytest.raises(sqlite3.IntegrityError):
        workspace.db.table("reviews").insert({**row, "id": 2, **changes})


def test_the_tables_labels_are_the_classifiers() -> None:
    listed = re.search(r"label IN \((.*?)\)", REVIEWS[0], re.DOTALL)
    assert listed is not None
    assert tuple(re.findall(r"'(\w+)'", listed[1])) == LABELS


def test_two_cannot_review_at_once(workspace: Workspace, sha256: str, tmp_path: Path) -> None:
    add_review(workspace, review(sha256), RUBRIC)
    with (
        pytest.raises(WorkspaceError, match="another assess process is writing"),
        open_workspace(tmp_path / "a.db") as second,
    ):
        add_review(second, review(sha256), RUBRIC)
    with open_to_read(tmp_path / "a.db") as reader:
        assert len(list(reviews(reader))) == 1


def older(path: Path) -> None:
    """A database as the version before reviews left it."""
    old = Database(path)
    migrations.apply(old, stop_before="m004_reviews")
    old.execute("DROP VIEW current_reviews")
    old.execute("INSERT INTO documents VALUES ('ab', 'text/plain', 1, 'ab/ab.txt')")
    old.conn.commit()
    old.close()


def test_a_database_from_before_reviews_is_brought_up_to_date(tmp_path: Path) -> None:
    older(tmp_path / "old.db")
    with open_workspace(tmp_path / "old.db") as workspace:
        assert workspace.db.table("documents").count == 1
        whole = review("ab", start=None, end=None, quote="", value=True)
        add_review(workspace, whole, RUBRIC)
        assert list(reviews(workspace)) == [whole]


def test_reading_brings_nothing_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older(path)
    before = path.read_bytes()
    with open_to_read(path) as workspace:
        assert list(reviews(workspace)) == []
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            workspace.db.execute("DELETE FROM documents")
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["old.db"]


@pytest.mark.parametrize("folder_closed", [False, True])
def test_a_database_named_oddly_is_read(
    tmp_path: Path, folder_closed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "100% a?b#c.db"
    with open_workspace(path):
        pass
    if folder_closed:
        monkeypatch.setattr("os.access", lambda *_: False)
    with open_to_read(path) as workspace:
        assert list(reviews(workspace)) == []
    assert not path.with_name(f"{path.name}-wal").exists()


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "b.db"

    def refused(says: str) -> None:
        with pytest.raises(WorkspaceError, match=rf"b\.db: {says}"), open_to_read(path):
            pass

    refused("no such database")
    path.write_bytes(b"")
    refused("is no database of assess")
    path.write_bytes(b"not a database " * 100)
    refused("cannot be used as a database")
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE photos (id INTEGER)")
    refused("is a database of another program")
    path.unlink()
    with open_workspace(path) as opened:
        opened.db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('assess', 'm999_later', '2030-01-01')"
        )
        opened.db.conn.commit()
    refused("was made by a newer version of assess")
    path.unlink()
    path.mkdir()
    refused("no such database")
