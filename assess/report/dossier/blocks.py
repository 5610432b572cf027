"""Paragraphs, headings and list items of a text, as lines and blank lines show them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from assess.records import Page, Text

# A page that was read without line breaks is broken at sentences, or nobody could read it.
LONGEST_BLOCK: Final = 1_600
_BLOCK_ENOUGH: Final = 700
# Text whose every line is at most so long was wrapped: a line's end is no paragraph's end there.
_WRAPPED_AT: Final = 120
# Of wrapped text, lines shorter than this on average are an address, a sign-off or a table, and
# stay lines.
_SHORT_LINE: Final = 45

_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n\s*")
_LINE: Final = re.compile(r"\n\s*")
_BULLET: Final = re.compile(r"\n(?=[ \t]*(?:[•‣▪●◦■–*-]|\(?\d{1,2}[.)])[ \t])")

Range = tuple[int, int, str]
"""Start, end and kind of a block."""


def blocks_by_page(text: Text, seams: Iterable[int]) -> list[tuple[Page, list[Range]]]:
    """What stands on lines of its own, page by page, trimmed and in order.

    Args:
        seams: Offsets over which no block may reach.
    """
    longest = max(map(len, text.content.split("\n")))
    wrapped = longest <= _WRAPPED_AT
    firsts = frozenset(() if wrapped else (sentence.start for sentence in text.sentences))
    edges = frozenset(seams)
    return [(page, _blocks(text, page, firsts, edges)) for page in text.pages]


def _blocks(text: Text, page: Page, firsts: Collection[int], seams: Collection[int]) -> list[Range]:
    """Blocks of a page; a sentence that begins a line begins a block if it is of ``firsts``."""
    gaps = {(edge, edge) for edge in seams if page.start < edge < page.end}
    for pattern in (_BLANK_LINE, _BULLET, _LINE):
        gaps |= {
            found.span()
            for found in pattern.finditer(text.content, page.start, page.end)
            if pattern is not _LINE or found.end() in firsts
        }
    blocks: list[Range] = []
    for low, high in _parted(text.content, page.start, page.end, sorted(gaps)):
        kind = _kind(text, low, high)
        for place, (first, last) in enumerate(_short(text, low, high)):
            blocks.append((first, last, "more" if place else kind))
    return blocks


def _parted(
    content: str, start: int, end: int, gaps: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    at = start
    for low, high in [*gaps, (end, end)]:
        raw = content[at : max(at, low)]
        if raw.strip():
            yield at + len(raw) - len(raw.lstrip()), at + len(raw.rstrip())
        at = max(at, high)


def _kind(text: Text, start: int, end: int) -> str:
    place = bisect_left(text.sentences, start, key=lambda sentence: sentence.start)
    if place < len(text.sentences):
        sentence = text.sentences[place]
        if sentence.is_heading and sentence.start == start and sentence.end >= end:
            return "heading"
    if _BULLET.match(f"\n{text.content[start : start + 8]}"):
        return "item"
    *lines, _ = text.content[start:end].split("\n")
    return "lines" if lines and sum(map(len, lines)) < _SHORT_LINE * len(lines) else "p"


def _short(text: Text, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block as it is, or a very long one broken after sentences."""
    at = start
    if end - start > LONGEST_BLOCK:
        first = bisect_right(text.sentences, start, key=lambda sentence: sentence.start)
        last = bisect_left(text.sentences, end, key=lambda sentence: sentence.start)
        for sentence in text.sentences[first:last]:
            if sentence.start - at >= _BLOCK_ENOUGH and end - sentence.start >= _BLOCK_ENOUGH // 2:
                yield at, sentence.start
                at = sentence.start
    yield at, end
