"""Words with boxes -> segments. Pure geometry, no PDF library.

Coordinates are in points; y grows downwards. A segment is a run of words on one baseline without
a wide gap: a line of a column, a table cell, or a running header.
"""

from __future__ import annotations

import re
import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

# Boxes without a height are taken to have this one; letters are not smaller (points).
_LOWEST: Final = 0.1
_SMALLEST: Final = 6.0
# A gap wider than this many line heights separates columns or cells; justified text stays below.
WIDE_GAP: Final = 1.0
# Figures beside each other are cells at a smaller gap; a space in a number is half as wide.
FIGURE_GAP: Final = 0.5
# Boxes beside each other share at least this much of their height.
BESIDE: Final = 0.15
# Text of another size is another paragraph: headings, footnotes.
_OTHER_SIZE: Final = 1.12
# So many gaps of one width in a row come from justified text; before words in lower case fewer do.
_EQUAL_GAPS: Final = 3
_EQUAL_SMALL: Final = 2
# Not even stretched lines have wider spaces (line heights).
_MAX_STRETCH: Final = 3
# So many words, and this share of a page's lines, that stand alone: its order was lost.
_MIN_SCATTERED: Final = 30
_SCATTERED_SHARE: Final = 0.5
# No line has more words beside it; an attack may.
_MAX_BESIDE: Final = 200
# Lines are flush where their ends differ by no more than this (points).
_FLUSH: Final = 1.5
# The next line of a paragraph is at most so many line heights away.
_NEXT_LINE: Final = 2
# A bullet's text starts within this many line heights after it.
_LABEL_GAP: Final = 5
# Letter-spaced words part where the gap is this many times the usual one.
_LETTER_GAP: Final = 1.6
# So many single letters, and this share of all words, make a letter-spaced heading.
_MIN_LETTERS: Final = 5
_LETTER_SHARE: Final = 0.7
# So many short words in a row are letters, whatever their case.
_MANY_LETTERS: Final = 10

_BULLET = "[•●▪■◦○‣⁃∙·➢➤✓✔*–—-]"
_NUMBER = r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+\.?"
_LABEL = re.compile(rf"^(?:{_BULLET}|o|\d{{1,2}}|{_NUMBER})$")
ITEM = re.compile(rf"^(?:{_BULLET}|(?:o|{_NUMBER})(?=\s))")
"""The start of a list item."""
_FIGURE = re.compile(r"^[£$€(]?\d[\d,.]*[%)]?$")
_LETTER_SPACED = re.compile(r"^[A-Z]{1,2}$")
_SHORT = re.compile(r"^\w{1,2}$")


class Segment(NamedTuple):
    """A word, or words on one baseline without a wide gap between them."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    first_width: float = 0.0
    """Width of the first of several words; 0 for a single one."""

    @property
    def lead(self) -> float:
        """Width of the first word: tells whether it would have fitted on the line before."""
        return self.first_width or self.x1 - self.x0

    @property
    def height(self) -> float:
        """Line height in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2


class Post(NamedTuple):
    """A vertical line drawn on the page, as between the cells of a table; y growing downwards."""

    x: float
    top: float
    bottom: float


def segments_of(words: Sequence[Segment], posts: Sequence[Post] = ()) -> list[Segment]:
    """Group words, given in stream order, into segments; ``posts`` part cells."""
    lines = _stream_lines(words)
    cells = _cells_of(lines, posts)
    if _scattered(cells) or _jumps_back(lines):
        cells = _cells_of(_placed_lines([_whole(cell) for cell in cells]), posts)
    return _merge_labels([_whole(cell) for cell in cells], posts)


def _cells_of(lines: Sequence[Sequence[Segment]], posts: Sequence[Post]) -> list[Sequence[Segment]]:
    cut = [list(_cells(line, posts)) if len(line) > 1 else [line] for line in lines]
    return [
        cell
        for index, cells in enumerate(cut)
        for cell in ([lines[index]] if _is_stretched(lines, cut, index) else cells)
    ]


