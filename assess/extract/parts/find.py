"""The parts of a document that are told apart: the statement to judge, and what stands beside it.

When in doubt the document stays whole: half a statement lost is worse than a policy read along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assess.extract.parts.landing import is_absent, is_link_page
from assess.extract.parts.locate import Located, locate_statements
from assess.extract.parts.several import policy_start, statement_start, tell_apart
from assess.extract.parts.subject import CONTENTS, NAMES_OF_SLAVERY, REPORT, places_of
from assess.extract.parts.titles import Title, find_titles
from assess.extract.parts.years import year_of
from assess.extract.prose.language import Languages
from assess.records import Part, Sentence

# Flags of the Text.
PART_JUDGED: Final = "part_judged"
"""The statement is a part of the document, and only that part is judged."""
SEVERAL_STATEMENTS: Final = "several_statements"
NO_STATEMENT: Final = "no_statement"
"""A long document on other things, or a page that is not there, without a statement."""
LINK_PAGE: Final = "link_page"
BILINGUAL: Final = "bilingual"

# Shorter documents are judged whole. Of 1,090 real statements 30 are longer than this.
_REPORT_WORDS: Final = 3_000
# In real statements of that length slavery is named in every second stretch of 300 words or more
# often; in the one real report among them in 8 of 100.
_STRETCH: Final = 1_900  # characters
_REPORT_SHARE: Final = 0.35
# The longest real statement has 11,600 words; a longer document is no statement by its title alone.
_STATEMENT_WORDS: Final = 20_000
# The title of a document stands within so many characters.
_FRONT: Final = 400
# Less of another language is a name, a quotation or a footer.
_BILINGUAL_WORDS: Final = 60
# A line of a title has at most so many words.
_TITLE_LINE: Final = 10
_TOLD_APART: Final = 0.9


@dataclass(frozen=True, slots=True)
class Parts:
    """What was told apart, and the quality flags that follow from it."""

    parts: tuple[Part, ...] = ()
    """By start; empty where the document is one statement in one language."""
    flags: frozenset[str] = frozenset()


def find_parts(content: str, sentences: Sequence[Sentence], languages: Languages) -> Parts:
    """Find the statement in a longer document, several in one, and passages in other languages."""
    statements, flags = _statements(content, sentences)
    parts = [
        Part(one.start, one.end, "statement", one.title, languages.language, one.confidence, judged)
        for one, judged in statements
    ]
    others = [
        Part(one.start, one.end, "other_language", "", one.language, one.confidence, False)
        for one in languages.passages
    ]
    if sum(one.words for one in languages.passages) >= _BILINGUAL_WORDS:
        flags.add(BILINGUAL)
    if is_link_page(content, sentences):
        flags.add(LINK_PAGE)
    elif is_absent(content, sentences):
        flags.add(NO_STATEMENT)
    ordered = sorted([*parts, *others], key=lambda part: (part.start, part.kind))
    return Parts(tuple(ordered), frozenset(flags))


def _statements(
    content: str, sentences: Sequence[Sentence]
) -> tuple[list[tuple[Located, bool]], set[str]]:
    """Each statement with whether it is judged; none where the document is judged whole."""
    titles = find_titles(content)
    if is_report(content, titles):
        found = locate_statements(content, sentences, titles)
        if not found:
            return [], {NO_STATEMENT}
        return _latest(content, found), _flags(found)
    pieces = tell_apart(content, sentences, titles)
    if pieces:
        found = [Located(one.start, one.end, one.title, _TOLD_APART) for one in pieces]
        return _latest(content, found), _flags(found)
    below = statement_start(content, sentences, titles)
    if below is not None:
        whole = Located(below.start, len(content), below.text, _TOLD_APART)
        return [(whole, True)], {PART_JUDGED}
    end = policy_start(content, sentences)
    if end is None:
        return [], set()
    named = (title.text for title in titles if title.named and title.start < end)
    return [(Located(0, end, next(named, ""), _TOLD_APART), True)], {PART_JUDGED}


def _flags(found: Sequence[Located]) -> set[str]:
    return {PART_JUDGED, SEVERAL_STATEMENTS} if len(found) > 1 else {PART_JUDGED}


def _latest(content: str, found: Sequence[Located]) -> list[tuple[Located, bool]]:
    """The statement of the latest year is judged; where years are not told, the surest one."""
    years = [year_of(content, one.start, one.end) for one in found]
    order = sorted(
        range(len(found)), key=lambda i: (years[i], found[i].confidence, -i), reverse=True
    )
    return [(one, index == order[0]) for index, one in enumerate(found)]


def is_report(content: str, titles: Sequence[Title]) -> bool:
    """Whether a long document is mainly about something else than slavery."""
    if len(content) < _REPORT_WORDS * 4:
        return False
    words = len(content.split())
    if words < _REPORT_WORDS:
        return False
    named = {place // _STRETCH for place in places_of(content, NAMES_OF_SLAVERY, _STRETCH // 2)}
    if len(named) >= _REPORT_SHARE * (len(content) // _STRETCH + 1):
        return False
    return words > _STATEMENT_WORDS or not _has_own_title(content, titles)


def _has_own_title(content: str, titles: Sequence[Title]) -> bool:
    """Whether the document itself, not a chapter of it, is called a statement."""
    for title in titles:
        if title.start > _FRONT:
            return False
        if title.named:
            # A report's running line may name the chapter too, on the same line or the next.
            front = content[: title.end] + _line_below(content, title.end)
            return not REPORT.search(front) and not CONTENTS.search(content[: title.start])
    return False


def _line_below(content: str, end: int) -> str:
    line = content[end : end + _FRONT].lstrip("\n").partition("\n")[0]
    return f" {line}" if len(line.split()) <= _TITLE_LINE and line[-1:] != "." else ""
