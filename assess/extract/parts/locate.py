"""Where a statement stands inside a longer document: its start, its end, and how sure that is.

A title opens it. From there each sentence weighs for or against by its words; the statement ends
where the sum is highest, so that a section on the company's structure is bridged and a report's
next section is not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Final

from assess.extract.parts.subject import (
    BESIDE,
    ELSEWHERE_SUBJECT,
    OTHER_HEADING,
    OWN_HEADING,
    POINTS_ELSEWHERE,
    SLAVERY,
    THE_ACT,
    declarations,
    is_closing,
)
from assess.extract.parts.titles import Title, folded, running_lines
from assess.extract.parts.years import year_of
from assess.records import Sentence

# What a sentence weighs: of the subject, beside it, of neither, of another section's subject.
_ON_SUBJECT: Final = 3.0
_BESIDE: Final = 0.6
_NEITHER: Final = -0.2
_OTHER: Final = -1.0
# Headings: one that statements have, one of another section, any other on a new page.
_OWN: Final = 1.0
_FOREIGN: Final = -5.0
_NEW_PAGE: Final = -2.0
# The statement's own title again, as on each of its pages.
_TITLE_AGAIN: Final = 6.0
# After a signature only a passage that is clearly about slavery goes on with the statement.
_SIGNED: Final = -15.0
# An approval within the first so many words stands before the statement, not at its end.
_FRONT_WORDS: Final = 200
_APPROVED_IN_FRONT: Final = -6.0
# What is beside the subject counts for nothing when slavery was not named for so many sentences.
_FORGOTTEN: Final = 10
# The sum never comes back from so far below its peak: about sixty sentences on something else.
_HOPELESS: Final = 30.0
# A heading, or a line of a signature block, has at most so many words.
_SHORT: Final = 12
_HEADING: Final = 6
_SIGN_OFF_LINES: Final = 8
# The last section goes on by at most so many sentences after its last word on the subject.
_TAIL: Final = 25
# Characters after the title in which a statement says that it is one.
_OPENING: Final = 2_000
# A short passage that points elsewhere within so many characters is no statement.
_POINTER: Final = 500
# Pieces of one statement lie no more than so many characters apart.
_GAP: Final = 400
# Shorter passages are mentions.
_MIN_WORDS: Final = 80
_LONG: Final = 250
_MIN_MENTIONS: Final = 3
_DENSE: Final = 8 / 1000
# More titles than any report has; the rest only costs time.
_MAX_TITLES: Final = 200
# Without a title, a declaration names the Act within so many characters.
_NEAR_ACT: Final = 300
# A heading stands so many sentences above a declaration at most.
_BACK: Final = 6

# A sentence has at least so many words.
_MIN_TOLD: Final = 5

_OF_STATEMENT = re.compile(r"\bstatement\b|review|updated|annual\s+basis", re.IGNORECASE)
_SIGNATORY = re.compile(
    r"(?:director|officer|chair(?:man|woman|person)?|executive|c[efo]o|partner|president|secretary"
    r"|trustee|limited|ltd|plc|llp)\W*$|\b20\d\d\b",
    re.IGNORECASE,
)
"""A role, a company or a date in a signature block."""
_STOP = re.compile(r"[.!?;:,]$")
_CLAUSE = re.compile(r"(?:We|Our|It|Link|I|This|All)\b")


@dataclass(frozen=True, slots=True)
class Located:
    """A statement found in a longer text."""

    start: int
    end: int
    title: str
    confidence: float


def locate_statements(
    content: str, sentences: Sequence[Sentence], titles: Sequence[Title]
) -> list[Located]:
    """Return the statements that stand in a long document, in order; none overlap."""
    running = running_lines(content)
    if running:
        sentences = [one for one in sentences if folded(one.text) not in running]
    starts = [sentence.start for sentence in sentences]
    titles = titles[:_MAX_TITLES]
    openings = {title.start for title in titles}
    mentions = [title.start for title in titles if _is_mention(content, title)]
    named = [title for title in titles if title.named]
    others = [title for title in titles if not title.named]
    declared = [title for title in named if _is_declared(content, title, named)]
    found: list[Located] = []
    for title in [*declared, *named, *_undeclared(content, sentences, starts), *others]:
        if any(one.start <= title.start < one.end for one in found):
            continue
        first = bisect_left(starts, title.start)
        ends = [*(one.start for one in found), *mentions, len(content)]
        limit = min(end for end in ends if end > title.start)
        last = _last(sentences, title, first, bisect_left(starts, limit), openings)
        if last < first:
            continue
        located = _judged(content, title, sentences[last].end)
        if located:
            found.append(located)
    return _merged(content, sorted(found, key=lambda one: one.start))


def _merged(content: str, found: Sequence[Located]) -> list[Located]:
    """Join neighbours: a title that comes again, as on each page, opens nothing new."""
    merged: list[Located] = []
    for one in found:
        last = merged[-1] if merged else None
        if last and one.start - last.end <= _GAP and not _of_two_years(content, last, one):
            sure = max(last.confidence, one.confidence)
            merged[-1] = Located(last.start, one.end, last.title or one.title, sure)
        else:
            merged.append(one)
    return merged


def _of_two_years(content: str, one: Located, other: Located) -> bool:
    years = year_of(content, one.start, one.end), year_of(content, other.start, other.end)
    return 0 not in years and years[0] != years[1]


def _is_mention(content: str, title: Title) -> bool:
    """Whether what stands below a title says where the statement is, and is not one itself."""
    end = title.end + _POINTER
    points = POINTS_ELSEWHERE.search(content, title.end, end)
    return points is not None and next(declarations(content, title.end, end), None) is None


def _is_declared(content: str, title: Title, named: Sequence[Title]) -> bool:
    """Whether the text says that it is the statement, below this title and above the next."""
    following = min((one.start for one in named if one.start > title.start), default=len(content))
    end = min(following, title.end + _OPENING)
    return next(declarations(content, title.end, end), None) is not None


def _undeclared(content: str, sentences: Sequence[Sentence], starts: Sequence[int]) -> list[Title]:
    """Where a text says that it is the statement and no title was read above it."""
    found = []
    for place in islice(declarations(content), _MAX_TITLES):
        if not THE_ACT.search(content, max(0, place - _NEAR_ACT), place + _NEAR_ACT):
            continue
        index = max(0, bisect_left(starts, place + 1) - 1)
        for above in range(index, max(-1, index - _BACK), -1):
            if sentences[above].is_heading:
                index = above
                break
        sentence = sentences[index]
        text = sentence.text if sentence.is_heading else ""
        found.append(Title(sentence.start, sentence.end, text, False, ""))
    return found


@dataclass(slots=True)
class _Tally:
    """The sum so far, and where it was highest."""

    last: int
    """Index of the sentence at the peak."""
    total: float = 0.0
    best: float = 0.0
    words: int = 0
    since: int = 0
    """Sentences since slavery was named."""
    lines: int | None = None
    """Lines of the signature block that the text is in."""

    def weigh(self, sentence: Sentence, weight: float) -> float:
        """The weight where the sentence stands."""
        self.since = 0 if weight >= _ON_SUBJECT else self.since + 1
        self.words += len(sentence.text.split())
        return _NEITHER if weight == _BESIDE and self.since > _FORGOTTEN else weight

    def goes_on_signing(self, sentence: Sentence, weight: float) -> bool:
        """Whether the sentence is a line of a signature block: a name, a role, a date."""
        if self.lines is None or weight > 0 or self.lines >= _SIGN_OFF_LINES:
            return False
        self.lines += 1
        return len(sentence.text.split()) <= _SHORT

    def leave_signature(self) -> None:
        """Text follows a signature: it must be clearly about slavery to belong to it."""
        signed = self.words > _FRONT_WORDS and bool(self.lines)
        self.total += _SIGNED if signed else _APPROVED_IN_FRONT
        self.lines = None

    def add(self, index: int, weight: float) -> None:
        self.total += weight
        if self.total >= self.best:
            self.best, self.last = self.total, index


def _last(
    sentences: Sequence[Sentence], title: Title, first: int, stop: int, openings: Set[int]
) -> int:
    """Index of the statement's last sentence, or ``first - 1`` where nothing follows."""
    name = folded(title.text)
    tally = _Tally(first - 1)
    for index in range(first, stop):
        sentence = sentences[index]
        if sentence.start < title.end:
            continue
        if _is_sibling(title.number, sentence.text) or tally.total < tally.best - _HOPELESS:
            break
        own = folded(sentence.text) == name
        weight = _TITLE_AGAIN if own else _weight(sentence, sentences[index - 1].page)
        weight = tally.weigh(sentence, weight)
        if tally.goes_on_signing(sentence, weight):
            continue
        if tally.lines is not None:
            if tally.words > _FRONT_WORDS and sentence.start in openings:
                break
            tally.leave_signature()
        if is_closing(sentence.text):
            weight, tally.lines = max(weight, _ON_SUBJECT), 0
        tally.add(index, weight)
    last = tally.last
    return _with_tail(sentences, last, stop, title.number) if last >= first else last


