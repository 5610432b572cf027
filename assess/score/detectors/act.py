"""Whether the statement names section 54 or the Modern Slavery Act 2015 as its ground."""

from __future__ import annotations

import re
from typing import Final

from assess.score.detectors.base import Detection, LegalValue, before, behind, strongest
from assess.score.patterns import word_cues
from assess.score.rules import Reading

_SECTION: Final = r"(?:section|sect\.|s\.?|sec\.?|clause|article|provision|part)\s*(?:54|6\b)"
_ACT = word_cues(
    r"\bmodern\s*(?:day\s*)?slavery\s*(?:and\s+human\s+trafficking\s+)?(?:\(?uk\)?\s*)?(?:\w+\s+)?"
    r"act\b(?:\s*(?:\(uk\)\s*)?(?:of\s+)?2015)?"
    r"|\bMSA\s*(?:act\b|2015)"
    rf"|\b{_SECTION}[\s,()\d]*(?:of\s+)?(?:part\s*\d\W{{1,3}})?(?:of\s+)?(?:the\s+)?"
    # Of the name, the rest may be lost at the line's end, or misspelt.
    r"(?:act\b|(?:UK\s+)?modern\b(?!\s*slavery\s*act\b))",
    flags=re.IGNORECASE,
)
_RUN_TOGETHER = re.compile("modernslaveryact", re.IGNORECASE)
# "Modern Slavery Act" alone may be another country's.
_EXACT = word_cues(r"(?:section|sect\.|s)\.?\s*54\b|act\s+(?:of\s+)?2015\b", flags=re.IGNORECASE)
_BRITISH = re.compile(
    rf"2015|\bU\.?K\b|United\s+Kingdom|British|Britain|{_SECTION}|government", re.IGNORECASE
)
_OTHER_ACT = word_cues(
    r"transparency\s+in\s+supply\s+chains\s+act|transparency\s+act"
    r"|supply\s+chain\s+due\s+diligence\s+act"
    r"|\b(?:the|this)\s+(?-i:Act)\b|\bMSA\b",
    flags=re.IGNORECASE,
)
_OTHER_ACT_NAME = re.compile(r"transparency\s+in\s+supply\s+chains|non-compliance", re.IGNORECASE)
_GROUND = re.compile(
    rf"{_SECTION}|pursuant|accordance|in\s*compliance|compl(?:y|ies|ying)\s+with\s+(?:the|our|all)"
    rf"|in\s+line\s+with|under\s+(?:the\s+)?(?:uk|modern|provisions)"
    r"|respon(?:se|ds?|ding)\s+to|required?\b|requirements?\b|requires|obligations?|disclos"
    r"|statement|transparency|publish|report\b|conform"
    r"|responsibilit(?:y|ies)|duty|duties|based\s+on|welcomes?|compliance|fulfil|purposes\s+of"
    r"|\basks?\s+(?:large|us|business|compan|organi|commercial|employers)|obliges?\s+(?:us|large)"
    r"|\bmeet(?:s|ing)?\s+the|following\s+the\s+(?:introduction|passing)",
    re.IGNORECASE,
)
# Here the Act is what somebody else must keep, what staff are taught, or what defines the crime.
_IN_PASSING = re.compile(
    r"suppliers?\b|vendors?\b|contractors?\b|train(?:ed|ing)|aware\b|makes\s+it|offences?"
    r"|base\s*code|\bILO\b|policies|factsheet|policy\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    rf"statement|disclosure|pursuant|{_SECTION}|transparency|in\s+accordance|in\s*response"
    rf"|in\s+compliance",
    re.IGNORECASE,
)
_TITLE: Final = 300  # characters


def detect_act_reference(reading: Reading) -> tuple[Detection, ...]:
    """Met: named as what the statement responds to; partial: in passing, or another act only."""
    content = reading.text.content
    acts = [*_ACT.finditer(content), *_RUN_TOGETHER.finditer(content)]
    exact = _EXACT.search(content) is not None or any(
        _BRITISH.search(content, max(0, m.start() - 40), m.end() + 12) for m in acts
    )
    found = [
        Detection(m.start(), m.end(), _value(content, m) if exact else "partial") for m in acts
    ]
    if not found:
        found = [Detection(m.start(), m.end(), "partial") for m in _OTHER_ACT.finditer(content)]
    return strongest(found)


def _value(content: str, act: re.Match[str]) -> LegalValue:
    lead = before(content, act.start(), 220)
    trail = behind(content, act.end(), 120)
    around = _OTHER_ACT_NAME.sub(" ", f"{lead}{act.group()}{trail}")
    if act.start() < _TITLE and re.search(
        r"statement|disclosure|transparency", around, re.IGNORECASE
    ):
        return "met"
    if _STATEMENT.search(around):
        return "met"
    passing = _IN_PASSING.search(lead) is not None
    return "met" if _GROUND.search(around) and not passing else "partial"
