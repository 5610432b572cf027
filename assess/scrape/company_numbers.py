"""Companies House numbers: eight characters, however a spreadsheet has maimed them."""

from __future__ import annotations

import re
from typing import Final

_LENGTH: Final = 8
# Digits for England and Wales; two letters and six digits elsewhere and for other kinds of body;
# R and seven digits for old Northern Irish companies; industrial societies end in a letter.
_SHAPE = re.compile(r"\d{8}|[A-Z]{2}\d{6}|R\d{7}|[A-Z]{2}\d{5}[A-Z]")
_LOST_ZEROS = re.compile(r"(?P<prefix>[A-Z]{0,2})(?P<digits>\d{1,8})")
_DECIMAL_ZERO = re.compile(r"\.0+\Z")


def company_number(value: str) -> str | None:
    """The number in its registered form, or None where it cannot be one.

    Leading zeros that a spreadsheet dropped are put back (``2781951`` is ``02781951``,
    ``SC12345`` is ``SC012345``).
    """
    number = _DECIMAL_ZERO.sub("", re.sub(r"\s", "", value).upper())
    parts = _LOST_ZEROS.fullmatch(number)
    if parts:
        number = parts["prefix"] + parts["digits"].zfill(_LENGTH - len(parts["prefix"]))
    if not number.isascii() or not _SHAPE.fullmatch(number) or not number.strip("0"):
        return None
    return number
