"""Tell what a file is from its bytes; the name only settles what bytes cannot (Markdown)."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Final

PDF: Final = "application/pdf"
HTML: Final = "text/html"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARKDOWN: Final = "text/markdown"
TEXT: Final = "text/plain"
DOC: Final = "application/msword"
ODT: Final = "application/vnd.oasis.opendocument.text"
RTF: Final = "application/rtf"
UNKNOWN: Final = "application/octet-stream"

CONVERT: Final = {
    DOC: "old Word format (.doc); open it in a word processor and save it as .docx or PDF",
    ODT: "OpenDocument text (.odt); open it in a word processor and save it as .docx or PDF",
    RTF: "rich text (.rtf); open it in a word processor and save it as .docx or PDF",
}
"""How to make formats readable that no kept library reads."""

_BY_EXTENSION: Final = {
    ".pdf": PDF, ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".docx": DOCX, ".doc": DOC,
    ".odt": ODT, ".rtf": RTF, ".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": TEXT,
}  # fmt: skip
# Readers of PDF accept its mark anywhere in the first kilobyte.
_PDF_MARK_WITHIN: Final = 1024
_HEAD: Final = 4096
_HTML_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_TAG = re.compile(rb"<(?:html|head|body|div|p|h[1-6]|article|section|table|ul)\b[^>]*>", re.I)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
# Bytes that no text holds: control characters other than tab, line ends, form feed and escape.
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})


def sniff(data: bytes, name: str) -> str:
    """Return the media type of ``data``; ``application/octet-stream`` where it is none we know."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:_PDF_MARK_WITHIN]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    if head.startswith(b"{\\rtf"):
        return RTF
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return DOC
    return _sniff_text(head, _extension(name))


def wrong_extension(media_type: str, name: str) -> bool:
    """Whether the name promises another type than the bytes hold."""
    promised = _BY_EXTENSION.get(_extension(name))
    if promised is None or promised == media_type:
        return False
    return {promised, media_type} != {MARKDOWN, TEXT}


def _extension(name: str) -> str:
    return PurePath(name.lower()).suffix


def _sniff_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        # A cut archive has lost its directory, but its first entries still say what it was.
        return DOCX if b"word/" in data or b"[Content_Types].xml" in data[:_HEAD] else UNKNOWN
    if "word/document.xml" in names:
        return DOCX
    return ODT if {"mimetype", "content.xml"} <= names else UNKNOWN


def _sniff_text(head: bytes, extension: str) -> str:
    if head.startswith(_UTF16_MARKS):
        head = head.replace(b"\0", b"")
    elif not _looks_like_text(head):
        return UNKNOWN
    head = head.removeprefix(_UTF8_MARK)
    promised = _BY_EXTENSION.get(extension)
    if _HTML_START.match(head) or (promised in (HTML, PDF) and _HTML_TAG.search(head)):
        return HTML
    return MARKDOWN if promised == MARKDOWN else TEXT


def _looks_like_text(head: bytes) -> bool:
    if not head:
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    # One stray control byte in a hundred is a slip of an editor; more is binary.
    return controls * 100 <= len(head)
