"""The day by which something is promised."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Final

from assess.compare.dates import dates_in, months_in

# The year of a law is none by which anything is promised.
_YEARS = re.compile(
    r"(?<!act )(?<![\d£€$])(20[1-4]\d)(?:\s?[/–-]\s?(?:20)?(\d\d))?(?!\d)", re.IGNORECASE
)

_SHORT = re.compile(r"\bFY\s?(\d\d)(?:\s?[/–-]\s?(\d\d))?\b")
_NUMBER: Final = "few|several|two|three|four|five|six|seven|eight|nine|ten|\\d+"
_LONG_TERM = re.compile(
    rf"\b(?:next|coming|following|within|over|in)\s+(?:the\s+)?(?:{_NUMBER})\s+years\b"
    r"|\b(?:1[3-9]|[2-9]\d)\s+months\b|\blong(?:er)?[ -]term\b|\bdecade\b",
    re.IGNORECASE,
)


def is_long_term(text: str) -> bool:
    """Whether it speaks of a time that ends after the next statement's year."""
    return _LONG_TERM.search(text) is not None


def due_date(text: str, since: date | None = None) -> date | None:
    """The latest day from ``since`` on that a promise names; of a month or year alone its last day.

    A financial year ("2023/24") counts to the end of its second year: when it ends is not said.
    """
    named = (*_days_and_months(text), *_whole_years(text))
    return max((day for day in named if since is None or day >= since), default=None)


def _days_and_months(text: str) -> Iterator[date]:
    """Days, the later one where two can be meant, and the last days of months."""
    days = list(dates_in(text))
    yield from (max(found.days) for found in days)
    for month in months_in(text):
        if not any(found.start <= month.start < found.end for found in days):
            yield date(month.year, month.month, monthrange(month.year, month.month)[1])


def _whole_years(text: str) -> list[date]:
    spans = [(found.start, found.end) for found in dates_in(text)]
    spans += [(found.start, found.end) for found in months_in(text)]
    rest = text
    for start, end in spans:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    return [
        # "2022-06" is a month, no financial year.
        date(max(int(year), 2000 + int(second or 0)), 12, 31)
        for year, second in (
            *_YEARS.findall(rest),
            *((f"20{year}", second) for year, second in _SHORT.findall(rest)),
        )
    ]
