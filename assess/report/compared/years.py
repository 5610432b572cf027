"""Statements by registry year: medians and shares with their intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assess.compare.stats import Distribution, Share, distribution, share
from assess.report.data import StatementRow


@dataclass(frozen=True, slots=True)
class OfYear:
    """The assessed statements of one registry year."""

    year: int
    assessed: int
    compliance: Distribution | None
    substance: Distribution | None
    minimal: Share


def by_year(statements: Sequence[StatementRow]) -> tuple[OfYear, ...]:
    """Statements of each registry year, the earliest first."""
    years: dict[int, list[StatementRow]] = defaultdict(list)
    for row in statements:
        if row.year is not None:
            years[row.year].append(row)
    return tuple(_of_year(year, years[year]) for year in sorted(years))


def _of_year(year: int, rows: Sequence[StatementRow]) -> OfYear:
    judged = [row for row in rows if row.minimal_index is not None]
    return OfYear(
        year,
        len(rows),
        distribution([row.compliance for row in rows if row.compliance is not None]),
        distribution([row.substance for row in rows if row.substance is not None]),
        share(sum(row.minimal_flag for row in judged), len(judged)),
    )
