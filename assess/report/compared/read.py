"""All that pages tell of the comparisons, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from assess.compare.declared.by_sector import FieldCounts, declared_by_group
from assess.compare.group_tables import KeptGroup, read_groups
from assess.compare.groups import Choice
from assess.compare.minimal.trends import read_trends
from assess.report.compared.practice import GoodPractice, read_practice
from assess.report.compared.shared import SharedText, read_shared
from assess.report.data import ReportData
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.score.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Compared:
    """What the tables of comparisons hold; empty or None where one was not made."""

    sectors: tuple[KeptGroup, ...]
    turnover: tuple[KeptGroup, ...]
    trends: tuple[Mapping[str, Any], ...]
    """Rows of ``divergence``, all statements first."""
    shared: SharedText | None
    declared: tuple[FieldCounts, ...]
    practice: tuple[GoodPractice, ...]
    outdated: bool
    """Whether an index was told of a text that was judged otherwise since, as after a review."""


_OUTDATED: Final = """
    SELECT EXISTS (SELECT id FROM minimal_results EXCEPT SELECT id FROM current_minimal_results)"""


def read_compared(workspace: Workspace, data: ReportData, rubric: Rubric | None) -> Compared:
    """Read the comparisons; ``rubric`` is the one that judged, if it is at hand."""
    db = workspace.db
    made = {str(row[0]) for row in db.execute("SELECT name FROM comparisons")}
    return Compared(
        sectors=read_groups(db, Choice("sector", which="all").key),
        turnover=read_groups(db, Choice("turnover", which="all").key),
        trends=tuple(read_trends(db)),
        shared=read_shared(db) if "reuse" in made else None,
        declared=declared_by_group(workspace),
        practice=read_practice(db, data.counts, data.registered, rubric),
        outdated=bool(db.execute(_OUTDATED).fetchone()[0]),
    )
