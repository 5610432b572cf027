"""A page's text -> words with boxes, by pdfium; a line without a wide gap is taken in one piece.

Asking pdfium for the box of every word takes longer than reading the text. The boxes of the
page's text objects are few and tell where wide gaps can be; only lines with one are taken apart.
"""

from __future__ import annotations

import ctypes
import math
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from assess.extract.layout.segments import FIGURE_GAP, Segment
from assess.extract.prose.repair import clean

# pdfium marks a hyphen at a line's end so; the word's second half follows without a space.
_LINE_HYPHEN: Final = "\ufffe"
_LINE = re.compile(
    rf"[^\s{_LINE_HYPHEN}](?:[^\r\n{_LINE_HYPHEN}]*[^\s{_LINE_HYPHEN}])?{_LINE_HYPHEN}?"
    rf"|{_LINE_HYPHEN}"
)
_WORD = re.compile(rf"[^\s{_LINE_HYPHEN}]+{_LINE_HYPHEN}?|{_LINE_HYPHEN}")
_WIDE_SPACES: Final = ("  ", "\t", "\xa0")
# Angles are rounded to this many degrees: text set straight is never exactly straight.
_ANGLE_STEP: Final = 15
# A line so much wider a character than the page's usual line may hide a gap (some writers set a
# whole row as one object); one so much narrower wanders over several lines.
_STRETCHED: Final = 1.25
# No font is so narrow; a page may hold nothing but a wandering line.
_NARROWEST: Final = 0.2
# Shorter lines are too uneven to compare; taking them apart costs little.
_COMPARABLE: Final = 12
# Letters set wide have a space after every one or two.
_LETTERS_SHARE: Final = 0.28
# No smaller white space (points) is a gap.
_MIN_GAP: Final = 2.0
# Lines are looked up by their height on the page, in steps of so many points.
_ROW: Final = 24
# Taller lines than so many steps are turned text, which has no gaps.
_TALL: Final = 8
# With more text objects a character, the page is set letter by letter.
BY_LETTER: Final = 0.3
# A character is looked for so near a place (points).
_NEAR: Final = 1.0
# Objects of one line share at least this part of the lower one's height; boxes of letters
# without strokes up or down are low.
_SAME_LINE: Final = 0.2

Corners = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own coordinates (points, y upwards)."""


class Gap(NamedTuple):
    """White space between two text objects that follow each other on one line."""

    left: float
    right: float
    """Where the second object begins; left of ``left`` where the writer jumped back."""
    middle: float
    """Height of the line's middle, y upwards."""


class _Line(NamedTuple):
    start: int
    """Place of its first character in the page's text."""
    text: str
    corners: Corners
    angle: int
    height: float
    stretch: float
    """Width a character as a share of the height."""


class _Characters:
    """Boxes and angles of the characters of a text page, by their place in its text."""

    def __init__(self, textpage: Any, text: str) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium, self._raw = pdfium, textpage.raw
        self._box_of = pdfium.FPDFText_GetLooseCharBox
        self._rect = pdfium.FS_RECTF()
        self._reference = ctypes.byref(self._rect)
        # Generated characters count in the text only; unprintable ones on the page only.
        self._shifted = textpage.count_chars() != len(text)

    def _index(self, place: int) -> int:
        return max(0, int(self._pdfium.FPDFText_GetCharIndexFromTextIndex(self._raw, place)))

    def corners(self, first: int, last: int) -> Corners | None:
        """Return the box around two characters; ``None`` where pdfium knows none."""
        if self._shifted:
            first, last = self._index(first), self._index(last)
        rect, box_of = self._rect, self._box_of
        if not box_of(self._raw, first, self._reference):
            return None
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        if last <= first or not box_of(self._raw, last, self._reference):
            return left, bottom, right, top
        end, low, high = rect.right, rect.bottom, rect.top
        if end < right:  # set from right to left, or turned
            left, end = min(left, rect.left), right
        # Most characters of a line have one height: comparing is quicker than `min` and `max`.
        return left, low if low < bottom else bottom, end, high if high > top else top

    def right(self, place: int) -> float | None:
        """Return where a character ends."""
        index = self._index(place) if self._shifted else place
        return self._rect.right if self._box_of(self._raw, index, self._reference) else None

    def at(self, x: float, y: float) -> int:
        """Return the place of the character there; -1 where there is none."""
        index = int(self._pdfium.FPDFText_GetCharIndexAtPos(self._raw, x, y, _NEAR, _NEAR))
        if not self._shifted or index < 0:
            return index
        return int(self._pdfium.FPDFText_GetTextIndexFromCharIndex(self._raw, index))

    def angle(self, place: int) -> int:
        """Return the writing direction in degrees, counter-clockwise; pdfium counts clockwise."""
        index = self._index(place) if self._shifted else place
        radians = self._pdfium.FPDFText_GetCharAngle(self._raw, index)
        if radians == 0:
            return 0
        return -round(math.degrees(radians) / _ANGLE_STEP) * _ANGLE_STEP % 360


