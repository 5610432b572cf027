"""The areas that evidence is coloured by, and which quotes count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from assess.compare.counts import CriterionRow

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

LEGAL: Final = "legal"
OTHER: Final = "other"
# As many colours as dossier.css has for areas; the shipped rubrics have seven.
COLOURS: Final = 7


@dataclass(frozen=True, slots=True)
class Area:
    """One colour of the page."""

    id: str
    title: str
    css: str
    """Class of its colour."""


@dataclass(frozen=True, slots=True)
class Judging:
    """What the rubric that judged says of areas and of statuses that count."""

    areas: tuple[Area, ...]
    of_criterion: Mapping[str, str]
    statuses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Rule -> statuses that count as evidence by it."""
    tiers: Mapping[str, str] = field(default_factory=dict)
    """Name -> meaning."""
    notice: str = ""
    title: str = ""

    def counts(self, method: str, status: str) -> bool:
        """Whether evidence of this status counts by the rule that found it."""
        return status in self.statuses.get(method.removeprefix("rule:"), _DONE)


_DONE: Final = frozenset({"implemented"})


def judging(criteria: Iterable[CriterionRow], rubric: Rubric | None) -> Judging:
    """Areas by the order of the criteria.

    Args:
        rubric: The one that judged. Without it indicators have no area, and evidence counts where
            it is stated as done.
    """
    rows = tuple(criteria)
    given = {} if rubric is None else {one.id: one.area for one in rubric.criteria}
    depths = [row for row in rows if row.kind == "depth"]
    known = {row.id for row in depths}
    of_criterion = {row.id: _area(row, given.get(row.id), known) for row in rows}
    used = set(of_criterion.values())
    areas = [
        Area(LEGAL, "Legal form", "al"),
        *(Area(row.id, row.title, f"a{place % COLOURS}") for place, row in enumerate(depths)),
        Area(OTHER, "Other", "ao"),
    ]
    shown = tuple(area for area in areas if area.id in used)
    if rubric is None:
        return Judging(shown, of_criterion)
    return Judging(
        shown,
        of_criterion,
        {rule.name: frozenset(rule.statuses) for one in rubric.judged() for rule in one.rules},
        {tier.name: tier.meaning for tier in rubric.tiers},
        rubric.notice,
        rubric.title,
    )


def _area(row: CriterionRow, given: str | None, known: set[str]) -> str:
    if row.kind == "depth":
        return row.id
    if given in known:
        return given
    return LEGAL if row.kind in ("legal", "flag") else OTHER
