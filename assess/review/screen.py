"""What a reviewer sees: the question, what was found, the words with what stands around them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assess.report.words import STATUSES, authority, cut, shown
from assess.review.case import Case, Quote
from assess.review.decisions import REASONS, value_of, value_words

if TYPE_CHECKING:
    from rich.text import Text

# The widest lines that are read with ease.
_WIDTH: Final = 96
KEYS: Final = (
    ("y", "right"),
    ("n", "wrong"),
    ("1-9", "that quote is no evidence"),
    ("s", "skip"),
    ("b", "back"),
    ("o", "where the original is"),
    ("q", "end"),
)


def case_text(case: Case, place: int, of: int, width: int) -> Text:
    """The whole screen of one finding."""
    from rich.text import Text

    width = min(width, _WIDTH)
    text = Text()
    doubt, criterion = case.doubtful, case.criterion
    text.append(f"{place} of {of}  ", "dim")
    text.append(f"{shown(cut(doubt.name))}\n", "bold")
    text.append(f"{criterion.title}", "bold cyan")
    text.append(f"  [{authority(criterion.authority)}]\n", "dim")
    text.append(f"{textwrap.fill(criterion.question, width)}\n\n")
    if case.said:
        text.append(f"Said before: {shown(case.said)}\n")
    text.append("Judged: ")
    text.append(value_words(value_of(case), criterion), "bold")
    text.append(f"   confidence {doubt.confidence:.2f}: {doubt.why}\n", "dim")
    for number, quote in enumerate(case.quotes, start=1):
        _append_quote(text, number, quote)
    if not case.quotes:
        text.append("\nNo words of it were seen in the text.\n")
    text.append("\n")
    for key, meaning in KEYS:
        text.append(f" {key} ", "reverse")
        text.append(f" {meaning}  ")
    return text


def _append_quote(text: Text, number: int, quote: Quote) -> None:
    status = STATUSES.get(quote.status, quote.status)
    text.append(f"\n{number}", "bold")
    text.append(f"  page {quote.page}, {status}, by {quote.method}\n", "dim")
    before, words, after = (
        shown(" ".join(part.split())) for part in (quote.before, quote.text, quote.after)
    )
    text.append(f"{before} " if before else "", "dim")
    text.append(f"“{words}”", "bold")
    text.append(f" {after}\n", "dim")


def choices(lines: Iterable[str]) -> str:
    """Numbered lines to choose from."""
    return "\n".join(f"  {number}  {line}" for number, line in enumerate(lines, start=1))


def reasons_asked() -> str:
    """The question why."""
    return f"Why?\n{choices(REASONS)}\n  t  type it"


def original(case: Case, documents: Path) -> str:
    """Where the kept original is."""
    return f"{documents / case.kept_as}"
