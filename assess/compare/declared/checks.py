"""The outcome of holding one answer against the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assess.compare.declared.search import Found

Result = Literal["confirmed", "not_found", "contradicted", "not_checked"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result with its ground: a quote, or in words what was looked for."""

    result: Result
    search: str
    passage: Found | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The finding of one criterion: its value as a number, and the evidence that counts."""

    value: int
    present: bool
    evidence: Sequence[Found]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one registry row declares: (field, answer) in a fixed order."""

    answers: Sequence[tuple[str, str]]
    start_date: date | None = None
    end_date: date | None = None
    approved: date | None = None
    last_updated: date | None = None
    """When the row was last changed: what is dated later is not what it was written about."""


Findings = Mapping[str, Judged]
"""By criterion."""
