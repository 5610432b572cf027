"""Groups side by side in the database: computed anew only where what they compare has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlite_utils import Database

from assess.compare.choices import GroupingName, Unit, Which
from assess.compare.inputs import fingerprint, is_current, set_current
from assess.compare.membership import (
    GROUPINGS,
    Groups,
    chosen_pairs,
    groups_of,
    names_of,
)
from assess.compare.observations import Observations, observe
from assess.compare.sectors import MINIMUM
from assess.running import staged
from assess.store.workspace import Workspace

# Goes up whenever the same inputs would give other results.
_VERSION: Final = 2
_BASE: Final = "groups"


@dataclass(frozen=True, slots=True)
class Choice:
    """What to compare."""

    by: GroupingName = "sector"
    unit: Unit = "statements"
    which: Which = "latest"
    years: tuple[int, ...] | None = None
    """Registry years, ascending; None for all."""
    minimum: int = MINIMUM
    """Groups worth fewer assessed units are in no test."""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The first columns of the tables: grouping, unit, which, years."""
        return self.by, self.unit, self.which, " ".join(map(str, self.years or ()))


@dataclass(frozen=True, slots=True)
class GroupsReport:
    """What a refresh did."""

    changed: bool
    """False where the tables were up to date."""
    rubric: str | None
    groups: int


def refresh_sectors(
    workspace: Workspace,
    choice: Choice,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> GroupsReport:
    """Bring one comparison of groups in the tables up to date.

    Comparisons by other choices are removed when statements or assessments have changed, as what
    they say is not so any more.
    """
    return refresh_groups(workspace, [choice], progress)[0]


@staged("compare groups")
def refresh_groups(
    workspace: Workspace,
    choices: Sequence[Choice],
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[GroupsReport]:
    """Bring several comparisons of groups up to date; what they compare is read once."""
    observed = observe(workspace)
    base = fingerprint((_VERSION, observed.inputs))
    return [_refresh(workspace.db, observed, base, choice, progress) for choice in choices]


def _refresh(
    db: Database,
    observed: Observations,
    base: str,
    choice: Choice,
    progress: Callable[[int, int], None],
) -> GroupsReport:
    groups = _grouped(db, observed, choice)
    inputs = fingerprint((base, choice.minimum, *_members(groups)))
    name = " ".join((_BASE, *choice.key))
    report = GroupsReport(False, observed.rubric, len(groups.groups))
    if is_current(db, _BASE, base) and is_current(db, name, inputs):
        return report
    # Late: statistics take a second to load.
    from assess.compare.group_statistics import compare_groups
    from assess.compare.group_tables import write_groups

    results = compare_groups(observed, groups, choice.minimum, progress)
    with db.atomic():
        if not is_current(db, _BASE, base):
            _forget(db)
            set_current(db, _BASE, base)
        write_groups(db, choice.key, observed, results, choice.minimum)
        set_current(db, name, inputs)
    return GroupsReport(True, observed.rubric, len(groups.groups))


def _grouped(db: Database, observed: Observations, choice: Choice) -> Groups:
    years = None if choice.years is None else frozenset(choice.years)
    groups = groups_of(
        observed,
        names_of(db, choice.by),
        GROUPINGS[choice.by],
        chosen_pairs(observed, choice.which, years),
        choice.unit,
    )
    # Documents without a registry row have no year, and nobody knows whose they are.
    told = years is None and choice.unit == "statements"
    return groups if told else replace(groups, unregistered=None)


def _members(groups: Groups) -> Iterator[object]:
    every = (*groups.groups, groups.compared, *groups.beside)
    for group in every:
        yield group.kind, group.name, group.organisations, group.organisations_assessed
        yield group.rows.tobytes()
        yield group.weights.tobytes()


def _forget(db: Database) -> None:
    db.execute("DELETE FROM group_counts")  # shares and scores go with it
    db.execute("DELETE FROM comparisons WHERE name LIKE ? || ' %'", [_BASE])
