"""Declarations confirmed, not found and contradicted: counts by sector and field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from assess.compare.stats import Share, share
from assess.store.workspace import Workspace

ALL: Final = ""
"""The group of all statements, each counted once."""

_COUNTS = """
    WITH members AS (
        SELECT '' AS sector, statement_id FROM declaration_inputs
        UNION ALL SELECT sector, statement_id FROM statement_sectors)
    SELECT sector, field, result, count(*)
    FROM members JOIN declaration_checks USING (statement_id)
    GROUP BY sector, field, result ORDER BY sector, field, result"""


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
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for sector, field, result, answers in workspace.db.execute(_COUNTS):
        counts.setdefault((sector, field), {})[result] = answers
    return tuple(_counts(*key, results) for key, results in sorted(counts.items()))


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
