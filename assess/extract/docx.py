"""DOCX -> text: paragraphs, list items, table rows, text boxes, headers and footers.

The document part is walked as XML, because python-docx's paragraphs leave out content controls,
text boxes and insertions that are still tracked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from assess.errors import UnreadableDocument
from assess.extract.assemble import Draft, PageText
from assess.extract.limits import MAX_INFLATED_BYTES, MAX_INFLATION
from assess.extract.order import CELL
from assess.extract.repair import clean

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", _FALLBACK})
_BREAKS = frozenset({f"{_W}br", f"{_W}cr"})
# Nothing readable is nested deeper; recursion stays far below Python's limit.
_MAX_DEPTH: Final = 100
# A cell longer than this is a page laid out by a table, not a cell.
_MAX_CELL: Final = 300
# Headers and footers repeat letterheads; longer ones hold text.
_SMALL_FILE: Final = 200_000


def read_docx(data: bytes) -> Draft:
    """Extract the text of a Word document.

    Raises:
        UnreadableDocument: ``damaged``, ``encrypted``, ``too_large``, ``needs_ocr``, ``no_text``.
    """
    _check_archive(data)
    document = _open(data)
    body = [line for line in _lines(document.element.body, 0) if line.strip()]
    seen = set(body)
    head = [line for line in _edges(document, "header") if line not in seen]
    foot = [line for line in _edges(document, "footer") if line not in seen]
    lines = [clean(" ".join(line.split())) for line in [*head, *body, *foot]]
    if not any(lines):
        if any(element.tag.endswith(("}drawing", "}pict")) for element in document.element.iter()):
            raise UnreadableDocument("needs_ocr", "the Word document holds only images")
        raise UnreadableDocument("no_text", "the Word document is empty")
    return Draft((PageText("\n".join(line for line in lines if line), "docx"),))


def _check_archive(data: bytes) -> None:
    """Refuse what inflates beyond reason; zipfile never reads past the sizes it declares."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableDocument(
            "damaged", "the Word document's archive is cut or broken"
        ) from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableDocument("encrypted", "the Word document asks for a password")
    inflated = sum(entry.file_size for entry in entries)
    if inflated > MAX_INFLATED_BYTES:
        raise UnreadableDocument("too_large", f"it inflates to {inflated:,} bytes")
    if any(
        entry.file_size > _SMALL_FILE and entry.file_size > MAX_INFLATION * entry.compress_size
        for entry in entries
    ):
        raise UnreadableDocument("too_large", "a part inflates beyond what documents do")


def _open(data: bytes) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    damage = (OpcError, etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, EOFError)
    try:
        return docx.Document(io.BytesIO(data))
    except (*damage, AttributeError, TypeError):  # python-docx trusts that parts have their shape
        raise UnreadableDocument("damaged", "the Word document cannot be opened") from None


def _edges(document: Any, kind: str) -> list[str]:
    lines: dict[str, None] = {}
    for section in document.sections:
        part = getattr(section, kind)
        if not part.is_linked_to_previous:
            lines.update(dict.fromkeys(_lines(part._element, 0)))
    return [line for line in lines if any(character.isalpha() for character in line)]


def _lines(element: Any, depth: int) -> Iterator[str]:
    """Yield the lines below ``element``: one a paragraph, one a table row."""
    if depth > _MAX_DEPTH:
        return
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}p":
            yield from _paragraph(child, depth)
        elif child.tag == f"{_W}tr":
            yield from _row(child, depth)
        else:
            yield from _lines(child, depth + 1)


def _row(row: Any, depth: int) -> Iterator[str]:
    cells = [list(_lines(cell, depth + 1)) for cell in row.iter(f"{_W}tc") if _own(cell, row)]
    filled = [cell for cell in cells if any(line.strip() for line in cell)]
    long = any(len(cell) > 1 and sum(map(len, cell)) > _MAX_CELL for cell in filled)
    if len(filled) < 2 or long:
        for cell in filled:
            yield from cell
    else:
        yield CELL.join(" ".join(" ".join(cell).split()) for cell in filled)


def _own(cell: Any, row: Any) -> bool:
    """Whether the cell is the row's own, not one of a table inside it."""
    return next(cell.iterancestors(f"{_W}tr"), None) is row


def _paragraph(paragraph: Any, depth: int) -> Iterator[str]:
    parts: list[str] = []
    boxes: list[Any] = []
    _collect(paragraph, parts, boxes, depth)
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None or _list_style(paragraph)
    for index, line in enumerate("".join(parts).split("\n")):
        yield ("• " if listed and index == 0 and line.strip() else "") + line
    for box in boxes:
        yield from _lines(box, depth + 1)


def _list_style(paragraph: Any) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and style.get(f"{_W}val", "").startswith("List")


def _collect(element: Any, parts: list[str], boxes: list[Any], depth: int) -> None:
    if depth > _MAX_DEPTH:
        return
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            parts.append(child.text or "")
        elif tag == f"{_W}tab":
            parts.append(" ")
        elif tag in _BREAKS:
            parts.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif tag == f"{_W}txbxContent":
            boxes.append(child)
        elif tag not in _SKIPPED:
            _collect(child, parts, boxes, depth + 1)
