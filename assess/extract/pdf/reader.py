"""PDF -> pages of text in reading order, by pdfium; by pdfplumber where a page asks for it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from assess.errors import UnreadableDocument
from assess.extract.assemble import Draft, PageText
from assess.extract.layout.furniture import without_furniture
from assess.extract.layout.order import reading_order
from assess.extract.layout.paragraphs import Paragraph, paragraphs
from assess.extract.layout.segments import Segment, segments_of
from assess.extract.layout.tables import Column, ragged
from assess.extract.limits import (
    MAX_CHARACTERS,
    MAX_PAGES,
    MIXED_SCAN,
    NEEDS_OCR,
    OCR_FAILED,
)
from assess.extract.pdf.pdfium import PdfPage, letters, open_pdf, read_page
from assess.extract.pdf.plumber import Plumber
from assess.extract.prose.repair import has_glued_words, vocabulary, words_run_together

if TYPE_CHECKING:
    from assess.extract.ocr.scans import Recognised

# The end mark stands in the last bytes; some writers add padding after it.
_TAIL: Final = 4096
# So many lines with so few characters each (and a line end) are no text that a person reads.
_MANY_LINES: Final = 60
_UPRIGHT: Final = 5
# pdfplumber takes about 0.1 s a page; beyond this many the document's other pages stay pdfium's.
_MAX_PLUMBED: Final = 40


@dataclass(frozen=True, slots=True)
class _Read:
    """One page's segments and what read them."""

    page: PdfPage
    segments: list[Segment]
    method: str


@dataclass(frozen=True, slots=True)
class _Ordered:
    """A page without its running lines, in reading order."""

    read: _Read
    segments: list[Segment]
    columns: list[Column]


def read_pdf(data: bytes) -> Draft:
    """Extract every page of ``data``.

    Raises:
        UnreadableDocument: ``damaged``, ``encrypted``, ``too_large``, ``needs_ocr``, ``ocr_failed``
            or ``no_text``.
    """
    _check_end(data)
    document = open_pdf(data)
    try:
        pages, flags = _read_pages(document)
        if any(page.scanned for page in pages):
            pages, found = _with_scans(document, pages)
            flags |= found
    finally:
        document.close()
    _check_text(pages, flags)
    ordered = _in_order(
        [_Read(page, segments_of(page.words, page.posts), page.method) for page in pages]
    )
    glued = has_glued_words("\n".join(page.raw_text for page in pages))
    better = _plumbed(data, ordered, glued)
    if better:
        ordered = _in_order([better.get(i, page.read) for i, page in enumerate(ordered)])
    return replace(_draft(ordered, flags), glued=glued)


