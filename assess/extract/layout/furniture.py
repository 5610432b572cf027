"""Running headers, footers and page numbers: kept once, removed where they repeat."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from assess.extract.layout.segments import Segment

# Running lines stand in the outer parts of the page and among the first or last lines.
_ZONE: Final = 0.12
_EDGE_LINES: Final = 4
# The same line at the same height (points) on so many pages is no accident.
_SAME_HEIGHT: Final = 4.0
_MIN_REPEATS: Final = 3
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page\s*)?(?:\d{1,3}|[ivx]{1,5})(?:\s*(?:of|/|\|)\s*(?:\d{1,3}|page))?\W*(?:page)?\W*$",
    re.I,
)

_COUNTER = re.compile(r"\bpage\s*\d+(?:\s*(?:of|/)\s*\d+)?|^\W*\d{1,3}\b|\b\d{1,3}\W*$")

Pages = Sequence[Sequence[Segment]]
Place = tuple[int, int]
"""Page and segment, from 0."""


def without_furniture(pages: Pages, heights: Sequence[float]) -> list[list[Segment]]:
    """Return the pages' segments less what repeats; page heights in points.

    A repeated header stays on its first page and a repeated footer on its last, so that a title
    or a company number that only stands there is not lost.
    """
    dropped: set[Place] = set()
    found: dict[tuple[str, str, int], list[Place]] = defaultdict(list)
    for number, (segments, height) in enumerate(zip(pages, heights, strict=True)):
        for index, zone in _edges(segments, height):
            segment = segments[index]
            found[zone, _folded(segment.text), round(segment.middle / _SAME_HEIGHT)].append(
                (number, index)
            )
    for (zone, text, _), places in found.items():
        if len(places) >= 2 and _PAGE_NUMBER.match(text.replace("#", "1")):
            dropped.update(_counting(pages, places))
        elif len(places) >= min(_MIN_REPEATS, max(2, len(pages))) or (
            # Left and right pages have footers of their own; the page number gives them away.
            "#" in text and len(list(_counting(pages, places))) > 1
        ):
            dropped.update(places[1:] if zone == "top" else places[:-1])
    return [
        [segment for index, segment in enumerate(segments) if (number, index) not in dropped]
        for number, segments in enumerate(pages)
    ]


def _counting(pages: Pages, places: Sequence[Place]) -> Iterator[Place]:
    """Yield those whose figure grows as the pages do; others are figures of the text."""
    shifts: dict[int | None, list[Place]] = defaultdict(list)
    for number, index in places:
        figure = re.search(r"\d+", pages[number][index].text)
        shifts[int(figure[0]) - number if figure else None].append((number, index))
    for group in shifts.values():
        if len(group) > 1:
            yield from group


def _edges(segments: Sequence[Segment], height: float) -> list[tuple[int, str]]:
    order = sorted(range(len(segments)), key=lambda index: segments[index].middle)
    top = [i for i in order[:_EDGE_LINES] if segments[i].middle < _ZONE * height]
    bottom = [i for i in order[-_EDGE_LINES:] if segments[i].middle > (1 - _ZONE) * height]
    return [(index, "top") for index in top] + [(index, "bottom") for index in bottom]


def _folded(text: str) -> str:
    """Without page numbers; other figures tell lines apart."""
    return _COUNTER.sub("#", text.casefold())
