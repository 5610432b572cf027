"""OpenDocument text -> text: paragraphs, list items, table rows, text boxes, notes, running lines.

Two files in the archive hold it all; they are walked as XML, as for Word documents.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from assess.errors import UnreadableDocument
from assess.extract.assemble import Draft, PageText
from assess.extract.prose.repair import clean
from assess.extract.word.archive import check_archive
from assess.extract.word.rows import row_lines

_NAMES: Final = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT: Final = _NAMES % "text"
_TABLE: Final = _NAMES % "table"
_OFFICE: Final = _NAMES % "office"
_STYLE: Final = _NAMES % "style"
_TEXT_BOX: Final = _NAMES % "drawing" + "text-box"
# Comments, deleted text and the captions of a contents list's own machinery are not the text.
_SKIPPED = frozenset({
    f"{_OFFICE}annotation", f"{_TEXT}tracked-changes", f"{_TEXT}note-citation",
    f"{_TEXT}sequence-decls", f"{_TEXT}page-number", f"{_TEXT}page-count",
    f"{_TABLE}covered-table-cell", f"{_OFFICE}forms",
})  # fmt: skip
# As for Word documents: nothing readable is nested deeper.
_MAX_DEPTH: Final = 100


def read_odt(data: bytes) -> Draft:
    """Extract the text of an OpenDocument text.

    Raises:
        UnreadableDocument: ``damaged``, ``encrypted``, ``too_large``, ``needs_ocr``, ``no_text``.
    """
    check_archive(data)
    content, styles = _parts(data)
    reader = _Reader(_numbered(content, styles))
    body = [line for part in content.iter(f"{_OFFICE}text") for line in reader.lines(part, 0)]
    cited = enumerate(list(reader.notes), 1)
    notes = [line for number, note in cited for line in _note(reader, note, number)]
    head, foot = _edges(reader, styles, "header"), _edges(reader, styles, "footer")
    lines = [clean(" ".join(line.split())) for line in [*head, *body, *notes, *foot]]
    if not any(lines):
        image = content.find(f".//{_NAMES % 'drawing'}image") is not None
        raise UnreadableDocument(
            "needs_ocr" if image else "no_text",
            f"the OpenDocument text {'holds only images' if image else 'is empty'}",
        )
    return Draft((PageText("\n".join(line for line in lines if line), "odt"),))


def _parts(data: bytes) -> tuple[Any, Any]:
    """The roots of the content and of the styles, the latter ``None`` where there are none."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if b"encryption-data" in _read(archive, "META-INF/manifest.xml", names):
                raise UnreadableDocument("encrypted", "the OpenDocument text asks for a password")
            content = etree.fromstring(_read(archive, "content.xml", names), parser)
            styles = _read(archive, "styles.xml", names)
            return content, etree.fromstring(styles, parser) if styles else None
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError):
        raise UnreadableDocument("damaged", "the OpenDocument text cannot be opened") from None


def _read(archive: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    return archive.read(name) if name in names else b""


def _numbered(*roots: Any) -> dict[str, bool]:
    """Whether the first level of each list style is numbered, by name."""
    return {
        style.get(f"{_STYLE}name", ""): style.find(f"{_TEXT}list-level-style-number") is not None
        for root in roots
        if root is not None
        for style in root.iter(f"{_TEXT}list-style")
    }


def _edges(reader: _Reader, styles: Any, kind: str) -> list[str]:
    if styles is None:
        return []
    found = (part for part in styles.iter(f"{_STYLE}{kind}", f"{_STYLE}{kind}-first"))
    lines = dict.fromkeys(line for part in found for line in reader.lines(part, 0))
    return [line for line in lines if sum(map(str.isalpha, line)) > len("page of")]


def _note(reader: _Reader, note: Any, number: int) -> Iterator[str]:
    text = " ".join(" ".join(reader.lines(note, 1)).split())
    if text:
        yield f"[{number}] {text}"


@dataclass(slots=True)
class _Reader:
    """Walks the document once, in reading order."""

    numbered: dict[str, bool]
    notes: list[Any] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def lines(self, element: Any, depth: int, style: str = "") -> Iterator[str]:
        """Yield the lines below ``element``: one a paragraph, one a table row."""
        if depth > _MAX_DEPTH:
            return
        for child in element:
            if child.tag in _SKIPPED:
                continue
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                yield from self._paragraph(child, depth)
            elif child.tag == f"{_TEXT}list":
                yield from self._list(child, depth, style)
            elif child.tag == f"{_TABLE}table-row":
                yield from self._row(child, depth)
            else:
                yield from self.lines(child, depth + 1, style)

    def _list(self, element: Any, depth: int, style: str) -> Iterator[str]:
        style = element.get(f"{_TEXT}style-name", style)
        goes_on = element.get(f"{_TEXT}continue-numbering") == "true"
        goes_on = goes_on or f"{_TEXT}continue-list" in element.attrib
        count = self.counts.get(style, 0) if goes_on else 0
        for item in element:
            lines = list(self.lines(item, depth + 1, style))
            if item.tag == f"{_TEXT}list-item" and lines:
                deeper = item[0].tag == f"{_TEXT}list"
                count += not deeper
                mark = f"{count}." if self.numbered.get(style) else "•"
                lines[0] = lines[0] if deeper else f"{mark} {lines[0]}"
            yield from lines
        self.counts[style] = count

    def _row(self, row: Any, depth: int) -> Iterator[str]:
        cells = [cell for cell in row if cell.tag == f"{_TABLE}table-cell"]
        nested = any(cell.find(f".//{_TABLE}table") is not None for cell in cells)
        filled = [list(self.lines(cell, depth + 1)) for cell in cells]
        yield from row_lines(filled, nested=nested)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[str]:
        parts: list[str] = []
        boxes: list[Any] = []
        self._collect(paragraph, parts, boxes, depth)
        yield from "".join(parts).split("\n")
        for box in boxes:
            yield from self.lines(box, depth + 1)

    def _collect(self, element: Any, parts: list[str], boxes: list[Any], depth: int) -> None:
        if depth > _MAX_DEPTH:
            return
        parts.append(" ".join((element.text or "").split("\n")))
        for child in element:
            if child.tag == _TEXT_BOX:
                boxes.append(child)
            elif child.tag == f"{_TEXT}note":
                self.notes.append(child)
                parts.append(f" [{len(self.notes)}]")
            elif child.tag == f"{_TEXT}line-break":
                parts.append("\n")
            elif child.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
                parts.append(" ")
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                self._collect(child, parts, boxes, depth + 1)
            parts.append(" ".join((child.tail or "").split("\n")))
