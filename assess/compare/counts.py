"""What the database holds about each sector, as plain counts: SQL only, no statistics.

A statement that the registry puts in several sectors counts in each of them. Overall counts it
once. Documents without a registry row are a group of their own and are in no sector.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, Literal

from sqlite_utils import Database

from assess.store.workspace import Workspace

GroupKind = Literal["all", "sector", "no_sector", "unregistered"]
Group = tuple[GroupKind, str]
Criterion = Literal["legal", "flag", "depth", "indicator"]

# One letter for each value: of 20,000 statements a million values.
LETTERS: Final = {
    **{"met": "m", "partial": "p", "absent": "a", "na": "n", "true": "t", "false": "f"},
    **{str(depth): str(depth) for depth in range(4)},
}
UNKNOWN_VALUE: Final = "?"

ALL: Group = ("all", "")
UNREGISTERED: Group = ("unregistered", "")


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion as the ``criteria`` table describes it."""

    id: str
    title: str
    question: str
    kind: Criterion
    authority: str
    source: str


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a group's assessed statements, in a fixed order; missing ones left out."""

    compliance: array[float]
    substance: array[float]
    tiers: tuple[tuple[str, int], ...]
    minimal: int
    """Flagged as minimal compliance."""
    minimal_of: int
    """Where the flag could be judged."""


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """One group. ``states`` are (state, reason, count) of its statements."""

    group: Group
    states: tuple[tuple[str, str, int], ...]
    organisations: int
    organisations_assessed: int
    values: Mapping[tuple[str, str], int]
    """(criterion, value) -> assessed statements."""
    scores: Scores


@dataclass(frozen=True, slots=True)
class Counts:
    """All groups, judged by one rubric."""

    rubric: str | None
    """The rubric of the newest assessment; None where nothing is assessed."""
    criteria: tuple[CriterionRow, ...]
    tiers: tuple[str, ...]
    """From the lowest substance up."""
    groups: tuple[GroupCounts, ...]


# States of a unit (a statement, or a document without a registry row): ``assessed`` (judged as
# a statement by this rubric), ``policy`` and ``other`` (judged, but not a statement), then
# ``cannot_assess`` with its reason, and ``no_document``.
_RESULTS = """
    CREATE TEMP TABLE compare_results AS
    SELECT unit, statement_id, year, document_sha256, assessment_id, compliance, substance, tier,
        minimal_index, minimal_flag, minimal_reasons,
        CASE WHEN document_sha256 IS NULL THEN 'no_document'
            WHEN status IS NOT 'assessed' OR other_rubric THEN 'cannot_assess'
            WHEN statement_kind = 'statement' THEN 'assessed'
            ELSE statement_kind END AS state,
        CASE WHEN document_sha256 IS NULL THEN ''
            WHEN status IS NOT 'assessed' THEN coalesce(text_reason, reason,
                CASE WHEN text_status IS NULL THEN 'not yet read' ELSE 'not yet scored' END)
            WHEN other_rubric THEN 'judged by another rubric only'
            ELSE '' END AS reason
    FROM (
        SELECT units.*, texts.status AS text_status, texts.reason AS text_reason,
            results.rubric IS NOT :rubric AND results.id IS NOT NULL AS other_rubric,
            results.status, results.reason, results.statement_kind, results.compliance,
            results.substance, results.tier, results.minimal_index, results.minimal_flag,
            results.minimal_reasons
        FROM (
            SELECT 's' || statements.id AS unit, statements.id AS statement_id, statements.year,
                found.document_sha256, found.assessment_id
            FROM statements
            LEFT JOIN statement_results AS found ON found.statement_id = statements.id
            WHERE statements.withdrawn_at IS NULL
                AND (:years IS NULL OR statements.year IN (SELECT value FROM json_each(:years)))
            UNION ALL
            SELECT 'd' || loose.sha256, NULL, NULL, loose.sha256, found.id
            FROM documents_without_statement AS loose
            LEFT JOIN current_assessments AS found ON found.document_sha256 = loose.sha256
            WHERE :years IS NULL) AS units
        LEFT JOIN assessments AS results ON results.id = units.assessment_id
        LEFT JOIN texts ON texts.document_sha256 = units.document_sha256)"""

