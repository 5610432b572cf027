"""Form against substance over the years, by sector, in the database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from assess.compare.inputs import fingerprint, is_current, set_current
from assess.compare.minimal.divergence import Divergence, Scored, Slope, Verdict, diverging
from assess.running import staged
from assess.store.workspace import Workspace

NAME: Final = "divergence"
VERSION: Final = 2
"""Raised when the same scores give other results."""
ALL: Final = "all"
SECTOR: Final = "sector"

WORDS: Final[dict[Verdict, str]] = {
    "form_only": "compliance rises while substance does not: the pattern of minimal compliance",
    "both_rise": "compliance and substance both rise",
    "no_clear_change": "no clear change",
    "other": "changes, but not in this pattern",
    "too_few": "too few organisations with two years to tell",
}


@dataclass(frozen=True, slots=True)
class TrendsReport:
    """What a refresh did."""

    groups: int
    changed: bool


_SCORED: Final = """
    SELECT organisation_id, statement_id, year, compliance, substance FROM organisation_statements
    WHERE status = 'assessed' AND statement_kind = 'statement' AND compliance IS NOT NULL
        AND assessment_id IN (SELECT id FROM current_assessments WHERE rubric = ?)
    ORDER BY 1, 3, 2"""


@staged("compare trends")
def refresh_trends(workspace: Workspace, rubric: str) -> TrendsReport:
    """Bring the trends of all and of each sector up to date; ``rubric`` is the key of one."""
    db = workspace.db
    scored = [Scored(*row) for row in db.execute(_SCORED, [rubric])]
    sectors = db.execute(
        "SELECT statement_id, sector FROM statement_sectors ORDER BY 1, 2"
    ).fetchall()
    inputs = fingerprint([VERSION, *scored, *sectors])
    groups = _grouped(scored, sectors)
    if is_current(db, NAME, inputs):
        return TrendsReport(len(groups) + 1, changed=False)
    found = [(ALL, one) for one in diverging({"": scored})]
    found += [(SECTOR, one) for one in diverging(groups)]
    with db.atomic():
        db.table("divergence").delete_where()
        db.table("divergence").insert_all(_row(grouping, one) for grouping, one in found)
        set_current(db, NAME, inputs)
    return TrendsReport(len(found), changed=True)


def read_trends(db: Database) -> list[dict[str, object]]:
    """The rows of the table, all statements first."""
    return list(db.query("SELECT * FROM divergence ORDER BY grouping, group_name"))


def _grouped(scored: list[Scored], sectors: list[tuple[int, str]]) -> dict[str, list[Scored]]:
    of_statement: dict[int, list[str]] = defaultdict(list)
    for statement, sector in sectors:
        of_statement[statement].append(sector)
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        for sector in of_statement[one.statement]:
            groups[sector].append(one)
    return groups


def _row(grouping: str, one: Divergence) -> dict[str, object]:
    row: dict[str, object] = {
        "grouping": grouping,
        "group_name": one.group,
        "first_year": one.first_year,
        "last_year": one.last_year,
        "organisations": one.organisations,
        "statements": one.statements,
    }
    for name, slope in (("form", one.form), ("substance", one.substance), ("gap", one.gap)):
        row |= _slope(name, slope)
    return row | {"p_value": one.p_value, "q_value": one.q_value, "verdict": one.verdict}


def _slope(name: str, slope: Slope | None) -> dict[str, object]:
    return {
        f"{name}_slope": slope and slope.value,
        f"{name}_low": slope and slope.interval.low,
        f"{name}_high": slope and slope.interval.high,
    }
