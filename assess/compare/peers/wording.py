"""Whether words of a text can be shown to a reader, and how near they are to what is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from assess.score.rubric import Criterion

QUOTE_CHARACTERS: Final = 400
# Words of one stem begin alike: "training" and "trained", "suppliers" and "supply".
_STEM: Final = 5
# A word of the question weighs as much as two of good practice.
_OF_QUESTION: Final = 2

# In "No. 5", "J. Smith", "e.g. this" and "Ltd. is" no sentence ends.
_SENTENCE_END: Final = re.compile(
    r"(?<!\b[A-Za-z])(?<!\b(?:No|Dr|Mr|Ms|St))(?<!\b(?:Ltd|Mrs|etc))(?<!\be\.g|\bi\.e)"
    r"[.!?][”\"’)]*(?=\s+[\"“‘(]?[A-Z0-9•])"
)
# Words that a PDF ran together, columns side by side, a page's end in the midst.
_BROKEN: Final = re.compile(
    r"[a-z]{2}[.!?;:,)”’]+[A-Z][a-z]|[a-z]{2}[A-Z][a-z]|\d[A-Z][a-z]|\d[.!?][“\"A-Z]"
    r"|[a-z)][.!?][*\d“]|[a-z]{3}[A-Z]\b|[A-Za-z]{3}\d{3}|[\f\0\ufffd]|\.{4}|[^\S\n]{3}"
    r"|\b[Pp]age \d+ of\b"
)
_BULLET: Final = re.compile(r"[•·▪‣◦*–—-]\s*|o\s+(?=[A-Z])")
_BEGINS: Final = re.compile(r"[“\"‘(]?[A-Z0-9]")
_ENDS: Final = re.compile(r"[.!?;][”\"’)]*$")
_WORD: Final = re.compile(r"[a-z]{4,}")
# In nearly every question and every sentence of a statement.
_EVERYWHERE: Final = frozenset(
    word[:_STEM]
    for word in _WORD.findall(
        "about after been being business company does each ever from have into itself last made "
        "many more modern organisation other over own said says same slavery some state statement "
        "such text than that their them then there these they this those trafficking was were what "
        "when where which while will with year years your"
    )
)


def cut_at_sentence(quote: str, limit: int = QUOTE_CHARACTERS) -> str:
    """The beginning of a quote, in whole sentences of at most ``limit`` characters; else ``""``."""
    if len(quote.rstrip()) <= limit:
        return quote.rstrip()
    ends = [found.end() for found in _SENTENCE_END.finditer(quote) if found.end() <= limit]
    return quote[: ends[-1]] if ends else ""


def bullet_of(quote: str) -> str:
    """The mark that a list's item begins with, and the blanks after it."""
    found = _BULLET.match(quote)
    return found[0] if found else ""


def is_clean(quote: str) -> bool:
    """Whether it reads as a sentence: begins and ends as one, and was not broken in reading."""
    return bool(_BEGINS.match(quote) and _ENDS.search(quote.rstrip()) and not _BROKEN.search(quote))


def stems_of(criterion: Criterion) -> Mapping[str, int]:
    """Stems of what a criterion asks, with their weights."""
    found = dict.fromkeys(_stems(f"{criterion.good_practice} {criterion.advice}"), 1)
    return found | dict.fromkeys(_stems(f"{criterion.title} {criterion.question}"), _OF_QUESTION)


def likeness(quote: str, asked: Mapping[str, int]) -> int:
    """The weight of the stems that a quote shares with what is asked."""
    return sum(asked.get(stem, 0) for stem in _stems(quote))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower())) - _EVERYWHERE