_MEMBERS = """
    CREATE TEMP TABLE compare_members AS
    SELECT 'all' AS kind, '' AS name, unit, statement_id FROM compare_results
    WHERE statement_id IS NOT NULL
    UNION ALL
    SELECT 'sector', sector, unit, statement_id
    FROM statement_sectors JOIN compare_results USING (statement_id)
    UNION ALL
    SELECT 'no_sector', '', unit, statement_id FROM compare_results
    WHERE statement_id IS NOT NULL
        AND statement_id NOT IN (SELECT statement_id FROM statement_sectors)
    UNION ALL
    SELECT 'unregistered', '', unit, NULL FROM compare_results WHERE statement_id IS NULL"""

_STATES = """
    SELECT kind, name, state, reason, count(*)
    FROM compare_members JOIN compare_results USING (unit)
    GROUP BY kind, name, state, reason ORDER BY kind, name, state, count(*) DESC, reason"""

_ORGANISATIONS = """
    SELECT members.kind, members.name, count(DISTINCT coalesce(same_as, organisation_id)),
        count(DISTINCT CASE state WHEN 'assessed' THEN coalesce(same_as, organisation_id) END)
    FROM compare_members AS members
    JOIN compare_results USING (unit)
    JOIN statement_organisations AS owners ON owners.statement_id = members.statement_id
    JOIN organisations ON organisations.id = organisation_id
    GROUP BY members.kind, members.name"""

# A row for each statement: a million rows of one value each take seconds.
_LETTER = " ".join(f"WHEN '{value}' THEN '{letter}'" for value, letter in LETTERS.items())
_VALUES = f"""
    SELECT assessment_id, group_concat(criterion, char(31)),
        group_concat(CASE value {_LETTER} ELSE '{UNKNOWN_VALUE}' END, '') || '{UNKNOWN_VALUE}'
    FROM findings WHERE assessment_id IN (
        SELECT assessment_id FROM compare_results WHERE state = 'assessed')
    GROUP BY assessment_id"""  # noqa: S608 - our own letters
_BETWEEN = "\x1f"

_ASSESSED = """
    SELECT kind, name, assessment_id FROM compare_members JOIN compare_results USING (unit)
    WHERE state = 'assessed' ORDER BY kind, name"""

_SCORES = """
    SELECT kind, name, compliance, substance, tier, minimal_flag
    FROM compare_members JOIN compare_results USING (unit)
    WHERE state = 'assessed' ORDER BY kind, name, substance, compliance, unit"""

_TIERS = """
    SELECT tier FROM compare_results WHERE state = 'assessed' AND tier IS NOT NULL
    GROUP BY tier ORDER BY min(substance), tier"""


@contextmanager
def results(workspace: Workspace, years: Collection[int] | None = None) -> Generator[str | None]:
    """Make the temporary tables ``compare_results`` and ``compare_members``; give the rubric.

    Only this connection sees them; the workspace itself is not changed.
    """
    db = workspace.db
    rubric = newest_rubric(db)
    chosen = None if years is None else json.dumps(sorted(years))
    _drop(db)
    db.execute(_RESULTS, {"rubric": rubric, "years": chosen})
    db.execute("CREATE INDEX temp.compare_results_unit ON compare_results (unit)")
    db.execute(_MEMBERS)
    try:
        yield rubric
    finally:
        _drop(db)


def count_sectors(workspace: Workspace, years: Collection[int] | None = None) -> Counts:
    """Count everything a sector comparison needs; ``years`` keeps statements of those years."""
    with results(workspace, years) as rubric:
        return read_counts(workspace.db, rubric, read_values(workspace.db, rubric))


def read_values(db: Database, rubric: str | None) -> dict[int, str]:
    """By assessment a letter of `LETTERS` for the value of each criterion; within ``results``."""
    known = [criterion.id for criterion in criteria(db, rubric)]

    @cache
    def known_of(told: str) -> Callable[[str], Iterable[str]]:
        """Takes the letters of the known criteria; most statements have them in one order.

        Of criteria without a finding the last letter, which is that of no value.
        """
        place = {criterion: at for at, criterion in enumerate(told.split(_BETWEEN))}
        return itemgetter(*(place.get(criterion, -1) for criterion in known), -1)

    return {
        assessment: "".join(known_of(told)(letters))[:-1]
        for assessment, told, letters in db.execute(_VALUES)
    }


