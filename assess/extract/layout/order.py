"""The order in which a person reads the segments of a page: columns, rows of cells, or plain."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from assess.extract.layout.regions import MIN_GUTTER, is_parallel, regions
from assess.extract.layout.segments import BESIDE, Segment, is_beside, overlap
from assess.extract.layout.tables import (
    ROW_GAP,
    TEXT_LENGTH,
    Column,
    Rule,
    line_gap,
    lines_of,
    prose,
    row_tops,
    rows_of,
    table,
    whole_cells,
)

# Six columns are more than any statement has; deeper splits are noise or an attack.
_MAX_DEPTH: Final = 6
# A line below cells goes on with one of them if it is so narrow a part of the text's width and
# follows within so many line heights.
_NARROW: Final = 0.6
_CLOSE: Final = 0.5
# Blocks beside each other share at least this much of the lower one's height.
_BESIDE_BLOCK: Final = 0.3
# Labels are shorter than so many characters.
_LONG_BLOCK: Final = 120
# What stands over the gutter is an inset if it is narrower than this many times the text beside it.
_INSET: Final = 1.2
# A signature block has no more lines.
_SIGNATURE_LINES: Final = 6
# So many lines are running text that a side box can stand beside.
_BODY_LINES: Final = 8
# Of labels at least this share stands where a paragraph begins.
_LABELS_SHARE: Final = 0.5

_TITLE = re.compile(
    r"\b(?:director|officer|chair(?:man|woman|person)?|secretary|manager|partner|trustee|president|"
    r"ceo|cfo|coo|principal|member)\b",
    re.I,
)
_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?[\s/.-]+(?:\w{3,9}|\d{1,2})[\s/.-]+\d{2,4}\b")


def reading_order(segments: Sequence[Segment], rules: Sequence[Rule] = ()) -> list[Column]:
    """Order the segments of one page as a person reads them; ``rules`` part the rows of tables."""
    ordered = _sorted(segments)
    if not is_parallel(ordered):
        return [Column(tuple(ordered))] if ordered else []
    return [column for part in regions(ordered) for column in _order(rules, part, 0)]


def _sorted(segments: Sequence[Segment]) -> list[Segment]:
    return sorted(segments, key=lambda segment: (segment.middle, segment.x0))


def _order(rules: Sequence[Rule], segments: Sequence[Segment], depth: int) -> list[Column]:
    ordered = _sorted(segments)
    if not ordered:
        return []
    if not is_parallel(ordered):
        return [Column(tuple(ordered))]
    if depth >= _MAX_DEPTH:
        return rows_of(ordered)
    gutter = _gutter(ordered)
    if gutter is None:
        return _stacked(rules, ordered, depth)
    return _banded(rules, ordered, gutter, depth)


def _gutter(ordered: Sequence[Segment]) -> float | None:
    """The x that the fewest segments cross, with the most of them on either side."""
    starts = sorted(segment.x0 for segment in ordered)
    ends = sorted(segment.x1 for segment in ordered)
    best, best_score = None, 0.0
    for left, right in pairwise(sorted({*starts, *ends})):
        if right - left < MIN_GUTTER:
            continue
        middle = (left + right) / 2
        before, after = bisect_right(ends, middle), len(starts) - bisect_left(starts, middle)
        crossing = len(ordered) - before - after
        score = min(before, after) - crossing + 0.5
        if min(before, after) and score > best_score:
            best, best_score = middle, score
    return best


def _stacked(rules: Sequence[Rule], ordered: Sequence[Segment], depth: int) -> list[Column]:
    """Split text with tables in it into plain runs and runs of cells, and order each."""
    runs = [list(run) for run in _runs(lines_of(ordered))]
    if len(runs) == 1:
        return rows_of(_sorted(whole_cells(ordered)))
    return [column for run in runs for column in _order(rules, run, depth + 1)]


def _runs(lines: list[list[Segment]]) -> Iterator[list[Segment]]:
    """Yield the segments of runs of lines with several cells, and of runs without."""
    width = max(line[-1].x1 for line in lines) - min(line[0].x0 for line in lines)
    run: list[Segment] = []
    inside = False
    for index, line in enumerate(lines):
        around = lines[max(0, index - 1) : index] + lines[index + 1 : index + 2]
        narrow = line[-1].x1 - line[0].x0 < _NARROW * width
        close = bool(run) and line[0].top - run[-1].bottom < _CLOSE * line[0].height
        beside = any(is_beside(one, other) for near in around for one in line for other in near)
        cells = len(line) > 1 or beside or (inside and narrow and close)
        if run and cells != inside:
            yield run
            run = []
        run.extend(line)
        inside = cells
    yield run


def _banded(
    rules: Sequence[Rule], ordered: Sequence[Segment], gutter: float, depth: int
) -> list[Column]:
    """Split where something crosses the gutter; in each band read left side, then right side."""
    columns: list[Column] = []
    left: list[Segment] = []
    right: list[Segment] = []
    crossing: list[Segment] = []
    insets: list[Segment] = []
    lines = lines_of(ordered)
    for index, line in enumerate(lines):
        across = [segment for segment in line if segment.x0 < gutter < segment.x1]
        if across and _is_inset(lines, index, across):
            insets += across
        elif across:
            columns += _band(rules, left, right, depth) + _order(rules, insets, depth + 1)
            left, right, insets = [], [], []
            crossing += line
            continue
        columns += _order(rules, crossing, depth + 1)
        crossing = []
        left += [segment for segment in line if segment.x1 <= gutter]
        right += [segment for segment in line if segment.x0 >= gutter]
    columns += _band(rules, left, right, depth) + _order(rules, insets, depth + 1)
    return columns + _order(rules, crossing, depth + 1)


def _is_inset(lines: Sequence[Sequence[Segment]], index: int, across: Sequence[Segment]) -> bool:
    """Whether text goes by on both sides of what stands over the gutter, as round a quotation."""
    near = [segment for line in lines[max(0, index - 1) : index + 2] for segment in line]
    start, end = across[0].x0, across[-1].x1
    beside = [segment for segment in near if overlap(segment, across[0]) > BESIDE]
    text = [segment for segment in beside if len(segment.text) >= TEXT_LENGTH]
    before = [segment for segment in text if segment.x1 <= start]
    after = [segment for segment in text if segment.x0 >= end]
    if not before or not after:
        return False
    narrow = min(before[0].x1 - before[0].x0, after[0].x1 - after[0].x0)
    return end - start < _INSET * narrow


def _band(
    rules: Sequence[Rule], left: list[Segment], right: list[Segment], depth: int
) -> list[Column]:
    if not left or not right:
        return _order(rules, left, depth + 1) + _order(rules, right, depth + 1)
    tops = row_tops(rules, left, right)
    if tops:
        return [Column(tuple(table(left + right, tops)), rows=True)]
    if _are_columns(left, right):
        return _order(rules, left, depth + 1) + _order(rules, right, depth + 1)
    both = whole_cells(_sorted(left + right))
    gutter = max(segment.x1 for segment in left)
    sides = [one for one in both if one.x1 <= gutter], [one for one in both if one.x1 > gutter]
    if _flows_beside(*sides):
        return [Column(tuple(side)) for side in sides]
    both = _sorted(both)
    return rows_of(both) if is_parallel(both) else [Column(tuple(both))]


def _flows_beside(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether text goes on beside text: blocks on both sides, or a long one, have several beside.

    A label has several beside it where its value has paragraphs; a value has one label.
    """
    several = [list(_with_several(left, right)), list(_with_several(right, left))]
    if all(several):
        return True
    return any(len(block.text) >= _LONG_BLOCK for block in chain(*several))


