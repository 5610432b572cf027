"""Which group each statement and organisation belongs to."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from assess.compare.choices import GroupingName, Unit, Which
from assess.compare.observations import UNKNOWN, Observations
from assess.scrape.listed import listed_organisations

Kind = Literal["all", "group", "none", "unregistered"]


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to group; ``sql`` gives (statement or organisation id, group)."""

    of: Literal["statement", "organisation"]
    sql: str
    others_known: bool = False
    """Whether what is in no group is known to be in none: it then is of the rest."""


_SIC: Final = """
    SELECT organisations.id, trim({0} || ' ' || coalesce({0}_title, ''))
    FROM organisations JOIN company_sic USING (company_number)
    WHERE same_as IS NULL AND {0} IS NOT NULL"""

GROUPINGS: Final[Mapping[GroupingName, Grouping]] = {
    "sector": Grouping("statement", "SELECT statement_id, sector FROM statement_sectors"),
    "sic-section": Grouping("organisation", _SIC.format("section")),
    "sic-division": Grouping("organisation", _SIC.format("division")),
    "turnover": Grouping(
        "statement",
        "SELECT id, turnover FROM statements WHERE turnover NOT IN ('', 'Not provided')",
    ),
    "ownership": Grouping(
        "organisation",
        "SELECT coalesce(same_as, id), sector_type FROM organisations WHERE sector_type <> ''",
    ),
    "submission": Grouping(
        "statement",
        "SELECT id, CASE group_submission WHEN 1 THEN 'group' ELSE 'single' END FROM statements"
        " WHERE group_submission IS NOT NULL",
    ),
    "list": Grouping("organisation", "", others_known=True),
}


@dataclass(frozen=True)
class Group:
    """The rows of a group, by place in the observations, and how many of its units each is."""

    kind: Kind
    name: str
    rows: NDArray[np.int64]
    weights: NDArray[np.float64]
    organisations: int
    organisations_assessed: int


@dataclass(frozen=True)
class Groups:
    """The groups of one comparison, in the order of their names."""

    groups: tuple[Group, ...]
    every: Group
    compared: Group
    """Whoever a group is compared with: all that are in some group, or all."""
    none: Group
    unregistered: Group | None

    @property
    def beside(self) -> tuple[Group, ...]:
        """What is told beside the groups: all, and whatever there is in none or unregistered."""
        others = (self.none, self.unregistered)
        return (self.every, *(group for group in others if group and group.rows.size))


Pairs = NDArray[np.int64]
"""Shape (n, 2): the place of a row, and an organisation."""


@dataclass(frozen=True)
class Names:
    """The groups of statements or organisations; one may be in several."""

    names: tuple[str, ...]
    keys: NDArray[np.int64]
    """Ids of statements or organisations, ascending."""
    of: NDArray[np.int64]
    """The place of each one's group in ``names``."""


def groups_of(
    observed: Observations, names: Names, grouping: Grouping, pairs: Pairs, unit: Unit
) -> Groups:
    """Put the chosen pairs into groups; a statement in several groups counts in each.

    Args:
        names: Groups of each statement or organisation (`names_of`).
        pairs: As `chosen_pairs` gives them.
    """
    keys = observed.statements[pairs[:, 0]] if grouping.of == "statement" else pairs[:, 1]
    first = np.searchsorted(names.keys, keys, "left")
    number = np.searchsorted(names.keys, keys, "right") - first
    # Each pair as often as it has groups, and of each time the group.
    which = np.repeat(np.arange(len(pairs)), number)
    within = np.arange(which.size) - np.repeat(np.cumsum(number) - number, number)
    group = names.of[np.repeat(first, number) + within]
    order = np.argsort(group, kind="stable")
    present, starts = np.unique(group[order], return_index=True)
    members = dict(zip(present.tolist(), np.split(which[order], starts[1:]), strict=False))
    inside = number > 0
    outside = ~inside
    if unit == "statements":
        outside &= ~np.isin(pairs[:, 0], pairs[inside, 0])
    every = _group(observed, "all", "", pairs, unit)
    compared = every if grouping.others_known else _group(observed, "all", "", pairs[inside], unit)
    return Groups(
        groups=tuple(
            _group(observed, "group", names.names[place], pairs[members[place]], unit)
            for place in sorted(members, key=lambda place: _order(names.names[place]))
        ),
        every=every,
        compared=compared,
        none=_group(observed, "none", "", pairs[outside], unit),
        unregistered=_unregistered(observed),
    )


def _order(name: str) -> tuple[float, str]:
    """Turnover bands by their amount, everything else by name."""
    amount = re.search(r"£(\d+) million", name)
    first = float(amount[1]) if amount else 0.0
    beside = {"Under": -0.5, "Over": 0.5}.get(name.split(maxsplit=1)[0], 0.0) if amount else 0.0
    return first + beside, name


def _group(observed: Observations, kind: Kind, name: str, pairs: Pairs, unit: Unit) -> Group:
    rows, counts = np.unique(pairs[:, 0], return_counts=True)
    weights = counts if unit == "organisations" else np.ones(rows.size)
    assessed = observed.assessed[pairs[:, 0]]
    return Group(
        kind,
        name,
        rows,
        weights.astype(float),
        np.unique(pairs[:, 1]).size,
        np.unique(pairs[assessed, 1]).size,
    )


def _unregistered(observed: Observations) -> Group:
    rows = np.flatnonzero(observed.statements == UNKNOWN)
    return Group("unregistered", "", rows, np.ones(rows.size), 0, 0)


def chosen_pairs(observed: Observations, which: Which, years: Collection[int] | None) -> Pairs:
    """Statements with their organisations; of each organisation the latest, or all, of the years.

    The latest is the newest that is assessed, else the newest.
    """
    pairs = observed.owners
    if years is not None:
        pairs = pairs[np.isin(observed.years[pairs[:, 0]], sorted(years))]
    if which == "all":
        return pairs
    places, owners = pairs[:, 0], pairs[:, 1]
    order = np.lexsort((observed.ages[places], observed.assessed[places], owners))
    last = np.append(np.diff(owners[order]) != 0, True)[: order.size]
    chosen: Pairs = pairs[order[last]]
    return chosen


def names_of(db: Database, grouping: GroupingName) -> Names:
    """The groups of each statement or organisation that is in any."""
    found = listed_organisations(db) if grouping == "list" else db.execute(GROUPINGS[grouping].sql)
    places: dict[str, int] = {}
    cells = array("q")
    for key, name in found:
        cells.extend((key, places.setdefault(name, len(places))))
    pairs = np.unique(np.frombuffer(cells, dtype=np.int64).reshape(-1, 2), axis=0)
    return Names(tuple(places), pairs[:, 0], pairs[:, 1])
