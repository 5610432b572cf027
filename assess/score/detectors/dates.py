"""Regular expressions for dates, years and periods as statements write them."""

from __future__ import annotations

from typing import Final

MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY: Final = r"\d{1,2}(?!\d)\s?(?:st|nd|rd|th|s)?\.?"
# The duty began in 2015; a statement from before it, or far ahead, is a misread number.
YEAR: Final = r"20(?:1[4-9]|[2-4]\d)(?!\d)"
YEARS: Final = rf"{YEAR}\s?[/–—-]\s?(?:20)?\d\d(?!\d)"
_NUMERIC: Final = r"\d{1,2}[./-]\d{1,2}[./-](?:20)?\d\d(?!\d)"
DAY_MONTH: Final = rf"(?:{DAY}\s*(?:day\s+)?(?:of\s+)?{MONTH}|{MONTH}\s*{DAY})"
FULL_DATE: Final = rf"(?:{DAY_MONTH}\s*,?\s*{YEAR}|{_NUMERIC})"
MONTH_YEAR: Final = rf"{MONTH}\s*,?\s*{YEAR}"
ANY_DATE: Final = rf"(?:{FULL_DATE}|{MONTH_YEAR})"
