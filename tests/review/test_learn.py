"""From a judged corpus document to reviews, and from the database to what they teach."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assess.batch import extract_pending, score_pending
from assess.errors import InputError, WorkspaceError
from assess.records import Review
from assess.review.learn import load_reviews
from assess.score.labels import LABELS
from assess.score.model import model_key
from assess.score.rubric import Rubric, load_rubric
from assess.scrape.files import import_files
from assess.store import Workspace, open_workspace
from assess.store.reviews import add_review, reviews

DOCUMENT = Path(__file__).parents[2] / "corpus" / "documents" / "slavery-statement-fy23.txt"
RUBRIC = load_rubric()
SIGNED = """SELECT document_sha256, start, "end", quote FROM evidence_quotes
    WHERE criterion = ? AND status = 'implemented'"""


@contextmanager
def judged(path: Path, rubric: Rubric = RUBRIC) -> Iterator[Workspace]:
    with open_workspace(path) as workspace:
        import_files(workspace, [DOCUMENT])
        extract_pending(workspace)
        score_pending(workspace, rubric, model_key(), None)
        yield workspace


def quoted(workspace: Workspace, criterion: str, **keys: Any) -> Review:
    """A review of the criterion's first quote."""
    sha256, start, end, quote = workspace.db.execute(SIGNED, [criterion]).fetchone()
    keys = {"verdict": "confirmed", "criterion": criterion, **keys}
    place: dict[str, Any] = {"start": start, "end": end, "quote": quote}
    return Review(sha256, reviewer="A", reviewed_at="2026-01-31T09:30:00Z", **{**place, **keys})


def test_a_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with judged(path) as workspace:
        signature = quoted(workspace, "signature")
        whole: dict[str, Any] = {"start": None, "end": None, "quote": "", "reason": "a plan"}
        for review in (
            signature,
            quoted(workspace, "audits", verdict="rejected", reason="their own site"),
            quoted(workspace, "audits", verdict="changed", value=False, **whole),
        ):
            add_review(workspace, review, RUBRIC)
        content = workspace.db.execute("SELECT content FROM texts").fetchone()[0]
    before = path.read_bytes()
    found = load_reviews(path, RUBRIC)
    assert (found.used, found.skipped) == (3, 0)
    column = found.sentences.labels[:, LABELS.index("signature")]
    assert column.max() == 1
    [row] = [found.sentences.rows[index] for index in column.nonzero()[0] if column[index] == 1]
    assert row.sentence == " ".join(signature.quote.split())
    assert (found.sentences.labels != -1).sum() == 1
    [statement] = found.judged
    assert statement.text == content
    assert statement.truth == {"audits": False}
    assert list(statement.rejected) == ["audits"]
    assert path.read_bytes() == before


def test_reviews_survive_scoring_by_another_rubric_and_reading_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with judged(path) as workspace:
        add_review(workspace, quoted(workspace, "signature"), RUBRIC)
        kept = list(reviews(workspace))
    first = load_reviews(path, RUBRIC)
    with judged(path, load_rubric(Path("uk-bill-2026"))) as workspace:
        assert list(reviews(workspace)) == kept
        workspace.db.execute("UPDATE texts SET extractor = 'old'")
    with judged(path) as workspace:
        assert workspace.db.table("assessments").count == 1  # read anew: judged anew
        assert list(reviews(workspace)) == kept
    again = load_reviews(path, RUBRIC)
    assert again.sentences.rows == first.sentences.rows
    assert again.sentences.labels.tolist() == first.sentences.labels.tolist()


def test_a_document_whose_text_is_gone_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with judged(path) as workspace:
        add_review(workspace, quoted(workspace, "signature"), RUBRIC)
        workspace.db.execute(
            "UPDATE texts SET status = 'cannot_assess', reason = 'damaged', content = ''"
        )
    found = load_reviews(path, RUBRIC)
    assert (found.used, found.skipped, found.judged) == (0, 1, ())
    assert dict(found.left_out) == {"the document has no text": 1}
    assert found.sentences.labels.shape == (0, 9)


def test_what_cannot_teach_is_told_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with pytest.raises(WorkspaceError, match=r"a\.db: no such database"):
        load_reviews(path, RUBRIC)
    with open_workspace(path):
        pass
    with pytest.raises(InputError, match=r"a\.db: holds no reviews"):
        load_reviews(path, RUBRIC)


def test_reviews_are_read_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    code = f"""
from pathlib import Path
from assess.errors import WorkspaceError
from assess.store import open_workspace
try:
    with open_workspace(Path({str(path)!r})):
        print("wrote")
except WorkspaceError as error:
    print(error)
"""
    with judged(path) as workspace:
        review = quoted(workspace, "signature")
        add_review(workspace, review, RUBRIC)
        second = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert second.stdout == (
            f"{path}: another assess process is writing to it; try again when it has ended\n"
        )
        with workspace.db.atomic():
            workspace.db.execute("DELETE FROM reviews")
            assert load_reviews(path, RUBRIC).used == 1
    with pytest.raises(InputError, match="holds no reviews"):
        load_reviews(path, RUBRIC)


def test_a_table_that_others_wrote(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with judged(path) as workspace:
        add_review(workspace, quoted(workspace, "signature"), RUBRIC)
        workspace.db.execute("PRAGMA ignore_check_constraints = ON")
        for value in ("abc", "9" * 5_000, "[" * 200_000):
            workspace.db.execute(
                """INSERT INTO reviews
                    (document_sha256, criterion, verdict, value, reviewer, reviewed_at, reason)
                SELECT document_sha256, 'audits', 'changed', ?, 'B' || ?, reviewed_at, 'r'
                FROM reviews LIMIT 1""",
                [value, value[0]],
            )
    found = load_reviews(path, RUBRIC)
    assert found.used == 1
    assert dict(found.left_out) == {"the criterion cannot have that value": 1}


@pytest.mark.parametrize(
    "change", ["DROP VIEW current_reviews", "ALTER TABLE reviews RENAME COLUMN quote TO words"]
)
def test_a_table_of_another_shape(tmp_path: Path, change: str) -> None:
    path = tmp_path / "a.db"
    with judged(path) as workspace:
        add_review(workspace, quoted(workspace, "signature"), RUBRIC)
        workspace.db.execute(change)
    with pytest.raises(WorkspaceError, match=r"reviews is not as assess makes it .*backup"):
        load_reviews(path, RUBRIC)
