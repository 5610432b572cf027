"""Words with numbers and dates put alike: statements differ in them from year to year."""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_NUMBER = re.compile(r"\b\d+(?:st|nd|rd|th)?\b")
_DATE = re.compile(rf"\b(?:0 )?(?:{_MONTHS}) 0(?: 0)?\b|\b0 (?:{_MONTHS})\b")


def normal_words(words: str) -> str:
    """Words in lower case, separated by blanks, with ``0`` for each number and ``date`` for each
    date that names its month."""
    return _DATE.sub("date", _NUMBER.sub("0", words))
