"""The financial year that a statement's title or opening names."""

from __future__ import annotations

import re
from typing import Final

# Characters: the title and the first sentence or two.
_TITLE: Final = 160
_OPENING: Final = 900
_FIRST: Final = 2014  # the Act is of 2015; statements may look back one year

_ACT = re.compile(r"(?:act|regulations?|bill|order|code|since|founded|in)\W{0,3}(?:of\W)?$", re.I)
_YEARS = re.compile(
    r"(?<![\d/£$€.,])(?:20(?P<first>\d\d)\s?[/–-]\s?(?:20)?(?P<second>\d\d)"
    r"|FYE?\s?[’']?(?:20)?(?P<fiscal>\d\d)(?:\s?[/–-]\s?(?P<last>\d\d))?"
    r"|(?<![\d-])(?P<short>\d\d)/(?P<next>\d\d)(?!\s?/)|20(?P<year>\d\d))(?![\d%])",
    re.I,
)
_PERIOD = re.compile(r"(?:year|period|months|weeks|FYE?|statement)\b[^.;]{0,60}$", re.I)


def year_of(content: str, start: int, end: int) -> int:
    """The year in which the financial year of the statement at ``start`` ends; 0 where not told.

    A year in the title counts; else one that the opening calls a financial year.
    """
    stop = min(end, start + _OPENING)
    years = [
        (match.start() - start, _year(match))
        for match in _YEARS.finditer(content, start, stop)
        if not _ACT.search(content[max(start, match.start() - 12) : match.start()])
    ]
    years = [(place, year) for place, year in years if year > _FIRST]
    titled = [year for place, year in years if place < _TITLE]
    named = [
        year
        for place, year in years
        if _PERIOD.search(content[max(start, start + place - 80) : start + place])
    ]
    found = titled or named
    return max(found[:2], default=0)


def _year(match: re.Match[str]) -> int:
    for last, first in (("second", "first"), ("last", "fiscal"), ("next", "short")):
        if match[last] and int(match[last]) == int(match[first] or 0) + 1:
            return 2000 + int(match[last])
    return 2000 + int(match["year"] or match["fiscal"] or match["first"] or 0)
