"""DOCX -> text: paragraphs, list items, table rows, text boxes, notes, headers and footers.

The document part is walked as XML, because python-docx's paragraphs leave out content controls,
text boxes and insertions that are still tracked.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from assess.errors import UnreadableDocument
from assess.extract.assemble import Draft, PageText
from assess.extract.prose.repair import clean
from assess.extract.word.archive import check_archive
from assess.extract.word.numbering import Numbering, part_root, read_numbering
from assess.extract.word.rows import row_lines

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNATURE: Final = "{urn:schemas-microsoft-com:office:office}signatureline"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", _FALLBACK})
_NOTES: Final = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}
_R_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d+(?:\s*(?:of|/)\s*\d+)?", re.I)
_OTHER_WORD = re.compile(rb"macroEnabled|wordprocessingml\.template|purl\.oclc\.org")
_BREAKS = frozenset({f"{_W}br", f"{_W}cr"})
# Nothing readable is nested deeper; recursion stays far below Python's limit.
_MAX_DEPTH: Final = 100


def read_docx(data: bytes) -> Draft:
    """Extract the text of a Word document.

    Raises:
        UnreadableDocument: ``damaged``, ``encrypted``, ``too_large``, ``needs_ocr``, ``no_text``,
            or ``unsupported_type`` for templates and documents with macros.
    """
    check_archive(data)
    document = _open(data)
    reader = _Reader(read_numbering(document), _notes(document))
    root = document.element.find(f"{_W}body")
    if root is None:
        raise UnreadableDocument("damaged", "the Word document has no body")
    body = [line for line in reader.lines(root, 0) if line.strip()]
    body += [line for line in reader.note_lines() if line.strip()]
    seen = set(body)
    head = [line for line in _edges(reader, document, "header") if line not in seen]
    foot = [line for line in _edges(reader, document, "footer") if line not in seen]
    lines = [clean(" ".join(line.split())) for line in [*head, *body, *foot]]
    if not any(lines):
        if any(element.tag.endswith(("}drawing", "}pict")) for element in document.element.iter()):
            raise UnreadableDocument("needs_ocr", "the Word document holds only images")
        raise UnreadableDocument("no_text", "the Word document is empty")
    return Draft((PageText("\n".join(line for line in lines if line), "docx"),))


def _open(data: bytes) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    # A flipped byte can also name a way of packing that zipfile does not know.
    packing = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
    damage = (OpcError, etree.XMLSyntaxError, KeyError, ValueError, OSError)
    try:
        return docx.Document(io.BytesIO(data))
    except (*packing, *damage, AttributeError, TypeError):  # python-docx trusts its parts' shape
        pass
    if _OTHER_WORD.search(_types(data)):
        raise UnreadableDocument(
            "unsupported_type",
            "a Word template, strict or macro document; open it in Word and save it as .docx",
        )
    raise UnreadableDocument("damaged", "the Word document cannot be opened")


def _types(data: bytes) -> bytes:
    """What the archive says of its parts' types; empty where it says nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read("[Content_Types].xml") + archive.read("_rels/.rels")
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError):
        return b""


def _edges(reader: _Reader, document: Any, kind: str) -> list[str]:
    """The lines of the headers or footers that pages show, each once."""
    lines: dict[str, None] = {}
    for mark in document.element.iter(f"{_W}{kind}Reference"):
        relation = document.part.rels.get(mark.get(_R_ID, ""))
        unused = mark.get(f"{_W}type") == "first" and mark.getparent().find(f"{_W}titlePg") is None
        if relation is not None and not relation.is_external and not unused:
            lines.update(dict.fromkeys(reader.lines(part_root(relation.target_part), 0)))
    return [line for line in lines if _is_letters(line) and not _PAGE_NUMBER.fullmatch(line)]


def _is_letters(line: str) -> bool:
    return any(character.isalpha() for character in line)


def _notes(document: Any) -> dict[str, dict[str, Any]]:
    """The footnotes and endnotes by their identifiers."""
    notes: dict[str, dict[str, Any]] = {}
    for relation in document.part.rels.values():
        kind = (relation.reltype or "").rsplit("/", 1)[-1]
        if kind in _NOTES.values() and not relation.is_external:
            root = part_root(relation.target_part)
            notes[kind] = {note.get(f"{_W}id", ""): note for note in root}
    return notes


