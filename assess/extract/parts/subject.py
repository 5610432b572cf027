"""What a passage is about: the words that tell a statement from the report around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

SLAVERY = re.compile(
    r"slavery|slave\s+labou?r|traffick(?:ing|ed|ers?)\b|servitude|debt\s+bondage"
    r"|(?:forced|compulsory|bonded|child)\s+(?:(?:or|and)\s+\w+\s+)?labou?r"
    r"|(?:labou?r|worker|human)\s+exploitation|exploitation\s+of\s+(?:workers|people)",
    re.IGNORECASE,
)
"""The subject itself."""


def places_of(content: str, words: Sequence[str], apart: int = 1) -> list[int]:
    """Where any of ``words`` (in lower case) stands, at least ``apart`` characters from the last.

    Takes a tenth of the time of a pattern of alternatives.
    """
    lowered = content.replace("\u0130", "I").lower()  # the one letter that grows in lower case
    places: list[int] = []
    for word in words:
        place = lowered.find(word)
        while place >= 0:
            places.append(place)
            place = lowered.find(word, place + apart)
    return sorted(places)


NAMES_OF_SLAVERY: Final = (
    "slavery",
    "traffick",
    "servitude",
    "forced labo",
    "child labo",
    "bonded",
)
"""Words that show quickly whether a long text speaks of it."""
BESIDE = re.compile(
    r"human\s+rights|supply\s+chains?|suppliers?\b|due\s+diligence|labou?r\b|workers?\b"
    r"|recruitment\s+agenc|agency\s+(?:staff|workers)|ethical|whistle|speak[\s-]?up|remed(?:y|iation)"
    r"|audits?\s+of\s+suppl|sub-?contractors?|right[\s-]to[\s-]work",
    re.IGNORECASE,
)
"""What a statement speaks of too, but other sections do as well."""
ELSEWHERE_SUBJECT = re.compile(
    r"dividend|remuneration|bonus|shareholder|EBITDA|profit|earnings|\bIFRS\b|auditor|pension|lease"
    r"|impairment|goodwill|emission|carbon|climate|net\s+zero|audit\s+committee|non-executive"
    r"|share\s+(?:price|capital|option)|deferred\s+tax|hedg|brib|corruption|diversity|gender"
    r"|health\s+and\s+safety|accident|charit|volunteer|cyber|data\s+protection|going\s+concern"
    r"|viability|amortis|depreciat|credit\s+risk|liquidity|invoice|payment\s+terms|energy\s+use"
    r"|waste|recycl|water\s+use|borrowing|cash\s+flow|section\s+172|net\s+debt|order\s+book",
    re.IGNORECASE,
)
"""The other sections of a report."""

OTHER_HEADING = re.compile(
    r"brib|corruption|whistle[\s-]?blowing$|health|safety|environment|climate|TCFD|emission|energy"
    r"|carbon|waste|water\b|diversity|inclusion|gender|section\s+172|s\.?\s?172|going\s+concern"
    r"|viability|directors[’']?|remuneration|auditor|audit\s+committee|nomination|committee"
    r"|financial\s+(?:statements|review|position|highlights|instruments|calendar)|notes\s+to|dividend"
    r"|political|donation|share\s?(?:capital|holder)|principal\s+risks|\btax\b|charit|communit(?:y|ies)$"
    r"|data\s+(?:protection|privacy)|privacy|cyber|payment|glossary|index|corporate\s+governance"
    r"|human\s+rights(?:\s+policy)?$|responsibility\s+statement|forward[\s-]looking|balance\s+sheet"
    r"|income\s+statement|cash\s+flow|risk\s+management$|stakeholder|chair(?:man)?[’']s"
    r"|internal\s+control|conflicts?\s+of\s+interest|research\s+and\s+development|pension"
    r"|non-financial|post[\s-]balance|events\s+after|annual\s+general|employee\s+engagement"
    r"|innovation|customers?$|markets?$|outlook|strategy$|key\s+performance\s+indicators$|appendix"
    r"|fraud|money\s+laundering|human\s+capital|culture|biodiversity|wellbeing|our\s+people$",
    re.IGNORECASE,
)
"""Headings that open another section of a report; within a statement the subject comes back."""
OWN_HEADING = re.compile(
    r"slavery|traffick|due\s+diligence|suppl|risk\s+assessment|assess|training|awareness|effective"
    r"|next\s+steps|looking\s+(?:ahead|forward)|future|approval|sign|structure|our\s+business"
    r"|remed|polic(?:y|ies)\s+(?:in|on)|our\s+policies|grievance|monitoring|progress|commitment",
    re.IGNORECASE,
)
"""Headings that a statement has."""

CLOSING = re.compile(
    r"\b(?:this|the|our)\s+(?:\w+\s+){0,5}statement\s+(?:\w+\s+){0,3}(?:approved|signed|adopted)"
    r"|approved\s+by\s+(?:the|our|its)\s+(?:\w+\s+){0,4}(?:board|directors|members|partners|trustees)"
    r"|approved\s+(?:this|the)\s+(?:\w+\s+){0,5}statement"
    r"|^signed\b|signed\s+(?:by|on\s+(?:its\s+)?behalf)|for\s+and\s+on\s+behalf\s+of",
    re.IGNORECASE,
)
"""Approval or signature."""
_POLICY_APPROVED = re.compile(r"polic(?:y|ies)\b[^.]{0,40}\bapproved", re.IGNORECASE)
_MADE: Final = (
    r"\b(?:pursuant|in\s+(?:accordance|compliance|line|response)|under|section\s+54|s\.?\s?54"
    r"|(?:slavery|traffick\w+)\s+act|requirements?\s+of|sets?\s+out|steps|outlines|describes|covers)\b"
)
DECLARES = re.compile(
    rf"\b(?:this|the\s+following|below\s+is|we\s+present)\b[^.;]{{0,80}}?\b(?:statement|disclosure"
    rf"|declaration|report)\b[^.;]{{0,160}}?{_MADE}"
    r"|constitutes?\b[^.;]{0,100}?(?:statement|disclosure)"
    rf"|statement\b[^.;]{{0,60}}?\bis\s+made\b[^.;]{{0,60}}?{_MADE}"
    r"|(?:section\s+54|slavery\s+act)[^.;]{0,120}?\b(?:sets?\s+out|presents?|makes\s+this)\b"
    r"[^.;]{0,60}?\b(?:statement|steps)\b"
    r"|(?:sets?\s+out|describes)\s+(?:below\s+)?the\s+steps[^.;]{0,160}?(?:slavery|traffick)",
    re.IGNORECASE,
)
"""The text says of itself that it is the statement."""
POINTS_ELSEWHERE = re.compile(
    r"statement\b[^.;]{0,120}?\b(?:available|published|found|read|downloaded|viewed|accessed)\b"
    r"[^.;]{0,60}?(?:website|www\.|https?:|\.com|\.co\.uk|online|\bat\b)"
    r"|(?:read|see|view|download|find)\b[^.;]{0,40}\b(?:full|latest|modern\s+slavery)\b[^.;]{0,40}"
    r"statement",
    re.IGNORECASE,
)
"""The statement is said to stand somewhere else."""

_TOPIC: Final = (
    r"(?:modern[\s-]*(?:day\s+)?slavery|slavery\s*(?:and|&|/)\s*(?:human\s*)?trafficking"
    r"|human\s*trafficking|anti[\s-]?slavery|\bslavery\b|section\s*54\b)"
)
_NAMED: Final = r"\b(?:statement|disclosure|declaration|transparency\s+report|report)\b"
TITLE = re.compile(rf"{_TOPIC}.*?{_NAMED}|{_NAMED}.*?{_TOPIC}", re.IGNORECASE | re.DOTALL)
"""A statement's title."""
TOPIC = re.compile(_TOPIC, re.IGNORECASE)
POLICY_TITLE = re.compile(
    r"^\W*(?:(?:appendix|annex)\W+\w+\W+)?(?:[\w’'&.-]+\s+){0,5}?(?:anti[\s-]?slavery|slavery"
    r"|traffick\w+|human\s+rights|whistleblowing)\b[^.\n]{0,40}\bpolicy\W*(?:20\d\d\W*)?$",
    re.IGNORECASE,
)
"""The title of a policy."""
POLICY_RULES = re.compile(
    r"\bthis\s+policy\b|\bthe\s+policy\s+applies|breach\s+of\s+this\s+policy|you\s+must\b",
    re.IGNORECASE,
)
"""How a policy speaks."""