def _is_stretched(
    lines: Sequence[Sequence[Segment]], cut: Sequence[Sequence[Sequence[Segment]]], index: int
) -> bool:
    """Whether a line in cells is one line of a justified paragraph, flush with those around it."""
    if len(cut[index]) == 1:
        return False
    around = [i for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    if any(len(cut[i]) > 1 for i in around):
        return False
    line = lines[index]
    height = line[0].height
    if any(after.x0 - before.x1 > _MAX_STRETCH * height for before, after in pairwise(line)):
        return False
    return any(
        abs(lines[i][0].x0 - line[0].x0) < _FLUSH
        and abs(lines[i][-1].x1 - line[-1].x1) < _FLUSH
        and abs(lines[i][0].top - line[0].top) < _NEXT_LINE * height
        for i in around
    )


def _whole(words: Sequence[Segment]) -> Segment:
    if len(words) == 1:
        return words[0]
    return Segment(
        _words_text(words),
        min(word.x0 for word in words),
        max(word.x1 for word in words),
        min(word.top for word in words),
        max(word.bottom for word in words),
        words[0].lead,
    )


def _jumps_back(lines: Sequence[Sequence[Segment]]) -> bool:
    """Whether a line was left and gone on with later: its parts must be put together by place."""
    return any(
        below[0].x0 < above[-1].x1
        and below[0].top < above[-1].bottom
        and overlap(above[-1], below[0]) > 0.5
        for above, below in pairwise(lines)
    )


def _stream_lines(words: Sequence[Segment]) -> list[list[Segment]]:
    """Words that follow each other on one baseline."""
    lines: list[list[Segment]] = []
    for word in words:
        if lines and _goes_on(lines[-1][-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _scattered(cells: Sequence[Sequence[Segment]]) -> bool:
    """Whether the page was written word by word in an order that is not that of its lines."""
    single = sum(len(cell) == 1 and " " not in cell[0].text for cell in cells)
    return single >= _MIN_SCATTERED and single > _SCATTERED_SHARE * len(cells)


def _placed_lines(words: Sequence[Segment]) -> list[list[Segment]]:
    """Lines by place alone: each word is followed by the nearest one to its right."""
    ordered = sorted(words, key=lambda word: word.middle)
    middles = [word.middle for word in ordered]
    after: dict[int, int] = {}
    for index, word in enumerate(ordered):
        reach = word.height / 2
        first = bisect_left(middles, middles[index] - reach)
        last = min(bisect_right(middles, middles[index] + reach), first + _MAX_BESIDE)
        beside = [i for i in range(first, last) if i != index and _goes_on(word, ordered[i])]
        if beside:
            after[index] = min(beside, key=lambda i: ordered[i].x0)
    return _chains(ordered, after)


def _chains(ordered: Sequence[Segment], after: Mapping[int, int]) -> list[list[Segment]]:
    followers = set(after.values())
    used: set[int] = set()
    lines = []
    for index in [i for i in range(len(ordered)) if i not in followers]:
        line: list[Segment] = []
        place: int | None = index
        while place is not None and place not in used:
            used.add(place)
            line.append(ordered[place])
            place = after.get(place)
        lines.append(line)
    return lines + [[word] for index, word in enumerate(ordered) if index not in used]


def _goes_on(before: Segment, word: Segment) -> bool:
    if word.x0 < before.x0:
        return False  # the next line, as a rule
    return word.x0 - before.x1 > -_line_height(before, word) / 2 and overlap(before, word) > 0.5


def _line_height(one: Segment, other: Segment) -> float:
    first, second = one.bottom - one.top, other.bottom - other.top
    height = first if first < second else second
    return height if height > _SMALLEST else _SMALLEST


def _cells(line: Sequence[Segment], posts: Sequence[Post]) -> Iterator[list[Segment]]:
    """Cut a line at posts and wide gaps; in justified text gaps are as wide as their neighbours."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(line)]
    cell = [line[0]]
    for index, (before, word) in enumerate(pairwise(line)):
        height = _line_height(before, word)
        figures = _FIGURE.match(before.text) and _FIGURE.match(word.text)
        wide = gaps[index] >= (FIGURE_GAP if figures else WIDE_GAP) * height
        cut = wide and (figures or not _justified(line, gaps, index))
        if cut or (posts and _is_parted(before, word, posts)):
            yield cell
            cell = []
        cell.append(word)
    yield cell


def _is_parted(before: Segment, word: Segment, posts: Sequence[Post]) -> bool:
    middle = before.middle
    return any(
        before.x1 - _FLUSH <= post.x <= word.x0 + _FLUSH and post.top <= middle <= post.bottom
        for post in posts
    )


def _justified(line: Sequence[Segment], gaps: Sequence[float], index: int) -> bool:
    """Whether the gap is one of several equal ones, as in a stretched line."""
    if gaps[index] > _MAX_STRETCH * _line_height(line[index], line[index + 1]):
        return False
    first = last = index
    while first > 0 and _equal(gaps[first - 1], gaps[index]):
        first -= 1
    while last + 1 < len(gaps) and _equal(gaps[last + 1], gaps[index]):
        last += 1
    if any(" " in word.text for word in line[first : last + 2]):
        return False
    small = all(word.text[:1].islower() for word in line[first + 1 : last + 2])
    return last - first + 1 >= (_EQUAL_SMALL if small else _EQUAL_GAPS)


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= 0.05 * max(one, other) + 0.2


def _letter_spaced(texts: Sequence[str]) -> bool:
    """Whether the words are the letters of a heading set wide ("P O L I C Y")."""
    if len(texts) < _MIN_LETTERS:
        return False
    letters = _LETTER_SPACED if len(texts) < _MANY_LETTERS else _SHORT
    return sum(bool(letters.match(text)) for text in texts) >= _LETTER_SHARE * len(texts)


def overlap(one: Segment, other: Segment) -> float:
    """Share of the lower box's height that both have in common; negative where apart."""
    # Asked for every pair of neighbours: comparing is quicker than `min` and `max`.
    top = one.top if one.top > other.top else other.top
    bottom = one.bottom if one.bottom < other.bottom else other.bottom
    first, second = one.bottom - one.top, other.bottom - other.top
    height = first if first < second else second
    return (bottom - top) / (height if height > _LOWEST else _LOWEST)


def is_beside(one: Segment, other: Segment, share: float = BESIDE) -> bool:
    """Whether two segments share so much of their height and nothing of their width."""
    return (one.x1 <= other.x0 or other.x1 <= one.x0) and overlap(one, other) > share


def resized(above: Segment, line: Segment) -> bool:
    """Whether two lines are set in different sizes."""
    lower, higher = sorted((above.height, line.height))
    return higher > _OTHER_SIZE * max(lower, _LOWEST)


def joined(left: Segment, right: Segment, glue: str) -> Segment:
    """Return both as one segment."""
    return left._replace(
        text=left.text + glue + right.text,
        x0=min(left.x0, right.x0),
        x1=max(left.x1, right.x1),
        top=min(left.top, right.top),
        bottom=max(left.bottom, right.bottom),
    )


def _words_text(words: Sequence[Segment]) -> str:
    """Join words; letter-spaced headings ("P O L I C Y") are closed up by their gaps."""
    texts = [word.text for word in words]
    if not _letter_spaced(texts):
        return " ".join(texts)
    gaps = [after.x0 - before.x1 for before, after in pairwise(words)]
    wide = _LETTER_GAP * statistics.median(gaps)
    return texts[0] + "".join(
        (" " if gap > wide else "") + text for gap, text in zip(gaps, texts[1:], strict=True)
    )


def _merge_labels(segments: Sequence[Segment], posts: Sequence[Post]) -> list[Segment]:
    """Give bullets and numbers that stand before a tab back to their text."""
    merged: list[Segment] = []
    for segment in segments:
        label = merged[-1] if merged and _LABEL.match(merged[-1].text) else None
        if label and _labels(label, segment) and not _is_parted(label, segment, posts):
            merged[-1] = joined(merged[-1], segment, " ")
        else:
            merged.append(segment)
    return merged


def _labels(label: Segment, segment: Segment) -> bool:
    if _FIGURE.match(segment.text):
        return False  # two cells with figures
    gap = segment.x0 - label.x1
    close = 0 <= gap < _LABEL_GAP * max(label.height, segment.height)
    return close and overlap(label, segment) > 0.5
