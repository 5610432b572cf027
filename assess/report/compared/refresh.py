"""Makes the comparisons that reports rest on, where they are not made or out of date."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from assess.compare.counts import newest_rubric
from assess.score.rubric import rubric_of_key
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.compare.choices import GroupingName
    from assess.score.rubric import Rubric

Progress = Callable[[int, int], None]
GROUPINGS: Final[tuple[GroupingName, ...]] = ("sector", "turnover")


def refresh_for_reports(
    workspace: Workspace,
    rubric: Rubric,
    minimum: int,
    jobs: int = 1,
    progress: Progress = lambda _done, _of: None,
) -> bool:
    """Bring all comparisons and those of ``GROUPINGS`` up to date.

    Groups are of all statements, as in the reports' tables. False where the database was judged by
    a rubric that is neither ``rubric`` nor shipped: types and indexes cannot be told anew then,
    and all is left as it was.
    """
    judged = newest_rubric(workspace.db)
    used = rubric_of_key(judged, rubric) if judged else rubric
    if used is None:
        return False
    # Late: comparing needs numpy.
    from assess.compare.everything import refresh_everything
    from assess.compare.groups import Choice, refresh_groups

    refresh_everything(workspace, used, jobs, progress)
    choices = [Choice(grouping, which="all", minimum=minimum) for grouping in GROUPINGS]
    refresh_groups(workspace, choices, progress)
    return True
