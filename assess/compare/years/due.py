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
_YEARS = re.compile(r"(?<![\d£€$])(20[1-4]\d)(?:\s?[/–-]\s?(?:20)?(\d\d))?(?!\d)")


def due_date(text: str) -> date | None:
    """The latest day that a promise names; of a month or year alone its last day.

    A financial year ("2023/24") counts to the end of its second year: when it ends is not said.
    """
    return max((*_days(text), *_months(text), *_whole_years(text)), default=None)


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
        date(2000 + int(second) if second else int(year), 12, 31)
        for year, second in _YEARS.findall(rest)
    ]


def _last(year: int, month: int) -> int:
    return monthrange(year, month)[1]
