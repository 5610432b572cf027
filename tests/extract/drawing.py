"""Lines of text at given places -> PDF."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT: Final = 50.0
TRUETYPE: Final = "Vera"  # comes with reportlab; has ligatures and accents
registerFont(TTFont(TRUETYPE, "Vera.ttf"))


@dataclass(frozen=True)
class Line:
    """Text at a place, in points from the left and from the top."""

    x: float
    y: float
    text: str
    size: float = 10
    fill: float = 0
    """Width it is stretched to; 0 leaves it as it is."""
    font: str = "Helvetica"


Rule = tuple[float, float, float, float]


def draw(
    pages: Sequence[Sequence[Line]], rules: Sequence[Rule] = (), *, words: bool = False
) -> bytes:
    """Write the lines in the given order; ``words`` draws each word by itself."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for page in pages:
        for x0, y0, x1, y1 in rules:
            canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
        for line in chain.from_iterable(map(split, page)) if words else page:
            put(canvas, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def put(canvas: Canvas, line: Line) -> None:
    gaps = line.text.count(" ")
    spare = line.fill - stringWidth(line.text, line.font, line.size) if line.fill else 0
    text = canvas.beginText(line.x, HEIGHT - line.y)
    text.setFont(line.font, line.size)
    text.setWordSpace(spare / gaps if gaps else 0)
    text.textOut(line.text)
    canvas.drawText(text)


def split(line: Line) -> list[Line]:
    """The words of a line, each at its place."""
    space = stringWidth(" ", line.font, line.size)
    words, x = [], line.x
    for word in line.text.split():
        words.append(replace(line, x=x, text=word, fill=0))
        x += stringWidth(word, line.font, line.size) + space
    return words


def wrap(
    text: str, x: float, y: float, width: float, *, justify: bool = False, like: Line | None = None
) -> list[Line]:
    """``text`` in lines of ``width`` points."""
    like = like or Line(0, 0, "")
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and stringWidth(longer, like.font, like.size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    placed = [
        replace(like, x=x, y=y + 1.25 * like.size * index, text=line)
        for index, line in enumerate(lines)
    ]
    if justify:
        placed = [*(replace(line, fill=width) for line in placed[:-1]), placed[-1]]
    return placed


def flow(
    sentences: Sequence[str], x: float, y: float, width: float, *, justify: bool = False,
    like: Line | None = None,
) -> list[Line]:  # fmt: skip
    """Sentences as paragraphs of three."""
    lines: list[Line] = []
    for first in range(0, len(sentences), 3):
        top = y if first == 0 else lines[-1].y + 18
        text = " ".join(sentences[first : first + 3])
        lines += wrap(text, x, top, width, justify=justify, like=like)
    return lines


def by_row(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.y, line.x))


def shuffled(lines: Iterable[Line]) -> list[Line]:
    mixed = list(lines)
    random.Random(3).shuffle(mixed)
    return mixed
