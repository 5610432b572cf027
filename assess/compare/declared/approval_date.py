"""The dates of the registry row - approval, period - looked for in the text."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from assess.compare.dates import DateFound, dates_in
from assess.compare.declared.checks import Outcome
from assess.compare.declared.search import Searched
from assess.compare.declared.signatory import line_around
from assess.score.detectors.financial_year import detect_financial_year

# Words of approval or signing this near make a date one of approval (characters).
_NEAR: Final = 160
# A date at either end of a text is that of its sign-off or cover (characters).
_EDGE: Final = 600
_APPROVAL: Final = re.compile(
    r"approv|\bsigned\b|signature|\bboard\b|\bdated?\b|behalf|adopted|endorsed|reviewed|published"
    r"|\bissued?\b",
    re.IGNORECASE,
)
# Before a date these make it one of the period that is reported on.
_PERIOD: Final = re.compile(
    r"(?:\bend(?:ed|ing|s)?|\bfrom|\bto|\buntil|\bas (?:at|of)|\bbetween|\band|\bperiod|\byear|-|–"
    r"|\bcommencing|\bstarting|\bbeginning|\bthrough)\W{0,3}(?:(?:on|the|of)\s){0,2}$",
    re.IGNORECASE,
)
_NEXT_TO: Final = 30
_YEAR_ENDS: Final = re.compile(r"\byear\b[^.]{0,12}$|\bend(?:ed|ing|s)?\b", re.IGNORECASE)
_TWO_YEARS: Final = re.compile(r"\b(20[1-4]\d)\s?[/–—-]\s?(?:20)?(\d\d)(?!\d)")
# Beside two years these make them the name of the year that is reported on.
_NAMES_YEAR: Final = re.compile(r"\byear|\bstatement|\bperiod|\bFY|\breport", re.IGNORECASE)
_ONE_YEAR: Final = re.compile(
    r"\b(?:FY\s?|(?:financial|fiscal|reporting|calendar|accounting|trading)\s(?:year|period)\W{1,3}"
    r"(?:of\s|for\s|ended\s|ending\s|in\s)?)(?:20)?([1-4]\d)(?![\d/–-])",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;](?=\s)|\n\s*\n")
# An approval date told in other words may lie this far behind (characters).
_BEHIND: Final = 90
# A year ends on this or that day around a month's end; further off is another period (days).
_SAME_END: Final = 31
_A_YEAR: Final = (350, 380)


def check_approval_date(searched: Searched, declared: date, period: tuple[date, ...]) -> Outcome:
    """Confirmed by the day, or by its month, beside words of approval or at an end of the text.

    Contradicted where a sentence of approval gives one other date, and the declared one, or its
    month, is nowhere.
    """
    content = searched.text.content
    own = [found for found in searched.dates if declared in found.days]
    for found in own:
        if _of_approval(content, found.start, found.end):
            return _confirmed(searched, found.start, found.end, "the date of approval")
    for month in searched.months:
        of_month = (month.year, month.month) == (declared.year, declared.month)
        if of_month and _of_approval(content, month.start, month.end):
            return _confirmed(
                searched, month.start, month.end, "the month of approval, without its day"
            )
    other = None if own else _other_approval(searched, declared, period)
    if other:
        start, end = line_around(content, other.start, other.end)
        told = f"looked for the date of approval, {declared:%-d %B %Y}; the text gives another one"
        return Outcome("contradicted", told, searched.passage(start, end))
    beside = "; it stands in the text, but not as a date of approval" if own else ""
    told = f"looked for the date of approval, {declared:%-d %B %Y}, in all usual forms{beside}"
    return Outcome("not_found", told)


def check_period(
    searched: Searched, declared: date, period: tuple[date | None, date | None]
) -> Outcome:
    """Either end of the period: by its day, the month of the year's end, or the years named."""
    is_end = declared == period[1]
    name = "the last day of the period" if is_end else "the first day of the period"
    found = (
        _exact(searched, declared)
        or _by_end(searched, period)
        or _by_years(searched.text.content, period)
    )
    if found:
        start, end, how = found
        return _confirmed(searched, start, end, f"{name}, {how}")
    other = _other_end(searched, declared) if is_end else None
    if other:
        start, end = line_around(searched.text.content, other.start, other.end)
        told = f"looked for {name}, {declared:%-d %B %Y}; it is about a year with another end"
        return Outcome("contradicted", told, searched.passage(start, end))
    return Outcome("not_found", f"looked for {name}, {declared:%-d %B %Y}, and the year's name")


