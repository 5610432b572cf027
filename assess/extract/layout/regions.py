"""A page's segments -> regions: stretches of the page with columns of their own, from the top.

Three cards above two columns of text have no gutter in common; each region is ordered by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from assess.extract.layout.segments import Segment, is_beside
from assess.extract.layout.tables import line_gap

# White space above this share of a line's height, beyond the usual, parts bands of a page.
_BAND_GAP: Final = 0.5
# Narrower white space than this (points) is a word gap.
MIN_GUTTER: Final = 4.0
# What is wider than this share of the band goes across its columns.
_ACROSS: Final = 0.6
# A few lines below columns, after a gap of so many line heights, belong to none of them.
_TRAILING_LINES: Final = 3
_TRAILING_GAP: Final = 0.8
# A line of a paragraph fills this share of its column.
_FULL: Final = 0.85

Interval = tuple[float, float]


def regions(ordered: Sequence[Segment]) -> list[list[Segment]]:
    """Part segments, given from top to bottom, where their columns change."""
    found: list[list[Segment]] = []
    common: list[Interval] = []
    for band in _bands(ordered):
        gutters = _gutters(band)
        shared = _shared(common, gutters) if gutters else _free(common, band)
        if found and (shared or not (common or gutters)):
            found[-1] += band
            common = shared
        else:
            found.append(list(band))
            common = gutters
    return [part for region in found for part in _without_trailing(region)]


def _bands(ordered: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Yield what stands between white space that runs across the page."""
    usual = max(0.0, line_gap(ordered))
    band: list[Segment] = []
    bottom = 0.0
    for segment in sorted(ordered, key=lambda segment: segment.top):
        if band and segment.top - bottom > usual + _BAND_GAP * segment.height:
            yield band
            band = []
        bottom = max(bottom, segment.bottom) if band else segment.bottom
        band.append(segment)
    if band:
        yield band


def _gutters(band: Sequence[Segment]) -> list[Interval]:
    """White space between segments beside each other, from the top of the band to its bottom.

    Lines across most of the band, such as a headline right above columns, do not count.
    """
    if not is_parallel(band):
        return []
    width = max(segment.x1 for segment in band) - min(segment.x0 for segment in band)
    found = []
    end = float("-inf")
    narrow = [segment for segment in band if segment.x1 - segment.x0 < _ACROSS * width]
    for segment in sorted(narrow, key=lambda segment: segment.x0):
        if segment.x0 - end >= MIN_GUTTER and end > float("-inf"):
            found.append((end, segment.x0))
        end = max(end, segment.x1)
    return found


def is_parallel(ordered: Sequence[Segment]) -> bool:
    """Whether any segments, given from top to bottom, stand beside each other."""
    return any(is_beside(above, below) for above, below in pairwise(ordered))


def _shared(one: Sequence[Interval], other: Sequence[Interval]) -> list[Interval]:
    cuts = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return [(start, end) for start, end in cuts if end - start >= MIN_GUTTER]


def _free(gutters: Sequence[Interval], band: Sequence[Segment]) -> list[Interval]:
    """What of the gutters a band without columns leaves white."""
    for segment in band:
        gutters = [cut for gutter in gutters for cut in _left_white(gutter, segment)]
    return list(gutters)


def _left_white(gutter: Interval, segment: Segment) -> Iterator[Interval]:
    """Yield the gutter, narrowed where a line reaches into it from one side."""
    start, end = gutter
    if segment.x0 < (start + end) / 2 and segment.x1 < end:
        start = max(start, segment.x1)
    elif segment.x0 > start:
        end = min(end, segment.x0)
    else:
        return
    if end - start >= MIN_GUTTER:
        yield start, end


def _without_trailing(region: list[Segment]) -> Iterator[list[Segment]]:
    """Part a last line or two from the columns above them: an approval, a footnote."""
    bands = list(_bands(region))
    *others, last = bands
    above = [segment for band in others for segment in band]
    if not above or len(last) > _TRAILING_LINES or is_parallel(last) or not _gutters(above):
        yield region
        return
    gap = min(one.top for one in last) - max(one.bottom for one in above)
    if gap > _TRAILING_GAP * last[0].height and not _goes_on(above, last):
        yield from (above, last)
    else:
        yield region


def _goes_on(above: Sequence[Segment], last: Sequence[Segment]) -> bool:
    """Whether lines are the end of a column: they stand in another than the first, or fill it."""
    first = _gutters(above)[0]
    start = min(one.x0 for one in above)
    full = _FULL * (first[0] - start)
    return any(one.x0 > first[0] or first[0] >= one.x1 > start + full for one in last)
