"""Documents made on the spot, and where the real ones lie."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not here")

WIDTH, HEIGHT = A4
Placed = tuple[float, float, str]
"""Points from the left, points from the top, text."""

PARAGRAPH = (
    "We assess the risk of forced labour in our supply chains every year and we publish what we "
    "find. Our suppliers sign a code of conduct before the first order is placed with them."
)


def pdf(pages: Sequence[Sequence[Placed]], *, password: str | None = None, size: int = 10) -> bytes:
    """A PDF with text at given places."""
    buffer = io.BytesIO()
    lock = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(buffer, pagesize=A4, encrypt=lock)
    for page in pages:
        canvas.setFont("Helvetica", size)
        for x, y, text in page:
            canvas.drawString(x, HEIGHT - y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def wrapped(text: str, x: float, y: float, width: int, pitch: float = 13) -> list[Placed]:
    """``text`` broken into lines of ``width`` characters, from ``y`` downwards."""
    import textwrap

    lines = textwrap.wrap(text, width, break_on_hyphens=False)
    return [(x, y + pitch * index, line) for index, line in enumerate(lines)]


def image_pdf() -> bytes:
    """A page that is one picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawImage(ImageReader(Image.new("L", (300, 400), 200)), 0, 0, WIDTH, HEIGHT)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx(build: Any) -> bytes:
    """A Word document that ``build(document)`` fills."""
    import docx as word

    document = word.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def raw_pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of hand-written objects; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n"
        b"%%%%EOF\n" % (size, table, size, len(out))
    )


def form_bomb(levels: int = 9) -> bytes:
    """2 kB of forms, each drawing the next ten times: a hundred million words in the end."""

    def stream(content: bytes, entries: bytes = b"") -> bytes:
        return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)

    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</XObject<</X 6 0 R>>>>>>",
        stream(b"/X Do"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for level in range(levels):
        last = level == levels - 1
        drawn = b"BT /F 12 Tf 50 700 Td (slavery) Tj ET" if last else b"/X Do " * 10
        used = b"/Font<</F 5 0 R>>" if last else b"/XObject<</X %d 0 R>>" % (7 + level)
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<%s>>" % used
        objects.append(stream(drawn, entries))
    return raw_pdf(objects)