@dataclass(slots=True)
class _Reader:
    """Walks the document once, in reading order, and counts its lists and notes."""

    numbering: Numbering
    notes: dict[str, dict[str, Any]]
    cited: list[Any] = field(default_factory=list)

    def lines(self, element: Any, depth: int) -> Iterator[str]:
        """Yield the lines below ``element``: one a paragraph, one a table row."""
        if depth > _MAX_DEPTH:
            return
        for child in element:
            if child.tag in _SKIPPED or _is_placeholder(child):
                continue
            if child.tag == f"{_W}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{_W}tr":
                yield from self._row(child, depth)
            else:
                yield from self.lines(child, depth + 1)

    def note_lines(self) -> Iterator[str]:
        """Yield the notes that the text has cited so far, each with its number."""
        for number, note in enumerate(list(self.cited), 1):
            text = " ".join(" ".join(self.lines(note, 1)).split())
            if text:
                yield f"[{number}] {text}"

    def _row(self, row: Any, depth: int) -> Iterator[str]:
        cells = [cell for cell in row.iter(f"{_W}tc") if _own(cell, row)]
        nested = any(cell.find(f".//{_W}tbl") is not None for cell in cells)
        filled = [list(self.lines(cell, depth + 1)) for cell in cells]
        yield from row_lines(filled, nested=nested)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[str]:
        parts: list[str] = []
        boxes: list[Any] = []
        self._collect(paragraph, parts, boxes, depth)
        lines = "".join(parts).split("\n")
        if any(line.strip() for line in lines):
            label = self.numbering.label(paragraph)
            lines[0] = f"{label} {lines[0]}" if label else lines[0]
        yield from lines
        for box in boxes:
            yield from self.lines(box, depth + 1)

    def _collect(self, element: Any, parts: list[str], boxes: list[Any], depth: int) -> None:
        if depth > _MAX_DEPTH or _is_hidden(element):
            return
        for child in element:
            tag = child.tag
            if tag == f"{_W}txbxContent":
                boxes.append(child)
            elif tag in _NOTES:
                parts.append(self._cite(_NOTES[tag], child.get(f"{_W}id", "")))
            elif text := _written(child):
                parts.append(text)
            elif tag not in _SKIPPED and not _is_placeholder(child):
                self._collect(child, parts, boxes, depth + 1)

    def _cite(self, kind: str, name: str) -> str:
        note = self.notes.get(kind, {}).get(name)
        if note is None:
            return ""
        self.cited.append(note)
        return f" [{len(self.cited)}]"


def _own(cell: Any, row: Any) -> bool:
    """Whether the cell is the row's own, not one of a table inside it."""
    return next(cell.iterancestors(f"{_W}tr"), None) is row


def _is_placeholder(element: Any) -> bool:
    """Whether a content control still shows its prompt ("Click here to enter a date")."""
    return element.tag == f"{_W}sdt" and element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None


def _is_hidden(element: Any) -> bool:
    mark = element.find(f"{_W}rPr/{_W}vanish") if element.tag == f"{_W}r" else None
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")


def _written(element: Any) -> str:
    """The characters that an element stands for; empty where it holds others."""
    tag = element.tag
    if tag == f"{_W}t":
        return element.text or ""
    if tag in (f"{_W}tab", f"{_W}ptab"):
        return " "
    if tag in _BREAKS:
        return "\n"
    if tag == f"{_W}noBreakHyphen":
        return "-"
    if tag == f"{_W}sym":
        return _symbol(element.get(f"{_W}char", ""))
    if tag == _SIGNATURE:
        signer = (element.get(f"{tag[:-13]}suggestedsigner{end}", "") for end in ("", "2"))
        return "\n" + "\n".join(filter(None, signer)) + "\n"
    return ""


def _symbol(code: str) -> str:
    """A character of a symbol font, by its number; halves of surrogate pairs are none."""
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-CEFa-cef][0-9A-Fa-f]{3}", code) else ""
