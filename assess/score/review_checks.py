"""What a review must be, before it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final, get_args

from assess.errors import InputError
from assess.records import Review, Value, Verdict
from assess.score.gold import possible_values
from assess.score.labels import LABELS
from assess.score.rubric import Criterion, Rubric

# Longer than any name, reason or passage that a person would give.
MAX_REVIEWER: Final = 200
MAX_REASON: Final = 5_000
MAX_QUOTE: Final = 20_000  # characters
# What says that nothing (that counts) is in the text.
NOTHING: Final = ("absent", "na", 0, False)
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
_TIME_SHAPE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def check_review(review: Review, rubric: Rubric) -> None:
    """Raises InputError for a review that says nothing clear, or of nothing in the rubric."""
    target = str(review.criterion or review.label or "")
    for problem in _problems(review, rubric):
        raise InputError(f"review of {target[:60]!r} by {str(review.reviewer)[:60]!r}: {problem}")


def is_sound(review: Review, rubric: Rubric) -> bool:
    """Whether it could have been kept by `check_review`: a table can be written by others too."""
    return next(_problems(review, rubric), None) is None


def fits(value: Value, criterion: Criterion) -> bool:
    """Whether the criterion can have the value; types count, as 1 equals True."""
    possible = possible_values(criterion.kind)
    return type(value) is type(possible[0]) and value in possible


def _problems(review: Review, rubric: Rubric) -> Iterator[str]:
    # A table that others made can hold anything; what follows relies on texts.
    texts = (review.reviewer, review.reviewed_at, review.reason, review.quote)
    if not all(isinstance(text, str) for text in texts):
        yield "the reviewer, time, reason and quote must be texts"
        return
    yield from _person_problems(review)
    yield from _place_problems(review)
    if (review.criterion is None) == (review.label is None):
        yield "must be of a criterion or of a label, of one of the two"
    elif review.label is not None:
        yield from _label_problems(review)
    elif (criterion := rubric.by_id().get(str(review.criterion))) is None:
        yield f"rubric {rubric.id} has no such criterion; 'assess rubric show' lists them"
    else:
        yield from _criterion_problems(review, criterion)


def _person_problems(review: Review) -> Iterator[str]:
    if review.verdict not in get_args(Verdict):
        yield f"verdict {review.verdict!r} is not one of {', '.join(get_args(Verdict))}"
    if not is_name(review.reviewer):
        yield f"the reviewer's name must be one line of at most {MAX_REVIEWER} characters"
    if not _is_time(review.reviewed_at):
        yield f"time {review.reviewed_at[:40]!r} is not like 2026-01-31T09:30:00Z"
    if review.verdict != "confirmed" and not review.reason.strip():
        yield "a correction needs its reason; say why in a sentence"
    if len(review.reason) > MAX_REASON or not _is_text(review.reason):
        yield f"the reason must be a text of at most {MAX_REASON:,} characters"


def is_name(name: str) -> bool:
    """Whether a reviewer can be called so."""
    return bool(name.strip()) and name.isprintable() and len(name) <= MAX_REVIEWER


def _is_time(text: str) -> bool:
    try:
        return bool(_TIME_SHAPE.fullmatch(text)) and bool(datetime.strptime(text, _TIME))  # noqa: DTZ007 - Z is UTC
    except ValueError:
        return False


def _is_text(text: str) -> bool:
    """Whether it can be kept: no halves of characters, no end marks of C."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _place_problems(review: Review) -> Iterator[str]:
    start, end = review.start, review.end
    if start is None and end is None:
        if review.quote:
            yield "a quote needs the place where it stands"
    elif type(start) is not int or type(end) is not int or not 0 <= start < end:
        yield f"place {start!r} to {end!r}: whole numbers from 0, start before end, are needed"
    elif len(review.quote) != end - start:
        yield f"the quote must be the {end - start:,} characters from {start:,} to {end:,}"
    elif end - start > MAX_QUOTE:
        yield f"the quote is longer than {MAX_QUOTE:,} characters; review its sentences"


def _label_problems(review: Review) -> Iterator[str]:
    if review.label not in LABELS:
        yield f"not a label of the classifier; it has {', '.join(LABELS)}"
    if review.start is None:
        yield "a label is reviewed in a sentence; its place and quote are needed"
    if type(review.value) is not int or review.value not in (0, 1):
        yield f"value {review.value!r}: a label needs 0 or 1"


def _criterion_problems(review: Review, criterion: Criterion) -> Iterator[str]:
    value, quoted = review.value, review.start is not None
    if value is None:
        if review.verdict == "changed" or (review.verdict == "confirmed" and not quoted):
            yield "the value that holds is needed"
    elif not fits(value, criterion):
        yield f"value {value!r} is not one of {possible_values(criterion.kind)}"
    elif quoted and review.verdict != "rejected" and value in NOTHING:
        yield f"words that are evidence cannot show {value!r}; reject them, or review the document"