def _confirmed(searched: Searched, start: int, end: int, what: str) -> Outcome:
    start, end = line_around(searched.text.content, start, end)
    return Outcome("confirmed", f"found {what}", searched.passage(start, end))


def _of_approval(content: str, start: int, end: int) -> bool:
    if _PERIOD.search(content, max(0, start - _NEXT_TO), start):
        return False
    near = content[max(0, start - _NEAR) : end + _NEAR]
    at_edge = start < _EDGE or end > len(content) - _EDGE
    return at_edge or _APPROVAL.search(near) is not None


def _other_approval(
    searched: Searched, declared: date, period: tuple[date, ...]
) -> DateFound | None:
    """The one date that sentences of approval give, if it is another than the declared."""
    content = searched.text.content
    found: dict[tuple[date, ...], DateFound] = {}
    for approval in searched.approvals:
        if "approv" not in content[approval.start : approval.end].lower():
            continue
        # A date beyond the sentence is when it was signed or published.
        stop = _SENTENCE_END.search(content, approval.end - 1, approval.end + _BEHIND)
        behind = stop.start() if stop else min(len(content), approval.end + _BEHIND)
        for told in dates_in(content, approval.start, behind):
            found.setdefault(told.days, told)
    if len(found) != 1:
        return None
    told = next(iter(found.values()))
    of_period = any(day in period for day in told.days)
    of_month = any((d.year, d.month) == (declared.year, declared.month) for d in told.days)
    period_words = _PERIOD.search(content, max(0, told.start - _NEXT_TO), told.start)
    return None if of_period or of_month or period_words else told


def _exact(searched: Searched, declared: date) -> tuple[int, int, str] | None:
    found = next((found for found in searched.dates if declared in found.days), None)
    return (found.start, found.end, "by its date") if found else None


def _by_end(
    searched: Searched, period: tuple[date | None, date | None]
) -> tuple[int, int, str] | None:
    """``year ended March 2022``: of a period of one year that tells both ends."""
    start, end = period
    if end is None or start is None or not _A_YEAR[0] <= (end - start).days <= _A_YEAR[1]:
        return None
    if exact := _exact(searched, end):
        return (*exact[:2], "by the end of the year")
    content = searched.text.content
    for month in searched.months:
        ahead = content[max(0, month.start - _NEXT_TO) : month.start]
        if (month.year, month.month) == (end.year, end.month) and _YEAR_ENDS.search(ahead):
            return month.start, month.end, "by the month in which the year ends"
    return None


def _by_years(content: str, period: tuple[date | None, date | None]) -> tuple[int, int, str] | None:
    start, end = period
    if start is None or end is None:
        return None
    for match in _TWO_YEARS.finditer(content):
        near = content[max(0, match.start() - _NEXT_TO) : match.end() + _NEXT_TO]
        if not _NAMES_YEAR.search(near):
            continue
        if (int(match[1]), int(match[2])) == (start.year, end.year % 100) and start.year < end.year:
            return match.start(), match.end(), "by the two years it lies in"
    for match in _ONE_YEAR.finditer(content):
        if int(match[1]) == end.year % 100:
            return match.start(), match.end(), "by the name of the year"
    return None


def _other_end(searched: Searched, declared: date) -> DateFound | None:
    """Another year's end, where the text gives one alone as the end of what it is about."""
    content = searched.text.content
    found: dict[tuple[date, ...], DateFound] = {}
    for told in detect_financial_year(searched.reading):
        quote = content[told.start : told.end]
        if told.value != "met" or not re.search(r"\bend", quote, re.IGNORECASE):
            continue
        for day in dates_in(content, told.start, told.end):
            found.setdefault(day.days, day)
    if len(found) != 1:
        return None
    only = next(iter(found.values()))
    far = timedelta(days=_SAME_END)
    return only if all(abs(day - declared) > far for day in only.days) else None
