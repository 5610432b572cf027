"""DOCX with fixed dates inside and out, so that the same source gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from tools.corpus.blocks import Block, Heading, Items, Paragraph, Table, bold_parts
from tools.corpus.notice import NOTICE
from tools.corpus.sources import Source

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP archive can hold."""


def write(source: Source) -> bytes:
    """Return the document as DOCX."""
    import docx

    document = docx.Document()
    stamp = datetime(int(source.meta["year"]), 1, 1, tzinfo=UTC)
    properties = document.core_properties
    properties.author, properties.created, properties.modified = "", stamp, stamp
    for block in source.blocks:
        _add(document, block)
    document.sections[0].footer.paragraphs[0].text = NOTICE
    raw = io.BytesIO()
    document.save(raw)
    return _rezipped(raw.getvalue())


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(text, level - 1 if level == 1 else level)
        case Paragraph(lines):
            paragraph = document.add_paragraph()
            for index, line in enumerate(lines):
                if index:
                    paragraph.add_run().add_break()
                _runs(paragraph, line)
        case Items(start, items):
            style = "List Bullet" if start is None else "List Number"
            for item in items:
                _runs(document.add_paragraph(style=style), item)
        case Table(rows):
            table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text


def _runs(paragraph: Any, text: str) -> None:
    for part, bold in bold_parts(text):
        paragraph.add_run(part).bold = bold or None


def _rezipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
