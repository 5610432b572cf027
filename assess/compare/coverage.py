"""Late and missing statements, as far as the registry's files tell."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlite_utils import Database

from assess.compare.missing import Known, Result, State, find_missing, read_known, year_is_complete
from assess.compare.stats import Share, share
from assess.scrape.lists import Listed
from assess.store.rows import Rows

# The registry lets no approval precede the year end; one years later is a slip of the hand.
_MOST_DAYS: Final = 3 * 366
Gap = Literal["none_found", "not_known"]


@dataclass(frozen=True, slots=True)
class Timing:
    """A statement whose dates are out of the ordinary."""

    statement: str
    year: int
    year_end: str
    approved: str
    days: int
    """From the year end to the approval."""
    summary_url: str
    late: bool
    """Guidance: a statement should be published within six months of the year end. LAW sets no
    date."""


@dataclass(frozen=True, slots=True)
class MissingYear:
    """A registry year for which no statement of an organisation was found."""

    organisation: str
    year: int
    state: Gap
    """``not_known`` where no complete registry file of the year was read."""
    years_found: tuple[int, ...]
    """Of its statements."""


@dataclass(frozen=True, slots=True)
class YearCount:
    """The statements of one registry year."""

    year: int
    complete: bool
    """Whether a complete registry file of the year was read."""
    statements: int
    dated: int
    """With plausible dates of year end and approval."""
    late: Share
    """Of those, approved more than six months after the year end."""
    with_document: int
    assessed: int
    """Judged as a statement: policies and the like are in no share."""


@dataclass(frozen=True, slots=True)
class ListYear:
    """A list of organisations held against one registry year."""

    year: int
    complete: bool
    found: Share
    doubtful: int
    none_found: int
    rows: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is at hand, what is late, and what was not found."""

    years: tuple[YearCount, ...]
    late: Sequence[Timing]
    odd_dates: Sequence[Timing]
    """Approved before the year end, or years after it: likely slips, counted nowhere."""
    missing_years: Sequence[MissingYear]
    lists: tuple[ListYear, ...]


_TIMING: Final = """
    SELECT label, timing.year, timing.end_date, timing.date_approved, timing.days, summary_url,
        timing.late
    FROM statement_timing AS timing JOIN statements ON statements.id = timing.statement_id
    JOIN statement_names ON statement_names.statement_id = timing.statement_id
    WHERE (:years IS NULL OR timing.year IN (SELECT value FROM json_each(:years)))
        AND {} ORDER BY {} label, timing.year, summary_url"""
_USUAL: Final = f"timing.days BETWEEN 0 AND {_MOST_DAYS}"
_LATE: Final = _TIMING.format(f"{_USUAL} AND timing.late", "timing.days DESC,")
_ODD: Final = _TIMING.format(f"NOT ({_USUAL})", "")
_DATED: Final = f"""
    SELECT timing.year, count(*), sum(timing.late) FROM statement_timing AS timing
    JOIN statement_names USING (statement_id)
    WHERE {_USUAL} GROUP BY 1"""  # noqa: S608 - our own words

_YEARS: Final = """
    SELECT statements.year, count(*), sum(results.document_sha256 IS NOT NULL),
        sum(results.status IS 'assessed' AND results.statement_kind IS 'statement')
    FROM statements LEFT JOIN statement_results AS results ON results.statement_id = statements.id
    WHERE statements.withdrawn_at IS NULL GROUP BY 1 ORDER BY 1"""

_MISSING: Final = """
    SELECT organisations.name, missing_years.year, state, (
        SELECT group_concat(year) FROM (
            SELECT DISTINCT year FROM organisation_statements AS own
            WHERE own.organisation_id = missing_years.organisation_id ORDER BY year))
    FROM missing_years JOIN organisations ON organisations.id = organisation_id
    WHERE (:years IS NULL OR missing_years.year IN (SELECT value FROM json_each(:years)))
        AND (:state IS NULL OR state = :state)
    ORDER BY organisations.name, organisation_id, missing_years.year"""


def coverage(
    db: Database, listed: Sequence[Listed] = (), years: Iterable[int] | None = None
) -> Coverage:
    """Everything, of the years given or of all that the registry's files have.

    What may be long is read anew each time it is looked at.
    """
    counts = {row[0]: row[1:] for row in db.execute(_YEARS)}
    wanted = sorted(counts if years is None else set(years))
    complete = {year: year_is_complete(db, year) for year in {*counts, *wanted}}
    dated = {row[0]: row[1:] for row in db.execute(_DATED)}
    chosen: dict[str, object] = {"years": json.dumps(wanted)}
    known = read_known(db) if listed else ()
    return Coverage(
        tuple(_year(year, complete[year], counts.get(year), dated.get(year)) for year in wanted),
        Rows(db, _LATE, _timing, chosen),
        Rows(db, _ODD, _timing, chosen),
        missing_years(db, None if years is None else wanted),
        tuple(_list_year(known, listed, year, complete[year]) for year in wanted if listed),
    )


def _timing(*row: Any) -> Timing:
    return Timing(*(*row[:-1], bool(row[-1])))


def _year(
    year: int,
    complete: bool,
    counts: tuple[int, int, int] | None,
    dated: tuple[int, int] | None,
) -> YearCount:
    statements, documents, assessed = counts or (0, 0, 0)
    usual, late = dated or (0, 0)
    return YearCount(
        year,
        complete,
        statements,
        usual,
        share(late, usual),
        documents,
        assessed,
    )


def missing_years(
    db: Database, years: Sequence[int] | None = None, state: Gap | None = None
) -> Sequence[MissingYear]:
    """Registry years without a statement, by organisation; of these years, or in this state."""
    chosen = {"years": None if years is None else json.dumps(years), "state": state}
    return Rows(db, _MISSING, _missing_year, chosen)


def _missing_year(name: str, year: int, state: Gap, years: str) -> MissingYear:
    return MissingYear(name, year, state, tuple(map(int, years.split(","))))


def _list_year(
    known: Sequence[Known],
    listed: Sequence[Listed],
    year: int,
    complete: bool,
) -> ListYear:
    rows = find_missing(known, listed, year)
    states: Counter[State] = Counter(one.state for one in rows)
    return ListYear(
        year,
        complete,
        share(states["found"], len(rows)),
        states["doubtful"],
        states["missing"],
        tuple(rows),
    )