def read_counts(db: Database, rubric: str | None, values: Mapping[int, str]) -> Counts:
    """As ``count_sectors``, within ``results``; ``values`` as of `read_values`."""
    states = _grouped(db, _STATES)
    organisations = _grouped(db, _ORGANISATIONS)
    known = tuple(criteria(db, rubric))
    counted = {
        group: _counted([values.get(row[2], "") for row in rows], known)
        for group, rows in groupby(db.execute(_ASSESSED), key=lambda row: (row[0], row[1]))
    }
    tiers = tuple(str(row[0]) for row in db.execute(_TIERS))
    scores = {
        group: _scores((row[2:] for row in rows), tiers)
        for group, rows in groupby(db.execute(_SCORES), key=lambda row: (row[0], row[1]))
    }
    groups = sorted({ALL, UNREGISTERED} | set(states), key=_order)
    return Counts(
        rubric=rubric,
        criteria=known,
        tiers=tiers,
        groups=tuple(
            GroupCounts(
                group=group,
                states=tuple((str(s), str(r), int(n)) for s, r, n in states.get(group, ())),
                organisations=organisations.get(group, [(0, 0)])[0][0],
                organisations_assessed=organisations.get(group, [(0, 0)])[0][1],
                values=counted.get(group, {}),
                scores=scores.get(group) or _scores((), tiers),
            )
            for group in groups
        ),
    )


def _counted(
    statements: Sequence[str], known: Sequence[CriterionRow]
) -> dict[tuple[str, str], int]:
    """(criterion, value) -> how many of some statements' values."""
    value_of = {letter: value for value, letter in LETTERS.items()}
    columns = zip(known, zip(*filter(None, statements), strict=True), strict=False)
    counts = ((criterion.id, Counter(letters)) for criterion, letters in columns)
    return {
        (criterion, value_of[letter]): number
        for criterion, of_letter in counts
        for letter, number in sorted(of_letter.items())
        if letter in value_of
    }


def newest_rubric(db: Database) -> str | None:
    """The rubric that the newest current assessment was made by."""
    row = db.execute("SELECT rubric FROM current_assessments ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else str(row[0])


def criteria(db: Database, rubric: str | None) -> Iterator[CriterionRow]:
    """The rubric's criteria, in its order."""
    for row in db.execute(
        "SELECT id, title, question, kind, authority, source FROM criteria"
        " WHERE rubric = ? ORDER BY position, id",
        [rubric],
    ):
        yield CriterionRow(*row)


def _order(group: Group) -> tuple[int, str]:
    return ("all", "sector", "no_sector", "unregistered").index(group[0]), group[1].casefold()


def _grouped(db: Database, sql: str) -> dict[Group, list[tuple[Any, ...]]]:
    grouped: dict[Group, list[tuple[Any, ...]]] = {}
    for kind, name, *rest in db.execute(sql):
        grouped.setdefault((kind, name), []).append(tuple(rest))
    return grouped


def _scores(rows: Iterable[tuple[Any, ...]], tiers: tuple[str, ...]) -> Scores:
    compliance, substance = array("d"), array("d")
    in_tier = dict.fromkeys(tiers, 0)
    flagged = judged = 0
    for of_law, of_depth, tier, flag in rows:
        compliance.extend([of_law] if isinstance(of_law, float) else ())
        substance.extend([of_depth] if isinstance(of_depth, float) else ())
        flagged += flag == 1
        judged += flag is not None
        if isinstance(tier, str):
            in_tier[tier] += 1
    return Scores(compliance, substance, tuple(in_tier.items()), flagged, judged)


def _drop(db: Database) -> None:
    db.execute("DROP TABLE IF EXISTS temp.compare_members")
    db.execute("DROP TABLE IF EXISTS temp.compare_results")
