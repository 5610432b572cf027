"""What tests of several packages need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.extract.ocr import tesseract


@pytest.fixture
def without_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine without character recognition, for this process and those it starts."""
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract.find_tesseract.cache_clear()
    yield
    tesseract.find_tesseract.cache_clear()
