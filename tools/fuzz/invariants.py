"""What holds for every text that was read, whatever the document."""

from __future__ import annotations

from itertools import pairwise

from assess.records import Assessment, Text


def broken(text: Text) -> str | None:
    """Which promise of the records the text breaks; ``None`` where it keeps all."""
    return _characters(text) or _pages(text) or _sentences(text) or _parts(text)


def misquoted(assessment: Assessment, text: Text) -> str | None:
    """The criterion whose quote is not the text's own words; ``None`` where all are."""
    for finding in assessment.findings:
        for evidence in finding.evidence:
            if evidence.quote != text.content[evidence.start : evidence.end]:
                return f"{finding.criterion} quotes what is not at {evidence.start}"
    return None


def _characters(text: Text) -> str | None:
    try:
        text.content.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"half a surrogate pair at {error.start}"
    return "a NUL" if "\0" in text.content else None


def _pages(text: Text) -> str | None:
    if not text.pages:
        return "no page"
    if (text.pages[0].start, text.pages[-1].end) != (0, len(text.content)):
        return "the pages do not cover the content"
    for number, page in enumerate(text.pages, 1):
        if page.number != number or not 0 <= page.start <= page.end:
            return f"page {page.number} is out of order"
        if "\f" in text.content[page.start : page.end]:
            return f"page {page.number} holds a page break"
    for before, after in pairwise(text.pages):
        if text.content[before.end : after.start] != "\f":
            return f"page {after.number} does not begin after a page break"
    return None


def _sentences(text: Text) -> str | None:
    end = 0
    for sentence in text.sentences:
        where = f"the sentence at {sentence.start}"
        if not end <= sentence.start < sentence.end <= len(text.content):
            return f"{where} is out of order"
        if sentence.text != " ".join(text.content[sentence.start : sentence.end].split()):
            return f"{where} is not the content there"
        if not 1 <= sentence.page <= len(text.pages):
            return f"{where} is on no page"
        page = text.pages[sentence.page - 1]
        if not page.start <= sentence.start <= page.end:
            return f"{where} is not on page {sentence.page}"
        end = sentence.end
    return None


def _parts(text: Text) -> str | None:
    for part in text.parts:
        if not 0 <= part.start < part.end <= len(text.content):
            return f"the part at {part.start} is outside the content"
    return None
