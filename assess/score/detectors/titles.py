"""Personal names and job titles as they stand in sign-offs."""

from __future__ import annotations

import re
from typing import Final

_UPPER: Final = "A-ZÀ-ÖØ-Þ"
_LOWER: Final = "a-zß-öø-ÿāăąćčďđēęěğīłńňőřśşšťūůűźżž"
_WORD: Final = (
    rf"(?:(?:Mc|Mac|O['’]|D['’]|De|Le|La|Van|Du)[{_UPPER}][{_LOWER}]+"
    rf"|[{_UPPER}][{_LOWER}]+(?:['’-][{_UPPER}{_LOWER}][{_LOWER}]*)*"
    rf"|[{_UPPER}]{{2,}}(?:['’-][{_UPPER}]+)*)"
)
_INITIAL: Final = rf"(?:[{_UPPER}]\.?(?![{_LOWER}{_UPPER}]))"
_PARTICLE: Final = r"(?:d[aeiou]s?|d[eo] la|del|della|van(?: de[rn]?)?|v[ao]n|den?|der|ter|le|la|al|el|bin|bint|y|zu)"
_HONORIFIC: Final = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Rt\.?\s?Hon"
    r"|The\s(?:Rt\.?\s)?Hon|Rev|Revd|Cllr|Councillor|Captain|Major|Colonel|General|Ing|Dipl\.-Ing)\.?\s{1,3})"
)
_GAP: Final = r"[ \t\u00a0]{0,3}\n?[ \t\u00a0]{0,3}"
_SPACE: Final = r"[ \t\u00a0]{1,3}"
NAME: Final = (
    rf"{_HONORIFIC}{{0,2}}(?:{_WORD}|{_INITIAL}(?:\s?{_INITIAL}){{0,3}})"
    rf"(?:{_SPACE}(?:{_INITIAL}|{_PARTICLE}|{_WORD})){{0,3}}{_SPACE}{_WORD}"
)
"""Two to five words, initials and particles included, the last one a whole word."""

_RANK: Final = (
    r"(?:group|joint|deputy|interim|acting|co|vice|global|international|regional|UK(?:\s?&\s?I)?|european"
    r"|executive|non[\s-]?executive|senior|founding|independent|divisional|country|europe|emea|sole"
    r"|statutory|representative|lead)"
)
_FIELD: Final = r"[A-Za-z&,/'’-]{1,16}"

# Whoever holds one of these is a director or stands for one (section 54(6)).
_BOARD: Final = (
    r"C\.?E\.?O\.?|C\.?F\.?O\.?|C\.?O\.?O\.?"
    r"|chief\s+exec(?:utive)?(?:\s*officers?)?"
    r"|chief\s+(?:financial|finance|operating|operations|commercial|administrative)\s*(?:officers?|executive)"
    r"|(?:managing|finance|financial|commercial|operations|operating|executive|sales|technical|company"
    r"|sole|trading|marketing|property|retail|group|legal|board|non[\s-]?executive|general)\s+directors?"
    r"|chair(?:man|woman|person)?\b|president(?!\s*(?:of\s+)?(?:human|procure|legal|supply))"
    r"|(?:managing|senior|general|equity|executive|founding)\s+partners?|designated\s+members?"
    r"|members?\s+of\s+the\s+(?:\w+\s+)?board(?:\s+of\s+\w+)?|board\s+members?"
    r"|trustees?|vice[\s-]?chancellor|principal(?:\s+and\s+\w+)?|provost|governor|headmaster|headmistress"
    r"|chief\s+constable|chief\s+fire\s+officer|leader\s+of\s+the\s+council|founder|proprietor|owner"
    r"|directors?|partners?"
)
_BELOW: Final = (
    r"head\s+of|(?:\w+\s+){0,3}managers?|(?:company|corporate|group|general)\s+secretary|secretary"
    r"|general\s+counsel|counsel|associate\s+director|assistant\s+director|vice[\s-]?president|\b[SE]?VP\b"
    r"|(?:compliance|sustainability|procurement|people|hr|human\s+resources|ethics|legal|technology|information)"
    r"\s+(?:officer|lead|advis[oe]r|executive|specialist|coordinator)"
    r"|chief\s+(?:\w+\s+){1,3}officer|coordinator|administrator|registrar|director\s+of\s+(?:\w+\s+)?"
    r"(?:procurement|purchasing|legal|human|people|hr|sustainability|compliance|corporate|supply|sourcing"
    r"|quality|csr|ethic|communications|estates|responsib|social|governance|public|risk|safety|health"
    r"|organi[sz]ational|policy)\w*(?:\s+\w+)?"
)
TITLE: Final = (
    rf"(?:(?:the\s+)?(?:{_RANK}[\s,-]{{1,3}}){{0,3}}(?:{_FIELD}\s+){{0,5}}?(?:{_BOARD})\b)"
)

_STARTS_UPPER = re.compile(rf"[{_UPPER}]")
_BELOW_TITLE = re.compile(rf"\b(?:{_BELOW})", re.IGNORECASE)
_BOARD_TITLE = re.compile(rf"(?<![a-z])(?:{_BOARD})(?![a-z])", re.IGNORECASE)


def qualifies(title: str) -> bool:
    """Whether a job title is a director's or an equivalent one."""
    rest = _BELOW_TITLE.sub(" ", title)
    return _BOARD_TITLE.search(rest) is not None
