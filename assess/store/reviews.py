"""What persons say of findings: kept in the workspace, and never changed by reading or scoring."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assess.clock import now
from assess.errors import InputError, WorkspaceError
from assess.records import KeptReview, Review, Value
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.score.rubric import Rubric


def add_review(workspace: Workspace, review: Review, rubric: Rubric) -> int:
    """Keep a review; returns its key. Those from before stay; the last one counts.

    Raises:
        InputError: it says nothing clear, is of nothing in the rubric, or its document is not in
            the workspace or does not read so at that place.
    """
    from assess.score.review_checks import check_review

    check_review(review, rubric)
    with workspace.db.atomic():
        _check_place(workspace, review)
        key: Any = workspace.db.table("reviews").insert(_row(review)).last_pk
    return int(key)


def review_time(workspace: Workspace, document: str) -> str:
    """When a review that is made now was made, UTC: never before those of the document so far.

    A clock that was set back must not let what was said before count as the last word.
    """
    (last,) = workspace.db.execute(
        "SELECT coalesce(max(reviewed_at), '') FROM reviews WHERE document_sha256 = ?", [document]
    ).fetchone()
    return max(now(), str(last))


def _check_place(workspace: Workspace, review: Review) -> None:
    found = workspace.db.execute(
        "SELECT content FROM documents LEFT JOIN texts ON document_sha256 = sha256"
        " WHERE sha256 = ?",
        [review.document],
    ).fetchone()
    if found is None:
        raise InputError(f"document {review.document[:64]!r}: not in this database")
    content = found[0] or ""
    if review.start is not None and content[review.start : review.end] != review.quote:
        raise InputError(
            f"document {review.document[:12]}: its text has other words from {review.start:,} to "
            f"{review.end:,} than the review quotes; read it anew and review that"
        )


def _row(review: Review) -> dict[str, object]:
    return {
        "document_sha256": review.document,
        "criterion": review.criterion,
        "label": review.label,
        "start": review.start,
        "end": review.end,
        "quote": None if review.start is None else review.quote,
        "verdict": review.verdict,
        "value": None if review.value is None else json.dumps(review.value),
        "reviewer": review.reviewer,
        "reviewed_at": review.reviewed_at,
        "reason": review.reason,
    }


def reviews(workspace: Workspace) -> Iterator[Review]:
    """The reviews that count, oldest first; none of a database from before there were any."""
    return (kept.review for kept in kept_reviews(workspace))


def kept_reviews(workspace: Workspace, document: str | None = None) -> Iterator[KeptReview]:
    """As `reviews`, with their keys; of one document, or of all."""
    if "reviews" not in workspace.db.table_names():
        return
    try:
        for row in workspace.db.query(
            "SELECT * FROM current_reviews WHERE :document IS NULL OR document_sha256 = :document"
            " ORDER BY reviewed_at, id",
            {"document": document},
        ):
            yield KeptReview(row["id"], _review(row))
    except (sqlite3.Error, KeyError) as error:
        raise WorkspaceError(
            f"the database of {workspace.documents}: its table of reviews is not as assess makes "
            f"it ({error}); take the database from a backup"
        ) from None


def _review(row: dict[str, Any]) -> Review:
    return Review(
        document=row["document_sha256"],
        verdict=row["verdict"],
        reviewer=row["reviewer"],
        reviewed_at=row["reviewed_at"],
        reason=row["reason"],
        criterion=row["criterion"],
        label=row["label"],
        start=row["start"],
        end=row["end"],
        quote=row["quote"] or "",
        value=_value(row["value"]),
    )


def _value(kept: str | None) -> Value | None:
    """The value; what others wrote and is none stays as it is: no criterion has it as its value."""
    try:
        value: Value | None = None if kept is None else json.loads(kept)
    except (ValueError, TypeError, RecursionError):  # also a number of thousands of digits
        return kept
    return value
