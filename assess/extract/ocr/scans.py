"""Scanned pages -> words with boxes, by tesseract. Coordinates are those of `layout`."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

from assess.extract.layout.segments import Segment
from assess.extract.limits import (
    MAX_OCR_PAGES,
    MAX_OCR_PIXELS,
    OCR_PAGE_SECONDS,
    ocr_seconds,
)
from assess.extract.ocr.lines import Line, Rotation, confidence_of, lines_of, rotation_of, words_of
from assess.extract.ocr.tesseract import OcrError, available, read_image

__all__ = ["OcrError", "Recognised", "Scans", "available", "read_scans", "recognise"]

CAPPED: Final = "ocr_capped"
FAILED: Final = "ocr_failed"
UNCERTAIN: Final = "ocr_uncertain"

# On 55 real pages as good as 300 dpi (98.7% of words) at 70% of its time; 150 dpi: 98.5%.
_DPI: Final = 200
# tesseract refuses longer sides, and resolutions below 70.
_MAX_SIDE: Final = 30_000
_MIN_DPI: Final = 70
# Of lines with a confidence of 0.7 to 0.8 11% of the words are wrong, of 0.8 to 0.9 5%, above 1%.
_UNCERTAIN_BELOW: Final = 0.75


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of one scanned page, in tesseract's reading order; the text runs to the right."""

    words: tuple[Segment, ...]
    """In points, y downwards from the top of the page as it is read."""
    confidence: float | None
    """0 to 1, weighted by letters; ``None`` without words."""
    height: float
    """Of the page as it is read, in points."""
    rotation: Rotation = 0


@dataclass(frozen=True, slots=True)
class Scans:
    """The scanned pages of one document by index, and what was left unread."""

    pages: dict[int, Recognised]
    flags: frozenset[str] = frozenset()
    """``ocr_capped``: too many pages, the last are unread; ``ocr_failed``: some could not be read;
    ``ocr_uncertain``: of what was read, every tenth word may be wrong."""


def _enough(_pages: int) -> None:
    """Outside a worker there is no limit to extend."""


announce: ContextVar[Callable[[int], None]] = ContextVar("announce", default=_enough)
"""Called with the number of pages before they are read; a worker asks for more time here."""


def read_scans(document: Any, indexes: Sequence[int]) -> Scans:
    """Read the pages ``indexes`` of an open pypdfium2 document; a failure costs its page only."""
    flags = {CAPPED} if len(indexes) > MAX_OCR_PAGES else set()
    wanted = indexes[:MAX_OCR_PAGES]
    announce.get()(len(wanted))
    until = time.monotonic() + ocr_seconds(len(wanted))
    pages: dict[int, Recognised] = {}
    for index in wanted:
        try:
            pages[index] = _read_page(document, index, until - time.monotonic())
        except OcrError:
            flags.add(FAILED)
    if _uncertain(pages.values()):
        flags.add(UNCERTAIN)
    return Scans(pages, frozenset(flags))


def _uncertain(pages: Iterable[Recognised]) -> bool:
    known = [(page.confidence, len(page.words)) for page in pages if page.confidence is not None]
    words = sum(number for _, number in known)
    return sum(confidence * number for confidence, number in known) < _UNCERTAIN_BELOW * words


def _read_page(document: Any, index: int, left: float) -> Recognised:
    import pypdfium2

    if left <= 0:
        raise OcrError("no time is left for this page")
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        raise OcrError("the page is damaged") from None
    try:
        return recognise(page, min(left, OCR_PAGE_SECONDS))
    finally:
        page.close()


def recognise(page: Any, seconds: float = OCR_PAGE_SECONDS) -> Recognised:
    """Read one pypdfium2 page.

    Raises:
        OcrError: it cannot be rendered, or tesseract is missing, failed or took too long.
    """
    until = time.monotonic() + seconds
    scale = _scale(*page.get_size())
    lines, height = _read(page, scale, 0, seconds)
    rotation = rotation_of(lines)
    if rotation:  # tesseract reads turned pages, but loses words at the starts of their lines
        lines, height = _read(page, scale, rotation, until - time.monotonic())
    tokens = [token for line in lines for token in line]
    return Recognised(
        words=tuple(words_of(lines, scale)),
        confidence=confidence_of(tokens) / 100 if tokens else None,
        height=height / scale,
        rotation=rotation,
    )


def _read(page: Any, scale: float, rotation: Rotation, seconds: float) -> tuple[list[Line], int]:
    """The lines of a page that is first turned back by ``rotation``, and its height in pixels."""
    image, height = _render(page, scale, (360 - rotation) % 360)
    tsv = read_image(image, max(_MIN_DPI, round(72 * scale)), max(0, seconds))
    return lines_of(tsv), height


def _scale(width: float, height: float) -> float:
    """Pixels a point, less for pages so large that the picture would fill the memory."""
    if not (width > 0 and height > 0):
        raise OcrError("the page has no size")
    fits = math.sqrt(MAX_OCR_PIXELS / (width * height))
    return min(_DPI / 72, fits, _MAX_SIDE / max(width, height))


def _render(page: Any, scale: float, turn: int) -> tuple[bytes, int]:
    """The page, turned clockwise, as a grey PNM image, with its height in pixels."""
    import pypdfium2

    try:
        bitmap = page.render(scale=scale, rotation=turn, grayscale=True)
    except (pypdfium2.PdfiumError, ValueError):
        raise OcrError("the page cannot be rendered") from None
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    pixels = memoryview(bitmap.buffer).cast("B")
    rows = [pixels[row * stride : row * stride + width] for row in range(height)]
    image = b"".join([b"P5\n%d %d\n255\n" % (width, height), *rows])
    bitmap.close()
    return image, height