class Placed(NamedTuple):
    """A word or run of words with its writing direction in degrees."""

    word: Segment
    angle: int


def words_of(textpage: Any, text: str, box: Corners) -> Iterator[Placed]:
    """Yield words, or runs of words without a wide gap, in stream order.

    ``text`` is the text page's whole text, ``box`` the page's.
    """
    characters = _Characters(textpage, text)
    lines = list(_lines(characters, text))
    objects = _objects(textpage, int(BY_LETTER * len(text)))
    gaps = _gaps_by_line(lines, _gaps(objects))
    # Without objects, the page is set letter by letter: the words' own boxes are fewer.
    return _placed(characters, lines, gaps, box, loose=not objects)


def _placed(
    characters: _Characters,
    lines: Sequence[_Line],
    gaps: Mapping[int, Sequence[Gap]],
    box: Corners,
    *,
    loose: bool,
) -> Iterator[Placed]:
    narrow, wide = _usual_stretch(lines)
    for index, line in enumerate(lines):
        inside = gaps.get(index)
        if loose or _is_loose(line, narrow, wide) or (inside and _jumps_back(inside)):
            pieces = [(match.start(), match.end()) for match in _WORD.finditer(line.text)]
            yield from _parts(characters, line, pieces, box)
        elif inside:
            yield from _parts(characters, line, _pieces(characters, line, inside), box)
        elif shown := _shown(line.text):
            lead = _lead(characters, line, 0, len(line.text), line.corners[0])
            yield Placed(_turned(shown, line.corners, line.angle, box, lead), line.angle)


def _parts(
    characters: _Characters, line: _Line, pieces: Sequence[tuple[int, int]], box: Corners
) -> Iterator[Placed]:
    for start, end in pieces:
        corners = characters.corners(line.start + start, line.start + end - 1)
        shown = _shown(line.text[start:end])
        if corners and shown:
            lead = _lead(characters, line, start, end, corners[0])
            yield Placed(_turned(shown, corners, line.angle, box, lead), line.angle)


def _lead(characters: _Characters, line: _Line, start: int, end: int, left: float) -> float:
    """Width of the first of several words."""
    space = line.text.find(" ", start, end)
    if space <= start or line.angle:
        return 0.0
    right = characters.right(line.start + space - 1)
    return 0.0 if right is None else right - left


def _lines(characters: _Characters, text: str) -> Iterator[_Line]:
    angle, end = 0, -1
    for match in _LINE.finditer(text):
        corners = characters.corners(match.start(), match.end() - 1)
        if corners is None:
            continue
        if end < 0 or "\n" in text[end : match.start()]:
            angle = characters.angle(match.start())  # pdfium breaks the line where text turns
        end = match.end()
        left, bottom, right, top = corners
        height = max(top - bottom, 0.1)
        stretch = (right - left) / len(match[0]) / height
        yield _Line(match.start(), match[0], corners, angle, height, stretch)


