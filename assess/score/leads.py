"""The line that introduces the list, or begins the sentence, that a line goes on with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

# A line that begins so stands by itself; it is no item of the list above it.
_STANDS_ALONE = re.compile(
    r"(?:we|our|the|this|these|it|in|as|during|all|they|if|where|for)\b", re.IGNORECASE
)
# What a list follows: a colon, or words that cannot end a sentence.
_OPENS_LIST = re.compile(
    r":\W*$|\b(?:will|to|by|and|that|includ(?:e|es|ing)|as follows|the following(?: \w+){0,4})"
    r"[\W\d]*$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?]\W*$")
# Only the end of a line tells (characters).
_END: Final = 100
# A list within a list, and a sentence over many lines, keep so much of what is before (characters).
_MAX_LEAD: Final = 200
# Longer lists are none: the text has lost its structure.
_MAX_ITEMS: Final = 12


def lead_lines(lines: Iterable[tuple[str, bool]]) -> Iterator[str]:
    """For each line (text, is it a heading?) the line that leads to it, or ``""``."""
    lead = led = above = ""
    items = 0
    for text, is_heading in lines:
        if is_heading or _STANDS_ALONE.match(text):
            lead = ""
        items += 1
        if text[:1].islower() and above and not _ENDS.search(above[-_END:]):
            led = f"{led} {above}".strip()[-_MAX_LEAD:]  # a sentence broken over lines
        else:
            led = lead if items <= _MAX_ITEMS else ""
        yield led
        above = text
        if _OPENS_LIST.search(text[-_END:]):
            lead, items = f"{lead} {text}".strip() if len(lead) < _MAX_LEAD else text, 0
