"""Scans made on the spot: pages of text as pictures, and programs that pose as tesseract."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL.Image import Resampling
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assess.extract.ocr.tesseract import available, find_tesseract

needs_tesseract = pytest.mark.skipif(
    not available(), reason="tesseract with English is not installed"
)
DPI = 150
LISTS = "--version) echo 'tesseract 5.0.0';; --list-langs) printf 'List (2):\\neng\\nosd\\n';;"


def scan(data: bytes, turn: float = 0) -> bytes:
    """The pages of a PDF as grey pictures, each turned clockwise by ``turn`` degrees."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    with opened(data) as document:
        for page in document:
            picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
            picture = picture.rotate(-turn, Resampling.BICUBIC, expand=True, fillcolor="white")
            size = (picture.width * 72 / DPI, picture.height * 72 / DPI)
            canvas.setPageSize(size)
            canvas.drawImage(ImageReader(picture), 0, 0, *size)
            canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """An open document."""
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def pose(folder: Path, patch: pytest.MonkeyPatch, body: str) -> None:
    """Put a shell script in tesseract's place that does ``body`` with every image."""
    program = folder / "tesseract"
    program.write_text(f'#!/bin/sh\ncase "$1" in {LISTS} *) {body};; esac\n')
    program.chmod(0o755)
    patch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    find_tesseract.cache_clear()
