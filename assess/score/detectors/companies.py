"""Company names with their legal forms, as they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assess.score.detectors.titles import NOT_NAMES

_FORM: Final = re.compile(
    r"(?=[LPIGASNBOCKlp])(?:(?:Limited|LIMITED|Ltd|LTD|(?<=\s)ltd|plc|PLC|Plc|LLP|Inc|INC|Incorporated|LLC|GmbH|AG"
    r"|SE|ASA|Berhad|Bhd|Pte|ScpA"
    r"|N\.?V|B\.?V|SAS|S\.A\.S|SARL|S\.?p\.?A|A/S|ApS|AB|Oyj?|Corporation|Corp|KGaA|CIC|Pty|LP|L\.P)\b\.?"
    r"|\bS\.?A\b\.?(?!\w)|\bp\.l\.c\b\.?)"
)
_INSIDE: Final = re.compile(r"[A-Z\d_]")  # before a form that begins within a word
# What may stand in a company's name before its form, read backwards from the form.
_PART: Final = r"(?:[A-Z0-9][\w&.’'+-]*|&|and|of|the|for|de|\([A-Z][\w.& ]{0,20}\))"
_NAME: Final = re.compile(
    rf"(?:{_PART}(?:[ \t\n]{{1,3}}|,[ \t\n]{{1,2}})){{0,7}}{_PART}[ ,\t\n]{{0,3}}$"
)
_WIDTH: Final = 90  # characters of a name before its legal form
_EDGE: Final = frozenset(("and", "of", "the", "for", "&", "de"))
# A sentence or line that ends before the name; initials and abbreviations do not end one.
_BREAK: Final = re.compile(r"[a-z\d)]{2}[.!?:]\s+|\n\s*\n|\f|[•●;:]\s*|\s{4,}")


@dataclass(frozen=True, slots=True)
class Company:
    """One mention of a company."""

    start: int
    end: int
    key: str
    """Its name without case, punctuation and legal form."""


@lru_cache(maxsize=4)
def companies(content: str) -> tuple[Company, ...]:
    """Mentions of companies by name and legal form, in reading order."""
    return tuple(_companies(content))


def _companies(content: str) -> Iterator[Company]:
    floor = 0
    for form in _FORM.finditer(content):
        if _INSIDE.match(content, form.start() - 1):
            continue
        lowest = max(floor, form.start() - _WIDTH)
        floor = form.end()
        breaks = [b.end() for b in _BREAK.finditer(content, lowest, form.start())]
        name = _NAME.search(content[max([lowest, *breaks]) : form.start()])
        if name is None:
            continue
        first, words = _without_lead(name.group())
        key = re.sub(r"\W+", " ", words).strip().casefold()
        if key and not key.isdigit():
            yield Company(form.start() - len(name.group()) + first, form.end(), key)


def _without_lead(name: str) -> tuple[int, str]:
    """Drop words before the name that belong to the sentence (``Board of Directors of``)."""
    first = 0
    for word in re.finditer(r"\S+", name):
        bare = word.group().strip(".,()").lower()
        if bare in _EDGE or bare.isdigit() or (bare in NOT_NAMES and bare != "company"):
            first = word.end()
            continue
        return word.start(), name[word.start() :]
    return first, ""
