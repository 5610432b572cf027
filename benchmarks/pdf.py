"""Reading PDFs, beside raw pdfium text and pdfplumber over the same files in the same run."""

from __future__ import annotations

import io
import os
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from assess.errors import UnreadableDocument
from assess.extract import extract
from assess.extract.ocr import tesseract

ROUNDS: Final = 7
# What the issue of extraction asks for: total time over raw pdfium text, pdfplumber's over ours.
MAX_RATIO: Final = 2.5
MIN_GAIN: Final = 5.0


def bench_pdf(folders: Sequence[Path]) -> bool:
    """Print the times; return whether the wanted ratios are kept.

    Each round runs all three after one another, so that what disturbs the machine disturbs all.
    Character recognition is switched off: raw pdfium does none.
    """
    os.environ["PATH"] = ""
    tesseract.find_tesseract.cache_clear()
    paths = [path for folder in folders for path in sorted(folder.rglob("*.pdf"))]
    files = [(path.read_bytes(), path.name) for path in paths]
    pages = raw_text(files)
    rounds = [[_seconds(work, files) for work in (raw_text, ours, plumber)] for _ in range(ROUNDS)]
    raw, own, slow = (min(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(own / raw for raw, own, _ in rounds)
    gain = statistics.median(slow / own for _, own, slow in rounds)
    print(f"{len(files)} PDFs, {pages} pages, best and median of {ROUNDS} rounds:")
    print(f"raw pdfium text {raw:7.3f} s")
    print(f"assess extract  {own:7.3f} s   {ratio:5.2f} x raw pdfium (wanted: {MAX_RATIO} at most)")
    print(f"pdfplumber      {slow:7.3f} s   {gain:5.1f} x assess (wanted: {MIN_GAIN:.0f} at least)")
    return ratio <= MAX_RATIO and gain >= MIN_GAIN


Files = Sequence[tuple[bytes, str]]


def raw_text(files: Files) -> int:
    """Read the text as pdfium gives it; return the number of pages."""
    import pypdfium2

    pages = 0
    for data, _ in files:
        document = pypdfium2.PdfDocument(data)
        for page in document:
            page.get_textpage().get_text_bounded()
            pages += 1
        document.close()
    return pages


def ours(files: Files) -> None:
    """Extract the files in this process, sentences and all."""
    for data, name in files:
        with suppress(UnreadableDocument):
            extract(data, name)


def plumber(files: Files) -> None:
    """Read the text as pdfplumber gives it."""
    import pdfplumber

    for data, _ in files:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                page.extract_text()
                page.close()


def _seconds(work: Callable[[Files], object], files: Files) -> float:
    begin = time.process_time()
    work(files)
    return time.process_time() - begin
