"""The day by which something is promised."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH: Final = "|".join(_MONTHS)
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\s+(20\d\d)\b", re.IGNORECASE)
_OF_MONTH = re.compile(rf"\b({_MONTH})\s+(20\d\d)\b", re.IGNORECASE)
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
    named = (*_days(text), *_months(text), *_whole_years(text))
    return max((day for day in named if since is None or day >= since), default=None)


def _days(text: str) -> list[date]:
    return [
        date(int(year), number, min(max(1, int(day)), _last(int(year), number)))
        for day, month, year in _DAY.findall(text)
        for number in [_MONTHS.index(month.lower()) + 1]
    ]


def _months(text: str) -> list[date]:
    return [
        date(int(year), number, _last(int(year), number))
        for month, year in _OF_MONTH.findall(_DAY.sub(" ", text))
        for number in [_MONTHS.index(month.lower()) + 1]
    ]


def _whole_years(text: str) -> list[date]:
    rest = _OF_MONTH.sub(" ", _DAY.sub(" ", text))
    return [
        # "2022-06" is a month, no financial year.
        date(max(int(year), 2000 + int(second or 0)), 12, 31)
        for year, second in (
            *_YEARS.findall(rest),
            *((f"20{year}", second) for year, second in _SHORT.findall(rest)),
        )
    ]


def _last(year: int, month: int) -> int:
    return monthrange(year, month)[1]
