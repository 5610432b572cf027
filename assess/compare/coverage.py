"""Late and missing statements, as far as the registry's files tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlite_utils import Database

from assess.compare.missing import Known, Result, State, find_missing, read_known, year_is_complete
from assess.compare.stats import Share, share
from assess.scrape.lists import Listed

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
    late: tuple[Timing, ...]
    odd_dates: tuple[Timing, ...]
    """Approved before the year end, or years after it: likely slips, counted nowhere."""
    missing_years: tuple[MissingYear, ...]
    lists: tuple[ListYear, ...]


_TIMING: Final = """
    SELECT label, timing.year, timing.end_date, timing.date_approved, timing.days, summary_url,
        timing.late
    FROM statement_timing AS timing JOIN statements ON statements.id = timing.statement_id
    JOIN statement_names ON statement_names.statement_id = timing.statement_id
    ORDER BY label, timing.year, summary_url"""

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
    ORDER BY organisations.name, organisation_id, missing_years.year"""


def coverage(
    db: Database, listed: Sequence[Listed] = (), years: Iterable[int] | None = None
) -> Coverage:
    """Everything, of the years given or of all that the registry's files have."""
    known = read_known(db)
    counts = {row[0]: row[1:] for row in db.execute(_YEARS)}
    wanted = sorted(counts if years is None else set(years))
    complete = {year: year_is_complete(db, year) for year in {*counts, *wanted}}
    timings = [one for row in db.execute(_TIMING) if (one := _timing(row)).year in wanted]
    odd = [one for one in timings if not 0 <= one.days <= _MOST_DAYS]
    usual = [one for one in timings if 0 <= one.days <= _MOST_DAYS]
    late = [one for one in usual if one.late]
    return Coverage(
        tuple(_year(year, complete[year], counts.get(year), usual, late) for year in wanted),
        tuple(sorted(late, key=lambda one: (-one.days, one.statement, one.year))),
        tuple(odd),
        tuple(one for one in _missing_years(db) if years is None or one.year in wanted),
        tuple(_list_year(known, listed, year, complete[year]) for year in wanted if listed),
    )


def _timing(row: Sequence[Any]) -> Timing:
    label, year, year_end, approved, days, summary_url, late = row
    return Timing(label, year, year_end, approved, days, summary_url, bool(late))


def _year(
    year: int,
    complete: bool,
    counts: tuple[int, int, int] | None,
    usual: Sequence[Timing],
    late: Sequence[Timing],
) -> YearCount:
    statements, documents, assessed = counts or (0, 0, 0)
    dated = sum(one.year == year for one in usual)
    return YearCount(
        year,
        complete,
        statements,
        dated,
        share(sum(one.year == year for one in late), dated),
        documents,
        assessed,
    )


def _missing_years(db: Database) -> Iterator[MissingYear]:
    for name, year, state, years in db.execute(_MISSING):
        yield MissingYear(name, year, state, tuple(map(int, years.split(","))))


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
