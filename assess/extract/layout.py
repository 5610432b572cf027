"""Words with boxes -> segments. Pure geometry, no PDF library.

Coordinates are in points; y grows downwards. A segment is a run of words on one baseline without
a wide gap: a line of a column, a table cell, or a running header.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, NamedTuple

# A gap wider than this many line heights separates columns or cells; justified text stays below.
WIDE_GAP: Final = 1.0
# Figures beside each other are cells at a smaller gap; a space in a number is half as wide.
FIGURE_GAP: Final = 0.5
# A bullet's text starts within this many line heights after it.
_LABEL_GAP: Final = 5
# Letter-spaced words part where the gap is this many times the usual one.
_LETTER_GAP: Final = 1.6
# So many single letters, and this share of all words, make a letter-spaced heading.
_MIN_LETTERS: Final = 5
_LETTER_SHARE: Final = 0.7

_BULLET = "[•●▪■◦○‣⁃∙·➢➤✓✔*–—-]"
_NUMBER = r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+\.?"
_LABEL = re.compile(rf"^(?:{_BULLET}|o|\d{{1,2}}|{_NUMBER})$")
ITEM = re.compile(rf"^(?:{_BULLET}|(?:o|{_NUMBER})(?=\s))")
"""The start of a list item."""
_FIGURE = re.compile(r"^[£$€(]?\d[\d,.]*[%)]?$")
_LETTER_SPACED = re.compile(r"^[A-Z]{1,2}$")


class Word(NamedTuple):
    """One word with its box, or a run of words without a wide gap."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on one baseline without a wide gap between them."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    first_width: float
    """Width of the first word: tells whether it would have fitted on the line before."""

    @property
    def height(self) -> float:
        """Line height in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2


def segments_of(words: Sequence[Word]) -> list[Segment]:
    """Group words, given in stream order, into segments."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and _follows(groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return _merge_labels([_segment(group) for group in groups])


def letter_spaced(texts: Sequence[str]) -> bool:
    """Whether the words are the letters of a heading set wide ("P O L I C Y")."""
    if len(texts) < _MIN_LETTERS:
        return False
    spaced = sum(bool(_LETTER_SPACED.match(text)) for text in texts)
    return spaced >= _LETTER_SHARE * len(texts)


def overlap(one: Segment | Word, other: Segment | Word) -> float:
    """Share of the lower box's height that both have in common; negative where apart."""
    height = min(one.bottom - one.top, other.bottom - other.top)
    return (min(one.bottom, other.bottom) - max(one.top, other.top)) / max(height, 0.1)


def joined(left: Segment, right: Segment, glue: str) -> Segment:
    """Return both as one segment."""
    return replace(
        left,
        text=left.text + glue + right.text,
        x0=min(left.x0, right.x0),
        x1=max(left.x1, right.x1),
        top=min(left.top, right.top),
        bottom=max(left.bottom, right.bottom),
    )


def _follows(before: Word, word: Word) -> bool:
    height = max(min(before.bottom - before.top, word.bottom - word.top), 6)
    gap = word.x0 - before.x1
    if not -height / 2 < gap < WIDE_GAP * height or overlap(before, word) <= 0.5:
        return False
    close = gap < FIGURE_GAP * height
    return close or not (_FIGURE.match(word.text) and _FIGURE.match(before.text))


def _segment(words: Sequence[Word]) -> Segment:
    return Segment(
        text=_words_text(words),
        x0=min(word.x0 for word in words),
        x1=max(word.x1 for word in words),
        top=min(word.top for word in words),
        bottom=max(word.bottom for word in words),
        first_width=_first_width(words[0]),
    )


def _first_width(word: Word) -> float:
    """Width of a run's first word, by its share of the characters."""
    share = len(word.text.split(maxsplit=1)[0]) / len(word.text)
    return (word.x1 - word.x0) * share


def _words_text(words: Sequence[Word]) -> str:
    """Join words; letter-spaced headings ("P O L I C Y") are closed up by their gaps."""
    texts = [word.text for word in words]
    if not letter_spaced(texts):
        return " ".join(texts)
    gaps = [after.x0 - before.x1 for before, after in pairwise(words)]
    wide = _LETTER_GAP * statistics.median(gaps)
    return texts[0] + "".join(
        (" " if gap > wide else "") + text for gap, text in zip(gaps, texts[1:], strict=True)
    )


def _merge_labels(segments: Sequence[Segment]) -> list[Segment]:
    """Give bullets and numbers that stand before a tab back to their text."""
    merged: list[Segment] = []
    for segment in segments:
        if merged and _LABEL.match(merged[-1].text) and _labels(merged[-1], segment):
            merged[-1] = joined(merged[-1], segment, " ")
        else:
            merged.append(segment)
    return merged


def _labels(label: Segment, segment: Segment) -> bool:
    if _FIGURE.match(segment.text):
        return False  # two cells with figures
    gap = segment.x0 - label.x1
    close = 0 <= gap < _LABEL_GAP * max(label.height, segment.height)
    return close and overlap(label, segment) > 0.5
