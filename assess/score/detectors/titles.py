"""Job titles as they stand in sign-offs, and whether their holder may sign (section 54(6))."""

from __future__ import annotations

import re
from typing import Final

# In capitals or with a capital letter: in lower case a title is prose, not a sign-off.
_ANCHORS: Final = (
    "Director",
    "Directors",
    "Chairman",
    "Chairwoman",
    "Chairperson",
    "Chair",
    "President",
    "Partner",
    "Trustee",
    "Principal",
    "Chancellor",
    "Provost",
    "Governor",
    "Proprietor",
    "Founder",
    "Secretary",
    "Counsel",
    "Manager",
    "Officer",
    "Constable",
    "Headmaster",
    "Headmistress",
    "Headteacher",
    "Rector",
    "Warden",
    "Registrar",
)
_CHIEF: Final = (
    r"(?:Chief|CHIEF)\s+(?:[A-Za-z,&]{2,14}\s+){0,3}?"
    r"(?:Executives?|EXECUTIVES?|Officers?|OFFICERS?|Constable)(?:\s*(?:Officers?|OFFICERS?))?"
)
# Asked once that a capital begins a word, or a part of words run together.
_CAPITALISED: Final = (
    rf"{_CHIEF}|(?:[CJ]o-?|Joint\s)?C\.?[EFO]\.?O\b\.?(?:['’]?s\b)?|\b[SE]?VP\b"
    rf"|(?:{'|'.join(word.upper() for word in _ANCHORS)})(?![A-Za-z])"
    rf"|(?:{'|'.join(_ANCHORS)})(?![a-z])"
    r"|(?:Designated|Board|Managing)\s+Members?|Members?(?=\s+of\s+the\s+(?:\w+\s+)?Board\b)"
    r"|(?<!Document )(?<!Policy )(?<!Process )(?<!Business )(?<!Risk )Owner\b|Head(?=\s+of\b)"
    r"|Leader(?=\s+of\s+the\s+Council)|(?<=[a-z]\s)Lead(?=\s*(?:\n|,|\||$))|Head\s+Teacher"
    r"|MD(?![\w-])(?!,?\s+\d{5})|Trustees\b"
    r"|(?:Chief|Managing|Finance|Commercial|Company|Operations)\s+"
    r"(?:executive(?:\s+officer)?|director)\b"
)
TITLE: Final = re.compile(
    rf"(?<![A-Z])(?=[CJSEVMDPTGFHKOWRBLN])(?:{_CAPITALISED})"
    r"|(?<=\()(?:[Mm]ember\s+of\s+the\s+(?:\w+\s+)?[Bb]oard|(?:managing\s+|finance\s+)?director"
    r"|chief\s+executive)\b"
)
"""One title word or phrase; what stands before it (``Group Finance``) is found by the caller."""

_BELOW = re.compile(
    r"\b(?:head\s+of|managers?|secretary|counsel|registrar|associate\s+director"
    r"|assistant\s+director|(?:hr|people|resources|procurement|finance|business)\s+(?:business\s+)?"
    r"partner"
    r"|deputy\s+director|programme\s+director|vice[\s-]?president|[SE]?VP|lead(?:er)?(?!\w|\s+of\s+the\s+council)"
    r"|(?:compliance|sustainability|procurement|people|hr|resources|ethics|legal|technology"
    r"|information|privacy|risk|responsibility)\s+officer"
    r"|directors?\s+of\s+(?:the\s+)?(?:\w+\s+){0,2}?(?:procurement|purchasing|legal|human|people|hr"
    r"|sustainab|compliance"
    r"|corporate|supply|sourcing|quality|csr|ethic|communicat|estates|responsib|social|governance"
    r"|public|risk|safety|health|organi[sz]ational|policy|resourc|development|facilities)\w*)",
    re.IGNORECASE,
)
_BOARD = re.compile(
    r"(?<![a-z])(?:c\.?[efo]\.?o\b|(?:ch|h)?[il]?ef\s+exec|chief\s+(?:[a-z]+\s+)?(?:financ\w+|operat\w+"
    r"|commercial|administrative)\s+"
    r"|directors?|chair(?:man|woman|person)?(?![a-z])|president|trustees?|principal|chancellor"
    r"|provost"
    r"|governor|proprietor|owner|headmaster|headmistress|head\s?teacher|rector|warden"
    r"|constable|\bmd\b|(?:senior|corporate)\s+executive\s+officer"
    r"|leader\s+of\s+the\s+council"
    r"|partners?|designated\s+member|members?\s+of\s+the\s+(?:\w+\s+)?board|board\s+member)",
    re.IGNORECASE,
)


def qualifies(title: str) -> bool:
    """Whether a job title is a director's or an equivalent one.

    A title that counts beside one that does not is enough (``Director and Company Secretary``).
    """
    return _BOARD.search(_BELOW.sub(" ", title)) is not None


_WORDS: Final = """
a an and as at by for from in is it its of on or our the this that to we with who all director
directors chief executive executives officer officers chairman chairwoman chairperson chair
president partner partners trustee trustees principal vice chancellor provost governor governors
owner founder member members designated secretary counsel manager head lead leader managing
joint deputy acting interim senior general group finance financial commercial operations
operating operational sales technical marketing trading sourcing trade supply chain chains legal
people human resources hr procurement purchasing sustainability compliance risk security company
corporate non independent ceo cfo coo md vp svp evp sole statutory representative country
regional global international worldwide europe european emea uk gb usa us america ireland
kingdom united england wales scotland london paris responsibility social quality estates
services administration technology information communications affairs governance strategy
development modern day slavery act statement trafficking anti policy policies transparency
report annual approval approved approve approver review reviewed signed sign signature signatory
name names print printed date dated position title job role board behalf order authorised
undersigned document version issue issued revision page section clause part year ended ending
limited ltd plc llp lp inc incorporated corporation corp holdings holding llc gmbh ag sa sarl se
spa nv bv ab oy kg kgaa pty pte cic cio sas srl co companies subsidiaries business businesses
partnership trust council university college department ministry committee team supplier
suppliers code conduct ethical initiative ethics registered registration office number no tel
telephone email website copyright reserved rights terms conditions privacy cookies cookie
sitemap contact home news careers about january february march april may june july august
september october november december jan feb mar apr jun jul aug sept sep oct nov dec monday
tuesday wednesday thursday friday appendix introduction conclusion training due diligence
effectiveness performance indicators further steps next future commitment commitments goals
structure organisation organization yours sincerely faithfully regards please if these any new
there where when during have has will are was were be been their they he she his her not yes i
"""
NOT_NAMES: Final = frozenset(_WORDS.split())
"""Words that are capitalised in sign-offs but belong to no personal name."""