def _with_several(side: Sequence[Segment], others: Sequence[Segment]) -> Iterator[Segment]:
    """Yield the blocks of one side beside several of the other that stand one below the other."""
    for block in side:
        beside = [other for other in others if overlap(block, other) > _BESIDE_BLOCK]
        if any(below.top > above.bottom for above, below in pairwise(beside)):
            yield block


def _are_columns(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether two sides are read one after the other."""
    if _both_sign(left, right) or (prose(left) and prose(right)):
        return True
    return _beside_text(left, right) or _beside_text(right, left)


def _both_sign(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether two people sign beside each other: each has a title or a date on the same lines."""
    if max(len(left), len(right)) > _SIGNATURE_LINES:
        return False
    return any(
        overlap(one, other) > BESIDE
        and any(mark.search(one.text) and mark.search(other.text) for mark in (_TITLE, _DATE))
        for one in left
        for other in right
    )


def _beside_text(side: Sequence[Segment], body: Sequence[Segment]) -> bool:
    """Whether short lines stand beside running text without belonging to its paragraphs.

    Labels begin where a paragraph begins; the entries of a side box do so by chance only.
    """
    beside = [line for line in body if side[0].top < line.bottom and line.top < side[-1].bottom]
    if len(beside) < _BODY_LINES or not prose(beside):
        return False
    starts = _paragraph_tops(beside)
    labels = sum(any(abs(line.top - top) < line.height / 2 for top in starts) for line in side)
    return labels < _LABELS_SHARE * len(side)


def _paragraph_tops(body: Sequence[Segment]) -> list[float]:
    inside = line_gap(body) + ROW_GAP * body[0].height
    return [body[0].top] + [
        below.top for above, below in pairwise(body) if below.top - above.bottom > inside
    ]
