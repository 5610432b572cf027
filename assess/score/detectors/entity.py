"""What kind of organisation speaks: section 54(6) asks for other approval and signature of each."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from assess.score.detectors.base import Detection
from assess.score.patterns import word_cues
from assess.score.rules import Reading

EntityType = Literal["company", "llp", "limited_partnership", "public_body", "charity"]

# The organisation names itself in the opening and in the sign-off.
_EDGE: Final = 2_500  # characters

_COMPANY = word_cues(
    r"(?:limited(?!\s+(?:liability\s+)?partnership)|ltd|plc|inc|incorporated|corporation|corp"
    r"|gmbh"
    r"|s\.a\.|n\.v\.|b\.v\.|llc|company)\b",
    flags=re.IGNORECASE,
)
_LLP = word_cues(
    r"\bLLP\b|\blimited liability partnership\b|\bdesignated members?\b",
    flags=re.IGNORECASE,
)
_LIMITED_PARTNERSHIP = re.compile(
    r"\blimited partnership\b|\bgeneral partner\b|[a-z)]\s+L\.?P\b\.?", re.IGNORECASE
)
_CHARITY = word_cues(
    r"\bregistered charity\b|\bcharity (?:number|no)\b|\bcharitable (?:trust|company|incorporated)"
    r"|\bboard of trustees\b|\bCIO\b",
    flags=re.IGNORECASE,
)
_PUBLIC_BODY = word_cues(
    r"\bNHS\b|\buniversity\b|\b(?:county|borough|city|district) council\b|\blocal authority\b"
    r"|\bpolice\b(?: and crime commissioner)?|\bgovernment department\b",
    flags=re.IGNORECASE,
)

# A look for these comes first: most texts have none.
_LLP_WORDS: Final = ("llp", "liability", "designated")
_PARTNER_WORDS: Final = ("partner", " lp", "l.p", "\nlp")
_PUBLIC_WORDS: Final = ("nhs", "university", "council", "authority", "police", "department")


def entity_type(reading: Reading) -> EntityType:
    """The kind of organisation, from its opening and sign-off; a company where nothing else shows.

    A limited liability partnership needs its members' approval and a designated member's
    signature; a limited partnership only a general partner's signature (section 54(6)(b), (c)).
    """
    return _entity_type(_edges(reading.text.content))


@lru_cache(maxsize=8)
def _entity_type(edges: str) -> EntityType:
    low = edges.lower()
    companies = len(_COMPANY.findall(edges))
    if _has(low, _LLP_WORDS) and _outweighs(_LLP, edges, companies):
        return "llp"
    if _has(low, _PARTNER_WORDS) and _outweighs(_LIMITED_PARTNERSHIP, edges, companies):
        return "limited_partnership"
    if _has(low, _PUBLIC_WORDS) and _outweighs(_PUBLIC_BODY, edges, companies):
        return "public_body"
    return "charity" if _CHARITY.search(edges) else "company"


def detect_limited_partnership(reading: Reading) -> tuple[Detection, ...]:
    """The words that show a limited partnership, which needs no approval (section 54(6)(c))."""
    if entity_type(reading) != "limited_partnership":
        return ()
    match = _LIMITED_PARTNERSHIP.search(reading.text.content)
    return (Detection(match.start(), match.end()),) if match else ()


def _edges(content: str) -> str:
    if len(content) <= 2 * _EDGE:
        return content
    return f"{content[:_EDGE]}\n{content[-_EDGE:]}"


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _outweighs(form: re.Pattern[str], edges: str, companies: int) -> bool:
    """Named more than once, or at all where no company is; and more often than companies are."""
    named = len(form.findall(edges))
    return named > companies or (named > 1 and named == companies)
