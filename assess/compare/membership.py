"""Which group each statement and organisation belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from assess.compare.choices import GroupingName, Unit, Which
from assess.compare.observations import Observations
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


Pair = tuple[int, int]
"""The place of a row, and an organisation."""


def groups_of(
    observed: Observations,
    names: Mapping[int, Collection[str]],
    grouping: Grouping,
    pairs: Collection[Pair],
    unit: Unit,
) -> Groups:
    """Put the chosen pairs into groups; a statement in several groups counts in each.

    Args:
        names: Groups of each statement or organisation (`names_of`).
        pairs: As `chosen_pairs` gives them.
    """
    by_name: dict[str, list[Pair]] = defaultdict(list)
    inside: set[Pair] = set()
    for place, owner in pairs:
        key = observed.rows[place].statement_id if grouping.of == "statement" else owner
        for name in names.get(key, ()) if key is not None else ():
            by_name[name].append((place, owner))
            inside.add((place, owner))
    outside = [pair for pair in pairs if pair not in inside]
    if unit == "statements":
        grouped = {place for place, _ in inside}
        outside = [pair for pair in outside if pair[0] not in grouped]
    every = _group(observed, "all", "", pairs, unit)
    compared = every if grouping.others_known else _group(observed, "all", "", inside, unit)
    return Groups(
        groups=tuple(
            _group(observed, "group", name, by_name[name], unit)
            for name in sorted(by_name, key=_order)
        ),
        every=every,
        compared=compared,
        none=_group(observed, "none", "", outside, unit),
        unregistered=_unregistered(observed),
    )


def _order(name: str) -> tuple[float, str]:
    """Turnover bands by their amount, everything else by name."""
    amount = re.search(r"£(\d+) million", name)
    first = float(amount[1]) if amount else 0.0
    beside = {"Under": -0.5, "Over": 0.5}.get(name.split(maxsplit=1)[0], 0.0) if amount else 0.0
    return first + beside, name


def _group(
    observed: Observations, kind: Kind, name: str, pairs: Collection[Pair], unit: Unit
) -> Group:
    places = [place for place, _ in sorted(pairs)]
    rows, counts = np.unique(np.array(places, dtype=np.int64), return_counts=True)
    weights = counts if unit == "organisations" else np.ones(rows.size)
    return Group(
        kind,
        name,
        rows,
        weights.astype(float),
        len({owner for _, owner in pairs}),
        len({owner for place, owner in pairs if observed.rows[place].state == "assessed"}),
    )


def _unregistered(observed: Observations) -> Group:
    loose = [place for place, row in enumerate(observed.rows) if row.statement_id is None]
    rows = np.array(loose, dtype=np.int64)
    return Group("unregistered", "", rows, np.ones(rows.size), 0, 0)


def chosen_pairs(
    observed: Observations, which: Which, years: Collection[int] | None
) -> tuple[Pair, ...]:
    """Statements with their organisations; of each organisation the latest, or all, of the years.

    The latest is the newest that is assessed, else the newest.
    """
    rows = observed.rows
    pairs = [pair for pair in observed.owners if years is None or rows[pair[0]].year in years]
    if which == "all":
        return tuple(pairs)
    latest: dict[int, int] = {}
    for place, owner in pairs:
        if owner not in latest or _age(observed, place) > _age(observed, latest[owner]):
            latest[owner] = place
    return tuple((place, owner) for owner, place in latest.items())


def _age(observed: Observations, place: int) -> tuple[bool, int, str, str]:
    row = observed.rows[place]
    return row.state == "assessed", row.year or 0, row.end_date, row.key


def names_of(db: Database, grouping: GroupingName) -> dict[int, tuple[str, ...]]:
    """The groups of each statement or organisation that is in any, sorted."""
    found = listed_organisations(db) if grouping == "list" else db.execute(GROUPINGS[grouping].sql)
    names: dict[int, set[str]] = defaultdict(set)
    for key, name in found:
        names[key].add(name)
    return {key: tuple(sorted(of_key)) for key, of_key in names.items()}