def _weight(sentence: Sentence, page_above: int) -> float:
    text = sentence.text
    if _is_heading(sentence):
        if SLAVERY.search(text):
            return _OWN
        if OTHER_HEADING.search(text):
            return _FOREIGN
        if OWN_HEADING.search(text):
            return _OWN
        return _NEW_PAGE if sentence.is_heading and sentence.page != page_above else 0.0
    if SLAVERY.search(text):
        return _ON_SUBJECT
    if ELSEWHERE_SUBJECT.search(text):
        return _OTHER
    return _BESIDE if BESIDE.search(text) else _NEITHER


def _is_heading(sentence: Sentence) -> bool:
    text = sentence.text
    short = len(text.split()) <= _HEADING and not _STOP.search(text)
    return sentence.is_heading or (short and text[:1].isupper() and not _CLAUSE.match(text))


def _is_sibling(number: str, text: str) -> bool:
    """Whether ``text`` opens the section after the one numbered ``number``, or a later one."""
    if "." not in number:
        return False
    match = re.match(r"(\d{1,2}(?:\.\d{1,2})*)[.)]?\s+\D", text)
    if not match or len(text.split()) > _SHORT:
        return False
    own, other = ([int(part) for part in one.split(".")] for one in (number, match[1]))
    return own < other and other[: len(own)] != own and abs(other[0] - own[0]) <= 1


