"""The worker's program, but every page is read as a scan: ``python -m`` this with its limits."""

from __future__ import annotations

from assess.extract import from_plain_text, worker
from assess.extract.ocr.scans import read_scans
from assess.records import Text
from tests.extract.scans import opened


def extract(data: bytes, name: str) -> Text:
    """The words of all pages in one line; text as it is."""
    if not data.startswith(b"%PDF"):
        return from_plain_text(data.decode())
    with opened(data) as document:
        pages = read_scans(document, range(len(document))).pages.values()
    return from_plain_text(" ".join(word.text for page in pages for word in page.words))


if __name__ == "__main__":
    setattr(worker, "extract", extract)  # noqa: B010 - it is imported there, not exported
    worker.main()
