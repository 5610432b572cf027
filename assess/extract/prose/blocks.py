"""Lines of text -> blocks: paragraphs, list items, table rows and headings, with offsets.

A block is never cut by its line ends; whether a line end is a wrap or a break is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from assess.extract.prose.abbreviations import ends_in_abbreviation

# Lines of wrapped text are about equally long; shorter ones than this are headings or items.
_MIN_WRAPPED: Final = 35
# Above this the lines are paragraphs: no page is so wide.
_MAX_WRAPPED: Final = 160
# In wrapped text at least this share of long lines ends in the middle of a sentence.
_WRAPPED_SHARE: Final = 0.3
# A line that would not have held the next word at this share of the usual width was full.
_FULL: Final = 0.9
# Lines are compared with so many around them, so that columns of another width do no harm.
_AROUND: Final = 12
# The end of a line that the patterns look at; lines themselves may be of any length.
_TAIL: Final = 24
CELL: Final = " | "
"""Between the cells of a table's row."""

BULLET: Final = "•●▪■◦○‣⁃∙➢➤✓✔\uf0b7\uf0a7\uf0d8\uf076\uf0fc"
_LINE = re.compile(r"[^\n\f]+")
ITEM = re.compile(
    rf"(?:[{BULLET}·*–—-]|o(?=\s)"
    r"|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)](?=\s)|\d{1,2}(?:\.\d{1,2})+\.?(?=\s))\s*"
)
"""The mark that begins a list item."""
TERMINAL = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_DANGLING = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|into|its|of|on|or|our|the|their|this|to|under|with))$",
    re.I,
)
_LIST_END = re.compile(r"[;,:]\s*(?:and|or)$")


class Line(NamedTuple):
    """One line without the white space around it."""

    start: int
    end: int
    text: str
    gap: bool
    """A blank line or page break stands above it."""


class Block(NamedTuple):
    """Lines that belong together."""

    start: int
    end: int
    item: bool


def lines_of(content: str) -> list[Line]:
    """Return the non-blank lines of ``content``."""
    lines: list[Line] = []
    before = 0
    for match in _LINE.finditer(content):
        text = match[0].strip()
        if not text:
            continue
        start = match.start() + match[0].index(text[0])
        between = content[before : match.start()] if lines else ""
        gap = not lines or "\f" in between or between.count("\n") > 1
        lines.append(Line(start, start + len(text), text, gap))
        before = match.end()
    return lines


def find_blocks(content: str) -> list[Block]:
    """Return the blocks of ``content`` in order."""
    lines = lines_of(content)
    wrapped = _is_wrapped(lines)
    blocks: list[Block] = []
    first = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and _goes_on(lines, first, index, wrapped):
            continue
        item = bool(ITEM.match(lines[first].text))
        blocks.append(Block(lines[first].start, lines[index - 1].end, item))
        first = index
    return blocks


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether the text's lines were broken by a page's width, not by its writer."""
    pairs = [
        (above, line)
        for above, line in pairwise(lines)
        if len(above.text) >= _MIN_WRAPPED and not ITEM.match(line.text)
    ]
    if not pairs:
        return False
    long = sum(len(above.text) > _MAX_WRAPPED for above, _ in pairs)
    broken = sum(
        not TERMINAL.search(above.text[-_TAIL:]) and line.text[0].islower() for above, line in pairs
    )
    return broken >= _WRAPPED_SHARE * len(pairs) and long <= _WRAPPED_SHARE * len(pairs)


def _goes_on(lines: Sequence[Line], first: int, index: int, wrapped: bool) -> bool:
    """Whether the line at ``index`` belongs to the block that begins at ``first``."""
    above, line = lines[index - 1], lines[index]
    if ITEM.match(line.text) or CELL in line.text or CELL in above.text:
        return False
    tail = above.text[-_TAIL:]
    if TERMINAL.search(tail):
        return wrapped and ends_in_abbreviation(tail)
    if not line.text[0].islower():
        return wrapped and not line.gap and _is_full(lines, index)
    if _LIST_END.search(tail):
        return False
    long = len(above.text) >= _MIN_WRAPPED
    if wrapped:
        return long or not line.gap
    # Bare items of a list begin in lower case too; but then so does the first of them.
    began = first < index - 1 or not above.text[0].islower()
    return bool(_DANGLING.search(tail)) or (long and began)


def _is_full(lines: Sequence[Line], index: int) -> bool:
    """Whether the next line's first word would not have fitted on the line above it."""
    around = lines[max(0, index - _AROUND) : index + _AROUND]
    width = max((len(line.text) for line in around if len(line.text) <= _MAX_WRAPPED), default=0)
    first_word = lines[index].text[:_TAIL].split(maxsplit=1)[0]
    used = len(lines[index - 1].text) + 1 + len(first_word)
    return used > _FULL * width
