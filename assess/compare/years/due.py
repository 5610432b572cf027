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
_YEARS = re.compile(r"(?<![\d£€$])(20\d\d)(?:\s?[/–-]\s?(?:20)?(\d\d))?(?!\d)")


def due_date(text: str) -> date | None:
    """The latest day that a promise names; of a month or year alone its last day.

    A financial year ("2023/24") counts to the end of its second year: when it ends is not said.
    """
    found = [day for day in (*_days(text), *_months(text), *_whole_years(text)) if day]
    return max(found, default=None)


def _days(text: str) -> list[date | None]:
    return [
        _date(int(year), _MONTHS.index(month.lower()) + 1, int(day))
        for day, month, year in _DAY.findall(text)
    ]


def _months(text: str) -> list[date | None]:
    rest = _DAY.sub(" ", text)
    return [
        _date(int(year), (number := _MONTHS.index(month.lower()) + 1), _last(int(year), number))
        for month, year in _OF_MONTH.findall(rest)
    ]


def _whole_years(text: str) -> list[date | None]:
    rest = _OF_MONTH.sub(" ", _DAY.sub(" ", text))
    return [
        date(2000 + int(second) if second else int(year), 12, 31)
        for year, second in _YEARS.findall(rest)
    ]


def _last(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None  # "31 June"
