"""One finding with all that a person needs to judge it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from sqlite_utils import Database

from assess.review.queue import Doubtful
from assess.score.rubric import Criterion, Rubric

# A sentence or two on each side: enough to see what the words are about.
CONTEXT_CHARACTERS: Final = 240

# By document and criterion, as findings are written anew whenever something is kept.
_FINDING: Final = """
    SELECT findings.id, value, confidence FROM findings
    JOIN current_assessments AS results ON results.id = assessment_id
    WHERE document_sha256 = ? AND criterion = ?"""

_QUOTES: Final = """
    SELECT start, "end", page, status, method FROM evidence WHERE finding_id = ?
    ORDER BY status IS NOT 'implemented', id"""


_SAID: Final = """
    SELECT coalesce(group_concat(verdict || ' by ' || reviewer || ' on '
        || substr(reviewed_at, 1, 10) || iif(reason = '', '', ' (' || reason || ')'), '; '), '')
    FROM current_reviews WHERE document_sha256 = ? AND criterion = ?"""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a finding rests on, or that were seen and do not count, where they stand."""

    text: str
    start: int
    end: int
    """In the document's text."""
    page: int
    status: str
    method: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Case:
    """A finding before a person."""

    doubtful: Doubtful
    criterion: Criterion
    quotes: tuple[Quote, ...]
    content: str
    """The document's whole text."""
    kept_as: str
    """The kept original, below the folder of documents."""
    said: str
    """What was said of the value before, by whom and when; or empty."""


def read_case(db: Database, doubtful: Doubtful, rubric: Rubric) -> Case:
    """The finding as it is now, with its quotes, those that count first."""
    finding, value, confidence = db.execute(
        _FINDING, [doubtful.document, doubtful.criterion]
    ).fetchone()
    doubtful = replace(doubtful, value=value, confidence=confidence)
    content, kept_as = db.execute(
        "SELECT content, kept_as FROM texts JOIN documents ON sha256 = document_sha256"
        " WHERE document_sha256 = ?",
        [doubtful.document],
    ).fetchone()
    quotes = tuple(_quote(content, *row) for row in db.execute(_QUOTES, [finding]).fetchall())
    (said,) = db.execute(_SAID, [doubtful.document, doubtful.criterion]).fetchone()
    return Case(doubtful, rubric.criterion(doubtful.criterion), quotes, content, kept_as, said)


def _quote(content: str, start: int, end: int, page: int, status: str, method: str) -> Quote:
    before = content[max(0, start - CONTEXT_CHARACTERS) : start]
    after = content[end : end + CONTEXT_CHARACTERS]
    if start > CONTEXT_CHARACTERS:
        before = f"…{before.partition(' ')[2]}"
    if end + CONTEXT_CHARACTERS < len(content):
        after = f"{after.rpartition(' ')[0]}…"
    return Quote(content[start:end], start, end, page, status, method, before, after)
