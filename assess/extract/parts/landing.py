"""Pages that hold no statement: those that only lead to one, and those that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assess.extract.parts.subject import BESIDE, SLAVERY, TITLE, TOPIC, declarations, is_closing
from assess.extract.prose.blocks import ITEM
from assess.records import Sentence

# Longer pages say something themselves.
MAX_WORDS: Final = 200
_MAX_CHARACTERS: Final = 4_000
# Longer lines are paragraphs.
_MAX_LINE: Final = 150
# A sentence of fewer words is a menu entry or a link; one that says "we" may be shorter.
_SENTENCE: Final = 8
_CLAUSE: Final = 4
# One sentence on what is done leads to a link, or two that only assure: "we are committed to ...".
_LEAD: Final = 1
_ASSURANCES: Final = 2
_LOWER: Final = 0.5
# Beside saying that a page is not there, it says little.
_NOTICE_WORDS: Final = 80
# A title has at most so many words; a line below it of so many is text.
_TITLE_WORDS: Final = 14
_TEXT_WORDS: Final = 6
# Characters in which a text names its subject, or a page says that it is not there.
_FRONT: Final = 200
_NOTICE_FRONT: Final = 400

_STATEMENT: Final = r"(?:statement|slavery|disclosure|document|report|full\s+text|policy)"
_LINK = re.compile(
    r"\b(?:read|view|download|click|see|open|access|get)\b[^.]{0,50}?\b(?:here|below|more|"
    rf"{_STATEMENT})\b"
    rf"|{_STATEMENT}[^.]{{0,60}}?(?:\(\s*pdf|\bpdf\b|\bhere\b|download|\d\s?[km]b\b|\.pdf\b)"
    rf"|\bpdf\b[^.]{{0,30}}?{_STATEMENT}"
    rf"|{_STATEMENT}\b[^.]{{0,80}}?\b(?:available|found|viewed|downloaded|accessed|read)\b[^.]{{0,40}}?"
    r"(?:here|below|link|pdf|https?:|www\.)"
    r"|legislation:\s.{0,80}authenticated\s+by",
    re.IGNORECASE,
)
_NAMES = re.compile(r"slavery|traffick", re.IGNORECASE)
_ABOUT = re.compile(r"slavery|traffick|\bstatement\b", re.IGNORECASE)
_NO_STEPS = re.compile(r"\bno\s+(?:such\s+)?steps\b|not\s+taken\s+(?:any\s+)?steps", re.IGNORECASE)
_NOTICE = re.compile(r"cookie|privacy|\bterms\b", re.IGNORECASE)
_SITE = re.compile(
    r"©|copyright|registered|company\s+(?:number|no)|rights\s+reserved|cookie|privacy|\bterms\b",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\b(?:error\s+)?40[34]\b|\bpage\s+(?:\w+\s+)?not\s+found|you\s+(?:were|are|may\s+be)\s+"
    r"looking\s+for"
    r"|\b(?:does\s+not|doesn[’']t|no\s+longer)\s+exists?\b"
    r"|\b(?:can[’']t|cannot|could\s+not)\s+be\s+found|\bnothing\s+(?:was|has\s+been)\s+found"
    r"|\b(?:page|site|document|file|statement)\s+(?:may\s+have|has|have|was|is)\s+"
    r"(?:been\s+)?(?:now\s+)?"
    r"(?:moved|removed|archived|deleted|withdrawn)"
    r"|\baccess\s+(?:is\s+|has\s+been\s+)?denied|(?:not|n[’']t)\s+have\s+(?:the\s+)?permission"
    r"|\byou\s+are\s+(?:a\s+)?human\b|\bnot\s+a\s+robot\b|captcha|checking\s+your\s+browser"
    r"|\b(?:enable|turn\s+on|allow)\s+(?:javascript|cookies)|\b(?:use|accept|manage)\s+(?:\w+\s+)?"
    r"cookies|before\s+you\s+continue\b|service\s+(?:is\s+)?(?:\w+\s+)?unavailable|server\s+error"
    r"|under\s+(?:construction|maintenance)|session\s+has\s+(?:expired|timed\s+out)"
    r"|\b(?:log|sign)\s?in\s+to\s+(?:view|read|see|continue|access)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\bstatement\b[^.]{0,80}\b(?:can|may)\s+be\s+(?:found|read|viewed|seen|downloaded|accessed)",
    re.IGNORECASE,
)
_ELSEWHERE: Final = (_LINK, _ABSENT, _SITE, _POINTS)
"""What leads to the statement, or is the site's, and says nothing itself."""
_WE = re.compile(r"\bwe(?:[’']ve)?\b", re.IGNORECASE)
_OUR = re.compile(r"\b(?:our|us)\b", re.IGNORECASE)
_PEOPLE = re.compile(r"\b(?:staff|employees|suppliers|workers|buyers|colleagues)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:please|if\s+(?:you|the\s+(?:problem|error|page))|try|return|go|use|sign\s+up|join|visit|follow|contact|find|discover"
    r"|explore|learn|subscribe|get\s+in)\b",
    re.IGNORECASE,
)
_ASSURES = re.compile(
    r"commit(?:s|ted|ment)\b|zero[\s-]tolerance|serious(?:ly)?\b|\bbeliev|recogni[sz]e|acknowledge"
    r"|welcome|\bstrive|\bproud|\boppose|abhor|condemn|(?:not|never)\s+(?:tolerate|accept)|publish",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"(?:the\s+)?(?:\w+\s+)?(?:modern\s+)?(?:day\s+)?(?:slavery|human\s+trafficking|act\s+20)"
    r"|(?:the|this)\s+act\b|section\s+54|it\s+is\s+(?:thought|estimated)",
    re.IGNORECASE,
)
"""How a sentence on slavery at large, or on the law, begins."""
_IS = re.compile(r"(?:\S+\s+){1,7}?(?:is|are)\s+(?:the|an?|one|part)\b", re.IGNORECASE)
"""What an organisation is, not what it does."""
_NAME: Final = r"[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){1,3}"
_ROLE: Final = (
    r"(?:[A-Z&][\w’'-]*\s+|and\s+|of\s+){0,4}(?:Director|Officer|Chair(?:man|woman|person)?|Partner"
    r"|Executive|C[EFO]O|President|Secretary|Trustee|Principal|Manager|Owner|Founder|Chancellor)\b"
)
_SIGNATORY = re.compile(rf"^{_NAME}\s*(?:[,|–-]\s*|\n+){_ROLE}.{{0,40}}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Said:
    """How many sentences of a page say what is done, and how many only assure."""

    deeds: int
    assurances: int


def is_link_page(content: str, sentences: Sequence[Sentence]) -> bool:
    """Whether a text names a statement and links to it, and says nothing itself."""
    if not _is_short(content) or not _NAMES.search(content):
        return False
    texts = [one.text for one in sentences]
    lines = [line for line in content.splitlines() if len(line) <= _MAX_LINE]
    if not any(map(_links, [*lines, *_with_pairs(texts)])) and not _lists_statements(content):
        return False
    if any(map(is_closing, texts)) or _SIGNATORY.search(content):
        return False
    said = _said(content, texts)
    little = said.deeds <= _LEAD and said.deeds + said.assurances <= _ASSURANCES
    return little and not _declares(content)


def is_absent(content: str, sentences: Sequence[Sentence]) -> bool:
    """Whether a page says that it is not there, or not open, in place of a statement."""
    if not _is_short(content) or not _ABSENT.search(content, 0, _NOTICE_FRONT):
        return False
    texts = [one.text for one in sentences if not _ABSENT.search(one.text)]
    if any(map(is_closing, texts)) or _SIGNATORY.search(content):
        return False
    if sum(len(text.split()) for text in texts) > _NOTICE_WORDS:
        return False
    return not any(_sayings(texts, titled=False)) and not _declares(content)


def _is_short(content: str) -> bool:
    return len(content) <= _MAX_CHARACTERS and len(content.split()) <= MAX_WORDS


def _declares(content: str) -> bool:
    return bool(_NO_STEPS.search(content)) or next(declarations(content), None) is not None


def _links(text: str) -> bool:
    return bool(_LINK.search(text) and _ABOUT.search(text)) and not _NOTICE.search(text)


def _with_pairs(texts: Sequence[str]) -> list[str]:
    """Sentences, and pairs of short ones: a title and its button stand one under the other."""
    pairs = (
        f"{one} {other}"
        for one, other in pairwise(texts)
        if max(len(one.split()), len(other.split())) <= _SENTENCE
    )
    return [*texts, *pairs]


def _lists_statements(content: str) -> bool:
    """Whether the title of a statement, other than the page's own, stands with no text below."""
    lines = [ITEM.sub("", line, count=1).strip() for line in content.splitlines()]
    lines = [line for line in lines if line and not _SITE.search(line)]
    bare = set()
    for line in reversed(lines[1:]):
        words = len(line.split())
        titled = words <= _TITLE_WORDS and line[-1] not in ".!?;:" and TITLE.search(line)
        if titled:
            bare.add(line.casefold())
        elif words >= _TEXT_WORDS:
            break
    return bool(bare - {line.casefold() for line in lines[:1]})


def _said(content: str, texts: Sequence[str]) -> _Said:
    titled = TOPIC.search(_front(content)) is not None
    found = [bool(_ASSURES.search(text)) for text in _sayings(texts, titled=titled)]
    return _Said(found.count(False), found.count(True))


def _front(content: str) -> str:
    """What stands above the text of a page, and how the text begins."""
    lines = []
    for line in filter(None, content.splitlines()):
        lines.append(line[:_FRONT])
        if len(line.split()) >= _SENTENCE:
            break
    return "\n".join(lines)


def _sayings(texts: Sequence[str], *, titled: bool) -> Iterator[str]:
    """The sentences that speak of the organisation and the subject, and are no links.

    On a page with the subject for its title whatever is said is on the subject.
    """
    for text in texts:
        words = text.split()
        lower = sum(word[0].islower() for word in words)
        if len(words) < _CLAUSE or lower < _LOWER * len(words):
            continue
        if _ASKS.match(text) or any(pattern.search(text) for pattern in _ELSEWHERE):
            continue
        ours = _WE.search(text) or (text.endswith(".") and _OUR.search(text))
        about = SLAVERY.search(text) or BESIDE.search(text)
        if (_IS.match(text) and not about) or (_GENERAL.match(text) and not _OUR.search(text)):
            continue
        long = len(words) >= _SENTENCE and (about or (titled and text.endswith(".")))
        told = text.endswith(".") and _PEOPLE.search(text)
        if long or told or (ours and (titled or about)):
            yield text
