"""Which financial year the statement is for: section 54(1) asks for one for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from assess.score.detectors.base import (
    Detection,
    before,
    behind,
    find_within,
    strongest,
    windows,
)
from assess.score.detectors.dates import ANY_DATE, DAY_MONTH, FULL_DATE, MONTH, YEAR, YEARS
from assess.score.patterns import word_cues
from assess.score.rules import Reading

_KIND: Final = (
    r"(?:financial|flnancial|fiscal|accounting|reporting|trading|calendar|statutory|company"
    r"|business|academic|council|budget)"
)
# "the financial year of the University ended": whose year it is.
_WHOSE: Final = r"(?:of\s(?:the\s|our\s)?(?:[\w&’'-]{1,20}\s){1,4}(?=end|that|which|to\b))?"
_LINK: Final = (
    r"(?:(?:that|which|is|was|ended|ending|ends?|runs?|running|covering|commencing|beginning"
    r"|starting|from|of|to|for|on|the|in|at|our|its|until|up|date|being|dated)[^\w.;]{1,3}){0,6}"
)
_WHEN: Final = rf"(?:{FULL_DATE}|{DAY_MONTH}|{MONTH}|{YEARS}|{YEAR}|\d\d\s?[/–-]\s?\d\d(?!\d))"
_TO: Final = r"\W{0,3}(?:to|until|till|through(?:\s+to)?|and|[–—-])\s*(?:the\s+)?"

_PERIOD = word_cues(
    rf"{_KIND}\s*(?:year|period)(?:['’]?s|s['’])?[^\w.;]{{0,4}}{_WHOSE}{_LINK}{_WHEN}"
    rf"(?:{_TO}{_WHEN})?(?:\s*,?\s*{YEAR})?"
    rf"|(?:{YEARS}|{YEAR})\s*{_KIND}\s*(?:year|period)"
    rf"|\bFYE?\s?(?:ended|ending|end)?\s?['’]?(?:{ANY_DATE}|{YEARS}|{YEAR}|\d\d(?:\s?[/–-]\s?\d\d)?)(?!\d)"
    rf"|\b(?:years?|period|weeks|months)[\s-]*(?:that\s+|which\s+)?(?:ended|ending|end)\b\W{{0,3}}"
    rf"(?:(?:on|the|end|of|in|is|date|at)\W{{1,3}}){{0,4}}(?:{ANY_DATE}|{YEARS}|{YEAR})"
    rf"|\b(?:year|period|months|weeks)\s+(?:(?:up\s+)?to|until|from|of|commencing|beginning|starting"
    rf"|between)\W{{1,3}}"
    rf"(?:(?:on|the|end|of)\W{{1,3}}){{0,3}}(?:{ANY_DATE}|{DAY_MONTH})"
    rf"(?:{_TO}(?:{ANY_DATE}|{DAY_MONTH}))?(?:\s*,?\s*{YEAR})?"
    rf"|(?:{ANY_DATE}|{DAY_MONTH}|{MONTH}){_TO}{ANY_DATE}|\bperiod\s+(?:of\s+)?{YEARS}"
    rf"|{_KIND}\s*year\W{{1,3}}(?:ended|ending|to)\W{{1,3}}{MONTH}\s['’]?(?:1[5-9]|2\d)(?!\d)",
    flags=re.IGNORECASE,
)
# What every period and every date holds.
_PERIOD_CUE = re.compile(r"(?i:year|period)|\b(?:[Ww]eek|[Mm]onth|WEEK|FY)|20[1-4]\d")
_DATE_CUE = re.compile(r"20[1-4]\d|\d[./-]\d")
_HAS_YEAR = re.compile(
    rf"{YEAR}|(?:ended|ending|to)\W{{1,3}}{MONTH}\s['’]?(?:1[5-9]|2\d)(?!\d)"
    rf"|\d\d\s?[/–-]\s?\d\d(?!\d)|FY|\d[./-]\d{{1,2}}[./-]\d\d",
    re.IGNORECASE,
)
_STATEMENT = re.compile(r"statement|disclosure|report(?:s|ing)?\b|slavery|cover", re.IGNORECASE)
# A period that dates a figure or a plan is not the one the statement is for.
_OF_FIGURES = re.compile(
    r"turnover|revenue|\bsales\b|profit|£|\$|€|employed|headcount|gender pay",
    re.IGNORECASE,
)
_OF_PLANS = re.compile(r"\b(?:will|next|target|goal|plans?|aim(?:s|ing)?|intend)\b", re.IGNORECASE)

_PLANNED = re.compile(r"\b(?:will|shall|plan|intend|aim)\b", re.IGNORECASE)

_SIGNING = re.compile(
    r"\b(?:approved|signed|signature|dated?|reviewed|revised|revision|updated?|issued?|published"
    r"|version|adopted|effective)\b",
    re.IGNORECASE,
)
_SIGNATORY = re.compile(
    r"\b(?:Director|Chair(?:man|woman)?|CEO|Chief Executive(?: Officer)?|President|Partner)\b"
    r"(?![^\n]*\.)"
)
_DATE = re.compile(rf"(?<![\d/])(?=[\djfmasond]){ANY_DATE}", re.IGNORECASE)
_YEAR = re.compile(rf"(?<![\d/.-])(?:{YEARS}|{YEAR})")
_SPAN = re.compile(YEARS)
_CURRENT = re.compile(
    r"statement\s+(?:\w+\s+){0,3}?for\s+(?:the|this|our)\s+(?:current\s+)?(?:financial|fiscal)\s+year\b",
    re.IGNORECASE,
)
# A line cut off from the one that ends in "financial year".
_CUT_OFF = re.compile(
    rf"(?:^|(?<=\n))[ \t]*(?:ending|ended)\s+(?:on\s+)?(?:the\s+)?{ANY_DATE}", re.IGNORECASE
)
_YEAR_AT_LINE_END = re.compile(r"(?:financial|fiscal)\s+year[ \t]*\n", re.IGNORECASE)
_ACT = re.compile(
    r"(?:act|bill|regulations?|order|©|\(c\)|copyright|\bby|since|until|before|in early)\W{0,3}"
    r"(?:of\W|in\W|\(uk\)\W)?\W{0,2}$",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"copyright|©|all rights reserved|came into|introduced|accessed|published\W+on\W+$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"statement|slavery|transparency|report|policy|steps", re.IGNORECASE)
_OWN_YEAR = re.compile(
    r"\b(?:in|during|for|throughout|over)\W{1,3}(?:the\W)?(?:(?:calendar\W)?year\W|early\W|late\W"
    r"|spring\W|summer\W|autumn\W|winter\W)?$",
    re.IGNORECASE,
)
# "In 2017 we trained ..." places the steps in a year; "in 2017 we had a revenue of" does not.
_OUR_STEPS = re.compile(
    r"\W{0,3}(?:and\W{1,3}20\d\d\W{1,3})?(?:we|our|the\W{1,3}(?:company|group|organi[sz]ation))\b"
    r"[^.]{0,120}?(?:slavery|traffick|train|awareness|risk|suppl|ethical|audit|human rights|polic"
    r"|process)",
    re.IGNORECASE,
)
_OTHER_PAPER = re.compile(r"\bpolic(?:y|ies)\b|\bcode\b|\baudit", re.IGNORECASE)
_OPENING: Final = 700  # characters: a title and the first sentence or two
_SIGN_OFF: Final = 400  # characters: a signature block with its date


def detect_financial_year(reading: Reading) -> tuple[Detection, ...]:
    """Met: a named year, period or year-end; partial: only a bare year or a signing date."""
    return _found(reading.text.content)


# Asked for the finding, and again for the kind of document.
@lru_cache(maxsize=2)
def _found(content: str) -> tuple[Detection, ...]:
    return strongest([*_periods(content), *_dates(content), *_bare_years(content)])


def _periods(content: str) -> Iterator[Detection]:
    for match in find_within(_PERIOD, content, windows(content, _PERIOD_CUE, 60, 140)):
        lead = before(content, match.start(), 140)
        sentence = lead + match.group() + behind(content, match.end(), 80)
        about_it = _STATEMENT.search(sentence) is not None
        if not about_it and (_OF_FIGURES.search(sentence) or _OF_PLANS.search(lead)):
            continue
        if not _STATEMENT.search(lead) and _PLANNED.search(behind(content, match.end(), 30)):
            continue
        if re.search(r"\bby\W+(?:the\W+end\W+of\W+)?$", lead, re.IGNORECASE):
            continue
        named = _HAS_YEAR.search(match.group()) is not None
        yield Detection(match.start(), match.end(), "met" if named else "partial")
    if _YEAR_AT_LINE_END.search(content):
        for match in _CUT_OFF.finditer(content):
            yield Detection(match.start(), match.end(), "met")


def _dates(content: str) -> Iterator[Detection]:
    """Dates of signing, approval or issue."""
    for match in find_within(_DATE, content, windows(content, _DATE_CUE, 40, 8)):
        lead = content[max(0, match.start() - 160) : match.start()]
        if _NOT_OURS.search(lead[-60:]) or _OF_FIGURES.search(before(content, match.start(), 60)):
            continue
        near_edge = match.start() < 300 or match.end() > len(content) - _SIGN_OFF
        signing = _SIGNING.search(lead) and not _OTHER_PAPER.search(lead)
        signatory = _SIGNATORY.search(lead[-60:])
        if near_edge or signing or signatory:
            yield Detection(match.start(), match.end(), "partial")


def _bare_years(content: str) -> Iterator[Detection]:
    current = _CURRENT.search(content) is not None
    for match in _YEAR.finditer(content):
        lead = content[max(0, match.start() - 80) : match.start()]
        if _ACT.search(lead) or _NOT_OURS.search(lead[-25:]):
            continue
        titled = match.start() < _OPENING and _TITLE.search(lead) is not None
        ours = _OWN_YEAR.search(lead) and _OUR_STEPS.match(content[match.end() : match.end() + 160])
        if titled or ours:
            # "Statement 2018/19 ... for the current financial year".
            spans = titled and current and _SPAN.match(match.group()) is not None
            yield Detection(match.start(), match.end(), "met" if spans else "partial")
