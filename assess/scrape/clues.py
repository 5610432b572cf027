"""What a document says about whose statement it is, and of which year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from assess.scrape.company_numbers import company_number
from assess.scrape.names import FORMS, fold_words, name_key, squash
from assess.scrape.urls import url_key

# A publisher's number stands in its letterhead or imprint, within this many characters of an end.
_ENDS: Final = 4_000
# Whose statement it is stands in the first paragraphs; further down come customers and suppliers.
_OPENING: Final = 1_500
# Registered names of more words are rare; 97% of the registry's have six or fewer.
_LONGEST_NAME: Final = 8
# Financial years that a statement under the Act of 2015 can be about; others are targets or slips.
_YEARS: Final = range(2014, 2031)
# Letters of a name that are looked at before its words are.
_BEGINNING: Final = 3
# An HTML head with its styles fits; what the clues stand in comes before the body.
_HTML_HEAD: Final = 200_000

_MONTH_NAMES: Final = (
    "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|"
    "sep sept september|oct october|nov november|dec december"
)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(_MONTH_NAMES.split("|"), start=1)
    for name in names.split()
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_MONTH_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*(?:st|nd|rd|th)?\s*(?:of\s*)?({_MONTH})\.?,?\s*((?:19|20)\d\d)(?!\d)",
    re.I,
)
_MONTH_DAY_YEAR = re.compile(
    rf"\b({_MONTH})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)", re.I
)
_NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-]((?:20)?\d\d)(?!\d)")
_YEAR_END = re.compile(
    rf"\b(?:year|period)\b[^.;\n]{{0,30}}?\b(?:end(?:ed|ing|s)?|to)\b[^.;\n]{{0,12}}?"
    rf"(?:\d{{1,2}}\s*(?:st|nd|rd|th)?\s*(?:of\s*)?)?(?:{_MONTH})?,?\s*((?:19|20)\d\d)(?!\d)",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# The longest of the patterns that end in a year is shorter.
_BEFORE_YEAR: Final = 90
_YEAR_LABEL = re.compile(
    r"\b(?:fy|financial\s+year|fiscal\s+year|reporting\s+year)\s*['’]?(?:20)?(\d\d)"
    r"(?:\s*[/–-]\s*(?:20)?(\d\d))?(?!\d)",
    re.I,
)
_FILE_YEARS = re.compile(r"(?<!\d)(20\d\d)(?:[\s_/–-]{0,3}(?:to[\s_-])?(?:20)?(\d\d))?(?!\d)")
_FILE_DATE = re.compile(r"(?<!\d)(20\d\d)[01]\d[0-3]\d(?!\d)")
_FILE_LABEL = re.compile(r"(?<![a-z])fy[\s_-]?(\d\d)(?:[\s_/–-]{0,2}(\d\d))?(?!\d)", re.I)

_FILE_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:[A-Z]{2}\d{6}|\d{7,8})(?![0-9A-Za-z])", re.I)
_TEXT_NUMBER = re.compile(
    r"\b(?:registered|registration|reg|company|co|crn|incorporated)\b[^\d;|]{0,60}?"
    r"(?<![0-9A-Za-z])((?:[A-Z]{2}\s?)?\d{6,8})(?![0-9A-Za-z])",
    re.I,
)
_OTHER_NUMBER = re.compile(r"\b(?:vat|charity|fca|tel|phone|fax|ico|zip)\b", re.I)
_TITLE_BREAK = re.compile(r"\s+[|–—\-·•»:]+\s+|\s*[|»·•]\s*")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Head:
    """What an HTML page says of itself."""

    urls: tuple[str, ...] = ()
    """Keys of its canonical address and og:url."""
    titles: tuple[str, ...] = ()
    """Site name, and the parts of its title."""


@dataclass(frozen=True, slots=True)
class TextClues:
    """What the text says."""

    squashed: str
    """Lower case, without spaces."""
    numbers: tuple[str, ...]
    """Company numbers near its ends that are called so."""
    days: frozenset[date]
    year_ends: tuple[int, ...]
    """Years that it calls the end of a financial year, in order of mention."""

    def names(self, person: str) -> bool:
        """Whether a person's full name stands in the text."""
        key = squash(person.casefold())
        # Shorter "names" are initials, and turn up inside words.
        return len(key) >= 6 and key in self.squashed


