"""What kind of document a text is: a statement under section 54, a policy, or something else."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from assess.records import StatementKind
from assess.score.detectors.financial_year import detect_financial_year
from assess.score.rules import Reading

_SLAVERY = re.compile(
    r"slavery|slave\s+labou?r|human\s*traffick|traffick(?:ed|ing)\b"
    r"|forced\s*(?:or\s*compulsory\s*)?labou?r|servitude"
    r"|bonded\s*labou?r|debt\s+bondage",
    re.IGNORECASE,
)
# Documents that are published beside the statement and reached by a wrong link.
_RIVAL = re.compile(
    r"personal\s+(?:data|information)|\bcookies?\b|gender\s+pay|\bpay\s+gap\b|tax\s+(?:strategy"
    r"|authorit)"
    r"|data\s+protection|privacy\s+(?:notice|policy)|\bGDPR\b|terms\s+of\s+(?:use|sale)|bribe",
    re.IGNORECASE,
)
_SECTION_54 = re.compile(
    r"(?:section|sect\.|s\.?|clause|article|provision)\s*54\b"
    r"|modern\s*(?:day\s*)?slavery\s*act\W{0,3}(?:of\s*)?(?:\d{4}\W{0,3})?(?:transparency"
    r"|disclosure|statement)",
    re.IGNORECASE,
)
_DECLARES = re.compile(
    r"\b(?:this|our|the|constitutes|following)\b[^.;]{0,60}?(?:statement|disclosure|declaration"
    r"|report)\b[^.;]{0,140}?"
    r"(?:pursuant|in\s+(?:accordance|compliance|line|response)|made\s+under|section\s*54"
    r"|requirements?\s+of|modern\s+slavery\s+act"
    r"|sets?\s+out|steps|outlines|describes|covers|relates\s+to)"
    r"|constitutes[^.;]{0,80}?statement"
    r"|\b(?:pursuant\s+to|in\s+(?:accordance|compliance)\s+with|as\s+required\s+by)\b[^.;]{0,120}?"
    r"(?:modern\s+slavery\s+act|section\s*54)",
    re.IGNORECASE,
)
_TITLE_STATEMENT = re.compile(
    r"(?<!policy )statement|disclosure|declaration|transparency\s+report|slavery[^.\n]{0,30}report",
    re.IGNORECASE,
)
_TITLE_POLICY = re.compile(
    r"(?:slavery|traffick\w+|labou?r|rights)\b[^.\n]{0,40}\bpolicy\b|\bpolicy\s+(?:against|on)\b"
    r"|\bcode\s+of\s+(?:conduct|ethics)\b",
    re.IGNORECASE,
)
# A policy binds people; these are its words for that.
_POLICY = re.compile(
    r"\bthis\s+(?:policy|code)\b|\bthe\s+(?:policy|code)\s+(?:applies|covers|is\s+reviewed)"
    r"|applies\s+to\s+all\s+(?:persons|individuals|employees|people|staff|suppliers)"
    r"|breach(?:es)?\s+of\s+th(?:is|e)\s+(?:policy|code)"
    r"|does\s+not\s+form\s+part\s+of\s+any\s+employee|responsib\w+\s+for\s+th(?:is|e)\s+policy"
    r"|adhere\s+to\s+the\s+code|comply\s+with\s+th(?:is|e)\s+(?:policy|code)|you\s+must\s+(?:notify"
    r"|ensure|read|report|avoid)"
    r"|\bthe\s+supplier\s+(?:must|shall|will)\b|conform\s+to\s+the\s+following\s+terms",
    re.IGNORECASE,
)
_SUBJECT: Final = r"\b(?:slavery|traffick\w+|section\s*54)\b"
_NAMED: Final = r"\b(?:statement|disclosure|declaration|transparency\s+report)\b"
_OWN_TITLE = re.compile(rf"{_SUBJECT}.*?{_NAMED}|{_NAMED}.*?{_SUBJECT}", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"[.!?;:]$|\b(?:read|see|view|download|click|here|is|are|was|published|available)\b",
    re.IGNORECASE,
)
"""A sentence or a link that names the statement."""
_WRONG_RATIO: Final = 2.0  # this many times more talk of something else than of slavery
_LITTLE: Final = 3  # fewer mentions of slavery are a link or a footer, unless the text is short
_SHORT: Final = 120  # words
_MANY_RULES: Final = 6  # more of a policy's words than this add nothing,
_FEW_RULES: Final = 2  # or than this in a text that is long for them:
_WORDS_PER_RULE: Final = 150
_SURE: Final = 4  # of 8: the text declares itself the statement
_OPENING: Final = 400  # characters: the title and the first sentence
_TITLE: Final = 120  # characters: the title
_TITLE_LINES: Final = 3  # a name, and a title of two lines


def statement_kind(reading: Reading) -> StatementKind:
    """``statement``, ``policy`` or ``other``.

    A document called a policy that declares itself the statement under the Act, or is made for a
    named financial year, is a statement.
    """
    content = reading.text.content
    for_statement = _statement_marks(reading)
    rules = len(_POLICY.findall(content))
    if for_statement < _SURE and _about_something_else(content, reading.text.words, rules):
        return "other"
    titled_policy = _titled(content, _TITLE_POLICY, _TITLE)
    titled_statement = _titled(content, _TITLE_STATEMENT, _TITLE)
    dense = rules * _WORDS_PER_RULE > reading.text.words
    for_policy = min(rules, _MANY_RULES if dense else _FEW_RULES)
    for_policy += 2 * (titled_policy and not titled_statement)
    return "policy" if for_policy > for_statement else "statement"


def _about_something_else(content: str, words: int, rules: int) -> bool:
    mentions = len(_SLAVERY.findall(content))
    if mentions == 0:
        return rules == 0 or not re.search(r"labou?r|ethical|worker", content, re.IGNORECASE)
    titled = _has_own_title(content)
    if mentions < _LITTLE and words > _SHORT and not (titled or _SECTION_54.search(content)):
        return rules == 0
    mentions = max(mentions, _LITTLE) if titled else mentions
    return len(_RIVAL.findall(content)) > _WRONG_RATIO * mentions


def _statement_marks(reading: Reading) -> int:
    content = reading.text.content
    year = any(found.value == "met" for found in detect_financial_year(reading))
    return (
        2 * (_SECTION_54.search(content) is not None)
        + 2 * (_DECLARES.search(content) is not None)
        + 2 * _titled(content, _TITLE_STATEMENT, _OPENING)
        + 2 * year
    )


def _titled(content: str, pattern: re.Pattern[str], width: int) -> bool:
    return pattern.search(content.lstrip()[:width]) is not None


def _has_own_title(content: str) -> bool:
    """Whether one of the first lines, or two of them, is the title of a statement on slavery."""
    lines = [line.strip() for line in content.lstrip().splitlines()[: 2 * _TITLE_LINES]]
    lines = [line for line in lines if line][:_TITLE_LINES]
    pairs = [f"{one} {other}" for one, other in pairwise(lines)]
    return any(
        len(line) <= _TITLE and _OWN_TITLE.search(line) and not _NO_TITLE.search(line)
        for line in [*lines, *pairs]
    )
