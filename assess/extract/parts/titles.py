"""Lines that may be the title of a statement."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assess.extract.parts.subject import TITLE, TOPIC, is_closing, places_of
from assess.extract.prose.blocks import Line, lines_of

# Longer lines are text that mentions the statement.
_MAX_LENGTH: Final = 130
_MAX_WORDS: Final = 16
# An organisation's name above the title.
_NAME_LINES: Final = 2
_NAME_WORDS: Final = 6
# A part of a title over several lines is at most so long.
_JOINED: Final = 60
# A line that breaks off is at least so long.
_WRAPPED: Final = 45
# The same line on more pages than this, and more than this share, is navigation.
_MANY_PAGES: Final = 8
_MOST_PAGES: Final = 0.2
# Running lines are among so many at either edge of a page.
_MAX_HEAD: Final = 3

# One of these is in whatever `TOPIC` finds; looking for them takes a tenth of the time.
_TOPIC_WORDS: Final = ("slavery", "traffick", "section")

_ENTRY = re.compile(
    r"(?:[.…·_]{2,}|\s|\|)\s*(?:page\s*)?(?:p\.?\s?)?\d{1,3}$|^\d{1,3}\s+[A-Z]", re.I
)
"""An entry of a contents page."""
_NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?=\D)")
_TEXT = re.compile(
    r"\b(?:is|are|was|were|has|have|can|may|will|must|we|see|please|read|click|available|published"
    r"|which|that|refer|visit|view|download|www|constitutes?|sets|covers|describes|explains)\b"
    r"|polic(?:y|ies)\b(?!\s+statement)|https?:|@",
    re.I,
)
_STOP = re.compile(r"[.;,]$")
_DANGLES = re.compile(r"(?:\b(?:and|of|the|on|for|to|under|in)|[&–-])$", re.I)
_ANY_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Title:
    """A line, or two or three, that may open a statement."""

    start: int
    end: int
    text: str
    named: bool
    """It says that it is a statement, not only what it is about."""
    number: str
    """Its section number, or ``""``."""


def find_titles(content: str) -> list[Title]:
    """Return the possible titles of statements, less contents pages and navigation, in order."""
    running = running_lines(content)
    lines = lines_of(content)
    if running:
        lines = [line for line in lines if folded(line.text) not in running]
    titles = list(_titles(lines, _near_topic(content, lines)))
    pages = content.count("\f") + 1
    often = Counter(folded(title.text) for title in titles)
    limit = max(_MANY_PAGES, _MOST_PAGES * pages)
    return [title for title in titles if often[folded(title.text)] <= limit]


def running_lines(content: str) -> frozenset[str]:
    """The folded first and last lines that stand on many pages: headers and page numbers."""
    pages = content.split("\f")
    if len(pages) <= _MANY_PAGES:
        return frozenset()
    edges: Counter[str] = Counter()
    for page in pages:
        lines = page.split("\n", _MAX_HEAD)[:_MAX_HEAD] + page.rsplit("\n", _MAX_HEAD)[1:]
        edges.update({folded(line) for line in lines if len(line) <= _MAX_LENGTH})
    limit = max(_MANY_PAGES, _MOST_PAGES * len(pages))
    return frozenset(line for line, count in edges.items() if count > limit)


def _near_topic(content: str, lines: Sequence[Line]) -> list[int]:
    """The lines from which a title may start: those that name the topic, and two above each."""
    starts = [line.start for line in lines]
    near: set[int] = set()
    for place in places_of(content, _TOPIC_WORDS):
        at = bisect_right(starts, place) - 1
        near.update(range(max(0, at - 2), at + 1))
    return sorted(near)


def is_entry(text: str) -> bool:
    """Whether a line has the shape of a contents entry: a heading, then a page number."""
    return bool(_ENTRY.search(text)) and not _NUMBERED.match(text)


def _titles(lines: Sequence[Line], near: Sequence[int]) -> Iterator[Title]:
    taken = -1
    for index in near:
        line = lines[index]
        if index <= taken or not _may_open(line.text):
            continue
        for count in (1, 2, 3):
            group = lines[index : index + count]
            text = " ".join(one.text for one in group)
            if not _may_join(group) or not _is_title(lines, index, text):
                continue
            if TITLE.search(text):
                taken = index + len(group) - 1
                yield _title(lines[_name_above(lines, index)].start, group, named=True)
                break
        else:
            if TOPIC.search(line.text) and _is_title(lines, index, line.text):
                yield _title(line.start, [line], named=False)


def _may_open(text: str) -> bool:
    """Whether a line may be, or begin, a title; most lines are text, and told at once."""
    return (
        len(text) <= _MAX_LENGTH
        and not _STOP.search(text, len(text) - 1)
        and not _TEXT.search(text)
    )


def _title(start: int, group: Sequence[Line], *, named: bool) -> Title:
    text = " ".join(line.text for line in group)
    numbered = _NUMBERED.match(text)
    return Title(start, group[-1].end, text, named, numbered["number"] if numbered else "")


def _name_above(lines: Sequence[Line], index: int) -> int:
    """Where the title begins with the organisation's name: a short line or two at a paragraph."""
    first = index
    while first and index - first < _NAME_LINES and not lines[first].gap:
        above = lines[first - 1].text
        if len(above.split()) > _NAME_WORDS or _STOP.search(above) or not above[:1].isupper():
            return index
        first -= 1
    return first if lines[first].gap else index


def _may_join(group: Sequence[Line]) -> bool:
    """Whether lines may be one title: short, close, and none complete without the next."""
    if len(group) == 1:
        return True
    if any(len(one.text) > _JOINED or _STOP.search(one.text) for one in group[:-1]):
        return False
    if any(is_entry(one.text) for one in group):
        return False
    texts = [one.text for one in group]
    if len(texts[-1]) > _JOINED or not all(_ANY_LETTER.search(text) for text in texts):
        return False
    partial = [" ".join(texts[:-1])]
    if not _DANGLES.search(texts[-2]):
        partial.append(" ".join(texts[1:]))
    return TITLE.search(" ".join(texts)) is not None and not any(map(TITLE.search, partial))


def _is_title(lines: Sequence[Line], index: int, text: str) -> bool:
    if len(text) > _MAX_LENGTH or len(text.split()) > _MAX_WORDS:
        return False
    if _STOP.search(text) or _TEXT.search(text) or is_entry(text):
        return False
    first = _ANY_LETTER.search(text)
    if first is None or (first[0].islower() and not lines[index].gap):
        return False
    above = lines[index - 1].text if index and not lines[index].gap else ""
    return text.isupper() or not _breaks_off(above)


def _breaks_off(line: str) -> bool:
    """Whether a line of text goes on below."""
    whole = not line[-1:].islower() or is_closing(line)
    return not whole and len(line) > _WRAPPED and len(line.split()) > _MAX_WORDS // 2


def folded(text: str) -> str:
    """Without case, figures and marks, so that running lines are alike."""
    return re.sub(r"[\W\d]+", " ", text.casefold()).strip()
