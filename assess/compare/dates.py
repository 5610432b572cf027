"""Days as statements write them, read from a text with their places."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH: Final = (
    r"(?P<month{n}>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
# Character recognition reads 1 as l or I, and 0 as O.
_DAY: Final = (
    r"(?P<day{n}>(?=[lI|]?\d|[lI|]\s?st)(?-i:[0-3lIO|]?[\dlIO|]))(?!\d)\s{{0,2}}(?:st|nd|rd|th)?"
)
_YEAR: Final = r"(?P<year{n}>(?:[2l][0O]\s?[1-4][\dlIO])|['’]\d\d)(?!\d)"
_DATE: Final = re.compile(
    r"(?<![\d/.-])(?:(?<!\w)|(?=\d))(?:"
    + (
        _DAY + r"[\s,.-]{{0,3}}(?:day\s)?(?:of\s)?[\s-]{{0,2}}" + _MONTH + r"[\s,.-]{{0,3}}" + _YEAR
    ).format(n=1)
    + "|"
    + (_MONTH + r"[\s,.]{{0,3}}" + _DAY + r"[\s,.]{{0,3}}" + _YEAR).format(n=2)
    + r"|(?P<a>\d{1,2})\s?(?P<s>[./-])\s?(?P<b>\d{1,2})\s?(?P=s)\s?(?P<y>(?:20)?[1-4]\d)(?!\d)"
    r"|(?P<iso>20[1-4]\d-[01]\d-[0-3]\d)(?!\d)"
    r")",
    re.IGNORECASE,
)
_MONTH_YEAR: Final = re.compile(
    (r"(?<![\w])" + _MONTH + r"[\s,.-]{{0,3}}" + _YEAR).format(n=""), re.IGNORECASE
)
_DIGITS: Final = str.maketrans("lI|OoiL", "1110011")


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date and where it stands; of 01/02/2022 both readings."""

    start: int
    end: int
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class MonthFound:
    """A month without a day."""

    start: int
    end: int
    year: int
    month: int


def dates_in(content: str, start: int = 0, end: int | None = None) -> Iterator[DateFound]:
    """All full dates between two places."""
    for match in _DATE.finditer(content, start, len(content) if end is None else end):
        days = tuple(sorted(set(_days(match))))
        if days:
            yield DateFound(match.start(), match.end(), days)


def months_in(content: str) -> Iterator[MonthFound]:
    """All months with their year, also those that stand in a full date."""
    for match in _MONTH_YEAR.finditer(content):
        year, month = _year(match["year"]), _month(match["month"])
        if year and month:
            yield MonthFound(match.start(), match.end(), year, month)


def _days(match: re.Match[str]) -> Iterator[date]:
    if match["iso"]:
        yield from _day(*map(int, match["iso"].split("-")))
    elif match["a"]:
        year = int(match["y"]) % 100 + 2000
        yield from _day(year, int(match["b"]), int(match["a"]))
        yield from _day(year, int(match["a"]), int(match["b"]))
    else:
        n = "1" if match["day1"] else "2"
        day = match[f"day{n}"].translate(_DIGITS)
        yield from _day(_year(match[f"year{n}"]), _month(match[f"month{n}"]), int(day))


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:  # the 31st of June
        return


def _year(told: str) -> int:
    digits = re.sub(r"\D", "", told.translate(_DIGITS))
    return 2000 + int(digits[-2:]) if digits else 0


def _month(told: str) -> int:
    start = told.lower()[:3]
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(start))


def six_months_after(year_end: date) -> date:
    """The last day of six months, as section 443 of the Companies Act 2006 counts months: the same
    day of the sixth month, from a month's last day the last; the last too where it has no such day.

    As the view ``statement_timing`` counts them.
    """
    year, month = divmod(year_end.year * 12 + year_end.month - 1 + 6, 12)
    last = calendar.monthrange(year, month + 1)[1]
    from_last = year_end.day == calendar.monthrange(year_end.year, year_end.month)[1]
    return date(year, month + 1, last if from_last else min(last, year_end.day))
