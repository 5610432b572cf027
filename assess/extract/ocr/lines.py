"""tesseract's TSV -> lines of words with boxes. Pure geometry, no program."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final, Literal

from assess.extract.layout.segments import Segment
from assess.extract.ocr.tesseract import OcrError
from assess.extract.prose.repair import clean

# Of lines below this mean confidence (0 to 100) less than half of the words are right: logos,
# photographs. Single words are kept: a lost "not" is worse than a misread one.
_MIN_LINE: Final = 30
# Signs without a letter or figure are specks and rules below this confidence.
_MIN_SIGN: Final = 60
# Rules of tables, read as letters.
_BARS: Final = "|"
# How tesseract reads a bullet at the start of a line.
_BULLETS: Final = frozenset("e¢«»©®°+•")
# Shares of the font's size, usual in text fonts.
_X_HEIGHT, _ASCENT, _DESCENT = 0.52, 0.72, 0.21
_TALL = re.compile(r"[A-Z0-9bdfhijklt£%&/()!?]")
_DEEP = re.compile(r"[gjpqyQ,;()/]")
# Sizes that differ less are one size, measured inexactly.
_SAME_SIZE: Final = 0.15
# Lines whose left ends differ by less than this share of the size begin at one edge.
_SAME_EDGE: Final = 0.25

Rotation = Literal[0, 90, 180, 270]
"""Degrees clockwise by which the text on the page is turned."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word and its box in pixels."""

    text: str
    confidence: float
    x0: float
    x1: float
    top: float
    bottom: float
    line: tuple[str, ...]
    """Numbers of block, paragraph and line."""

    @property
    def size(self) -> float:
        """Size of the font, by the kind of letters."""
        tall = _ASCENT if _TALL.search(self.text) else _X_HEIGHT
        deep = _DESCENT if _DEEP.search(self.text) else 0
        return (self.bottom - self.top) / (tall + deep)

    @property
    def base(self) -> float:
        """Where it stands, by its own size."""
        return self.bottom - (_DESCENT * self.size if _DEEP.search(self.text) else 0)


Line = list[Token]


def _tokens(tsv: str) -> Iterator[Token]:
    """Yield the words of tesseract's TSV; its last column is the text."""
    lines = tsv.split("\n")
    if not lines or not lines[0].startswith("level\t"):
        raise OcrError("tesseract's output is no TSV")
    for line in lines[1:]:
        cells = line.split("\t", 11)
        if cells[0] != "5" or len(cells) < 12:
            continue
        left, top, width, height, confidence = _numbers(cells[6:11])
        text = clean(cells[11]).strip().strip(_BARS)
        if text and width > 0 and height > 0:
            box = (left, left + width, top, top + height)
            yield Token(text, confidence, *box, tuple(cells[2:5]))


def _numbers(cells: Sequence[str]) -> list[float]:
    try:
        numbers = list(map(float, cells))
    except ValueError:
        numbers = [math.nan]
    if not all(map(math.isfinite, numbers)):
        raise OcrError("tesseract's output is no TSV")
    return numbers


def lines_of(tsv: str) -> list[Line]:
    """The lines of a page, less what is a picture's noise.

    Raises:
        OcrError: it is no TSV of tesseract's.
    """
    lines = []
    for _, group in groupby(_tokens(tsv), key=lambda token: token.line):
        line = _marked(list(group))
        line = [t for t in line if t.confidence >= _MIN_SIGN or re.search(r"\w|•", t.text)]
        if line and confidence_of(line) >= _MIN_LINE:
            lines.append(line)
    return lines


def words_in(tsv: str) -> int:
    """The number of words in tesseract's TSV, noise and all."""
    return sum(bool(re.search(r"\w", token.text)) for token in _tokens(tsv))


def _marked(line: Line) -> Line:
    """Give a misread bullet its shape back."""
    if len(line) > 1 and line[0].text in _BULLETS:
        return [replace(line[0], text="•"), *line[1:]]
    return line


def confidence_of(tokens: Sequence[Token]) -> float:
    total = sum(token.confidence * len(token.text) for token in tokens)
    return total / sum(len(token.text) for token in tokens)


def rotation_of(lines: Iterable[Line]) -> Rotation:
    """Which way the words of a line follow each other; tesseract gives boxes as they lie."""
    across = down = 0.0
    for line in lines:
        for one, other in pairwise(line):
            across += other.x0 + other.x1 - one.x0 - one.x1
            down += other.top + other.bottom - one.top - one.bottom
    if abs(across) >= abs(down):
        return 0 if across >= 0 else 180
    return 90 if down > 0 else 270


def slope_of(lines: Iterable[Line]) -> float:
    """Degrees clockwise by which level lines slope, told by words side by side; 0 without any."""
    steps: list[tuple[float, float]] = []
    for line in lines:
        for one, other in pairwise(_lettered(line)):
            across = (other.x0 + other.x1 - one.x0 - one.x1) / 2
            if across > 0:
                steps.append(((other.base - one.base) / across, across))
    half = sum(across for _, across in steps) / 2
    for slope, across in sorted(steps):
        half -= across
        if half <= 0:
            return math.degrees(math.atan(slope))
    return 0.0


def words_of(lines: Sequence[Line], scale: float) -> Iterator[Segment]:
    """Yield the words on level lines, as high as their font.

    tesseract's boxes hug the ink: without this a line without "g" and "l" were a smaller font.
    """
    edges = _edges(lines)
    for _, paragraph in groupby(lines, key=lambda line: line[0].line[:2]):
        rows = list(paragraph)
        usual = statistics.median(_size(line) for line in rows)
        for line in rows:
            size = _size(line)
            size = usual if abs(size - usual) < _SAME_SIZE * usual else size
            base = _baseline(line, size)
            top, bottom = (base - _ASCENT * size) / scale, (base + _DESCENT * size) / scale
            for t in line:
                yield Segment(t.text, edges.get(t.x0, t.x0) / scale, t.x1 / scale, top, bottom)


def _edges(lines: Sequence[Line]) -> dict[float, float]:
    """Left ends of lines -> where they begin: ink begins later in "T" than in "H"."""
    edges: dict[float, float] = {}
    edge = -math.inf
    for line in sorted(lines, key=lambda line: line[0].x0):
        x0 = line[0].x0
        edge = edge if x0 - edge < _SAME_EDGE * _size(line) else x0
        edges[x0] = edge
    return edges


def _size(line: Line) -> float:
    return statistics.median(token.size for token in _lettered(line))


def _baseline(line: Line, size: float) -> float:
    return statistics.median(
        token.bottom - (_DESCENT * size if _DEEP.search(token.text) else 0)
        for token in _lettered(line)
    )


def _lettered(line: Line) -> Line:
    """The words that stand on the line; dashes and bullets do not."""
    return [token for token in line if re.search(r"\w", token.text)] or line
