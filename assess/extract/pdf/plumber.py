"""Pages through pdfplumber, the slow engine that sees ruled tables and lost spaces."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from assess.extract.layout.segments import Segment, segments_of
from assess.extract.prose.blocks import CELL
from assess.extract.prose.repair import clean

# The gap between words as a share of the font size; pdfplumber's fixed 3 points loses spaces.
_SPACE_RATIO: Final = 0.15
_MIN_ROWS: Final = 2
_MIN_COLUMNS: Final = 2


class Plumber:
    """Opens a document at the first page that needs it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: Any = None

    def segments(self, index: int) -> list[Segment] | None:
        """Read page ``index`` (from 0), tables as one segment a row; ``None`` where it fails."""
        import pdfplumber
        from pdfminer.pdfexceptions import PDFException
        from pdfplumber.utils.exceptions import PdfminerException

        page = None
        try:
            self._pdf = self._pdf or pdfplumber.open(io.BytesIO(self._data))
            page = self._pdf.pages[index]
            return _page_segments(page)
        except (PDFException, PdfminerException, ValueError, KeyError, TypeError, IndexError):
            # pdfminer meets damaged pages with many kinds of error; pdfium's text then stands.
            return None
        finally:
            if page is not None:
                page.close()

    def close(self) -> None:
        """Release the document; pdfplumber lists all its pages for that, and may fail again."""
        from pdfplumber.utils.exceptions import PdfminerException

        if self._pdf is not None:
            with suppress(PdfminerException):
                self._pdf.close()


def _page_segments(page: Any) -> list[Segment]:
    words = [
        Segment(clean(word["text"]), word["x0"], word["x1"], word["top"], word["bottom"])
        for word in page.extract_words(x_tolerance_ratio=_SPACE_RATIO, use_text_flow=True)
    ]
    tables = [
        table
        for table in page.find_tables()
        if len(table.rows) >= _MIN_ROWS and len(table.columns) >= _MIN_COLUMNS
    ]
    outside = [word for word in words if not any(_inside(word, table.bbox) for table in tables)]
    return segments_of(outside) + [row for table in tables for row in _table_rows(table, words)]


def _inside(word: Segment, box: Sequence[float]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _table_rows(table: Any, words: Sequence[Segment]) -> list[Segment]:
    rows = []
    for row in table.rows:
        cells = [box for box in row.cells if box is not None]
        texts = [" ".join(word.text for word in words if _inside(word, box)) for box in cells]
        shown = CELL.join(text for text in texts if text)
        if shown:
            left, top, right, bottom = row.bbox
            rows.append(Segment(shown, left, right, top, bottom, right - left))
    return rows
