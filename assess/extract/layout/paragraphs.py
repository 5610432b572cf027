"""Lines of a column -> paragraphs: wrapped lines are joined, deliberate breaks are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Final, NamedTuple

from assess.extract.layout.segments import ITEM, Segment, resized
from assess.extract.layout.tables import Column
from assess.extract.prose.blocks import CELL, TERMINAL
from assess.extract.prose.repair import join_hyphenated

# A pitch above this many times the usual one is a paragraph gap.
PARAGRAPH_GAP: Final = 1.35
# So many lines before and after tell a line how wide its column is.
_NEIGHBOURS: Final = 6
# No sentence goes on over white space of this many line heights.
_LARGE_GAP: Final = 1.5
# The end of a line that the patterns look at.
_END: Final = 8
_DANGLING = re.compile(r"[,&]$|\b(?:a|an|and|as|at|by|for|from|in|of|on|or|our|the|to|with)$", re.I)


class Paragraph(NamedTuple):
    """One paragraph, heading, list item or table row on one line of text."""

    text: str
    gap: bool
    """White space stands above it."""


def paragraphs(column: Column, known: AbstractSet[str]) -> list[Paragraph]:
    """Join the lines of ``column``; ``known`` are the document's words (for hyphens)."""
    lines = column.segments
    pitch = _usual_pitch(lines)
    result: list[Paragraph] = []
    start = 0
    for index, line in enumerate(lines):
        gap = index == 0 or line.top - lines[index - 1].top > PARAGRAPH_GAP * pitch
        if index and not column.rows and _wrapped(lines, index, start, gap):
            before = result.pop()
            result.append(Paragraph(_join(before.text, line.text, known), before.gap))
        else:
            result.append(Paragraph(line.text, gap or resized(lines[index - 1], line)))
            start = index
    return result


def _usual_pitch(lines: Sequence[Segment]) -> float:
    pitches = sorted(below.top - above.top for above, below in pairwise(lines))
    pitches = [pitch for pitch in pitches if pitch > 0]
    return pitches[len(pitches) // 4] if pitches else float("inf")


def _wrapped(lines: Sequence[Segment], index: int, start: int, gap: bool) -> bool:
    """Whether the line at ``index`` goes on with the paragraph that begins at ``start``."""
    above, line = lines[index - 1], lines[index]
    if ITEM.match(line.text) or CELL in line.text or CELL in above.text:
        return False
    if line.top - above.bottom > _LARGE_GAP * above.height:
        return False
    end = above.text[-_END:]
    open_end = not TERMINAL.search(end)
    if open_end and line.text[:1].islower():
        return True
    if resized(above, line):
        return False
    if open_end and _DANGLING.search(end):
        return True
    if gap:
        return False
    hanging = ITEM.match(lines[start].text) and line.x0 > lines[start].x0 + line.height / 3
    return bool(hanging) or _full(lines, index)


def _full(lines: Sequence[Segment], index: int) -> bool:
    """Whether the first word of the line would not have fitted on the line before."""
    above, line = lines[index - 1], lines[index]
    around = lines[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS]
    right = max(other.x1 for other in around if not resized(other, line))
    space = (above.height + line.height) / 10
    return above.x1 + space + line.lead > right


def _join(above: str, line: str, known: AbstractSet[str]) -> str:
    if above.endswith("-") and not above.endswith(" -"):
        return join_hyphenated(above, line, known)
    return f"{above} {line}"