def _with_tail(sentences: Sequence[Sentence], last: int, stop: int, number: str) -> int:
    """Go on to the end of the section, or of the signature block, that holds ``last``."""
    signed = is_closing(sentences[last].text)
    first = last
    for index in range(last + 1, min(last + 1 + _TAIL, stop)):
        sentence = sentences[index]
        text = sentence.text
        if _is_sibling(number, text) or ELSEWHERE_SUBJECT.search(text):
            break
        short = len(text.split()) <= _SHORT and not _is_told(text)
        if signed and not short:
            break
        signed = signed or is_closing(text)
        if _is_heading(sentence) and OTHER_HEADING.search(text):
            break
        if sentence.is_heading and not OWN_HEADING.search(text) and not (signed and short):
            break
        last = index
    return _without_headings(sentences, first, last) if last + 1 < stop else last


def _is_told(text: str) -> bool:
    """Whether a short sentence is text of the next section, not a line of a signature block."""
    words = text.split()
    if len(words) < _MIN_TOLD or not text.endswith((".", "!", "?")):
        return False
    if not text[0].isupper() or (words[0].isupper() and len(words[0]) > 1):
        return False
    lower = sum(word[0].islower() for word in words)
    return 2 * lower >= len(words) and not any(
        pattern.search(text) for pattern in (SLAVERY, _OF_STATEMENT, _SIGNATORY)
    )


def _without_headings(sentences: Sequence[Sentence], first: int, last: int) -> int:
    """Give the next section its heading back; names stand above a role or a date."""
    while last > first and _is_heading(sentences[last]):
        above = (one.text for one in sentences[first:last])
        if _SIGNATORY.search(sentences[last].text) or not any(map(_SIGNATORY.search, above)):
            break
        last -= 1
    return last


def _judged(content: str, title: Title, end: int) -> Located | None:
    """The statement, where enough signs agree that it is one."""
    body = content[title.start : end]
    opening = content[title.end : min(end, title.end + _OPENING)]
    words = len(body.split())
    mentions = len(SLAVERY.findall(body))
    declares = next(declarations(body, title.end - title.start), None) is not None
    points = POINTS_ELSEWHERE.search(opening)
    if words < _MIN_WORDS or mentions < _MIN_MENTIONS:
        return None
    if not declares and (points or not (title.named or words >= _LONG)):
        return None
    if words < _LONG and points and points.start() < _POINTER:
        return None
    signs = (
        3 * title.named
        + 3 * declares
        + 2 * (mentions >= _DENSE * words)
        + is_closing(body[-_OPENING:])
        + (words >= _LONG)
    )
    return Located(title.start, end, title.text, signs / 10) if signs >= 6 else None
