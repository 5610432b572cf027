"""Whether a text is the statement that a registry row was written about, or another year's.

Pages at one address change from year to year, and files are filed under a wrong year. What is not
found in another year's text says nothing of what was declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from assess.compare.dates import dates_in
from assess.compare.declared.checks import Declaration
from assess.compare.declared.search import Found, Searched
from assess.score.detectors.financial_year import detect_financial_year

# An approval this long before the declared one was of an earlier statement (days).
EARLIER: Final = 270
# A year's end that lies this far from the declared one is of another year (days).
OTHER_END: Final = 183
# Behind the words of a sign-off its date stands within so many characters.
_BEHIND: Final = 90
_DATED: Final = re.compile(
    r"(?<!review )(?<!next )\b(?:dated?|issued?|issue date|published|updated|signed)"
    r"(?: on| of)?\W{0,3}$",
    re.IGNORECASE,
)
_AHEAD: Final = 16
_TITLED: Final = re.compile(r"(?i:slavery|trafficking|transparency)? (?i:statement)\W{1,3}$")
_YEARS: Final = re.compile(r"\b20[1-4]\d(?:\s?[/–—-]\s?(?:20)?\d\d(?!\d))?")


@dataclass(frozen=True, slots=True)
class _Told:
    """When a text says it was approved or signed: the days it can mean."""

    start: int
    end: int
    days: tuple[date, ...]


def other_year(searched: Searched, declaration: Declaration) -> Found | None:
    """The passage that shows the text to be another year's statement, or None."""
    told = list(_sign_off_dates(searched))
    approved = declaration.approved
    if approved and any(_month(approved) == _month(day) for one in told for day in one.days):
        return None
    return _other_end(searched, declaration) or _other_sign_off(searched, declaration, told)


def _other_sign_off(
    searched: Searched, declaration: Declaration, told: Sequence[_Told]
) -> Found | None:
    """Dated after the row was written, or long before what the row says."""
    approved, updated = declaration.approved, declaration.last_updated
    for one in told:
        later = updated and min(one.days) > updated
        earlier = approved and (approved - max(one.days)).days > EARLIER
        if later or earlier:
            return searched.passage(one.start, one.end)
    return None


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _sign_off_dates(searched: Searched) -> Iterator[_Told]:
    content = searched.text.content
    places = [*searched.approvals, *searched.signatures]
    spans = [(place.start, min(len(content), place.end + _BEHIND)) for place in places]
    for found in searched.dates:
        labelled = _DATED.search(content, max(0, found.start - _AHEAD), found.start)
        if labelled or any(start <= found.start < end for start, end in spans):
            yield _Told(found.start, found.end, found.days)
    for month in searched.months:
        titled = _TITLED.search(content, max(0, month.start - _AHEAD), month.start)
        if titled or any(start <= month.start < end for start, end in spans):
            yield _Told(month.start, month.end, (date(month.year, month.month, 1),))


def _other_end(searched: Searched, declaration: Declaration) -> Found | None:
    """The financial years that the text names, where none can be the declared one."""
    start, end = declaration.start_date, declaration.end_date
    content = searched.text.content
    if end is None or any(end in found.days for found in searched.dates):
        return None
    other: tuple[int, int] | None = None
    for told in detect_financial_year(searched.reading):
        if told.value != "met":
            continue
        fits = _fits(content[told.start : told.end], start, end)
        if fits:
            return None
        if fits is False and other is None:
            other = told.start, told.end
    return searched.passage(*other) if other else None


def _fits(quote: str, start: date | None, end: date) -> bool | None:
    """Whether a quote can mean the declared year; None where it names no year."""
    days = [found.days for found in dates_in(quote)]
    if days:  # the last of a period's days is its end
        return any(abs((day - end).days) <= OTHER_END for day in max(days))
    years = [_span_of_years(match.group()) for match in _YEARS.finditer(quote)]
    if not years:
        return None
    begins = start.year if start else end.year
    return any(
        last == end.year or (first == last and last in (begins, end.year)) for first, last in years
    )


def _span_of_years(told: str) -> tuple[int, int]:
    numbers = re.findall(r"\d+", told)
    first = int(numbers[0])
    return first, first // 100 * 100 + int(numbers[-1][-2:])
