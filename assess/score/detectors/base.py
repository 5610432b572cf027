"""What every detector returns, and the small text helpers they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assess.records import EvidenceStatus
from assess.score.rules import Reading

LegalValue = Literal["met", "partial"]


@dataclass(frozen=True, slots=True)
class Detection:
    """One thing a detector found: characters ``start`` to ``end`` of the text."""

    start: int
    end: int
    value: LegalValue | None = None
    """For legal items: what it shows."""
    status: EvidenceStatus = "implemented"


Detector = Callable[[Reading], tuple[Detection, ...]]

# A detector's evidence is shown, not counted: the first few say it all.
MAX_DETECTIONS = 6

_CUT = re.compile(r"[.!?][\s”’\")]+(?=[A-Z\[(“‘•])|\n\s*\n|\f|[•▪●;]")


def spaced(pattern: str) -> str:
    """The pattern with each blank widened to what parts words in texts taken from pages: one to
    three blanks, line breaks or punctuation marks."""
    return pattern.replace(" ", r"\W{1,3}")


def strongest(found: Iterable[Detection]) -> tuple[Detection, ...]:
    """Met before partial, each in reading order; the first few, without overlaps."""
    ranked = sorted(found, key=lambda d: (d.value != "met", d.start, -d.end))
    kept: list[Detection] = []
    for detection in ranked:
        if all(detection.end <= k.start or detection.start >= k.end for k in kept):
            kept.append(detection)
        if len(kept) == MAX_DETECTIONS:
            break
    return tuple(kept)


Spans = Sequence[tuple[int, int]]
"""Stretches of a text, in order: start and end of each."""


def windows(content: str, cue: re.Pattern[str], ahead: int, behind: int) -> Spans:
    """Stretches of the text around each cue, joined where they meet: where alone it is worth
    looking for what holds such a cue."""
    spans: list[tuple[int, int]] = []
    for match in cue.finditer(content):
        start, end = max(0, match.start() - ahead), match.end() + behind
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def find_within(pattern: re.Pattern[str], content: str, spans: Spans) -> Iterator[re.Match[str]]:
    """Matches of the pattern that lie within the stretches."""
    for start, end in spans:
        yield from pattern.finditer(content, start, end)


def before(content: str, start: int, width: int) -> str:
    """Up to ``width`` characters before ``start``, cut at the last sentence end among them."""
    text = content[max(0, start - width) : start]
    cut = 0
    # The next character tells a sentence end from an abbreviation; it is not part of what is left.
    for match in _CUT.finditer(text + content[start : start + 1]):
        cut = match.end()
    return text[cut:]


def behind(content: str, end: int, width: int) -> str:
    """Up to ``width`` characters from ``end`` on, cut at the first sentence end among them."""
    text = content[end : end + width]
    match = _CUT.search(text)
    return text[: match.start() + 1] if match else text


def clause(content: str, start: int, end: int, width: int = 160) -> str:
    """The words around a match, within its sentence."""
    return before(content, start, width) + content[start:end] + behind(content, end, width)
