"""All that the national report shows, read from the workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database

from assess.compare.coverage import Coverage, MissingYear, coverage, missing_years
from assess.report.compared.declared import field_words
from assess.report.compared.read import Compared, read_compared
from assess.report.data import DocumentLink, ReportData, collect
from assess.report.national.changes import Changes, read_changes
from assess.report.words import cut
from assess.score.rubric import rubric_of_key
from assess.store.rows import Rows
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

# More rows nobody reads on a page; each list says how many there are and where the rest is.
LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An answer in the registry that the text contradicts, with its words."""

    organisation: str
    year: int
    declared: str
    """What the field asks."""
    answer: str
    quote: str
    summary_url: str
    document: DocumentLink


@dataclass(frozen=True, slots=True)
class YearMissing:
    """Organisations with statements of other years, for one registry year."""

    year: int
    none_found: int
    """Where a complete file of the year was read."""
    not_known: int


@dataclass(frozen=True, slots=True)
class NationalData:
    """Everything the national report shows."""

    data: ReportData
    compared: Compared
    coverage: Coverage
    organisations: dict[int, int]
    """Registry year -> organisations with a statement."""
    missing: tuple[YearMissing, ...]
    changes: Changes
    missing_known: Sequence[MissingYear]
    """Where a complete file of the year was read."""
    contradictions: Sequence[Contradiction]
    rubric: Rubric | None
    """That judged, if it is at hand."""


_ORGANISATIONS: Final = """
    SELECT year, count(DISTINCT organisation_id) FROM organisation_statements
    GROUP BY year ORDER BY year"""

_MISSING: Final = """
    SELECT year, sum(state = 'none_found'), sum(state = 'not_known') FROM missing_years
    GROUP BY year ORDER BY year"""


def read_national(workspace: Workspace, rubric: Rubric | None = None) -> NationalData:
    """Read the report's data."""
    db = workspace.db
    data = collect(workspace)
    used = rubric_of_key(data.counts.rubric, rubric)
    return NationalData(
        data,
        read_compared(workspace, data, used),
        _coverage(db, data),
        dict(db.execute(_ORGANISATIONS).fetchall()),
        tuple(YearMissing(*row) for row in db.execute(_MISSING)),
        read_changes(db, data.counts.rubric),
        missing_years(db, state="none_found"),
        Rows(db, _CONTRADICTED, _contradiction),
        used,
    )


def _coverage(db: Database, data: ReportData) -> Coverage:
    """With the assessed statements of the report: judged by its rubric, and statements."""
    assessed = Counter(row.year for row in data.registered.figures())
    found = coverage(db)
    years = (replace(one, assessed=assessed[one.year]) for one in found.years)
    return replace(found, years=tuple(years))


_CONTRADICTED: Final = """
    SELECT names.label, statements.year, field, answer, quote, summary_url,
        (SELECT min(name) FROM document_sources AS sources
            WHERE sources.document_sha256 = checks.document_sha256), kept_as, media_type
    FROM declaration_checks AS checks
    JOIN statements ON statements.id = checks.statement_id
    JOIN statement_names AS names ON names.statement_id = checks.statement_id
    JOIN documents ON documents.sha256 = checks.document_sha256
    WHERE result = 'contradicted'
    ORDER BY names.label, statements.year, statements.summary_url, checks.rowid"""


def _contradiction(
    organisation: str, year: int, field: str, answer: str, quote: str | None, url: str, *kept: str
) -> Contradiction:
    name, path, media_type = kept
    return Contradiction(
        cut(organisation),
        year,
        field_words(field),
        cut(answer),
        cut(" ".join((quote or "").split()), 300),
        url,
        DocumentLink(cut(name), path, media_type),
    )
