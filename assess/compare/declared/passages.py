"""Risks told in the registry - a country, a description - looked for in the text's passages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from assess.compare.declared.checks import Outcome
from assess.compare.declared.search import MAX_QUOTE, Searched
from assess.score.phrases import folded
from assess.score.rules import ReadSentence

# Other names of countries, where statements seldom use the registry's.
_ALIASES: Final = {
    "united kingdom": ("uk", "u.k.", "britain", "great britain", "england", "scotland", "wales",
                       "northern ireland"),
    "united states": ("usa", "us", "u.s.", "america", "united states of america"),
    "turkey": ("türkiye", "turkiye"),
    "vietnam": ("viet nam",),
    "ivory coast": ("côte d'ivoire", "cote d'ivoire"),
    "czechia": ("czech republic",),
    "myanmar (burma)": ("myanmar", "burma"),
    "netherlands": ("holland",),
    "united arab emirates": ("uae", "dubai"),
    "congo (democratic republic)": ("drc", "democratic republic of congo"),
}  # fmt: skip
# Not the place, but its law or state.
_NOT_PLACE: Final = re.compile(
    r"\(uk\)|\buk (?:modern slavery|government|legislation|law|ltd|limited|plc|bribery|stronger)"
    r"|\bcontact us\b|\b(?:england|wales|scotland)(?: and wales)?(?: with)?,?"
    r" (?:company|registered|no\b|number)|registered in (?:england|scotland|wales)"
)
# "Aldi UK": the company, not the country.
_OF_COMPANY: Final = re.compile(
    r"(?<![A-Za-z])(?!(?:The|In|Our|Across|From|Within|All|For|And|Of|To|A|While|As|With|Both)\b)"
    r"[A-Z][\w&'’]+ (?:\(UK\)|UK)(?: and Ireland| & Ireland|&I)?(?!\w)"
)
_RISKY: Final = re.compile(
    r"\brisk|vulnerab|exploit|forced labour|bonded|child labour|labour abuse|concern|salient"
    r"|at-risk|poor (?:working|living) conditions|debt bondage|underpa|withheld|prevalen"
)
# What names the country of the company or of a helpline, not of a risk.
_BOILERPLATE: Final = re.compile(
    r"\bthis statement\b|section 54|act 2015|\bcharit|helpline|\bphone\b|contact us"
    r"|\bpursuant to\b|right to work|illegal work"
)
# Above a list these say that it is one of risks.
_LISTED: Final = re.compile(
    r"\b(?:high|higher|highest|medium|key|salient)[ -]?risk|risks? (?:in|by|identif|countr)"
)
# The country and the word of risk belong together within so many characters.
_NEAR: Final = 100
_NO_RISK: Final = re.compile(
    r"\b(?:low|lower|lowest|no|minimal|little|negligible)[\w\s-]{0,12}risk"
    r"|\brisks?[\w\s]{0,40}\b(?:low|lower|minimal|negligible)\b|\bthan (?:it is |they are )?in\b"
)
# Words that any passage on slavery may hold: they tell nothing of one risk.
_COMMON_WORDS: Final = (
    "risk risks modern slavery slave human trafficking labour labor supply chain chains supplier"
    " suppliers worker workers working work business company organisation statement within through"
    " their there these those which where this that with from have been being other others"
    " potential areas area including include includes also such into more most some many high"
    " higher"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_WORD: Final = re.compile(r"[a-z][a-z'-]{3,}")
# The same word with another ending.
_STEM: Final = 6
# Fewer words of its own, and a risk is too vague to be known again.
FEWEST_WORDS: Final = 4
# This share of them in one sentence, and it tells of the same.
SHARE: Final = 0.7


def check_place(searched: Searched, country: str) -> Outcome:
    """Whether a sentence that speaks of risk, or stands under a heading that does, names it."""
    names = (folded(country), *_ALIASES.get(folded(country), ()))
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
    named = False
    for read in searched.reading.sentences:
        text = _NOT_PLACE.sub(" ", _cased(read, country))
        if not pattern.search(text):
            continue
        named = True
        if not read.sentence.is_heading and _speaks_of_risk(read, text, pattern):
            return _confirmed(searched, read, f"found {country} in a passage about risk")
    beside = "; it is named, but in no such passage" if named else ""
    return Outcome("not_found", f"looked for {country} in passages about risk{beside}")


def _cased(read: ReadSentence, country: str) -> str:
    """In lower case, without companies' names; "US" is told from "us" first."""
    text = _OF_COMPANY.sub(" ", read.sentence.text)
    if folded(country) == "united states":
        text = re.sub(r"\bus\b", " ", text)
    return folded(text)


def _speaks_of_risk(read: ReadSentence, text: str, country: re.Pattern[str]) -> bool:
    """Whether risk is told near the country, or in the heading or line above a list of them."""
    if read.whole.status in ("negated", "planned") or _NO_RISK.search(text):
        return False
    if _BOILERPLATE.search(text):
        return False
    above = _LISTED.search(f"{folded(read.sentence.heading)} {folded(read.lead)}")
    return above is not None or any(
        _RISKY.search(text, max(0, place.start() - _NEAR), place.end() + _NEAR)
        for place in country.finditer(text)
    )


def check_topic(searched: Searched, description: str) -> Outcome:
    """Whether one sentence holds most of the words of a risk that was described."""
    words = _own_words([description])
    best = None
    share = 0.0
    for read in searched.reading.sentences:
        here = len(words & _own_words([read.sentence.text])) / max(1, len(words))
        fits = not read.sentence.is_heading and len(read.sentence.text) <= MAX_QUOTE
        if here > share and fits:
            best, share = read, here
    if best and share >= SHARE and len(words) >= FEWEST_WORDS:
        return _confirmed(searched, best, "found a sentence with most words of this risk")
    told = "free text: no sentence holds most of its words; a person has to look"
    return Outcome("not_checked", told)


def _own_words(texts: Iterable[str]) -> frozenset[str]:
    words = (word for text in texts for word in _WORD.findall(folded(text)))
    return frozenset(word[:_STEM] for word in words if word not in _COMMON)


def _confirmed(searched: Searched, read: ReadSentence, how: str) -> Outcome:
    passage = searched.passage(read.sentence.start, read.sentence.end, read.whole.status)
    return Outcome("confirmed", how, passage)
