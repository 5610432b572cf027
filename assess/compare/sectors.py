"""Sectors side by side: shares with intervals, score distributions, minimal compliance."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from assess.compare.counts import Counts, CriterionRow, GroupCounts, GroupKind, count_sectors
from assess.compare.stats import Distribution, Share, distribution, share
from assess.store.workspace import Workspace

# Below this the 95% interval of a share is more than half the scale wide: no ground to compare.
MINIMUM = 10

Level = Literal["met", "partial", "true", "1+", "2+"]
# What is counted for each kind of criterion, and the values that count for it.
LEVELS: dict[str, tuple[tuple[Level, frozenset[str]], ...]] = {
    "legal": (("met", frozenset({"met"})), ("partial", frozenset({"partial"}))),
    "flag": (("true", frozenset({"true"})),),
    "depth": (("1+", frozenset({"1", "2", "3"})), ("2+", frozenset({"2", "3"}))),
    "indicator": (("true", frozenset({"true"})),),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing whose share is counted: a criterion reaching a level."""

    criterion: CriterionRow
    level: Level


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """One sector (or all, or those outside any); counts are of statements unless named."""

    kind: GroupKind
    name: str
    statements: int
    organisations: int
    with_document: int
    assessed: int
    organisations_assessed: int
    cannot_assess: tuple[tuple[str, int], ...]
    """(reason, count)."""
    other_kinds: tuple[tuple[str, int], ...]
    """Documents that are policies or something else: in no denominator."""
    shares: tuple[Share, ...]
    """One for each of ``SectorComparison.measures``; "na" is left out of the denominator."""
    compliance: Distribution | None
    substance: Distribution | None
    tiers: tuple[tuple[str, int], ...]
    minimal: Share
    too_few: bool
    """Fewer assessed statements than the minimum: not to be compared."""


@dataclass(frozen=True, slots=True)
class SectorComparison:
    """The whole comparison. ``overall`` counts each registered statement once."""

    minimum: int
    rubric: str | None
    measures: tuple[Measure, ...]
    overall: GroupSummary
    sectors: tuple[GroupSummary, ...]
    """By name; statements to which the registry gives no sector come last, as ``no_sector``."""
    unregistered: GroupSummary
    """Documents without a registry row; ``statements`` counts documents here."""


def compare_sectors(
    workspace: Workspace, minimum: int = MINIMUM, years: Collection[int] | None = None
) -> SectorComparison:
    """Compare the registry's sectors; ``years`` keeps the statements of those years."""
    return summarise(count_sectors(workspace, years), minimum)


def summarise(counts: Counts, minimum: int = MINIMUM) -> SectorComparison:
    """Turn counts into shares with Wilson intervals and score distributions."""
    measures = tuple(
        Measure(criterion, level)
        for criterion in counts.criteria
        for level, _ in LEVELS[criterion.kind]
    )
    groups = [_summarise(group, measures, minimum) for group in counts.groups]
    return SectorComparison(
        minimum=minimum,
        rubric=counts.rubric,
        measures=measures,
        overall=next(group for group in groups if group.kind == "all"),
        sectors=tuple(group for group in groups if group.kind in ("sector", "no_sector")),
        unregistered=next(group for group in groups if group.kind == "unregistered"),
    )


def _summarise(counts: GroupCounts, measures: tuple[Measure, ...], minimum: int) -> GroupSummary:
    statements = sum(number for _, _, number in counts.states)
    assessed = _in_state(counts, "assessed")
    kind, name = counts.group
    return GroupSummary(
        kind=kind,
        name=name,
        statements=statements,
        organisations=counts.organisations,
        with_document=statements - _in_state(counts, "no_document"),
        assessed=assessed,
        organisations_assessed=counts.organisations_assessed,
        cannot_assess=tuple((r, n) for state, r, n in counts.states if state == "cannot_assess"),
        other_kinds=tuple((s, n) for s, _, n in counts.states if s in ("policy", "other")),
        shares=tuple(_share(counts, measure) for measure in measures),
        compliance=distribution(counts.scores.compliance),
        substance=distribution(counts.scores.substance),
        tiers=counts.scores.tiers,
        minimal=share(counts.scores.minimal, counts.scores.minimal_of),
        too_few=assessed < minimum,
    )


def _in_state(counts: GroupCounts, state: str) -> int:
    return sum(number for found, _, number in counts.states if found == state)


def _share(counts: GroupCounts, measure: Measure) -> Share:
    wanted = dict(LEVELS[measure.criterion.kind])[measure.level]
    of = count = 0
    for (criterion, value), number in counts.values.items():
        if criterion == measure.criterion.id and value != "na":
            of += number
            count += number if value in wanted else 0
    return share(count, of)