def is_closing(text: str) -> bool:
    """Whether a sentence approves or signs the statement."""
    return CLOSING.search(text) is not None and _POLICY_APPROVED.search(text) is None


_NEAR: Final = 250  # characters: the sentence of a declaration and its neighbour


def declarations(content: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Where a text says of itself that it is the statement on slavery."""
    stop = len(content) if end is None else end
    done = start
    for mention in _ABOUT.finditer(content, start, stop):
        if mention.end() + _NEAR <= done:
            continue
        first, done = max(start, done - _NEAR, mention.start() - _NEAR), mention.end() + 2 * _NEAR
        yield from (match.start() for match in DECLARES.finditer(content, first, min(stop, done)))


THE_ACT = re.compile(r"section\s*54\b|slavery\s+act", re.IGNORECASE)
_ABOUT = re.compile(rf"{SLAVERY.pattern}|section\s*54\b", re.IGNORECASE)
REPORT = re.compile(
    r"(?:annual|sustainability|strategic|integrated|responsib\w+|ESG|CSR|impact|interim|ESG\s+data)"
    r"(?:\s+and\s+\w+)?\s+(?:report|review|accounts)|report\s+(?:and|&)\s+(?:financial\s+)?accounts"
    r"|financial\s+statements|form\s+20-F|universal\s+registration",
    re.IGNORECASE,
)
"""The title of a document that holds more than the statement."""
CONTENTS = re.compile(r"^\W*(?:table\s+of\s+)?contents\b", re.IGNORECASE | re.MULTILINE)