def html_head(data: bytes) -> Head:
    """Read the clues of a page's head; of a broken page, none."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(data[:_HTML_HEAD])
    except (etree.LxmlError, ValueError):
        return Head()
    urls = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    titles = tree.xpath(
        "//meta[@property='og:site_name' or @property='og:title']/@content | //head/title/text()"
    )
    parts = [part.strip() for title in titles for part in _TITLE_BREAK.split(str(title))]
    keys = [key for key in map(url_key, map(str, urls)) if key]
    return Head(tuple(dict.fromkeys(keys)), tuple(dict.fromkeys(filter(None, parts))))


def html_text(data: bytes) -> str:
    """The text of a page, cheaply: good enough to look for names and dates."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(data)
        # Not only of the body, whose tag may be left out: libxml2 then finds none.
        pieces = tree.xpath("//text()[not(parent::script or parent::style or parent::title)]")
    except (etree.LxmlError, ValueError):
        return ""
    return _SPACE.sub(" ", " ".join(map(str, pieces)))


def text_clues(text: str) -> TextClues:
    """Read the clues of a text."""
    return TextClues(
        squashed=_SPACE.sub("", text.casefold()),
        numbers=tuple(dict.fromkeys(_text_numbers(text))),
        days=frozenset(_days(text)),
        year_ends=tuple(dict.fromkeys(_year_ends(text))),
    )


def file_numbers(name: str) -> tuple[str, ...]:
    """Company numbers in a file name."""
    numbers = (company_number(match[0]) for match in _FILE_NUMBER.finditer(name))
    return tuple(dict.fromkeys(number for number in numbers if number))


def file_years(name: str) -> tuple[tuple[int, int], ...]:
    """Years in a file name, each as first and last ("2021-22" is 2021 and 2022)."""
    found = [_span(match[1][2:], match[2]) for match in _FILE_YEARS.finditer(name)]
    found += [_span(match[1], match[2]) for match in _FILE_LABEL.finditer(name)]
    found += [(int(match[1]), int(match[1])) for match in _FILE_DATE.finditer(name)]
    return tuple(dict.fromkeys(found))


def opening_names(text: str, keys: frozenset[str]) -> tuple[str, ...]:
    """Which of the (squashed) keys stand in the opening of a text as names; longest first.

    A name of one word counts only before a legal form.
    """
    words = fold_words(text[:_OPENING])
    found: dict[str, int] = {}
    place = 0
    while place < len(words):
        length = _name_length(words, place, keys)
        if length:
            found.setdefault(squash(name_key(" ".join(words[place : place + length]))), length)
        place += length or 1
    return tuple(sorted(found, key=lambda key: -found[key]))


@lru_cache(maxsize=1)
def _beginnings(keys: frozenset[str]) -> frozenset[str]:
    """How keys begin; keys of fewer letters are too common as words to be told."""
    return frozenset(key[:_BEGINNING] for key in keys if len(key) >= _BEGINNING)


def _name_length(words: list[str], place: int, keys: frozenset[str]) -> int:
    if "".join(words[place : place + _BEGINNING])[:_BEGINNING] not in _beginnings(keys):
        return 0
    for length in range(min(_LONGEST_NAME, len(words) - place), 0, -1):
        name = words[place : place + length]
        has_form = words[place + length : place + length + 1]
        if length == 1 and not (has_form and has_form[0] in FORMS):
            continue
        if "".join(name) in keys:
            return length
    return 0


def _span(first: str, last: str | None) -> tuple[int, int]:
    """Two-digit years to a span; what follows a year without being the next is no year."""
    start = 2000 + int(first)
    end = 2000 + int(last) if last else start
    return (start, end) if end == start + 1 else (start, start)


def _text_numbers(text: str) -> Iterator[str]:
    ends = text if len(text) <= 2 * _ENDS else f"{text[:_ENDS]} ; {text[-_ENDS:]}"
    for match in _TEXT_NUMBER.finditer(ends):
        number = company_number(match[1])
        if number and not _OTHER_NUMBER.search(match[0]):
            yield number


def _days(text: str) -> Iterator[date]:
    parts = [(m[3], _MONTHS[m[2].lower()], m[1]) for m in _near_years(_DAY_MONTH_YEAR, text)]
    parts += [(m[3], _MONTHS[m[1].lower()], m[2]) for m in _near_years(_MONTH_DAY_YEAR, text)]
    parts += [(m[3], int(m[2]), m[1]) for m in _NUMERIC_DATE.finditer(text)]
    for year, month, day in parts:
        try:
            yield date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
        except ValueError:
            continue


def _year_ends(text: str) -> Iterator[int]:
    found = [(match.start(), int(match[1])) for match in _near_years(_YEAR_END, text)]
    found += [(m.start(), _span(m[1], m[2])[1]) for m in _YEAR_LABEL.finditer(text)]
    return (year for _, year in sorted(found) if year in _YEARS)


def _near_years(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of a pattern that ends in a year; searched only before years, ten times faster."""
    done = 0
    for year in _YEAR.finditer(text):
        for match in pattern.finditer(text, max(done, year.start() - _BEFORE_YEAR), year.end() + 1):
            done = match.end()
            yield match
