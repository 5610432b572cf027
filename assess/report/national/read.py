"""All that the national report shows, read from the workspace."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database

from assess.compare.coverage import Coverage, coverage
from assess.compare.declared.read import checked_statements
from assess.report.compared.declared import field_words
from assess.report.compared.read import Compared, read_compared
from assess.report.data import DocumentLink, ReportData, collect
from assess.report.national.changes import Changes, read_changes
from assess.report.words import cut
from assess.score.rubric import rubric_of_key
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
    contradictions: tuple[Contradiction, ...]
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
        _contradictions(workspace, db),
        used,
    )


def _coverage(db: Database, data: ReportData) -> Coverage:
    """With the assessed statements of the report: judged by its rubric, and statements."""
    assessed = Counter(row.year for row in data.registered.figures())
    found = coverage(db)
    years = (replace(one, assessed=assessed[one.year]) for one in found.years)
    return replace(found, years=tuple(years))


def _contradictions(workspace: Workspace, db: Database) -> tuple[Contradiction, ...]:
    kept = {
        sha256: DocumentLink(cut(name), path, media_type)
        for sha256, name, path, media_type in db.execute(
            "SELECT sha256, min(name), kept_as, media_type FROM documents"
            " JOIN document_sources ON document_sha256 = sha256 GROUP BY sha256"
        )
    }
    return tuple(
        Contradiction(
            cut(one.organisation),
            one.year,
            field_words(check.field),
            cut(check.answer),
            cut(" ".join((check.quote or "").split()), 300),
            one.summary_url,
            kept[one.document],
        )
        for one in checked_statements(workspace)
        for check in one.of("contradicted")
    )