def _pieces(characters: _Characters, line: _Line, gaps: Sequence[Gap]) -> list[tuple[int, int]]:
    """Cut a line at its gaps; start and end of each piece in the line's text."""
    starts = [0]
    for gap in gaps:
        start = characters.at(gap.right + _NEAR, gap.middle) - line.start
        if starts[-1] < start < len(line.text) and line.text[start - 1].isspace():
            starts.append(start)
    ends = [len(line.text[:start].rstrip()) for start in starts[1:]] + [len(line.text)]
    return list(zip(starts, ends, strict=True))


def _shown(text: str) -> str:
    return text if text.isascii() and text.isprintable() else clean(text.replace(_LINE_HYPHEN, "-"))


def _usual_stretch(lines: Sequence[_Line]) -> tuple[float, float]:
    """The narrowest and widest usual line of the page."""
    stretches = [line.stretch for line in lines if len(line.text) >= _COMPARABLE]
    usual = statistics.median(stretches) if stretches else 0
    return max(usual / _STRETCHED, _NARROWEST), usual * _STRETCHED


def _is_loose(line: _Line, narrow: float, wide: float) -> bool:
    """Whether a line must be taken apart word by word: it may hold gaps that no box shows."""
    spaces = line.text.count(" ")
    if not spaces:
        return False
    if line.angle or not narrow <= line.stretch <= wide:
        return True
    if spaces > _LETTERS_SHARE * len(line.text):
        return True
    return any(wide_space in line.text for wide_space in _WIDE_SPACES)


def _jumps_back(gaps: Sequence[Gap]) -> bool:
    return any(gap.right < gap.left for gap in gaps)


def _gaps_by_line(lines: Sequence[_Line], gaps: Sequence[Gap]) -> dict[int, list[Gap]]:
    """Give each line the gaps in it that can part cells, from left to right."""
    found: dict[int, list[Gap]] = defaultdict(list)
    rows: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines if gaps else ()):
        _, bottom, _, top = line.corners
        for row in range(
            int(bottom // _ROW), min(int(top // _ROW), int(bottom // _ROW) + _TALL) + 1
        ):
            rows[row].append(index)
    for gap in gaps:
        for index in rows[int(gap.middle // _ROW)]:
            if _holds(lines[index], gap):
                found[index].append(gap)
    return found


def _holds(line: _Line, gap: Gap) -> bool:
    left, bottom, right, top = line.corners
    if not bottom <= gap.middle <= top:
        return False
    if gap.right < gap.left:
        return gap.right <= right and gap.left >= left
    wide = gap.right - gap.left > FIGURE_GAP * line.height
    return wide and left <= gap.left and gap.right <= right


def _gaps(objects: Sequence[Corners]) -> list[Gap]:
    """Wide gaps and jumps back between text objects that follow each other on one line."""
    found = []
    for (begin, bottom, end, top), (start, low, _, high) in pairwise(objects):
        if begin <= start < end + _MIN_GAP:
            continue
        shared = min(top, high) - max(bottom, low)
        if shared > _SAME_LINE * min(top - bottom, high - low):
            found.append(Gap(end, start, (max(bottom, low) + min(top, high)) / 2))
    return found


def _objects(textpage: Any, limit: int) -> list[Corners]:
    """Return the boxes of the page's text objects, in stream order; empty above ``limit``."""
    import pypdfium2.raw as pdfium

    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    references = [ctypes.byref(value) for value in (left, top, right, bottom)]
    raw, rect_of = textpage.raw, pdfium.FPDFText_GetRect
    count = pdfium.FPDFText_CountRects(raw, 0, -1)
    return [
        (left.value, bottom.value, right.value, top.value)
        for index in range(count if count <= limit else 0)
        if rect_of(raw, index, *references)
    ]


def _turned(text: str, corners: Corners, angle: int, box: Corners, lead: float) -> Segment:
    """Turn a box so that its text runs to the right; y then grows downwards."""
    left, bottom, right, top = corners
    if angle == 0:
        return Segment(text, left, right, box[3] - top, box[3] - bottom, lead)
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    points = [(x, y) for x in (left, right) for y in (bottom, top)]
    across = [x * cos + y * sin for x, y in points]
    down = [x * sin - y * cos for x, y in points]
    return Segment(text, min(across), max(across), min(down), max(down))
