"""The order in which a person reads the segments of a page: columns, rows of cells, or plain."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import chain, groupby, pairwise
from math import inf
from typing import Final, NamedTuple

from assess.extract.layout.segments import Segment, joined, overlap

# Fewer lines than this beside each other are a row of cells, not two columns.
MIN_COLUMN_LINES: Final = 3
# In wrapped prose at least this share of lines starts in lower case; table cells seldom do.
PROSE_SHARE: Final = 0.2
# Narrower white space than this (points) is a word gap.
_MIN_GUTTER: Final = 4
# Boxes beside each other share at least this much of their height.
_BESIDE: Final = 0.15
# Six columns are more than any statement has; deeper splits are noise or an attack.
_MAX_DEPTH: Final = 6
# Cells stand further apart than this many line heights; nearer is a wide space.
_CELL_GAP: Final = 1.5
# White space above this share of a line's height, beyond the usual, parts the rows of a table.
_ROW_GAP: Final = 0.3
# At least this share of the rows has cells on both sides.
_SHARED_ROWS: Final = 0.6
# Cells of one line each that share so much of their height are a pair.
_PAIRED: Final = 0.8
# Cells with more lines than this are columns of text.
_MAX_ROW_LINES: Final = 8
# A line below cells goes on with one of them if it is so narrow a part of the text's width and
# follows within so many line heights.
_NARROW: Final = 0.6
_CLOSE: Final = 0.5
# So many rows of cells make a table.
_TABLE_ROWS: Final = 3
# What stands over the gutter is an inset if it is narrower than this many times the text beside it.
_INSET: Final = 1.2
# Cells are shorter than this many characters; lines that run round an inset are longer.
_TEXT_LENGTH: Final = 20
# A signature block has no more lines.
_SIGNATURE_LINES: Final = 6
# So many lines are running text that a side box can stand beside.
_BODY_LINES: Final = 8
# Of labels at least this share stands where a paragraph begins.
_LABELS_SHARE: Final = 0.5
# Sides so nearly of one width, with so many lines between gaps, are columns of text.
_EQUAL_WIDTH: Final = 0.85
_TALL_CELL: Final = 3
# The rule above a row stands at most so far above its text; lines nearer to each other than the
# second figure are one (points).
_RULE_REACH: Final = 14.0
_SAME_RULE: Final = 4.0
CELL: Final = " | "

_TITLE = re.compile(
    r"\b(?:director|officer|chair(?:man|woman|person)?|secretary|manager|partner|trustee|president|"
    r"ceo|cfo|coo|principal|member)\b",
    re.I,
)
_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?[\s/.-]+(?:\w{3,9}|\d{1,2})[\s/.-]+\d{2,4}\b")


class Column(NamedTuple):
    """Segments that are read one after another."""

    segments: tuple[Segment, ...]
    rows: bool = False
    """Each segment is a finished table row."""


class Rule(NamedTuple):
    """A horizontal line drawn on the page, y growing downwards."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class _Page:
    rules: Sequence[Rule]

    def ruled_rows(self, left: Sequence[Segment], right: Sequence[Segment]) -> list[float]:
        """The rules that part both sides into the rows of a table, by height."""
        sides = [*left, *right]
        top, bottom = min(s.top for s in sides), max(s.bottom for s in sides)
        start, end = max(s.x1 for s in left), min(s.x0 for s in right)
        heights = [
            rule.y
            for rule in self.rules
            if rule.x0 < start and rule.x1 > end and top - _RULE_REACH < rule.y < bottom
        ]
        tops = [y for y, below in pairwise([*sorted(heights), inf]) if below - y > _SAME_RULE]
        if not tops or tops[0] > top + _RULE_REACH:
            tops.insert(0, top - _RULE_REACH)
        filled = _filled(tops, left, right)
        return tops if filled >= max(_TABLE_ROWS, _SHARED_ROWS * len(tops)) else []


def reading_order(segments: Sequence[Segment], rules: Sequence[Rule] = ()) -> list[Column]:
    """Order the segments of one page as a person reads them; ``rules`` part the rows of tables."""
    return _order(_Page(rules), segments, 0)


