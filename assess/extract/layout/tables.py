"""Cells beside each other -> the rows of a table, each on one line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial, reduce
from itertools import chain, groupby, pairwise
from math import inf
from typing import Final, NamedTuple

from assess.extract.layout.segments import ITEM, Segment, is_beside, joined, overlap, resized
from assess.extract.prose.blocks import CELL, TERMINAL
from assess.extract.prose.repair import join_hyphenated

# In wrapped prose at least this share of lines starts in lower case; table cells seldom do.
PROSE_SHARE: Final = 0.2
# Fewer lines than this beside each other are a row of cells, not two columns.
MIN_COLUMN_LINES: Final = 3
# Cells stand further apart than this many line heights; nearer is a wide space.
_CELL_GAP: Final = 1.5
# White space above this share of a line's height, beyond the usual, parts the rows of a table.
ROW_GAP: Final = 0.3
# At least this share of the rows has cells on both sides.
_SHARED_ROWS: Final = 0.6
# Cells of one line each that share so much of their height are a pair.
_PAIRED: Final = 0.8
# Cells with more lines than this are columns of text.
_MAX_ROW_LINES: Final = 8
# Lines with so many characters are text; cells may be shorter.
TEXT_LENGTH: Final = 20
# So many rows of cells make a table.
TABLE_ROWS: Final = 3
# Sides so nearly of one width, with so many lines between gaps, are columns of text.
_EQUAL_WIDTH: Final = 0.85
_TALL_CELL: Final = 3
# The rule above a row stands at most so far above its text; lines nearer to each other than the
# second figure are one (points).
_RULE_REACH: Final = 14.0
_SAME_RULE: Final = 4.0
# The lines of one cell follow each other within so many line heights.
_CLOSE: Final = 0.5
# More cells than a page's tables have; looking at all pairs of more would take long.
_MANY: Final = 400


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


def _ruled_rows(
    rules: Sequence[Rule], left: Sequence[Segment], right: Sequence[Segment]
) -> list[float]:
    """The rules that part both sides into the rows of a table, by height."""
    sides = [*left, *right]
    top, bottom = min(s.top for s in sides), max(s.bottom for s in sides)
    start, end = max(s.x1 for s in left), min(s.x0 for s in right)
    heights = [
        rule.y
        for rule in rules
        if rule.x0 < start and rule.x1 > end and top - _RULE_REACH < rule.y < bottom
    ]
    tops = [y for y, below in pairwise([*sorted(heights), inf]) if below - y > _SAME_RULE]
    if not tops or tops[0] > top + _SAME_RULE:
        tops.insert(0, top - _RULE_REACH)
    filled = _filled(tops, left, right)
    return tops if filled >= max(TABLE_ROWS, _SHARED_ROWS * len(tops)) else []


def row_tops(
    rules: Sequence[Rule], left: Sequence[Segment], right: Sequence[Segment]
) -> list[float]:
    """Where the rows of a table begin: a rule or white space runs through both sides above each.

    Between columns of text white space does so by chance only. Empty where there is no table.
    """
    tops = _ruled_rows(rules, left, right)
    if tops:
        return tops
    tops = _open_tops(left, right)
    shared, lines = _filled(tops, left, right), max(len(left), len(right)) / max(1, len(tops))
    if shared < max(TABLE_ROWS, _SHARED_ROWS * len(tops)) or lines > _MAX_ROW_LINES:
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
        whole = len(pairs) == len(sides[0]) == len(sides[1]) >= TABLE_ROWS
        if whole and not any(line.text[:1].islower() for line in chain(*sides)):
            refined += [min(a.top, b.top) for a, b in pairs]
        else:
            refined.append(top)
    return refined


def _open_tops(left: Sequence[Segment], right: Sequence[Segment]) -> list[float]:
    """The tops below white space that runs through both sides."""
    usual = min(line_gap(left), line_gap(right))
    if usual == float("inf"):
        return []
    inside = usual + ROW_GAP * left[0].height
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
    return tall and widths[0] > _EQUAL_WIDTH * widths[1] and prose(left) and prose(right)


def line_gap(side: Sequence[Segment]) -> float:
    """The usual white space between a paragraph's lines."""
    lines = lines_of(side)
    gaps = sorted(below[0].top - above[0].bottom for above, below in pairwise(lines))
    return gaps[len(gaps) // 4] if gaps else float("inf")


def table(segments: Sequence[Segment], tops: Sequence[float]) -> Iterator[Segment]:
    """Yield the rows that begin at ``tops``, the lines of each cell joined."""
    rows: list[list[Segment]] = [[] for _ in tops]
    for segment in sorted(segments, key=lambda segment: (segment.top, segment.x0)):
        rows[max(0, bisect_right(tops, segment.top) - 1)].append(segment)
    for row in filter(None, rows):
        cells = [sorted(cell, key=lambda line: (line.middle, line.x0)) for cell in _cells(row)]
        yield reduce(partial(joined, glue=CELL), (reduce(_wrapped, cell) for cell in cells))


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


def prose(side: Sequence[Segment]) -> bool:
    """Wrapped running text, as against table cells."""
    lower = sum(segment.text[:1].islower() for segment in side)
    return len(side) >= MIN_COLUMN_LINES and lower >= PROSE_SHARE * len(side)


def lines_of(ordered: Sequence[Segment]) -> list[list[Segment]]:
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


def whole_cells(lines: Sequence[Segment]) -> list[Segment]:
    """Join the lines of each cell.

    A line that has a partner beside it may be a row of its own, unless the line above has none.
    """
    if len(lines) > _MANY:
        return list(lines)
    paired = [any(is_beside(line, other, _PAIRED) for other in lines) for line in lines]
    cells: list[Segment] = []
    last: list[int] = []
    for index, line in enumerate(lines):
        home = next((i for i in reversed(range(len(cells))) if _over(lines[last[i]], line)), None)
        if home is None or not _wraps(lines, last[home], index, paired):
            cells.append(line)
            last.append(index)
        else:
            cells[home] = _wrapped(cells[home], line)
            last[home] = index
    return cells


def _wrapped(above: Segment, line: Segment) -> Segment:
    """Join two lines of a cell."""
    if not above.text.endswith("-"):
        return joined(above, line, " ")
    text = join_hyphenated(above.text, line.text, frozenset())
    return joined(above, line, "")._replace(text=text)


def _over(above: Segment, line: Segment) -> bool:
    """Whether a line stands close below another, in its size and in line with it."""
    height = min(above.height, line.height)
    if not -height / 3 < line.top - above.bottom < _CLOSE * height:
        return False
    if resized(above, line):
        return False
    shifts = (line.x0 - above.x0, line.x1 - above.x1, line.x0 + line.x1 - above.x0 - above.x1)
    return any(abs(shift) < height for shift in shifts)


def _wraps(lines: Sequence[Segment], above: int, below: int, paired: Sequence[bool]) -> bool:
    one, line = lines[above], lines[below]
    if ITEM.match(line.text):
        return False
    ended, small = TERMINAL.search(one.text[-4:]), line.text[:1].islower()
    if not (paired[above] and paired[below]) and small:
        return True
    if ended or (paired[below] and not (small and len(one.text) >= TEXT_LENGTH)):
        return False
    width = max(other.x1 - other.x0 for other in lines if abs(other.x0 - one.x0) < one.height)
    return one.x1 - one.x0 + one.height / 5 + line.lead > width


def rows_of(ordered: Sequence[Segment]) -> list[Column]:
    """Join the cells that stand beside each other into one row each; other lines stay lines."""
    merged: list[list[Segment]] = []
    for line in lines_of(ordered):
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
            above[index] = _wrapped(above[index], cell)
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
        and len(column.segments) >= TABLE_ROWS
        and any(row.text[:1].islower() for row in column.segments)
        for column in columns
    )
