"""Statements by registry year: medians and shares with their intervals."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from assess.compare.stats import Distribution, Share, distribution, share
from assess.report.data import Figures


@dataclass(frozen=True, slots=True)
class OfYear:
    """The assessed statements of one registry year."""

    year: int
    assessed: int
    compliance: Distribution | None
    substance: Distribution | None
    minimal: Share


@dataclass(slots=True)
class _Year:
    assessed: int = 0
    judged: int = 0
    flagged: int = 0
    compliance: array[float] = field(default_factory=lambda: array("d"))
    substance: array[float] = field(default_factory=lambda: array("d"))

    def add(self, row: Figures) -> None:
        self.assessed += 1
        if row.minimal_index is not None:
            self.judged += 1
            self.flagged += row.minimal_flag
        if row.compliance is not None:
            self.compliance.append(row.compliance)
        if row.substance is not None:
            self.substance.append(row.substance)


def by_year(statements: Iterable[Figures]) -> tuple[OfYear, ...]:
    """Statements of each registry year, the earliest first."""
    years: dict[int, _Year] = defaultdict(_Year)
    for row in statements:
        if row.year is not None:
            years[row.year].add(row)
    return tuple(
        OfYear(
            year,
            found.assessed,
            distribution(found.compliance),
            distribution(found.substance),
            share(found.flagged, found.judged),
        )
        for year, found in sorted(years.items())
    )
