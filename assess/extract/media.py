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
ENCRYPTED: Final = "application/encrypted"
"""A Microsoft Office file behind a password."""
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODF: Final = "application/vnd.oasis.opendocument"
PAGES: Final = "application/vnd.apple.pages"
EPUB: Final = "application/epub+zip"
ZIP: Final = "application/zip"
XLS: Final = "application/vnd.ms-excel"
PPT: Final = "application/vnd.ms-powerpoint"
MSG: Final = "application/vnd.ms-outlook"
WPS: Final = "application/vnd.ms-works"
EML: Final = "message/rfc822"
MHTML: Final = "multipart/related"
IMAGE: Final = "image/*"
UNKNOWN: Final = "application/octet-stream"

_PDF_ADVICE: Final = "open it in its program and save or print it as PDF"
CONVERT: Final = {
    DOC: "old Word format (.doc); open it in a word processor and save it as .docx or PDF, or run "
    "`soffice --headless --convert-to docx FILE` (LibreOffice)",
    XLSX: f"a spreadsheet (.xlsx); {_PDF_ADVICE}",
    XLS: f"a spreadsheet (.xls); {_PDF_ADVICE}",
    PPTX: f"slides (.pptx); {_PDF_ADVICE}",
    PPT: f"slides (.ppt); {_PDF_ADVICE}",
    ODF: f"an OpenDocument spreadsheet or slides; {_PDF_ADVICE}",
    PAGES: "an Apple Pages document; open it in Pages and export it as PDF or Word",
    WPS: "a Works or WPS document (.wps); open it in a word processor and save it as .docx or PDF",
    EPUB: "an e-book (.epub); open it in a reader and print it as PDF",
    ZIP: "an archive (.zip); unpack it and give the files in it",
    MSG: "an Outlook message (.msg); save the statement that it carries as a file of its own",
    EML: "an e-mail (.eml); save the statement that it carries as a file of its own",
    MHTML: "a web archive (.mhtml); open it in a browser and save the page as HTML or PDF",
    IMAGE: "an image; its text needs character recognition (OCR): convert it to PDF",
}
"""How to make formats readable that no reader here takes."""

_BY_EXTENSION: Final = {
    ".pdf": PDF, ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".docx": DOCX, ".doc": DOC,
    ".odt": ODT, ".rtf": RTF, ".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": TEXT, ".xlsx": XLSX,
    ".pptx": PPTX, ".xls": XLS, ".ppt": PPT, ".msg": MSG, ".wps": WPS, ".eml": EML,
    ".mht": MHTML, ".mhtml": MHTML, ".pages": PAGES, ".epub": EPUB, ".ods": ODF, ".odp": ODF,
    ".zip": ZIP, ".png": IMAGE, ".jpg": IMAGE, ".jpeg": IMAGE, ".gif": IMAGE, ".tif": IMAGE,
    ".tiff": IMAGE, ".webp": IMAGE,
    ".heic": IMAGE, ".bmp": IMAGE,
}  # fmt: skip
_IMAGES = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF....WEBP|....ftyp(?:heic|heix|mif1|avif)"
    rb"|BM.{4}\0{4}",
    re.S,
)
# Old Office formats are one container; its directory names its streams in UTF-16.
_OLE: Final = b"\xd0\xcf\x11\xe0"
_STREAMS: Final = (
    ("EncryptedPackage", ENCRYPTED), ("WordDocument", DOC), ("__substg1.0_", MSG),
    ("Workbook", XLS), ("PowerPoint Document", PPT), ("MatOST", WPS), ("CONTENTS", WPS),
)  # fmt: skip
_PARTS: Final = (
    ("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX),
    ("Index/Document.iwa", PAGES), ("index.xml", PAGES), ("META-INF/container.xml", EPUB),
)  # fmt: skip
_MAIL_HEAD = re.compile(rb"(?:[A-Za-z][\w-]{1,40}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,40}){3}")
_MAIL_MARK = re.compile(rb"^(?:mime-version|received|message-id|return-path):", re.I | re.M)
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
# Readers of PDF accept its mark anywhere in the first kilobyte.
_PDF_MARK_WITHIN: Final = 1024
_HEAD: Final = 4096
_HTML_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
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
    if head.startswith(_OLE):
        return _sniff_ole(data, _extension(name))
    if _IMAGES.match(head):
        return IMAGE
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
    for part, media_type in _PARTS:
        if part in names:
            return media_type
    if {"mimetype", "content.xml"} <= names:
        other = b"opendocument." in data[:_HEAD] and b"opendocument.text" not in data[:_HEAD]
        return ODF if other else ODT
    return ZIP


def _sniff_ole(data: bytes, extension: str) -> str:
    for stream, media_type in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return media_type
    promised = _BY_EXTENSION.get(extension)
    return promised if promised in (XLS, PPT, MSG, WPS) else DOC


def _sniff_text(head: bytes, extension: str) -> str:
    if head.startswith(_UTF16_MARKS):
        head = head.replace(b"\0", b"")
    elif not _looks_like_text(head):
        return UNKNOWN
    head = head.removeprefix(_UTF8_MARK)
    if _MAIL_HEAD.match(head) and _MAIL_MARK.search(head):
        return MHTML if _RELATED.search(head) else EML
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
