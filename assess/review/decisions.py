"""What a person can say of a finding, as reviews."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assess.errors import InputError
from assess.records import Review, Value, Verdict
from assess.review.case import Case, Quote
from assess.score.gold import possible_values
from assess.score.rubric import Criterion

REASONS: Final = (
    "the words are about something else",
    "a plan or wish, not done",
    "about another organisation",
    "not specific enough",
    "it is elsewhere in the text",
)
"""What is said most often, a key each; anything else is typed."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who says it, and when."""

    name: str
    now: str
    """UTC, as `Review.reviewed_at`."""


def value_of(case: Case) -> Value:
    """The value that was found, as the criterion has it."""
    possible = possible_values(case.criterion.kind)
    found = next((one for one in possible if str(one).lower() == case.doubtful.value), None)
    if found is None:
        raise InputError(
            f"{case.criterion.id} of document {case.doubtful.document[:12]} has the value "
            f"{case.doubtful.value[:40]!r}, which it cannot have; take the database from a backup"
        )
    return found


def other_values(case: Case) -> list[Value]:
    """What may hold instead."""
    found = value_of(case)
    return [
        one
        for one in possible_values(case.criterion.kind)
        if one != found and not (one == "na" and "na" not in case.criterion.when)
    ]


def confirmed(case: Case, by: Reviewer) -> Review:
    """The value that was found is right."""
    return _of_document(case, by, "confirmed", value_of(case), "")


def changed(case: Case, by: Reviewer, value: Value, reason: str) -> Review:
    """Another value holds."""
    return _of_document(case, by, "changed", value, reason)


def rejected(case: Case, by: Reviewer, quote: Quote, reason: str) -> Review:
    """A quote is no evidence of the criterion."""
    return _of_words(case, by, "rejected", (quote.start, quote.end), reason)


def shown(case: Case, by: Reviewer, span: tuple[int, int], reason: str) -> Review:
    """Words that show what was not found."""
    return _of_words(case, by, "confirmed", span, reason)


def find_words(content: str, words: str) -> tuple[int, int] | None:
    """Where words stand in a text, whatever its line breaks; None where they do not."""
    parts = words.split()
    if not parts:
        return None
    found = re.search(r"\s+".join(map(re.escape, parts)), content, re.IGNORECASE)
    return found.span() if found else None


def value_words(value: Value, criterion: Criterion) -> str:
    """A value as a person reads it."""
    if criterion.kind == "depth":
        return ("0: nothing", "1: general", "2: specific", "3: with results")[int(value)]
    if isinstance(value, bool):
        return "found" if value else "not found in the text"
    names = {"met": "met", "partial": "in part", "absent": "not found in the text"}
    return names.get(str(value), "not applicable")


def _of_document(case: Case, by: Reviewer, verdict: Verdict, value: Value, reason: str) -> Review:
    return Review(
        case.doubtful.document,
        verdict,
        by.name,
        by.now,
        reason,
        criterion=case.criterion.id,
        value=value,
    )


def _of_words(
    case: Case, by: Reviewer, verdict: Verdict, span: tuple[int, int], reason: str
) -> Review:
    start, end = span
    return Review(
        case.doubtful.document,
        verdict,
        by.name,
        by.now,
        reason,
        criterion=case.criterion.id,
        start=start,
        end=end,
        quote=case.content[start:end],
    )
