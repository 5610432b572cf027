"""A walk through the whole tool on the corpus: what each step is for, and its command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assess.resources import corpus_folder

# Five sectors of the corpus have as many statements; fewer say nothing, even in a demonstration.
_MINIMUM: Final = "5"
_ORGANISATION: Final = "Hobnail & Thrush Footwear Limited"
_DRAFT: Final = "KEYHOLLOW GUARDING LIMITED.txt"


@dataclass(frozen=True, slots=True)
class Step:
    """One command, and why one would give it."""

    why: str
    arguments: tuple[str, ...]
    lines: int | None = None
    """How much of its output is shown; None: all."""


def steps(folder: Path) -> Iterator[Step]:
    """The steps in their order; all that they write is below ``folder``."""
    corpus = corpus_folder()
    db = ("--db", str(folder / "demo.db"))
    yield Step(
        "Read a registry file and a folder of statements, match them, judge each, and compare "
        "sectors in a page. All organisations are fictional.",
        (
            *("run", "--registry", str(corpus / "registry.csv")),
            *("--files", str(corpus / "documents"), *db, "--minimum", _MINIMUM),
            *("--report", str(folder / "sectors.html")),
        ),
    )
    yield Step(
        "Who shares text with whom?",
        ("compare", "reuse", *db),
        12,
    )
    yield Step(
        "What became of last year's promises?",
        ("compare", "years", "--organisation", _ORGANISATION, *db),
        12,
    )
    yield Step(
        "What was declared to the registry, and is it in the text?",
        ("compare", "declared", *db),
        8,
    )
    yield Step(
        "The national picture: who is missing, late, alike, better or worse.",
        ("report", "national", *db, "-o", str(folder / "national.html")),
    )
    yield Step(
        "One organisation's statement with the evidence in place.",
        (
            *("report", "organisation", _ORGANISATION, *db),
            *("-o", str(folder / "organisation.html")),
        ),
    )
    yield Step(
        "Where would a draft stand among its peers, and what do they have that it lacks?",
        (
            *("benchmark", str(corpus / "documents" / _DRAFT), "--sector", "Cleaning"),
            *(*db, "-o", str(folder / "benchmark.html")),
        ),
    )
    yield Step(
        "Which findings should a person look at first? (Without --list: a key each.)",
        ("review", "--list", "--limit", "5", *db),
    )
    yield Step(
        "All of it for a spreadsheet, with definitions.",
        ("export", "xlsx", *db, "-o", str(folder / "demo.xlsx")),
    )
