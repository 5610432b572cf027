"""PDF: one column, two columns, and pages that are images only."""

from __future__ import annotations

import io
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageTemplate, Spacer
from reportlab.platypus import Paragraph as Flow
from reportlab.platypus import Table as Grid

from tools.corpus.blocks import Block, Heading, Items, Paragraph, Table, bold_parts
from tools.corpus.notice import NOTICE
from tools.corpus.sources import Source

MARGIN = 20 * mm
GUTTER = 8 * mm
SCAN_DPI = 110
"""Low enough that the file stays small, high enough that a person can read it."""
SCAN_QUALITY = 40
SCAN_TILT = 0.4
"""Degrees: a page is never quite straight on the glass."""
TYPEFACES = (("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"))
ACCENTS = ("#1f3a5f", "#3c5a2d", "#6b2d3c", "#333333")


def one_column(source: Source) -> bytes:
    """Return the document as a one-column PDF."""
    return _write(source, columns=1)


def two_columns(source: Source) -> bytes:
    """Return the document as a two-column PDF with a running head."""
    return _write(source, columns=2)


def scanned(source: Source) -> bytes:
    """Return a PDF whose pages are greyscale pictures of the one-column document."""
    import pypdfium2

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    document = pypdfium2.PdfDocument(one_column(source))
    for page in document:
        image = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil().convert("L")
        canvas.drawImage(_jpeg(image), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _jpeg(image: Any) -> Any:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    tilted = image.rotate(SCAN_TILT, resample=Image.Resampling.BICUBIC, fillcolor=255)
    data = io.BytesIO()
    tilted.save(data, "JPEG", quality=SCAN_QUALITY)
    data.seek(0)
    return ImageReader(data)


def _write(source: Source, columns: int) -> bytes:
    rl_config.invariant = 1
    out = io.BytesIO()
    width = (A4[0] - 2 * MARGIN - (columns - 1) * GUTTER) / columns
    frames = [
        Frame(MARGIN + n * (width + GUTTER), MARGIN, width, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
        for n in range(columns)
    ]
    title = next(block.text for block in source.blocks if isinstance(block, Heading))
    head = title if columns > 1 else ""
    template = PageTemplate(frames=frames, onPage=partial(_furniture, head))
    document = BaseDocTemplate(
        out, pagesize=A4, pageTemplates=[template], title=title, author="", invariant=1
    )
    styles = _styles(sum(source.id.encode()), 10 if columns == 1 else 9)
    document.build([flow for block in source.blocks for flow in _flows(block, styles, width)])
    return out.getvalue()


def _furniture(head: str, canvas: Any, document: Any) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica", 7.5)
    canvas.setFillColor(colors.HexColor("#555555"))
    canvas.drawString(MARGIN, 10 * mm, NOTICE)
    canvas.drawRightString(A4[0] - MARGIN, 10 * mm, str(document.page))
    if head:
        canvas.drawString(MARGIN, A4[1] - 13 * mm, head)
    canvas.restoreState()


def _styles(seed: int, size: float) -> dict[str, Any]:
    regular, bold = TYPEFACES[seed % len(TYPEFACES)]
    accent = colors.HexColor(ACCENTS[seed % len(ACCENTS)])
    body = ParagraphStyle("body", fontName=regular, fontSize=size, leading=size * 1.35)
    styles: dict[str, Any] = {"body": ParagraphStyle("text", body, spaceAfter=size * 0.7)}
    styles["item"] = ParagraphStyle("item", body, leftIndent=14, bulletIndent=3, spaceAfter=2)
    styles["cell"] = ParagraphStyle("cell", body, fontSize=size - 1, leading=size * 1.15)
    for level, factor in ((1, 1.9), (2, 1.35), (3, 1.15)):
        styles[f"h{level}"] = ParagraphStyle(
            f"h{level}",
            fontName=bold,
            fontSize=size * factor,
            leading=size * factor * 1.2,
            textColor=accent,
            spaceBefore=size * 0.6,
            spaceAfter=size * 0.5,
            keepWithNext=1,
        )
    return styles


def _flows(block: Block, styles: dict[str, Any], width: float) -> list[Any]:
    match block:
        case Heading(level, text):
            return [Flow(_markup(text), styles[f"h{level}"])]
        case Paragraph(lines):
            # Kept whole, so that no footer comes between the words of a quote.
            return [KeepTogether([Flow("<br/>".join(map(_markup, lines)), styles["body"])])]
        case Items(_, items):
            return [
                *(
                    KeepTogether([Flow(_markup(item), styles["item"], bulletText=mark)])
                    for mark, item in zip(block.marks("\u2022"), items, strict=True)
                ),
                Spacer(1, 5),
            ]
        case Table(rows):
            cells = [[Flow(_markup(cell), styles["cell"]) for cell in row] for row in rows]
            return [_grid(cells, width), Spacer(1, 8)]


def _grid(cells: list[list[Any]], width: float) -> Any:
    first = 0.4 * width
    rest = (width - first) / (len(cells[0]) - 1)
    style = [
        ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    widths = [first, *[rest] * (len(cells[0]) - 1)]
    return Grid(cells, colWidths=widths, style=style, repeatRows=1)


def _markup(text: str) -> str:
    return "".join(
        f"<b>{escape(part)}</b>" if bold else escape(part) for part, bold in bold_parts(text)
    )
