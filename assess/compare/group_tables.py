"""Comparisons of groups as the database keeps them: writing, and reading for whoever shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlite_utils import Database

from assess.compare.observations import FLAG, STATES, Observations

if TYPE_CHECKING:
    from assess.compare.group_statistics import GroupResult, GroupScore, GroupShare

# grouping, unit, which, years: as `groups.Choice.key`.
Key = tuple[str, str, str, str]
_OF_KEY: Final = "grouping = ? AND unit = ? AND which = ? AND years = ?"
_NOT_TOLD: Final = frozenset({"grouping", "unit", "which", "years", "kind", "group_name"})


def write_groups(
    db: Database,
    key: Key,
    observed: Observations,
    results: Sequence[GroupResult],
    minimum: int,
) -> None:
    """Replace the comparison of that key; to be called in a transaction."""
    db.execute(f"DELETE FROM group_counts WHERE {_OF_KEY}", key)  # noqa: S608
    first = dict(zip(("grouping", "unit", "which", "years"), key, strict=True))
    ranks = _ranks(results, minimum)
    for result in results:
        group = (result.group.kind, result.group.name)
        of_group = {**first, "kind": group[0], "group_name": group[1]}
        counts = {**_counts(observed, result, minimum), "rank": ranks.get(group)}
        _insert(db, "group_counts", [{**of_group, **counts}])
        _insert(db, "group_shares", [{**of_group, **_share(one)} for one in result.shares])
        _insert(db, "group_scores", [{**of_group, **_score(one)} for one in result.scores])


def _insert(db: Database, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        names = ", ".join(f'"{name}"' for name in rows[0])
        marks = ", ".join("?" * len(rows[0]))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
        db.conn.executemany(sql, [tuple(row.values()) for row in rows])


def _ranks(results: Sequence[GroupResult], minimum: int) -> dict[tuple[str, str], int]:
    """Groups enough to compare, by pooled share of minimal compliance; the name decides ties."""
    flagged = [
        (-found.pooled.value, result.group.kind, result.group.name)
        for result in results
        for found in result.shares
        if found.measured == FLAG and found.pooled and found.effective >= minimum
    ]
    return {(kind, name): place for place, (_, kind, name) in enumerate(sorted(flagged), 1)}


def _counts(observed: Observations, result: GroupResult, minimum: int) -> dict[str, object]:
    group = result.group
    of_rows = observed.states[group.rows]
    states = {name: int((of_rows == place).sum()) for place, name in enumerate(STATES)}
    return {
        "statements": group.rows.size,
        "organisations": group.organisations,
        "with_document": group.rows.size - states["no_document"],
        "cannot_assess": states["cannot_assess"],
        "other_kinds": states["policy"] + states["other"],
        "assessed": states["assessed"],
        "organisations_assessed": group.organisations_assessed,
        "effective": result.effective,
        "too_few": int(result.effective < minimum),
    }


def _share(found: GroupShare) -> dict[str, object]:
    pooled, made = found.pooled, found.difference
    return {
        "measure": found.measured.measure,
        "level": found.measured.level,
        "number": found.share.count,
        "of": found.share.of,
        "effective": found.effective,
        "share": found.share.value,
        "low": found.share.low,
        "high": found.share.high,
        "pooled": pooled and pooled.value,
        "pooled_low": pooled and pooled.interval.low,
        "pooled_high": pooled and pooled.interval.high,
        "difference": made and made.difference,
        "difference_low": made and made.interval.low,
        "difference_high": made and made.interval.high,
        "effect": made and made.effect,
        "p_value": made and made.p_value,
        "q_value": found.q_value,
    }


def _score(found: GroupScore) -> dict[str, object]:
    told, pooled, made = found.distribution, found.pooled, found.difference
    interval = told and told.interval
    return {
        "score": found.score,
        "number": told.n if told else 0,
        "effective": found.effective,
        "lower_quartile": told and told.lower_quartile,
        "median": told and told.median,
        "upper_quartile": told and told.upper_quartile,
        "median_low": interval and interval.low,
        "median_high": interval and interval.high,
        "mean": found.mean,
        "pooled_mean": pooled and pooled.value,
        "pooled_low": pooled and pooled.interval.low,
        "pooled_high": pooled and pooled.interval.high,
        "effect": made and made.effect,
        "effect_low": made and made.interval.low,
        "effect_high": made and made.interval.high,
        "p_value": made and made.p_value,
        "q_value": found.q_value,
    }


@dataclass(frozen=True)
class KeptGroup:
    """A group as the tables have it; columns by name (docs/database.md)."""

    kind: str
    name: str
    counts: Mapping[str, Any]
    """``rank`` is 1 for the highest pooled share of minimal compliance, None for too few."""
    shares: Mapping[tuple[str, str], Mapping[str, Any]]
    """By (measure, level), in the rubric's order."""
    scores: Mapping[str, Mapping[str, Any]]


def read_groups(db: Database, key: Key) -> tuple[KeptGroup, ...]:
    """A comparison as kept: groups in their order, then all, none and unregistered."""
    shares: dict[tuple[str, str], dict[tuple[str, str], Mapping[str, Any]]] = {}
    scores: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
    for group, row in _rows(db, "group_shares", key):
        shares.setdefault(group, {})[row["measure"], row["level"]] = row
    for group, row in _rows(db, "group_scores", key):
        scores.setdefault(group, {})[row["score"]] = row
    return tuple(
        KeptGroup(*group, row, shares[group], scores[group])
        for group, row in _rows(db, "group_counts", key)
    )


def _rows(
    db: Database, table: str, key: Key
) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    sql = f"SELECT * FROM {table} WHERE {_OF_KEY} ORDER BY rowid"  # noqa: S608 - our own names
    for row in db.query(sql, key):
        told = {name: value for name, value in row.items() if name not in _NOT_TOLD}
        yield (row["kind"], row["group_name"]), told
