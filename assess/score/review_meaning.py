"""What reviews mean for a text: where their words stand, and which value they tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assess.records import Review, Value
from assess.score.rubric import Criterion

Span = tuple[int, int]


def locate(review: Review, content: str) -> Span | None:
    """Where the words reviewed stand in a text that may have been read anew since."""
    start, end = review.start or 0, review.end or 0
    if content[start:end] == review.quote:
        return start, end
    words = review.quote.split()
    if not words:
        return None
    places = re.finditer(r"\s+".join(map(re.escape, words)), content)
    nearest = min(places, key=lambda match: abs(match.start() - start), default=None)
    return nearest.span() if nearest else None


def value_that_holds(criterion: Criterion, found: Iterable[Review]) -> Value | None:
    """What holds by the last review that tells; None where none does."""
    value: Value | None = None
    for review in found:
        if review.value is not None:
            value = review.value
        elif review.start is None:
            value = None  # what was found is wrong, and what holds was not said
        elif review.verdict == "confirmed" and criterion.kind in ("flag", "indicator"):
            value = True
    return value