def _order(page: _Page, segments: Sequence[Segment], depth: int) -> list[Column]:
    ordered = sorted(segments, key=lambda segment: (segment.middle, segment.x0))
    if not ordered:
        return []
    if not _parallel(ordered):
        return [Column(tuple(ordered))]
    if depth >= _MAX_DEPTH:
        return _rows(ordered)
    gutter = _gutter(ordered)
    if gutter is None:
        return _stacked(page, ordered, depth)
    return _banded(page, ordered, gutter, depth)


def _parallel(ordered: Sequence[Segment]) -> bool:
    return any(_beside(above, below) for above, below in pairwise(ordered))


def _beside(one: Segment, other: Segment) -> bool:
    return (one.x1 <= other.x0 or other.x1 <= one.x0) and overlap(one, other) > _BESIDE


def _gutter(ordered: Sequence[Segment]) -> float | None:
    """The x that the fewest segments cross, with the most of them on either side."""
    starts = sorted(segment.x0 for segment in ordered)
    ends = sorted(segment.x1 for segment in ordered)
    best, best_score = None, 0.0
    for left, right in pairwise(sorted({*starts, *ends})):
        if right - left < _MIN_GUTTER:
            continue
        middle = (left + right) / 2
        before, after = bisect_right(ends, middle), len(starts) - bisect_left(starts, middle)
        crossing = len(ordered) - before - after
        score = min(before, after) - crossing + 0.5
        if min(before, after) and score > best_score:
            best, best_score = middle, score
    return best


def _stacked(page: _Page, ordered: Sequence[Segment], depth: int) -> list[Column]:
    """Split text with tables in it into plain runs and runs of cells, and order each."""
    runs = [list(run) for run in _runs(_lines(ordered))]
    if len(runs) == 1:
        return _rows(ordered)
    return [column for run in runs for column in _order(page, run, depth + 1)]


def _runs(lines: Sequence[Sequence[Segment]]) -> Iterator[list[Segment]]:
    """Yield the segments of runs of lines with several cells, and of runs without."""
    width = max(line[-1].x1 for line in lines) - min(line[0].x0 for line in lines)
    run: list[Segment] = []
    inside = False
    for line in lines:
        narrow = line[-1].x1 - line[0].x0 < _NARROW * width
        close = bool(run) and line[0].top - run[-1].bottom < _CLOSE * line[0].height
        cells = len(line) > 1 or (inside and narrow and close)
        if run and cells != inside:
            yield run
            run = []
        run.extend(line)
        inside = cells
    yield run


def _banded(page: _Page, ordered: Sequence[Segment], gutter: float, depth: int) -> list[Column]:
    """Split where something crosses the gutter; in each band read left side, then right side."""
    columns: list[Column] = []
    left: list[Segment] = []
    right: list[Segment] = []
    crossing: list[Segment] = []
    insets: list[Segment] = []
    lines = _lines(ordered)
    for index, line in enumerate(lines):
        across = [segment for segment in line if segment.x0 < gutter < segment.x1]
        if across and _is_inset(lines, index, across):
            insets += across
        elif across:
            columns += _band(page, left, right, depth) + _order(page, insets, depth + 1)
            left, right, insets = [], [], []
            crossing += line
            continue
        columns += _order(page, crossing, depth + 1)
        crossing = []
        left += [segment for segment in line if segment.x1 <= gutter]
        right += [segment for segment in line if segment.x0 >= gutter]
    columns += _band(page, left, right, depth) + _order(page, insets, depth + 1)
    return columns + _order(page, crossing, depth + 1)


def _is_inset(lines: Sequence[Sequence[Segment]], index: int, across: Sequence[Segment]) -> bool:
    """Whether text goes by on both sides of what stands over the gutter, as round a quotation."""
    near = [segment for line in lines[max(0, index - 1) : index + 2] for segment in line]
    start, end = across[0].x0, across[-1].x1
    beside = [segment for segment in near if overlap(segment, across[0]) > _BESIDE]
    text = [segment for segment in beside if len(segment.text) >= _TEXT_LENGTH]
    before = [segment for segment in text if segment.x1 <= start]
    after = [segment for segment in text if segment.x0 >= end]
    if not before or not after:
        return False
    narrow = min(before[0].x1 - before[0].x0, after[0].x1 - after[0].x0)
    return end - start < _INSET * narrow


