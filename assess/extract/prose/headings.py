"""Which lines are headings, and where a heading is glued to the sentence after it."""

from __future__ import annotations

import re
from typing import Final

# Longer lines are sentences that lost their stop.
_MAX_WORDS: Final = 14
_MAX_LENGTH: Final = 110
# A line of so many words is text even where it lacks a stop.
_TEXT_WORDS: Final = 9
_TITLE_SHARE: Final = 0.6
_MAX_NUMBERS: Final = 2

_NUMBER = re.compile(
    r"^(?:(?:section|part)\s+)?\(?(?:\d{1,2}(?:\.\d{1,2})*|[A-Z]|[IVX]{1,4})[.):]?\s+(?=\S)"
)
_BULLET = re.compile(r"^[•●▪■◦○‣⁃∙·*–—-]")
_STOP = re.compile(r"[.!?;,…][\"'”’)\]]*$")
_NOT_HEADING = re.compile(
    r"\||@|www\.|https?:|__|\.\.\.\.|"
    r"^(?:signed|signature|name|date|dated|position|title|by|for and on behalf|yours|tel|telephone|"
    r"fax|email|page|copyright|©|registered)\b|"
    r"\b(?:director|officer|chair|chairman|chairwoman|chairperson|ceo|cfo|coo|president|secretary|"
    r"manager|partner|trustee|principal|founder)\b[^a-z]*$|"
    r"^\W*\d{1,2}(?:st|nd|rd|th)?[\s/.-]+\w+[\s/.-]+\d{2,4}\W*$",
    re.I,
)
_SMALL = frozenset({
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "it", "of", "on",
    "or", "our", "the", "to", "with", "&", "within", "across", "against", "is", "are",
})  # fmt: skip
_SUBJECT = re.compile(
    r"\b(?:introduction|statement|polic(?:y|ies)|structure|business|supply|supplier|suppliers|"
    r"chains?|risks?|training|diligence|effectiveness|measur\w+|performance|indicators?|kpis?|"
    r"commitments?|approval|approach|governance|organisation|organization|operations?|steps|"
    r"awareness|remediation|whistleblowing|conclusion|background|overview|about|scope|slavery|"
    r"responsibilit(?:y|ies)|compliance|assessment|monitoring|future|progress|review|recruitment|"
    r"values|people|procurement|sourcing|standards|procedures|company|group|reporting|"
    r"employees|colleagues|stakeholders?|grievance|definitions?|contents|who we are|what we do)\b",
    re.I,
)
_WORD: Final = re.compile(r"\S+")
_STARTERS = (
    r"We|Our|The|This|These|It|In|As|At|All|Any|By|For|If|During|Each|Every|There|They|To|When|"
    r"Where|While|With|Since|Following|Modern slavery|Slavery|Through|"
    r"Within|Under|Throughout|Having|From"
)
# A run of capitalised words, then a word that begins a clause.
_GLUED_TITLE = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?"
    r"(?P<head>(?:(?:[A-Z][\w’'&/-]*|and|of|the|in|to|for|our|on|with|&|–|-)[,:]?\s+){1,10}?)"
    rf"(?=(?:{_STARTERS})\s+[a-z’'])"
)
# Words in capitals, then a word in lower case or a capitalised one.
_GLUED_CAPITALS = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?"
    r"(?P<head>(?:(?:[A-Z0-9][A-Z0-9’'&/():,.–-]*|&|–|-)\s+){2,16})(?=[A-Z][a-z]|[A-Z]\s[a-z])"
)
_GLUED_WITHIN: Final = 160


def looks_like_heading(text: str, *, lone: bool = False) -> bool:
    """Whether a line has the shape of a heading; what follows must still be text.

    ``lone``: running text stands above, so a few words without a stop are no list item.
    """
    if len(text) > _MAX_LENGTH or _BULLET.match(text):
        return False
    bare = _NUMBER.sub("", text)
    words = bare.split()
    if not words or len(words) > _MAX_WORDS or not bare[0].isalpha() or bare[0].islower():
        return False
    if _NOT_HEADING.search(text):
        return False
    if bare.endswith("?"):
        return len(words) <= 10
    if _STOP.search(bare):
        return False
    if bare.endswith(":"):
        return len(words) <= 4 and _titled(words)
    short = len(words) <= 8 and bool(_SUBJECT.search(bare))
    return short or _titled(words) or (lone and len(words) <= 5)


def looks_like_text(text: str) -> bool:
    """Whether a block is running text, which a heading needs below it."""
    return len(text.split()) >= _TEXT_WORDS or (bool(_STOP.search(text)) and len(text) > 25)


def glued_heading(sentence: str) -> int:
    """Length of a heading that runs into the sentence without a stop; 0 where there is none."""
    head = sentence[:_GLUED_WITHIN]
    match = _GLUED_CAPITALS.match(head)
    if match and sum(character.isalpha() for character in match["head"]) >= 8:
        return match.end()
    match = _GLUED_TITLE.match(head)
    if not match or not _SUBJECT.search(match["head"]):
        return 0
    words = match["head"].split()
    enough = len(words) >= 2 or match.start("head") > 0 or words[0].lower() in _ALONE
    return match.end() if enough and words[-1].lower() not in _SMALL else 0


_ALONE = frozenset({
    "introduction", "training", "policies", "policy", "governance", "conclusion",
    "background", "overview", "approval", "commitment", "scope", "remediation",
    "effectiveness",
})  # fmt: skip


def _titled(words: list[str]) -> bool:
    """Whether nearly all words that matter begin with a capital."""
    large = [word for word in words if word.lower() not in _SMALL and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in large)
    if sum(word[0].isdigit() for word in words) > _MAX_NUMBERS:
        return False  # a row of figures
    return bool(large) and capital >= _TITLE_SHARE * len(large) and words[-1].lower() not in _SMALL
