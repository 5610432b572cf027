"""Scanned pages -> words with boxes, by tesseract. Coordinates are those of `layout`."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from assess.extract.layout.segments import Segment
from assess.extract.limits import (
    MAX_OCR_PAGES,
    MAX_OCR_PIXELS,
    OCR_FAILED,
    OCR_PAGE_SECONDS,
    ocr_seconds,
)
from assess.extract.ocr.lines import (
    Line,
    Rotation,
    confidence_of,
    lines_of,
    rotation_of,
    slope_of,
    words_in,
    words_of,
)
from assess.extract.ocr.tesseract import OcrError, available, read_image

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["OcrError", "Recognised", "Scans", "available", "read_scans", "recognise"]

CAPPED: Final = "ocr_capped"
UNCERTAIN: Final = "ocr_uncertain"

# On 55 real pages as good as 300 dpi (98.7% of words) at 70% of its time; 150 dpi: 98.5%.
_DPI: Final = 200
# tesseract refuses longer sides, and resolutions below 70.
_MAX_SIDE: Final = 30_000
_MIN_DPI: Final = 70
# Of lines with a confidence of 0.7 to 0.8 11% of the words are wrong, of 0.8 to 0.9 5%, above 1%.
_UNCERTAIN_BELOW: Final = 0.75
# tesseract loses words from 3 degrees on; below 1 degree turning a page back gains nothing.
_MIN_SKEW: Final = 1.0
# Lines that slope more after all are taken apart, and their pieces put in a wrong order.
_MAX_SLOPE: Final = 2.5
# Pictures on a page make less noise than this share of its words.
_MUCH_NOISE: Final = 0.3
# A cover has a few words, and its photograph some noise.
_MIN_NOISE: Final = 10


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
    skew: float = 0.0
    """Degrees clockwise by which its lines sloped beside; they are level as it is read."""
    doubtful: bool = False
    """Its lines still slope, or much of it was left out as noise."""


@dataclass(frozen=True, slots=True)
class Scans:
    """The scanned pages of one document by index, and what was left unread."""

    pages: dict[int, Recognised]
    flags: frozenset[str] = frozenset()
    """``ocr_capped``: too many pages, the last are unread; ``ocr_failed``: some could not be read;
    ``ocr_uncertain``: of what was read every tenth word may be wrong, or words are missing."""


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
            flags.add(OCR_FAILED)
    if _uncertain(pages.values()):
        flags.add(UNCERTAIN)
    return Scans(pages, frozenset(flags))


def _uncertain(pages: Collection[Recognised]) -> bool:
    if any(page.doubtful for page in pages):
        return True
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
    from assess.extract.ocr.skew import skew_of

    until = time.monotonic() + seconds
    scale = _scale(*page.get_size())
    picture = _render(page, scale)
    skew = skew_of(picture)
    if abs(skew) < _MIN_SKEW:
        skew = 0.0
    else:
        scale = _scale(*_turned_size(page, -skew))
        picture = _render(page, scale, -skew)
    tsv = _read(picture, scale, seconds)
    rotation = rotation_of(lines_of(tsv))
    if rotation:  # tesseract reads turned pages, but loses words at the starts of their lines
        picture = _render(page, scale, -skew - rotation)
        tsv = _read(picture, scale, until - time.monotonic())
    lines = lines_of(tsv)
    tokens = [token for line in lines for token in line]
    return Recognised(
        words=tuple(words_of(lines, scale)),
        confidence=confidence_of(tokens) / 100 if tokens else None,
        height=len(picture) / scale,
        rotation=rotation,
        skew=skew,
        doubtful=_doubtful(lines, tsv),
    )


def _doubtful(lines: Sequence[Line], tsv: str) -> bool:
    found = words_in(tsv)
    noise = found - sum(map(len, lines))
    much = noise > max(_MIN_NOISE, _MUCH_NOISE * found)
    return much or abs(slope_of(lines)) > _MAX_SLOPE


def _read(picture: NDArray[np.uint8], scale: float, seconds: float) -> str:
    """What tesseract says of a picture, as TSV."""
    height, width = picture.shape
    image = b"P5\n%d %d\n255\n" % (width, height) + picture.tobytes()
    return read_image(image, max(_MIN_DPI, round(72 * scale)), max(0, seconds))


def _scale(width: float, height: float) -> float:
    """Pixels a point, less for pages so large that the picture would fill the memory."""
    if not (width > 0 and height > 0):
        raise OcrError("the page has no size")
    fits = math.sqrt(MAX_OCR_PIXELS / (width * height))
    return min(_DPI / 72, fits, _MAX_SIDE / max(width, height))


def _turned_size(page: Any, turn: float) -> tuple[float, float]:
    """Width and height in points of what holds the page when it is turned."""
    width, height = page.get_size()
    cos, sin = abs(math.cos(math.radians(turn))), abs(math.sin(math.radians(turn)))
    return width * cos + height * sin, width * sin + height * cos


def _render(page: Any, scale: float, turn: float = 0) -> NDArray[np.uint8]:
    """The page as a grey picture, rows first, turned clockwise by ``turn`` degrees."""
    import numpy as np
    import pypdfium2

    try:
        if turn % 90:
            bitmap = _render_turned(page, scale, turn)
        else:
            bitmap = page.render(scale=scale, rotation=int(turn) % 360, grayscale=True)
    except (pypdfium2.PdfiumError, ValueError):
        raise OcrError("the page cannot be rendered") from None
    rows = np.frombuffer(bitmap.buffer, np.uint8).reshape(bitmap.height, bitmap.stride)
    picture = rows[:, : bitmap.width].copy()
    bitmap.close()
    return picture


def _render_turned(page: Any, scale: float, turn: float) -> Any:
    """A bitmap of the page in any position; pypdfium2 itself turns by right angles only."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    cos, sin = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
    wide, high = (max(1, math.ceil(size * scale)) for size in _turned_size(page, turn))
    # The page's middle becomes the picture's.
    left = (wide - width * cos + height * sin) / 2
    top = (high - width * sin - height * cos) / 2
    bitmap = pypdfium2.PdfBitmap.new_native(wide, high, pdfium.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, high)
    pdfium.FPDF_RenderPageBitmapWithMatrix(
        bitmap.raw,
        page.raw,
        ctypes.byref(pdfium.FS_MATRIX(cos, sin, -sin, cos, left, top)),
        ctypes.byref(pdfium.FS_RECTF(0, 0, wide, high)),
        pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE,
    )
    return bitmap