def _lines(ordered: Sequence[Segment]) -> list[list[Segment]]:
    """Group segments on one baseline, each group from left to right."""
    lines: list[list[Segment]] = []
    for segment in ordered:
        if lines and overlap(lines[-1][-1], segment) > 0.5:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    for line in lines:
        line.sort(key=lambda segment: segment.x0)
    return lines


def _band(page: _Page, left: list[Segment], right: list[Segment], depth: int) -> list[Column]:
    if not left or not right:
        return _order(page, left, depth + 1) + _order(page, right, depth + 1)
    tops = _row_tops(page, left, right)
    if tops:
        return [Column(tuple(_table(left + right, tops)), rows=True)]
    if _are_columns(left, right):
        return _order(page, left, depth + 1) + _order(page, right, depth + 1)
    both = sorted(left + right, key=lambda segment: (segment.middle, segment.x0))
    return _rows(both) if _parallel(both) else [Column(tuple(both))]


def _are_columns(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether two sides are read one after the other."""
    if _both_sign(left, right) or (_prose(left) and _prose(right)):
        return True
    return _beside_text(left, right) or _beside_text(right, left)


def _both_sign(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether two people sign beside each other: each has a title or a date on the same lines."""
    if max(len(left), len(right)) > _SIGNATURE_LINES:
        return False
    return any(
        overlap(one, other) > _BESIDE
        and any(mark.search(one.text) and mark.search(other.text) for mark in (_TITLE, _DATE))
        for one in left
        for other in right
    )


def _beside_text(side: Sequence[Segment], body: Sequence[Segment]) -> bool:
    """Whether short lines stand beside running text without belonging to its paragraphs.

    Labels begin where a paragraph begins; the entries of a side box do so by chance only.
    """
    beside = [line for line in body if side[0].top < line.bottom and line.top < side[-1].bottom]
    if len(beside) < _BODY_LINES or not _prose(beside):
        return False
    starts = _paragraph_tops(beside)
    labels = sum(any(abs(line.top - top) < line.height / 2 for top in starts) for line in side)
    return labels < _LABELS_SHARE * len(side)


def _paragraph_tops(body: Sequence[Segment]) -> list[float]:
    inside = _line_gap(body) + _ROW_GAP * body[0].height
    return [body[0].top] + [
        below.top for above, below in pairwise(body) if below.top - above.bottom > inside
    ]


def _row_tops(page: _Page, left: Sequence[Segment], right: Sequence[Segment]) -> list[float]:
    """Where the rows of a table begin: a rule or white space runs through both sides above each.

    Between columns of text white space does so by chance only. Empty where there is no table.
    """
    tops = page.ruled_rows(left, right)
    if tops:
        return tops
    tops = _open_tops(left, right)
    shared, lines = _filled(tops, left, right), max(len(left), len(right)) / max(1, len(tops))
    if shared < max(_TABLE_ROWS, _SHARED_ROWS * len(tops)) or lines > _MAX_ROW_LINES:
        return []
    return [] if _text_side_by_side(left, right, len(tops)) else _refined(tops, left, right)


def _refined(
    tops: Sequence[float], left: Sequence[Segment], right: Sequence[Segment]
) -> list[float]:
    """Part rows again that hold several pairs of whole cells: their lines stand wider apart."""
    refined = []
    for top, below in pairwise([*tops, inf]):
        sides = [[line for line in side if top <= line.top < below] for side in (left, right)]
        pairs = [(a, b) for a, b in zip(*sides, strict=False) if overlap(a, b) > _PAIRED]
        whole = len(pairs) == len(sides[0]) == len(sides[1]) >= _TABLE_ROWS
        if whole and not any(line.text[:1].islower() for line in chain(*sides)):
            refined += [min(a.top, b.top) for a, b in pairs]
        else:
            refined.append(top)
    return refined


def _open_tops(left: Sequence[Segment], right: Sequence[Segment]) -> list[float]:
    """The tops below white space that runs through both sides."""
    usual = min(_line_gap(left), _line_gap(right))
    if usual == float("inf"):
        return []
    inside = usual + _ROW_GAP * left[0].height
    tops: list[float] = []
    bottom = float("-inf")
    for segment in sorted([*left, *right], key=lambda segment: segment.top):
        if segment.top - bottom > inside:
            tops.append(segment.top)
        bottom = max(bottom, segment.bottom)
    return tops


def _filled(tops: Sequence[float], left: Sequence[Segment], right: Sequence[Segment]) -> int:
    """Count the rows that have something on both sides."""
    rows = [{bisect_right(tops, segment.top) for segment in side} for side in (left, right)]
    return len(rows[0] & rows[1])


def _text_side_by_side(left: Sequence[Segment], right: Sequence[Segment], rows: int) -> bool:
    """Whether two columns of text merely happen to have paragraphs of equal height."""
    widths = sorted(max(line.x1 for line in side) - side[0].x0 for side in (left, right))
    tall = min(len(left), len(right)) >= _TALL_CELL * rows
    return tall and widths[0] > _EQUAL_WIDTH * widths[1] and _prose(left) and _prose(right)


def _line_gap(side: Sequence[Segment]) -> float:
    """The usual white space between a paragraph's lines."""
    lines = _lines(side)
    gaps = sorted(below[0].top - above[0].bottom for above, below in pairwise(lines))
    return gaps[len(gaps) // 4] if gaps else float("inf")


def _table(segments: Sequence[Segment], tops: Sequence[float]) -> Iterator[Segment]:
    """Yield the rows that begin at ``tops``, the lines of each cell joined."""
    rows: list[list[Segment]] = [[] for _ in tops]
    for segment in sorted(segments, key=lambda segment: (segment.top, segment.x0)):
        rows[max(0, bisect_right(tops, segment.top) - 1)].append(segment)
    for row in filter(None, rows):
        cells = [sorted(cell, key=lambda line: (line.middle, line.x0)) for cell in _cells(row)]
        yield reduce(
            partial(joined, glue=CELL), (reduce(partial(joined, glue=" "), cell) for cell in cells)
        )


def _cells(row: Sequence[Segment]) -> list[list[Segment]]:
    """Lines that stand over one another, from left to right."""
    cells: list[list[Segment]] = []
    end = -inf
    for segment in sorted(row, key=lambda segment: segment.x0):
        if segment.x0 < end:
            cells[-1].append(segment)
        else:
            cells.append([segment])
        end = max(end, segment.x1)
    return cells


def _prose(side: Sequence[Segment]) -> bool:
    """Wrapped running text, as against table cells."""
    lower = sum(segment.text[:1].islower() for segment in side)
    return len(side) >= MIN_COLUMN_LINES and lower >= PROSE_SHARE * len(side)


def _rows(ordered: Sequence[Segment]) -> list[Column]:
    """Join the cells that stand beside each other into one row each; other lines stay lines."""
    merged: list[list[Segment]] = []
    for line in _lines(ordered):
        if not (merged and _continues(merged[-1], line)):
            merged.append(line)
    columns = []
    for several, group in groupby(merged, key=lambda cells: len(cells) > 1):
        rows = list(group)
        columns.append(Column(tuple(_row(cells, len(rows)) for cells in rows), rows=several))
    return columns


def _continues(above: list[Segment], row: list[Segment]) -> bool:
    """Whether ``row`` is the wrapped rest of the cells ``above``; if so it is joined to them."""
    if len(above) < 2 or row[0].top - above[0].bottom > above[0].height / 2:
        return False
    targets = [_cell_above(above, cell) for cell in row]
    if None in targets or not (targets[0] or all(cell.text[:1].islower() for cell in row)):
        return False
    for index, cell in zip(targets, row, strict=True):
        if index is not None:
            above[index] = joined(above[index], cell, " ")
    return True


def _cell_above(above: Sequence[Segment], cell: Segment) -> int | None:
    near = [i for i, other in enumerate(above) if abs(other.x0 - cell.x0) < other.height / 2]
    return near[0] if near else None


def _row(cells: Sequence[Segment], rows: int) -> Segment:
    """Join the cells of one of ``rows`` rows; in a lone pair a narrow gap is a wide space."""
    row = cells[0]
    for cell in cells[1:]:
        close = rows == 1 and len(cells) == 2 and cell.x0 - row.x1 < _CELL_GAP * cell.height
        row = joined(row, cell, " " if close else CELL)
    return row


def ragged(columns: Sequence[Column]) -> bool:
    """Whether a table has rows that go on from the row above: its cells wrap."""
    return any(
        column.rows
        and len(column.segments) >= _TABLE_ROWS
        and any(row.text[:1].islower() for row in column.segments)
        for column in columns
    )
