"""Cuts a text so that every piece of evidence can be marked in place, overlaps included."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assess.records import Text
from assess.report.dossier.blocks import blocks_by_page
from assess.score.scope import judged_ranges

OCR_METHOD: Final = "ocr"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of evidence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the same evidence covers."""

    start: int
    text: str
    spans: tuple[int, ...]
    """Places in the list of spans, by their starts."""
    anchored: bool
    """Whether something links to its first character."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item or heading."""

    pieces: tuple[Piece, ...]
    kind: str
    """``p``, ``item``, ``heading``, ``lines``: short ones that stay apart, or ``more``: goes on
    with the paragraph before."""
    language: str
    """ISO 639-1 where it was not judged as it is in another language; else ``""``."""
    judged: bool


@dataclass(frozen=True, slots=True)
class PageText:
    """One page."""

    number: int
    recognised: bool
    """Read by character recognition."""
    blocks: tuple[Block, ...]


def marked_pages(
    text: Text, spans: Sequence[Span], anchors: Collection[int] = ()
) -> tuple[PageText, ...]:
    """The whole text, page by page.

    Args:
        spans: Evidence, in any order; overlaps are cut apart. What is empty or outside is left out.
        anchors: Offsets that something links to: a piece begins there.
    """
    judged = list(judged_ranges(text))
    ranges = blocks_by_page(text, (edge for span in judged for edge in span))
    edges = {edge for _, blocks in ranges for start, end, _ in blocks for edge in (start, end)}
    cut = _Cut(text, _cuts(len(text.content), spans, {*edges, *anchors}), frozenset(anchors))
    return tuple(
        PageText(
            page.number,
            page.method == OCR_METHOD,
            tuple(cut.block(start, end, kind, judged) for start, end, kind in blocks),
        )
        for page, blocks in ranges
    )


# Start, end, and the places of the spans that cover it.
Stretch = tuple[int, int, tuple[int, ...]]


def _cuts(length: int, spans: Sequence[Span], edges: Iterable[int]) -> list[Stretch]:
    """The text between all boundaries, each stretch with the spans that cover it."""
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for place, span in enumerate(spans):
        if 0 <= span.start < span.end <= length:
            opening.setdefault(span.start, []).append(place)
            closing.setdefault(span.end, []).append(place)
    inside = {edge for edge in edges if 0 <= edge <= length}
    bounds = sorted({0, length, *opening, *closing, *inside})
    active: dict[int, None] = {}
    cuts: list[Stretch] = []
    for start, end in pairwise(bounds):
        for place in closing.get(start, ()):
            del active[place]
        active |= dict.fromkeys(opening.get(start, ()))
        cuts.append((start, end, tuple(active)))
    return cuts


class _Cut:
    """A text cut at all boundaries."""

    def __init__(self, text: Text, cuts: list[Stretch], anchors: frozenset[int]) -> None:
        self._text, self._cuts, self._anchors = text, cuts, anchors
        self._starts = [start for start, _, _ in cuts]

    def block(self, start: int, end: int, kind: str, judged: Sequence[tuple[int, int]]) -> Block:
        """The block between two boundaries."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        pieces = tuple(
            Piece(at, self._text.content[at:until], spans, at in self._anchors)
            for at, until, spans in self._cuts[first:last]
        )
        within = any(low <= start and end <= high for low, high in judged)
        return Block(pieces, kind, "" if within else self._language(start, end), within)

    def _language(self, start: int, end: int) -> str:
        return next(
            (
                part.language
                for part in self._text.parts
                if part.kind == "other_language" and part.start <= start and end <= part.end
            ),
            "",
        )
