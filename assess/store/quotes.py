"""Whether quotes are the words of their texts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlite_utils import Database

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quotes:
    """What became of comparing quotes with texts."""

    quotes: int = 0
    """Of findings that were made from the texts as they are."""
    wrong: int = 0
    """Whose words are not those between start and end, or which begin on another page."""
    example: str = ""
    """Where the first of these stands."""


def check_quotes(db: Database) -> Quotes:
    """Compare every quote of every finding with its text, one text at a time.

    Findings made from an earlier reading of a document have no text any more and are passed over.
    """
    found = Quotes()
    for text_id, sha256, extractor, content in db.execute(
        "SELECT id, document_sha256, extractor, content FROM texts"
    ):
        pages = {
            number: (start, end)
            for number, start, end in db.execute(
                'SELECT number, start, "end" FROM pages WHERE text_id = ?', [text_id]
            )
        }
        for criterion, quote, page, start, end in db.execute(_QUOTES, [sha256, extractor]):
            right = content[start:end] == quote and _begins_on(pages.get(page), start)
            example = "" if right else f"{criterion} of document {sha256[:12]} at {start:,}"
            found = replace(
                found,
                quotes=found.quotes + 1,
                wrong=found.wrong + (not right),
                example=found.example or example,
            )
    return found


def lost_reviews(db: Database) -> tuple[int, int]:
    """How many reviews are of words, and of how many these are not in their text any more."""
    reviews = lost = 0
    for content, quote, start, end in db.execute(
        'SELECT content, quote, start, "end" FROM reviews JOIN texts USING (document_sha256)'
        " WHERE quote IS NOT NULL"
    ):
        reviews += 1
        lost += content[start:end] != quote and _folded(quote) not in _folded(content)
    return reviews, lost


def _folded(text: str) -> str:
    return " ".join(text.split())


def _begins_on(page: Place | None, start: int) -> bool:
    return page is not None and page[0] <= start <= page[1]


_QUOTES = """
    SELECT criterion, quote, page, start, "end" FROM assessments
    JOIN findings ON assessment_id = assessments.id JOIN evidence ON finding_id = findings.id
    WHERE document_sha256 = ? AND extractor = ? ORDER BY evidence.id"""
