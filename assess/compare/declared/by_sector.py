"""Declarations confirmed, not found and contradicted: counts by sector and field."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from assess.compare.stats import Share, share
from assess.store.workspace import Workspace

ALL: Final = ""
"""The group of all statements, each counted once."""

# A row for each statement: counting all of them by sector in SQL takes twice the time.
_RESULTS: Final = """
    SELECT statement_id, group_concat(field || char(31) || result, char(30))
    FROM declaration_checks GROUP BY statement_id"""
_SECTORS: Final = "SELECT statement_id, sector FROM statement_sectors"
_WITHIN, _BETWEEN = "\x1f", "\x1e"


@dataclass(frozen=True, slots=True)
class FieldCounts:
    """Answers of one field in one sector. Shares are of the answers that could be checked."""

    sector: str
    """``""`` for all statements."""
    field: str
    answers: int
    checked: int
    """Confirmed, not found or contradicted."""
    confirmed: Share
    not_found: Share
    contradicted: Share


def declared_by_group(workspace: Workspace) -> tuple[FieldCounts, ...]:
    """By sector and field, all statements first; a statement counts in each of its sectors."""
    sectors: dict[int, list[str]] = defaultdict(lambda: [ALL])
    for statement, sector in workspace.db.execute(_SECTORS):
        sectors[statement].append(sector)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for statement, told in workspace.db.execute(_RESULTS):
        results = told.split(_BETWEEN)
        for sector in sectors[statement]:
            counted[sector].update(results)
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for sector, of_sector in counted.items():
        for result, answers in of_sector.items():
            field, _, name = result.partition(_WITHIN)
            counts[sector, field][name] = answers
    return tuple(_counts(*key, found) for key, found in sorted(counts.items()))


def _counts(sector: str, field: str, results: Mapping[str, int]) -> FieldCounts:
    checked = _sum(results, ("confirmed", "not_found", "contradicted"))
    return FieldCounts(
        sector,
        field,
        sum(results.values()),
        checked,
        share(results.get("confirmed", 0), checked),
        share(results.get("not_found", 0), checked),
        share(results.get("contradicted", 0), checked),
    )


def _sum(results: Mapping[str, int], names: Iterable[str]) -> int:
    return sum(results.get(name, 0) for name in names)
