"""Bytes -> characters, and text that is already text -> pages, without touching it."""

from __future__ import annotations

import codecs
from typing import Final

from assess.errors import UnreadableDocument
from assess.extract.assemble import PAGE_BREAK, Draft, PageText
from assess.extract.limits import MAX_CHARACTERS, MAX_PAGES
from assess.extract.prose.repair import clean

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Windows' Western set reads nearly every byte; what it lacks becomes the replacement mark.
_FALLBACK: Final = "cp1252"


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode by byte-order mark, else as UTF-8, else as declared, else as Windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(declared or _FALLBACK, "replace")
    except (LookupError, UnicodeError):  # a charset that Python does not know, or not as one
        return data.decode(_FALLBACK, "replace")


def read_text(data: bytes) -> Draft:
    """Decode ``data``; form feeds part pages."""
    return text_draft(decode(data), "text")


def text_draft(content: str, method: str) -> Draft:
    """Normalise line ends, ligatures, odd spaces and bullets, as for every other format.

    Pages beyond the cap are left out and flagged, as in a PDF.

    Raises:
        UnreadableDocument: ``too_large``.
    """
    if len(content) > MAX_CHARACTERS:
        raise UnreadableDocument("too_large", f"more than {MAX_CHARACTERS:,} characters")
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    pages = content.split(PAGE_BREAK, MAX_PAGES)
    kept = tuple(PageText(clean(page), method) for page in pages[:MAX_PAGES])
    return Draft(kept, frozenset({"pages_capped"} if len(pages) > MAX_PAGES else ()))