def _check_end(data: bytes) -> None:
    tail = data[-_TAIL:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise UnreadableDocument("damaged", "the PDF has no end mark; it was cut short")


def _read_pages(document: Any) -> tuple[list[PdfPage], set[str]]:
    pages: list[PdfPage] = []
    flags: set[str] = set()
    total, characters = len(document), 0
    for index in range(min(total, MAX_PAGES)):
        page = read_page(document, index)
        if page is None:
            flags.add("damaged_pages")
            page = PdfPage((), 0.0, "", scanned=False)
        characters += len(page.raw_text)
        if characters > MAX_CHARACTERS:
            raise UnreadableDocument("too_large", f"more than {MAX_CHARACTERS:,} characters")
        pages.append(page)
    if total > MAX_PAGES:
        flags.add("pages_capped")
    if "damaged_pages" in flags and not any(page.raw_text for page in pages):
        raise UnreadableDocument("damaged", "no page of the PDF can be read")
    return pages, flags


def _with_scans(document: Any, pages: Sequence[PdfPage]) -> tuple[list[PdfPage], set[str]]:
    """Read scanned pages by character recognition, where it is installed."""
    from assess.extract.ocr.scans import available, read_scans

    if not available():
        return list(pages), {MIXED_SCAN}
    scans = read_scans(document, [i for i, page in enumerate(pages) if page.scanned])
    read = [
        _recognised(page, scans.pages[index]) if index in scans.pages else page
        for index, page in enumerate(pages)
    ]
    return read, {*scans.flags, *({"ocr"} if scans.pages else ())}


def _recognised(page: PdfPage, scan: Recognised) -> PdfPage:
    found = PdfPage(
        directions=(scan.words,) if scan.words else (),
        height=scan.height,
        raw_text=" ".join(word.text for word in scan.words),
        scanned=True,
        method="ocr",
        confidence=scan.confidence,
    )
    return found if found.letters > page.letters else page


def _check_text(pages: Sequence[PdfPage], flags: Set[str]) -> None:
    if any(page.readable for page in pages):
        return
    if MIXED_SCAN in flags:
        raise UnreadableDocument(
            NEEDS_OCR, "the pages are images without a text layer; `assess doctor` tells more"
        )
    if OCR_FAILED in flags:
        raise UnreadableDocument(OCR_FAILED, "character recognition failed on every page")
    if any(page.scanned for page in pages):
        raise UnreadableDocument("no_text", "no words were recognised in the images")
    raise UnreadableDocument("no_text", "the PDF has no text and no images")


def _in_order(read: Sequence[_Read]) -> list[_Ordered]:
    kept = without_furniture([page.segments for page in read], [page.page.height for page in read])
    return [
        _Ordered(page, segments, reading_order(segments, page.page.rules))
        for page, segments in zip(read, kept, strict=True)
    ]


def _plumbed(data: bytes, ordered: Sequence[_Ordered], glued: bool) -> dict[int, _Read]:
    """Pages that pdfplumber reads better, by index."""
    wanted = [index for index, page in enumerate(ordered) if _wants_plumber(page, glued)]
    found = {}
    plumber = Plumber(data)
    try:
        for index in wanted[:_MAX_PLUMBED]:
            read = ordered[index].read
            better = plumber.segments(index)
            if better is not None and _complete(better, read.segments):
                found[index] = _Read(read.page, better, "pdfplumber")
    finally:
        plumber.close()
    return found


def _wants_plumber(page: _Ordered, glued: bool) -> bool:
    text = page.read.page.raw_text
    lines = text.count("\n")
    if lines > _MANY_LINES and len(text) < _UPRIGHT * lines:
        return True  # pdfium took a page of narrow columns for upright writing
    return ragged(page.columns) or (glued and words_run_together(text))


def _complete(better: Sequence[Segment], segments: Sequence[Segment]) -> bool:
    """pdfplumber's text is taken only if it lost nothing that pdfium saw."""
    if any("(cid:" in segment.text for segment in better):
        return False
    return _size(better) >= 0.99 * _size(segments)


def _size(segments: Sequence[Segment]) -> int:
    return sum(letters(segment.text) for segment in segments)


def _draft(ordered: Sequence[_Ordered], flags: set[str]) -> Draft:
    known = vocabulary([segment.text for page in ordered for segment in page.segments])
    pages = []
    for page in ordered:
        columns = page.columns
        if _side_by_side(columns):
            flags.add("two_columns")
        # Side notes and watermarks follow the page's text.
        for words in page.read.page.directions[1:]:
            columns = [*columns, *reading_order(segments_of(words))]
        found = [part for column in columns for part in paragraphs(column, known)]
        pages.append(PageText(_page_text(found), page.read.method, page.read.page.confidence))
    return Draft(tuple(pages), frozenset(flags))


def _side_by_side(columns: Sequence[Column]) -> bool:
    """Whether a column starts beside or above the end of the one before."""
    return any(
        not right.rows and not left.rows and right.segments[0].top < left.segments[-1].top
        for left, right in pairwise(columns)
    )


def _page_text(found: Sequence[Paragraph]) -> str:
    lines = []
    for index, part in enumerate(found):
        gap = "\n" if part.gap and index else ""
        lines.append(gap + " ".join(part.text.split()))
    return "\n".join(lines)
