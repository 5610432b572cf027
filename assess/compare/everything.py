"""All comparisons in their order: what later ones rest on comes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assess.compare.declared.refresh import refresh_declared
from assess.compare.minimal.refresh import refresh_minimal
from assess.compare.minimal.trends import refresh_trends
from assess.compare.reuse.refresh import refresh_reuse
from assess.compare.years.refresh import refresh_years
from assess.engine import Engine, one_pool
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class EverythingReport:
    """What was computed anew."""

    texts: int
    """Whose reuse was told anew; all or none."""
    pairs_of_years: int
    declarations: int
    """Statements whose declarations were checked."""
    indexes: bool
    trends: bool


def refresh_everything(
    workspace: Workspace,
    rubric: Rubric,
    jobs: int = 1,
    progress: Progress = lambda _done, _of: None,
) -> EverythingReport:
    """Bring all but the groups up to date; what has not changed is left as it is."""
    reuse = refresh_reuse(workspace, jobs, progress)
    engine = Engine(jobs)
    with one_pool():
        years = refresh_years(workspace, progress, engine)
        declared = refresh_declared(workspace, engine)
    minimal = refresh_minimal(workspace, rubric)
    trends = refresh_trends(workspace, rubric.key)
    return EverythingReport(
        reuse.texts if reuse.changed else 0,
        years.computed,
        declared.checked,
        minimal.changed,
        trends.changed,
    )
